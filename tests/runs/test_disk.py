"""A disk that is full, a folder that may not be written to any more: the run says so, and goes on when that has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from runs.papers import command, fill, finished, tree

import pipeline
from pipeline.errors import OutputError
from pipeline.export import files
from pipeline.runs import history
from pipeline.steps import Step

COUNT = 40

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and mounts of Unix")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("in"), COUNT, tasks=12)


@pytest.fixture(scope="module")
def wanted(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    place = tmp_path_factory.mktemp("undisturbed")
    assert finished(command(documents, place))[0] == 7
    return tree(place)


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A disk of that size, where one may be made here."""
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("size", ["200k", "500k"])
def test_a_full_disk(documents: Path, wanted: dict[str, bytes], tmp_path: Path, size: str) -> None:
    place = tmp_path / "disk"
    with small_disk(place, size):
        status, said = finished(command(documents, place))
        assert status == 1
        assert "Không ghi được" in said
        assert "Traceback" not in said
        assert history.last(place / "json").state == "stopped"
        assert finished(command(documents, place))[0] == 1  # as long as it is full
        subprocess.run(["mount", "-o", "remount,size=50m", str(place)], check=True)
        assert finished(command(documents, place))[0] == 7
        assert tree(place) == wanted


LIMITED = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2); from pipeline.cli import main; main()"


@pytest.mark.parametrize("size", [60_000, 200_000])
def test_a_file_that_may_not_grow(documents: Path, wanted: dict[str, bytes], tmp_path: Path, size: int) -> None:
    _, _, *call = command(documents, tmp_path)
    status, said = finished([sys.executable, "-c", LIMITED, str(size), *call[1:]])
    assert status == 1
    assert "Không ghi được" in said
    assert "Traceback" not in said
    assert finished(command(documents, tmp_path))[0] == 7
    assert tree(tmp_path) == wanted


def test_a_folder_made_read_only_half_way(
    documents: Path, wanted: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = [f"{tmp_path / 'json'}/", tmp_path / "tasks.jsonl", tmp_path / "tracker.xlsx"]
    whole = files._temporary

    def guarded(path: Path, data: object) -> Path:
        if path.parent == tmp_path / "json":  # the mode bits would not stop a suite that runs as root
            raise files._refused(path, PermissionError(13, "Permission denied"))
        return whole(path, data)  # type: ignore[arg-type]

    def half_way(step: Step) -> None:
        if step.done == 20:
            (tmp_path / "json").chmod(0o555)
            if os.access(tmp_path / "json", os.W_OK):
                monkeypatch.setattr(files, "_temporary", guarded)

    with pytest.raises(OutputError) as refused:
        pipeline.convert([documents], outputs, progress=half_way)
    assert refused.value.code == "cannot-write"
    assert len(list((tmp_path / "json").iterdir())) == 20
    # the other outputs are whole, and so is what was read
    assert {name: data for name, data in wanted.items() if not name.startswith("json/")}.items() <= tree(tmp_path).items()
    (tmp_path / "json").chmod(0o755)
    monkeypatch.undo()
    pipeline.convert([documents], outputs)
    assert tree(tmp_path) == wanted
    assert history.last(tmp_path / "json").found == COUNT + 4
