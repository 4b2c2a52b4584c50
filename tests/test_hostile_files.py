"""Hostile files, each by itself between two sound ones: it ends in its limits, with a status and a reason, alone."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from hostile import FILES, Hostile
from hostile.nouns import MB, SENTENCE

import pipeline
from pipeline import inputs
from pipeline.convert import Result
from pipeline.model import Directive
from pipeline.workers import Limits

LIMITS = Limits(quiet=30.0, seconds=40.0, memory=1024 * MB)  # lowered; machines that test are busy
LOOK = 0.02  # seconds between two looks at the memory of the children
AHEAD = 512 * MB  # what a child may take between two looks of the pool, which come five a second
NEIGHBOURS = ("00-before.txt", "zz-after.txt")


@contextlib.contextmanager
def weighed() -> Iterator[list[int]]:
    """The most bytes that all child processes held together while the body ran."""
    most, own, ended = [0], psutil.Process(), threading.Event()

    def look() -> None:
        while not ended.wait(LOOK):
            with contextlib.suppress(psutil.Error):
                most[0] = max(most[0], sum(child.memory_info().rss for child in own.children(recursive=True)))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        ended.set()
        thread.join()


def with_neighbours(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name in NEIGHBOURS:
        (folder / name).write_text(SENTENCE, encoding="utf-8")


def neighbours(result: Result) -> list[Directive]:
    return [found for found in result.directives if found.document in NEIGHBOURS]


def reasons(result: Result) -> set[str]:
    """The codes that the documents end with; each failed one has a message in Vietnamese."""
    found = set()
    for directive in result.directives:
        assert directive.status in ("ok", "partial", "failed")
        assert (directive.status == "ok") == (not directive.errors)
        assert all(error.message and not error.message.isascii() for error in directive.errors)
        if directive.document not in NEIGHBOURS:
            found |= {error.code for error in directive.errors} or {"ok"}
    return found


def both_read(result: Result) -> None:
    assert [[task.lead for task in found.tasks] for found in neighbours(result)] == [[("Công an xã",)]] * 2


def test_there_are_forty() -> None:
    assert len({file.name for file in FILES}) == len(FILES) >= 40
    assert all(file.why for file in FILES)


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_a_hostile_file_ends_within_its_limits_alone(file: Hostile, tmp_path: Path) -> None:
    with_neighbours(tmp_path / "in")
    (tmp_path / "in" / file.name).write_bytes(file.make())
    with weighed() as most:
        result = pipeline.convert([tmp_path / "in"], [], jobs=1, limits=LIMITS)
    assert reasons(result)
    assert reasons(result) <= file.codes, [error.detail[:300] for found in result.directives for error in found.errors]
    assert 0 < most[0] < LIMITS.memory + AHEAD, f"{most[0] / MB:.0f} MB"
    assert max(step.seconds for step in result.steps) < LIMITS.seconds
    both_read(result)
    assert not psutil.Process().children(recursive=True)


def test_a_limit_is_kept(tmp_path: Path) -> None:
    """What the tests above measure with would see a limit that is not kept."""
    (file,) = (file for file in FILES if file.name == "runs.docx")
    (tmp_path / file.name).write_bytes(file.make())
    with weighed() as most:
        result = pipeline.convert([tmp_path], [], jobs=1, limits=Limits(memory=128 * MB))
    assert reasons(result) == {"memory-limit"}
    assert most[0] > 128 * MB


def test_archives_in_archives_have_one_limit_for_all(tmp_path: Path) -> None:
    """Each of them unpacks to less than a gigabyte; all of them to two."""
    (file,) = (file for file in FILES if file.name == "nested.zip")
    (tmp_path / file.name).write_bytes(file.make())
    result = pipeline.convert([tmp_path], [], jobs=1, limits=LIMITS)
    assert reasons(result) == {"too-large", "unknown-format"}
    read = sum(found.errors[0].code == "unknown-format" for found in result.directives)
    assert read * 4 * MB <= 1024 * MB


# ── what is no file, or none any more ──────────────────────────────────────────────────────


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes among its files")
@pytest.mark.parametrize("suffix", [".txt", ".docx", ".odt", ".zip"])
def test_a_pipe_that_nobody_writes_into_is_no_document(suffix: str, tmp_path: Path) -> None:
    with_neighbours(tmp_path)
    for name in ("p", "q"):  # LibreOffice is given several files together
        os.mkfifo(tmp_path / f"{name}{suffix}")
    began = time.monotonic()
    result = pipeline.convert([tmp_path], [], jobs=1, limits=LIMITS)
    assert time.monotonic() - began < LIMITS.quiet, "it was waited for"
    assert reasons(result) == {"unreadable-file"}
    both_read(result)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no devices among its files")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/stdin"])
def test_a_device_is_no_document(device: str, tmp_path: Path) -> None:
    with_neighbours(tmp_path)
    (tmp_path / "a.txt").symlink_to(device)
    result = pipeline.convert([tmp_path, Path(device)], [], jobs=1, limits=LIMITS)
    assert reasons(result) <= {"unreadable-file", "empty-file"}
    both_read(result)


def test_a_file_without_an_end_is_not_hashed(tmp_path: Path) -> None:
    with_neighbours(tmp_path)
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte that takes no room
    result = pipeline.convert([tmp_path], [], jobs=1, limits=LIMITS)
    assert reasons(result) == {"too-large"}
    both_read(result)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_in_circles(tmp_path: Path) -> None:
    with_neighbours(tmp_path / "in")
    for name, target in (("a.txt", "b.txt"), ("b.txt", "a.txt"), ("self.txt", "self.txt"), ("up", ".."), ("in.txt", ".")):
        (tmp_path / "in" / name).symlink_to(target)
    result = pipeline.convert([tmp_path / "in", tmp_path / "in" / "self.txt"], [], jobs=1, limits=LIMITS)
    assert reasons(result) == {"unreadable-file"}
    both_read(result)


def test_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_neighbours(tmp_path)
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    found = inputs.expand

    def and_gone(*given: object) -> object:
        paths = found(*given)
        (tmp_path / "a.txt").unlink()
        return paths

    monkeypatch.setattr(inputs, "expand", and_gone)
    result = pipeline.convert([tmp_path], [], jobs=1, limits=LIMITS)
    assert reasons(result) == {"unreadable-file"}
    both_read(result)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    with_neighbours(tmp_path)
    ended = threading.Event()

    def grow() -> None:
        with (tmp_path / "a.txt").open("a", encoding="utf-8") as file:
            while not ended.wait(0.01):
                file.write(f"{SENTENCE}\n" * 10)
                file.flush()

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        while not (tmp_path / "a.txt").exists() or not (tmp_path / "a.txt").stat().st_size:
            time.sleep(0.01)
        result = pipeline.convert([tmp_path], [], jobs=1, limits=LIMITS)
    finally:
        ended.set()
        thread.join()
    assert reasons(result) == {"ok"}
    both_read(result)
    (read,) = (found for found in result.directives if found.document == "a.txt")
    data = (tmp_path / "a.txt").read_bytes()
    sizes = range(len(f"{SENTENCE}\n".encode()), len(data), len(f"{SENTENCE}\n".encode()))
    assert read.sha256 in {hashlib.sha256(data[:size]).hexdigest() for size in sizes}, "of no state that it ever had"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_no_person_gives(tmp_path: Path) -> None:
    names = (
        "\u202egpj.txt", "a\nb.txt", "a\tb.txt", "a\x1b[2Jb.txt", "\u200f.txt", "a" * 251 + ".txt", "ắ" * 83 + ".txt",
        os.fsdecode(b"\xff\xfe.txt"), "=1+1.txt", "'; DROP TABLE.txt", "a\\b.txt", "con.txt", " .txt", "a.txt ", "%00.txt",
    )  # fmt: skip
    with_neighbours(tmp_path / "in")
    for name in names:
        (tmp_path / "in" / name).write_text(SENTENCE, encoding="utf-8")
    outputs = [tmp_path / "out" / "a.xlsx", tmp_path / "out" / "a.csv", tmp_path / "out" / "a.jsonl", f"{tmp_path / 'json'}/"]
    result = pipeline.convert([tmp_path / "in", tmp_path / "in" / "a.txt "], outputs, jobs=1, limits=LIMITS)
    assert reasons(result) == {"ok"}
    assert len(result.directives) == len(names) + 2
    both_read(result)
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out", "json"}
    assert len(list((tmp_path / "json").iterdir())) == len(names) + 2
    assert all("\n" not in line and "\x1b" not in line for line in (tmp_path / "out" / "a.jsonl").read_text("utf-8").split("\n"))
