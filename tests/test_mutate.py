"""The run over broken files: a part of it, and that it would tell what goes wrong."""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.convert import Result, Step
from pipeline.model import Directive, Task, Warning

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FILES, SECONDS = 150, 60  # seconds without a sign of progress: machines that test are busy


def test_a_part_of_the_run() -> None:
    command = [sys.executable, str(CORPUS / "mutate.py"), "--count", str(FILES), "--seconds", str(SECONDS)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{FILES} broken files and {FILES // 20} sound ones" in done.stdout
    assert "failed truncated" in done.stdout, "nothing was broken: the run shows nothing"


def test_a_run_that_was_stopped_goes_on(tmp_path: Path) -> None:
    """The second batch is torn off the record, as a run that is killed while it writes leaves it."""
    record = tmp_path / "record.jsonl"
    command = [sys.executable, str(CORPUS / "mutate.py"), "--count", "40", "--batch", "20", "--seconds", str(SECONDS)]
    done = [
        subprocess.run([*command, "--record", str(record)], capture_output=True, encoding="utf-8", timeout=600, check=False)
        for torn in (False, True)
        if not torn or record.write_text(record.read_text("utf-8")[:-9], encoding="utf-8")
    ]
    assert [run.returncode for run in done] == [0, 0], done[0].stderr + done[1].stderr
    assert [run.stderr.count("batch ") for run in done] == [2, 1]
    counts = [[line.rsplit("|", 2)[0] for line in run.stdout.splitlines() if line.startswith("|")] for run in done]
    assert counts[0] == counts[1]
    assert any(line.startswith("| all | 40 |") for line in counts[0])
    assert len(record.read_text("utf-8").splitlines()) == 3
    other = subprocess.run([*command, "--seed", "2", "--record", str(record)], capture_output=True, check=False)
    assert other.returncode != 0, "a record of another run was taken for its own"


@pytest.fixture
def mutate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(CORPUS))
    return importlib.import_module("mutate")


def test_equal_seeds_break_equal_files_equally(mutate: ModuleType, tmp_path: Path) -> None:
    original = {"text": [CORPUS / "docs" / "gm-ubnd-xa-hoi-nghi.txt"]}
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made.append([file.path.read_bytes() for file in mutate.write(range(40), 7, original, tmp_path / name)])
    assert made[0] == made[1]
    assert len(set(made[0])) > 30


def test_every_change_of_every_kind_changes_something(mutate: ModuleType, tmp_path: Path) -> None:
    broken, originals = importlib.import_module("broken"), importlib.import_module("originals")
    sound = originals.make(tmp_path)
    for kind, paths in sound.items():
        data, other = paths[0].read_bytes(), sound["text"][0].read_bytes()
        for change in set(broken.CHANGES[kind]):
            changed = (change(data, other, random.Random(seed)) != data for seed in range(8))
            assert any(changed), (kind, change.__name__)


TASK = Task(id="1", section="", order=1, text="Giao Công an xã tuần tra")


def step(name: str, **more: Any) -> Step:
    return Step(Path(name), Directive(name, "0", "text/plain", 1, **{"status": "ok", "tasks": (TASK,), **more}), 0.1)


def failed(name: str, code: str, message: str) -> Step:
    return step(name, status="failed", tasks=(), errors=(Warning(code, message),))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda steps: steps, None),
        (lambda steps: steps[1:], "1.txt: lost"),
        (lambda steps: [failed("1.txt", "truncated", "Tệp hỏng."), steps[1]], None),
        (lambda steps: [failed("1.txt", "reader-failed", "Tệp hỏng."), steps[1]], "1.txt: reader-failed"),
        (lambda steps: [failed("1.txt", "truncated", ""), steps[1]], "1.txt: truncated: no message"),
        (lambda steps: [failed("1.txt", "truncated", "File is broken."), steps[1]], "1.txt: truncated: no message"),
        (lambda steps: [step("1.txt", status="failed"), steps[1]], "1.txt: status failed with 0 errors"),
        (lambda steps: [step("1.txt", status="done"), steps[1]], "1.txt: status done"),
        (lambda steps: [steps[0], step("2.txt", tasks=())], "2.txt: not read as b.txt was before"),
        (lambda steps: [steps[0], step("2.txt", tasks=(replace(TASK, order=2),))], "2.txt: not read as b.txt"),
    ],
)
def test_what_is_complained_of(
    change: Callable[[list[Step]], list[Step]], complaint: str | None, mutate: ModuleType
) -> None:
    files = [
        mutate.File(Path("1.txt"), "text", Path("a.txt"), sound=False),
        mutate.File(Path("2.txt"), "text", Path("b.txt"), sound=True),
    ]
    before = Result((step("a.txt"), step("b.txt")), (), (), (), 0.0)
    after = Result(tuple(change([step("1.txt"), step("2.txt")])), (), (), (), 0.0)
    said = mutate.complaints(files, after, before)
    if complaint is None:
        assert said == []
    else:
        assert said[0].startswith(complaint)


def test_what_is_left_behind_is_seen(mutate: ModuleType, tmp_path: Path) -> None:
    for name in ("temp", "here", "files"):
        (tmp_path / name).mkdir()
    file = mutate.File(tmp_path / "files" / "1.txt", "text", Path("a.txt"), sound=False)
    file.path.write_bytes(b"x")
    hashes = {file.path: mutate._hash(file.path)}
    assert mutate.left_behind(tmp_path, [file], hashes) == []
    (tmp_path / "temp" / "dondoc-1").mkdir()
    (tmp_path / "outside.txt").write_bytes(b"")
    file.path.write_bytes(b"y")
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", str(tmp_path)])
    try:
        said = mutate.left_behind(tmp_path, [file], hashes)
    finally:
        child.kill()
        child.wait()
    assert [line.split(":")[0] for line in said] == [
        "still running", "still running", "left lying about", "written outside", "changed"
    ]  # fmt: skip
