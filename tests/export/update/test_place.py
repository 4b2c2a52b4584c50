"""The file itself: open elsewhere, no tracker, broken, saved meanwhile, and killed at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.errors import OutputError
from pipeline.export import files
from pipeline.export.update import whole


def fewer(tracker: Any) -> Any:
    return replace(tracker.plan, tasks=tracker.plan.tasks[:2])


@pytest.mark.parametrize("lock", ["~$tracker.xlsx", ".~lock.tracker.xlsx#"])
def test_a_workbook_that_is_open_is_left_alone(tracker: Any, lock: str) -> None:
    (tracker.path.parent / lock).write_bytes(b"")
    before = tracker.path.read_bytes()
    written = tracker.convert(fewer(tracker))
    assert (written.path.name, [note.code for note in written.notes]) == ("tracker (2).xlsx", ["open-elsewhere"])
    assert lock in written.notes[0].message
    assert tracker.path.read_bytes() == before
    assert openpyxl.load_workbook(written.path).worksheets[0]["W4"].value == "Không còn trong văn bản"


def test_windows_does_not_let_an_open_file_be_replaced(tracker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before, original = tracker.path.read_bytes(), Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == tracker.path:
            raise PermissionError(13, "in use")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    written = tracker.convert(fewer(tracker))
    assert [note.code for note in written.notes] == ["open-elsewhere"]
    assert tracker.path.read_bytes() == before
    assert sorted(entry.name for entry in tracker.path.parent.iterdir()) == ["tracker (2).xlsx", "tracker.xlsx"]


def test_a_workbook_that_is_saved_meanwhile_is_left_alone(tracker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    original = whole.update

    def slow(*args: Any) -> Any:
        result = original(*args)
        tracker.put(2, "Ghi chú", "vừa lưu")
        return result

    monkeypatch.setattr(whole, "update", slow)
    written = tracker.convert(fewer(tracker))
    assert [note.code for note in written.notes] == ["edited-meanwhile"]
    assert tracker.rows()[0]["Ghi chú"] == "vừa lưu"


def book_of_somebody_else(path: Path) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Họ tên", "Chức vụ"])
    book.save(path)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (book_of_somebody_else, "no-tracker"),
        (lambda path: b"words", "broken"),
        (lambda path: b"", "broken"),
        # a workbook with a password is an OLE file
        (lambda path: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "broken"),
        (lambda path: path.read_bytes()[:3000], "broken"),
    ],
)
def test_what_is_no_tracker_is_left_alone(tracker: Any, make: Any, code: str) -> None:
    data = make(tracker.path)
    tracker.path.write_bytes(data)
    written = tracker.convert(tracker.plan)
    assert (written.path.name, [note.code for note in written.notes]) == ("tracker (2).xlsx", [code])
    assert tracker.path.read_bytes() == data
    assert len(list(openpyxl.load_workbook(written.path).worksheets[0].iter_rows())) == 4


def test_a_name_that_is_taken_is_not_written_over(tracker: Any) -> None:
    other = tracker.path.with_name("tracker (2).xlsx")
    other.write_bytes(b"of somebody")
    tracker.path.write_bytes(b"words")
    assert tracker.convert(tracker.plan).path.name == "tracker (3).xlsx"
    assert other.read_bytes() == b"of somebody"


class Killed(BaseException):
    """The process ends here."""


STEPS = [(os, "fsync"), (os, "link"), (Path, "replace"), (Path, "unlink"), (Path, "open"), (Path, "read_bytes")]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
def test_killed_at_each_step_of_the_write(
    tracker: Any, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, after: bool
) -> None:
    old = tracker.path.read_bytes()
    new = updated(tracker)
    original = getattr(owner, name)
    for moment in range(1, 9):
        calls = 0

        def step(*args: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == moment and not after:  # noqa: B023
                raise Killed
            done = original(*args, **options)
            if calls == moment:  # noqa: B023
                raise Killed
            return done

        with monkeypatch.context() as patch, suppress(Killed):
            patch.setattr(owner, name, step)
            tracker.convert(fewer(tracker))
        assert tracker.path.read_bytes() in (old, new)
        backups = [entry.read_bytes() for entry in tracker.path.parent.glob("tracker.truoc-*.xlsx")]
        assert all(backup == old for backup in backups), "half a backup would be taken for a whole one"
        if tracker.path.read_bytes() == new:
            assert backups, "the old one must be kept before it is replaced"
        clean(tracker, old)


def updated(tracker: Any) -> bytes:
    old = tracker.path.read_bytes()
    tracker.convert(fewer(tracker))
    new = tracker.path.read_bytes()
    clean(tracker, old)
    assert new != old
    return bytes(new)


def clean(tracker: Any, old: bytes) -> None:
    for entry in tracker.path.parent.iterdir():
        entry.unlink()
    tracker.path.write_bytes(old)


def test_a_full_disk_leaves_the_old_file_and_no_rest(tracker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tracker.path.read_bytes()

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OutputError):
        tracker.convert(fewer(tracker))
    assert {entry.name: entry.read_bytes() for entry in tracker.path.parent.iterdir()} == {"tracker.xlsx": old}


CHILD = """
import sys
from pathlib import Path
from pipeline.export.files import put_kept

path, old, new = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes(), Path(sys.argv[3]).read_bytes()
print("ready", flush=True)
while True:
    put_kept(path, new if path.read_bytes() == old else old)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed")
def test_a_process_that_is_killed_leaves_the_old_or_the_new_file_whole(tracker: Any, tmp_path: Path) -> None:
    old, new = tracker.path.read_bytes(), updated(tracker)
    for name, data in (("old", old), ("new", new)):
        (tmp_path / name).write_bytes(data)
    for seed in range(12):
        folder = tmp_path / str(seed)
        folder.mkdir()
        path = folder / "tracker.xlsx"
        path.write_bytes(old)
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(CHILD), path, tmp_path / "old", tmp_path / "new"],
            stdout=subprocess.PIPE,
        ) as child:
            assert child.stdout is not None and child.stdout.readline()
            time.sleep(random.Random(seed).uniform(0, 0.15))
            child.send_signal(signal.SIGKILL)
        assert path.read_bytes() in (old, new)
        assert all(entry.read_bytes() in (old, new) for entry in folder.glob("tracker.truoc-*.xlsx"))
