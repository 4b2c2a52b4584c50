"""What a cluster does, done here: groups, stores, the work of a worker, what is said where something is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clusters import files_of
from fsspec.registry import _registry
from typer.testing import CliRunner

from pipeline import cli
from pipeline import cluster as far
from pipeline.cluster import readers, work
from pipeline.cluster.groups import MOST_BYTES, MOST_DOCUMENTS, Group, grouped
from pipeline.cluster.session import Lost, Task, _alike
from pipeline.cluster.sources import Entry, expand
from pipeline.cluster.store import Folder, shown
from pipeline.cluster.work import Seen
from pipeline.convert import convert
from pipeline.errors import OutputError, UsageError
from pipeline.export import dataset


class Here:
    """A session whose only worker is this process; workers die of documents whose names begin with `poison`."""

    threads = 2

    def __init__(self, scheduler: str) -> None: ...

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *reason: object) -> None: ...

    def inspect(self, folder: Folder) -> Seen:
        return work.examine(folder)

    def release(self) -> None:
        readers.release()

    def run(self, tasks: Iterator[tuple[Any, Task]]) -> Iterator[tuple[Any, Any]]:
        waiting = list(tasks)
        for key, (function, given) in reversed(waiting):  # what comes last is done first
            group = given[1]
            died = isinstance(group, Group) and any(entry.name.startswith("poison") for entry in group.entries)
            yield key, Lost("killed") if died else function(*given)
            if not died:
                function(*given)  # and once more, as a repeat that was not needed


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far, "Session", Here)


@pytest.fixture
def memory() -> Iterator[Any]:
    """fsspec's store in memory, empty."""
    import fsspec

    store = fsspec.filesystem("memory")
    store.store.clear()
    store.pseudo_dirs[:] = [""]
    yield store
    store.store.clear()


@pytest.mark.usefixtures("here")
def test_from_a_store_to_a_store(memory: Any, documents: Path, by_one_machine: dict[str, bytes], tmp_path: Path) -> None:
    memory.put(f"{documents}/", "/in/", recursive=True)
    memory.pipe_file("/in/.hidden/kh.txt", b"x")
    memory.pipe_file("/in/anh.svg", b"x")
    result = far.convert(["memory://in"], ["memory://out/json/", "memory://out/tasks.parquet/"], scheduler="")
    memory.get("/out/", str(tmp_path), recursive=True)
    assert files_of(tmp_path) == by_one_machine
    assert {step.path.parts[0] for step in result.steps} == {"memory:"}
    assert result.notes == ()
    assert not [name for name in memory.find("/out") if name.endswith(".tmp") or ".probe" in name]
    assert [str(written.path) for written in result.outputs] == [
        "memory://out/json/",
        "memory://out/tasks.parquet/",
        "memory://out/json/_dondoc/failed.csv",
    ]
    failed = memory.cat_file("/out/json/_dondoc/failed.csv").decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in failed] == ["path", "memory://in/xa-mot/hong.docx"]


@pytest.mark.usefixtures("here")
def test_workers_that_die_of_a_document_cost_it_alone(documents: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for path in (documents / "xa-mot").iterdir():
        (own / path.name).write_bytes(path.read_bytes())
    (own / "poison.txt").write_bytes(b"x")
    result = far.convert([own], [f"{tmp_path}/json/"], scheduler="")
    failed = {step.path.name: step.directive.errors[0].code for step in result.steps if step.directive.errors}
    assert failed["poison.txt"] == "worker-died"
    assert set(failed) == {"poison.txt", "hong.docx"}
    assert [step.path.name for step in result.steps] == sorted(path.name for path in own.iterdir())
    assert result.directives[-1].document == result.steps[-1].directive.document == "xa-mot-" + max(
        path.name for path in documents.joinpath("xa-mot").iterdir()
    ).removeprefix("xa-mot-")


@pytest.mark.usefixtures("here")
def test_documents_of_one_block_go_to_several_files(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset, "MOST_ROWS", 20)
    result = far.convert([documents], [f"{tmp_path}/far/tasks.parquet/", tmp_path / "far.jsonl"], scheduler="")
    convert([documents], [f"{tmp_path}/near/tasks.parquet/", tmp_path / "near.jsonl"])
    assert files_of(tmp_path / "far") == files_of(tmp_path / "near")
    assert any(name.endswith("part-00001.parquet") for name in files_of(tmp_path / "far"))
    assert (tmp_path / "far.jsonl").read_bytes() == (tmp_path / "near.jsonl").read_bytes()
    assert [directive.document for directive in result.directives] == [step.directive.document for step in result.steps]


@pytest.mark.usefixtures("here")
def test_what_lies_beside_the_result_is_damaged(documents: Path, tmp_path: Path) -> None:
    given, made = [documents / "xa-hai"], [f"{tmp_path}/json/"]
    far.convert(given, made, scheduler="")
    for path in tmp_path.rglob("_dondoc/*.directives"):
        path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(OutputError, match="Hãy xóa thư mục"):
        far.convert(given, made, scheduler="")


@pytest.mark.usefixtures("here")
def test_a_file_that_is_gone_when_it_is_read(memory: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    memory.pipe_file("/in/kh.txt", b"1. x")
    entries, problems = expand(["memory://in"], ())
    memory.rm_file("/in/kh.txt")
    monkeypatch.setattr(far, "expand", lambda *_: (entries, problems))
    result = far.convert(["memory://in"], [f"{tmp_path}/json/"], scheduler="")
    assert [error.code for step in result.steps for error in step.directive.errors] == ["unreadable-file"]
    assert [note.code for note in result.notes] == ["not-fetched"]


# ── groups ─────────────────────────────────────────────────────────────────────────────────


def entries(count: int, size: int = 1) -> list[Entry]:
    return [Entry("", f"/plans/{number:05}.txt", size, "1") for number in range(count)]


def test_a_document_more_makes_one_group_another() -> None:
    many = entries(3_000)
    before = {group.key for group in grouped(many, "", 4, 3_000)}
    for place in (0, 1_234, 2_999):
        added = [*many[:place], Entry("", f"/plans/{place:05}-b.txt", 1, "1"), *many[place:]]
        after = {group.key for group in grouped(added, "", 4, 3_001)}
        assert len(after - before) <= 2  # two where the new one ends a group
    changed = [*many[:7], Entry("", many[7].path, 1, "2"), *many[8:]]
    assert len({group.key for group in grouped(changed, "", 4, 3_000)} - before) == 1
    assert before.isdisjoint(group.key for group in grouped(many, "other rules", 4, 3_000))


@pytest.mark.parametrize(("count", "size"), [(0, 1), (1, 1), (5, MOST_BYTES + 1), (3_000, 1), (100, MOST_BYTES // 3)])
def test_groups_hold_every_document_once_and_not_too_many(count: int, size: int) -> None:
    groups = list(grouped(entries(count, size), "", 1, 100_000))
    assert [entry for group in groups for entry in group.entries] == entries(count, size)
    for group in groups:
        assert 1 <= len(group.entries) <= MOST_DOCUMENTS
        assert len(group.entries) == 1 or sum(entry.size for entry in group.entries) <= MOST_BYTES


# ── stores ─────────────────────────────────────────────────────────────────────────────────


def test_the_sources_of_a_store(memory: Any) -> None:
    for name in ("b/kh 2.txt", "a/kh 1.docx", "a/bang.xyz", "a/~$kh.docx", "c.txt"):
        memory.pipe_file(f"/in/{name}", name.encode())
    for sources, found in (
        (["memory://in"], ["c.txt", "kh 1.docx", "kh 2.txt"]),  # by name, as on one machine
        (["memory://in/*"], ["c.txt", "kh 1.docx", "kh 2.txt"]),
        (["memory://in/b", "memory://in/b/kh 2.txt"], ["kh 2.txt"]),  # once
        (["memory://in/a/bang.xyz"], ["bang.xyz"]),  # named itself
    ):
        listed, problems = expand(sources, ())
        assert ([entry.name for entry in listed], problems) == (found, [])
    _, problems = expand(["memory://nowhere"], ())
    assert [problem.code for problem in problems] == ["no-match"]


@pytest.mark.parametrize("kind", ["memory", "local"])
def test_a_file_is_written_whole_or_not_at_all(kind: str, memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder("memory://out" if kind == "memory" else str(tmp_path / "out"))
    folder.put("a/b.bin", b"first")
    folder.put("a/b.bin", b"second")
    assert (folder.read("a/b.bin"), folder.read("a/b.bin", 1, 3), folder.names()) == (b"second", b"ec", ["a/b.bin"])

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(memory, "mv", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="Không dùng được"):
        folder.put("a/b.bin", b"third")
    assert (folder.read("a/b.bin"), folder.names()) == (b"second", ["a/b.bin"])


def test_a_password_is_shown_to_nobody() -> None:
    assert shown("sftp://van-thu:mat-khau@may-chu/kh/") == "sftp://may-chu/kh/"
    assert Entry("sftp://van-thu:mat-khau@may-chu/kh", "/kh/1.txt", 1, "").shown == "sftp://kh/1.txt"


# ── what is missing ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (Seen("older", "lxml"), "cùng phiên bản"),
        (ModuleNotFoundError("No module named 'pipeline'"), "cùng phiên bản"),
        (Seen("ours", "lxml", sees=False), "không thấy"),
        (Seen("ours", "lxml tesseract"), "tesseract"),
    ],
)
def test_workers_that_would_read_otherwise(others: Any, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster.session.examine", lambda _: Seen("ours", "whatever"))
    good = Seen("ours", "lxml")
    assert _alike({"a": good, "b": good}, Folder("/out")) == good
    with pytest.raises(UsageError, match=said):
        _alike({"a": good, "b": others}, Folder("/out"))


def dondoc(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, ["convert", *arguments])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        # nobody listens on port 1
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "-o", "{out}/a.parquet/"], "Không liên lạc được"),
        (["--engine", "dask", "--scheduler", "what", "-o", "{out}/a.parquet/"], "Không liên lạc được"),
        (["--engine", "dask", "-o", "{out}/a.parquet/"], "hãy nêu bộ điều phối"),
        (["--scheduler", "tcp://127.0.0.1:1", "-o", "{out}/a.parquet/"], "chỉ dùng cùng với --engine dask"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "-o", "{out}/a.xlsx"], "cần một nơi ghi là thư mục"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "-o", "s3://bucket/a.parquet"], "chỉ ghi được thư mục"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "-o", "{out}/a/", "--jobs", "4"], "--jobs không dùng được"),
        (["-o", "s3://bucket/a/"], "chỉ dùng được với --engine dask"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster.session.PATIENCE", 1)
    status, told = dondoc(str(documents), *(word.format(out=tmp_path) for word in arguments))
    assert status == 2
    assert said in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("missing", ["distributed", "fsspec"])
def test_a_library_is_missing(missing: str, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    status, told = dondoc(
        str(documents), "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "-o", f"{tmp_path}/a.parquet/"
    )
    assert (status, "dondoc[cluster]" in told) == (2, True)


def test_the_library_of_a_store_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(_registry, "s3", raising=False)  # where another test has used it
    with pytest.raises(UsageError, match="pip install s3fs"):
        Folder("s3://bucket/out").names()
