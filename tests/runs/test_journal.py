"""What a journal finds again, what it does not, and what becomes of one that is damaged or in use."""

from __future__ import annotations

import datetime as dt
import gc
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from runs.papers import fill, packed, plan, tree

import pipeline
from pipeline import engine, runs
from pipeline.convert import Result
from pipeline.errors import OutputError
from pipeline.model import Directive, Warning
from pipeline.runs import failures, history, journal, opening, reading
from pipeline.runs.journal import Journal
from pipeline.steps import Item, Options, Step

COUNT = 24
ALL = COUNT + 1 + 3  # an empty file, and a ZIP of three


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return fill(tmp_path / "in", COUNT)


def convert(documents: Path, place: Path, **options: object) -> Result:
    return pipeline.convert([documents], [f"{place / 'json'}/"], **options)  # type: ignore[arg-type]


def last(place: Path) -> history.Record:
    return history.last(place / "json")


# ── what is found again ────────────────────────────────────────────────────────────────────


def test_a_second_run_reads_nothing(documents: Path, tmp_path: Path) -> None:
    first = convert(documents, tmp_path)
    before = tree(tmp_path / "json")
    second = convert(documents, tmp_path)
    assert (last(tmp_path).found, last(tmp_path).done) == (ALL, ALL)
    assert tree(tmp_path / "json") == before
    assert list(second.directives) == list(first.directives)
    assert second.exit_status == first.exit_status == 7


def test_a_changed_file_alone_is_read_again(documents: Path, tmp_path: Path) -> None:
    convert(documents, tmp_path)
    (documents / "a" / "KH 3.txt").write_text(plan(777), encoding="utf-8")
    (documents / "a" / "KH 4.txt").touch()  # another time, the same bytes
    (documents / "b" / "KH 5.txt").rename(documents / "b" / "Khác.txt")  # its name stands in the result
    result = convert(documents, tmp_path)
    assert last(tmp_path).found == ALL - 2
    assert "Tân Lập 777" in next(d.text for d in result.directives if d.document == "KH 3.txt")
    convert(documents, tmp_path / "fresh")
    assert tree(tmp_path / "json").items() >= tree(tmp_path / "fresh" / "json").items()


def test_a_changed_archive_is_read_again(documents: Path, tmp_path: Path) -> None:
    convert(documents, tmp_path)
    files = {f"xa {number}/KH.txt": plan(1000 + number) for number in range(3)} | {"xa 3/KH.txt": plan(9)}
    (documents / "goi.zip").write_bytes(packed(files))
    convert(documents, tmp_path)
    assert (last(tmp_path).found, last(tmp_path).done) == (ALL - 3, ALL + 1)


def rule(folder: Path) -> Path:
    """A folder of rules with one of its own."""
    folder.mkdir(exist_ok=True)
    text = "- {id: lead.contact, field: lead, pattern: 'cán bộ đầu mối', example: Cán bộ đầu mối, counter: Cán bộ}\n"
    (folder / "labels.yaml").write_text(text, encoding="utf-8")
    return folder


def test_other_rules_and_options_read_all_again(documents: Path, tmp_path: Path) -> None:
    convert(documents, tmp_path)
    own = rule(tmp_path / "rules")
    for options in ({"rules_dir": own}, {"reference_date": dt.date(2020, 1, 1)}, {"ocr": "never"}, {"allow_classified": True}):
        convert(documents, tmp_path, **options)
        assert last(tmp_path).found == 0, options
        convert(documents, tmp_path, **options, lang="en", jobs=2)  # these change no result
        assert last(tmp_path).found == ALL, options
    (own / "labels.yaml").write_text((own / "labels.yaml").read_text(encoding="utf-8") + "\n# x\n", encoding="utf-8")
    convert(documents, tmp_path, rules_dir=own)
    assert last(tmp_path).found == 0


def test_another_version_reads_all_again(documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    convert(documents, tmp_path)
    monkeypatch.setattr(reading, "__version__", "0.0.0")
    convert(documents, tmp_path)
    assert last(tmp_path).found == 0
    monkeypatch.setattr(reading, "_digest_of_program", lambda: "other source")
    convert(documents, tmp_path)
    assert last(tmp_path).found == 0


def test_the_source_of_the_stages_counts_and_that_of_outputs_does_not() -> None:
    rooms = {path.name for path in Path(pipeline.__file__).parent.iterdir() if path.is_dir() and path.name != "__pycache__"}
    others = {"audit", "cluster", "commands", "compare", "english", "evaluate", "export", "rulecheck", "runs", "status"}
    others |= {"corrections", "review", "serve", "store", "workers", "rules"}  # of `review` the view counts: see _MODULES
    assert rooms - others == set(reading._ROOMS)


# ── what may have failed of the machine ────────────────────────────────────────────────────


def step(item: Item, code: str, status: str = "failed") -> Step:
    errors = (Warning(code, "Lỗi.", detail="x"),)
    return Step(item.path, Directive(item.name, reading_of(item.path), "text/plain", 1, status, errors=errors), 0.5)


def reading_of(path: Path) -> str:
    from pipeline.opening import sha256_of

    return sha256_of(path)


@pytest.fixture
def item(tmp_path: Path) -> Item:
    (tmp_path / "KH.txt").write_text("x", encoding="utf-8")
    return Item(tmp_path / "KH.txt", "KH.txt")


def opened(place: Path) -> Journal:
    found = Journal.open(place / ".dondoc-json.sqlite", Options(), "rules")
    found.begin(runs.Command((), ("json/",), 1, None, None, "auto", False, "vi", None, None), 1)
    return found


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("password", True), ("empty-file", True), ("truncated", True),
        # a full disk, too little memory, somebody who killed a process
        ("reader-failed", False), ("internal-error", False), ("worker-died", False), ("time-limit", False),
        ("memory-limit", False), ("ocr-failed", False),
    ],
)  # fmt: skip
def test_after_a_run_that_was_killed_what_the_machine_may_have_done_is_tried_again(
    item: Item, tmp_path: Path, code: str, kept: bool
) -> None:
    with opened(tmp_path) as first:
        first.put(item, step(item, code))
        assert first.find(item) == step(item, code)  # in the run itself it holds
    with opened(tmp_path) as second:
        assert (second.find(item) is not None) is kept
        second.put(item, step(item, code))
        second.place(item, step(item, code))
        second.end(1, 1.0)
    with opened(tmp_path) as third:
        assert third.find(item) is not None  # it was tried once more
        third.place(item, step(item, code))
        third.end(1, 1.0)
    assert history.retry(history.last(tmp_path)) == 1
    with opened(tmp_path) as fourth:
        assert fourth.find(item) is None


@pytest.mark.parametrize("code", ["program-missing", "plain-words-only"])
def test_what_lacked_a_program_is_read_again_once_it_is_there(
    item: Item, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(reading, "machine", lambda: "lxml")
    with opened(tmp_path) as first:
        first.put(item, step(item, code, "partial"))
        first.end(1, 1.0)
    with opened(tmp_path) as second:
        assert second.find(item) is not None
        monkeypatch.setattr(reading, "machine", lambda: "lxml tesseract")
        assert second.find(item) is None


def test_a_document_that_cannot_be_read_is_held_for_its_run(tmp_path: Path) -> None:
    item = Item(tmp_path / "nothing.txt", "nothing.txt")
    with opened(tmp_path) as first:
        first.put(item, step(item, "unreadable-file"))
        assert first.find(item) == step(item, "unreadable-file")
        first.place(item, step(item, "unreadable-file"))
        first.end(1, 1.0)
    item.path.write_text("now it is there", encoding="utf-8")
    with opened(tmp_path) as second:
        assert second.find(item) is None


def test_two_unreadable_files_of_one_name_are_two(tmp_path: Path) -> None:
    items = [Item(tmp_path / folder / "KH.txt", "KH.txt") for folder in "ab"]
    with opened(tmp_path) as first:
        for one in items:
            first.put(one, step(one, "unreadable-file"))
        assert [found.path for one in items if (found := first.find(one))] == [one.path for one in items]


# ── memory and size ────────────────────────────────────────────────────────────────────────


def test_the_program_holds_no_documents_of_a_large_run(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held() -> int:
        gc.collect()
        return sum(isinstance(one, Directive) for one in gc.get_objects())

    def write(*_: object) -> None:  # the last that is called, when all else is written
        while_writing.append(held() - before)

    before, while_writing, while_reading = held(), [], []
    monkeypatch.setattr(engine, "_HELD", 4)
    monkeypatch.setattr(failures, "write", write)
    convert(documents, tmp_path)
    assert max(while_writing) <= 2  # the one that came last
    result = convert(documents, tmp_path, progress=lambda step: while_reading.append(held() - before))
    assert len(while_reading) == ALL
    assert max(while_reading) <= 4 + 4  # all are found at once, and four of them wait for their turn in memory
    assert isinstance(result.steps, runs.Recorded)
    assert held() == before
    kept = [held() - before for _ in result.directives]
    assert max(kept) <= 3
    assert (len(result.steps), result.count("ok"), result.count("failed")) == (ALL, ALL - 1, 1)
    assert result.tasks == sum(len(directive.tasks) for directive in result.directives) == 3 * (ALL - 1)
    assert result.unplaced == sum(len(directive.unplaced) for directive in result.directives)


def test_steps_are_a_sequence_like_those_of_a_small_run(documents: Path, tmp_path: Path) -> None:
    large = convert(documents, tmp_path)
    small = pipeline.convert([documents], [])
    assert isinstance(small.steps, list)
    assert [(one.path, one.directive) for one in large.steps] == [(one.path, one.directive) for one in small.steps]
    assert large.steps[-1].directive == small.steps[-1].directive
    assert [one.done for one in large.steps[1:3]] == [2, 3]
    assert list(large.directives[:2]) == list(small.directives[:2])
    assert (large.tasks, large.unplaced, large.exit_status) == (small.tasks, small.unplaced, small.exit_status)
    with pytest.raises(IndexError):
        large.steps[ALL]


def test_runs_of_long_ago_are_forgotten(documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "KEPT_RUNS", 2)
    convert(documents, tmp_path, ocr="never")
    for _ in range(2):
        convert(documents, tmp_path)
    with closing(sqlite3.connect(tmp_path / ".dondoc-json.sqlite")) as connection:
        figures = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("runs", "results")]
    assert figures == [2, ALL]


# ── small runs ─────────────────────────────────────────────────────────────────────────────


def names(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()} - {"in"}


def test_a_small_run_leaves_nothing_behind(tmp_path: Path) -> None:
    fill(tmp_path / "in", 10)
    result = convert(tmp_path / "in", tmp_path)
    assert names(tmp_path) == {"json"}
    assert len(result.steps) == 14  # of which one is in a ZIP, that might have held a thousand
    assert result.count("failed") == 1


def test_a_small_run_uses_the_journal_that_is_there(documents: Path, tmp_path: Path) -> None:
    convert(documents, tmp_path)
    convert(documents / "a", tmp_path)
    assert (last(tmp_path).found, last(tmp_path).done) == (COUNT // 2, COUNT // 2)


def test_where_nothing_is_written_there_is_no_journal(documents: Path, tmp_path: Path) -> None:
    pipeline.convert([documents], [])
    assert names(tmp_path) == set()


def test_a_place_that_holds_no_journal_costs_no_run(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(journal, "Lock", refuse)
    result = convert(documents, tmp_path)
    assert [note.code for note in result.notes] == ["no-journal"]
    assert len(result.steps) == ALL
    assert names(tmp_path) == {"json"}


# ── damaged, and in use ────────────────────────────────────────────────────────────────────


def spoil(path: Path, how: str) -> None:
    """Damages a journal."""
    data = path.read_bytes()
    if how == "garbage":
        path.write_bytes(b"no database at all" * 100)
    elif how == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif how == "overwritten":
        path.write_bytes(data[:8192] + b"\xff" * 8192 + data[16384:])
    else:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(how)


@pytest.mark.parametrize(
    "how",
    [
        "garbage", "truncated", "overwritten", "DROP TABLE documents", "ALTER TABLE runs ADD COLUMN more",
        "CREATE TRIGGER t AFTER INSERT ON documents BEGIN DELETE FROM results; END",
    ],
)  # fmt: skip
def test_a_damaged_journal_is_kept_aside_and_begun_anew(documents: Path, tmp_path: Path, how: str) -> None:
    convert(documents, tmp_path)
    before = tree(tmp_path / "json")
    path = tmp_path / ".dondoc-json.sqlite"
    spoil(path, how)
    damaged = path.read_bytes()
    result = convert(documents, tmp_path)
    assert [note.code for note in result.notes] == ["journal-damaged"]
    assert (tmp_path / ".dondoc-json.sqlite.hong-1").read_bytes() == damaged
    assert tree(tmp_path / "json") == before
    assert (last(tmp_path).found, last(tmp_path).done) == (0, ALL)


def test_a_damaged_result_alone_is_read_again(documents: Path, tmp_path: Path) -> None:
    convert(documents, tmp_path)
    before = tree(tmp_path / "json")
    words = "UPDATE results SET data = {} WHERE key = (SELECT key FROM documents WHERE place = {})"
    for place, data in enumerate(("x'00'", "'text'", "substr(data, 1, 50)")):
        spoil(tmp_path / ".dondoc-json.sqlite", words.format(data, place))
    result = convert(documents, tmp_path)
    assert [note.code for note in result.notes] == ["result-damaged"] * 3
    assert (last(tmp_path).found, last(tmp_path).done) == (ALL - 3, ALL)
    assert tree(tmp_path / "json") == before


HOLD = "import sys; from pathlib import Path; from pipeline.runs.opening import Lock; l = Lock(Path(sys.argv[1])); print('held', flush=True); input()"


@pytest.fixture
def other_run(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has a run under way."""
    call = [sys.executable, "-c", HOLD, str(tmp_path / ".dondoc-json.sqlite")]
    process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"held"
    yield process
    process.kill()
    process.communicate()


def test_of_two_runs_at_once_the_second_is_told(
    documents: Path, tmp_path: Path, other_run: subprocess.Popen[bytes]
) -> None:
    convert(documents, tmp_path / "elsewhere")  # another output is another run
    assert opening.is_running(tmp_path / ".dondoc-json.sqlite")
    with pytest.raises(OutputError) as refused:
        convert(documents, tmp_path)
    assert refused.value.code == "run-under-way"
    assert not (tmp_path / "json").exists()
    other_run.kill()
    other_run.communicate()
    assert not opening.is_running(tmp_path / ".dondoc-json.sqlite")
    assert len(convert(documents, tmp_path).steps) == ALL
