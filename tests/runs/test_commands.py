"""`dondoc runs`, and the list of what failed."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from runs.papers import fill, packed, plan, tree
from typer.testing import CliRunner, Result

import pipeline
from pipeline import cli
from pipeline.english import told
from pipeline.runs import failures, history
from pipeline.runs.command import Command
from pipeline.runs.journal import Journal
from pipeline.steps import Options

COUNT = 24
EMPTY = "Tệp rỗng (0 byte). Hãy tải hoặc chép lại tệp gốc."


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.app, [str(arg) for arg in args])


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return fill(tmp_path / "in", COUNT)


@pytest.fixture
def place(documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the outputs of a run, whose call named nothing by its whole path."""
    monkeypatch.chdir(tmp_path)
    assert run("convert", "in", "-o", "out/json/", "--quiet").exit_code == 7
    return tmp_path / "out"


def rows(place: Path) -> list[dict[str, str]]:
    data = (place / "failed.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


# ── what failed ────────────────────────────────────────────────────────────────────────────


def test_what_failed_is_listed_with_its_reason(place: Path, documents: Path) -> None:
    (row,) = rows(place)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", row.pop("time"))
    assert row == {"path": str(documents / "rong.docx"), "status": "failed", "code": "empty-file", "reason": EMPTY}


def test_the_reason_is_told_in_english_and_headings_stay(place: Path) -> None:
    run("convert", "in", "-o", f"{place}/json/", "--lang", "en")
    (row,) = rows(place)
    assert row["reason"] == told(EMPTY, "en") != EMPTY
    assert tuple(row) == failures.HEADINGS


def test_members_and_hostile_names_are_listed(documents: Path, tmp_path: Path) -> None:
    (documents / "goi.zip").write_bytes(packed({"xa/rong.txt": "", "xa/KH.txt": plan(1)}))
    (documents / "=1+1;=2.docx").write_bytes(b"")
    pipeline.convert([documents], [f"{tmp_path}/json/"])
    paths = [row["path"] for row in rows(tmp_path)]
    assert [Path(path).name for path in paths] == ["=1+1;'=2.docx", "rong.txt", "rong.docx"]
    assert paths[1] == str(documents / "goi.zip" / "xa" / "rong.txt")
    assert all(path.startswith(("/", "'")) or path[1] == ":" for path in paths)


def test_the_list_goes_when_nothing_failed(place: Path, documents: Path) -> None:
    (documents / "rong.docx").unlink()
    assert run("convert", documents, "-o", f"{place}/json/", "--quiet").exit_code == 0
    assert not (place / "failed.csv").exists()


def test_somebody_elses_list_is_left_alone(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "failed.csv").write_text("của tôi", encoding="utf-8")
    result = pipeline.convert([documents], [f"{tmp_path}/json/"])
    assert (tmp_path / "failed.csv").read_text(encoding="utf-8") == "của tôi"
    assert [str(written.path) for written in result.outputs][1:] == [str(tmp_path / "failed (2).csv")]
    (documents / "rong.docx").unlink()
    pipeline.convert([documents], [f"{tmp_path}/json/"])
    assert (tmp_path / "failed.csv").read_text(encoding="utf-8") == "của tôi"


# ── list and show ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("named", [".", "out", "out/json", "out/json/", "out/.dondoc-json.sqlite"])
def test_runs_are_listed(place: Path, named: str) -> None:
    done = run("runs", "list", named)
    assert done.exit_code == 0, done.output
    assert "đã xong" in done.stdout
    assert f"{COUNT + 4}/{COUNT + 4}" in done.stdout


def test_a_run_is_shown_with_what_failed(place: Path, documents: Path) -> None:
    shown = " ".join(run("runs", "show", place).stdout.split())
    for words in (f"Đọc từ: {documents}", f"Ghi ra: {place}/json/", EMPTY[:20], "dondoc runs retry-failed"):
        assert words in shown
    english = run("runs", "show", place, "--lang", "en").stdout
    assert "Read from:" in english
    assert "The file is empty" in english


def test_the_state_of_a_run(place: Path) -> None:
    assert history.last(place).state == "done"
    command = history.last(place).command
    with Journal.open(place / ".dondoc-json.sqlite", Options(), "rules") as journal:
        journal.begin(command, 3)
        assert history.last(place).state == "running"
        assert "đang chạy" in run("runs", "list", place).stdout
    assert [one.state for one in history.read_all(place)] == ["done", "stopped"]
    assert "dondoc runs resume" in run("runs", "show", place).stdout


def test_where_there_is_no_run(tmp_path: Path) -> None:
    for name in ("list", "show", "resume", "retry-failed"):
        done = run("runs", name, tmp_path)
        assert done.exit_code == 2
        assert "Không có lượt chạy nào được ghi lại" in done.stderr
    assert run("runs", "list", Path(tmp_path.anchor)).exit_code in (0, 2)


@pytest.mark.parametrize("data", [b"no database" * 100, b""])
def test_a_journal_that_cannot_be_read(place: Path, data: bytes) -> None:
    (place / ".dondoc-json.sqlite").write_bytes(data)
    for name in ("list", "show", "resume", "retry-failed"):
        done = run("runs", name, place)
        assert done.exit_code == (0 if name == "list" and not data else 2), (name, done.output)
        assert "Traceback" not in done.output


# ── resume and retry ───────────────────────────────────────────────────────────────────────


def test_resume_runs_the_same_command_again(place: Path, documents: Path) -> None:
    before = tree(place)
    shutil.rmtree(place / "json")
    done = run("runs", "resume", place, "--quiet")
    assert done.exit_code == 7
    assert tree(place) == before
    assert history.last(place).found == COUNT + 4


def test_retry_reads_again_what_failed(place: Path, documents: Path) -> None:
    assert run("runs", "retry-failed", place, "--quiet").exit_code == 7
    assert history.last(place).found == COUNT + 3


def test_a_command_survives_its_journal(tmp_path: Path) -> None:
    command = Command(("/in/K\udcc3H.docx",), ("/out/",), 2, "2026-01-31", None, "never", True, "en", None, "codes.csv")
    assert Command.decode(command.encode()) == command
    for words in ("", "[]", "{}", '{"sources": 1}'):
        with pytest.raises(ValueError, match=r"\w"):
            Command.decode(words)


def test_no_password_is_written_down() -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    assert sqlalchemy
    from pipeline import export, runs

    targets = export.targets(["postgresql://ann:secret@host/so"])
    command = Command.of(["in"], targets, 1, Options(), "vi", None, None)
    assert "secret" not in command.encode()
    assert runs.journal_of(targets) == Path(".dondoc-so.sqlite")
