"""A disk that is full, a folder that may not be written to any more: the run says so, and goes on when that has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from runs.papers import command, fill, finished, started, tree

from pipeline.runs import history

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


HALF = 20
HALTED = f"""
import sys
from importlib import import_module
from pipeline import cli
outputs, written = import_module("pipeline.convert")._Outputs, []
add = outputs.add
def halted(self, step):
    add(self, step)
    written.append(step.directive.document)
    if len(written) == {HALF}:
        print("half way", flush=True)
        sys.stdin.readline()
outputs.add = halted
cli.main()
"""
# Modes do not stop root as long as it may pass over them.
BOUND = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]


@contextmanager
def by_its_mode(folder: Path) -> Iterator[Callable[[bool], object]]:
    """A folder, and what lets it be written to or not."""
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root cannot be bound to modes here")
    folder.mkdir()
    yield lambda writable: folder.chmod(0o755 if writable else 0o555)


@contextmanager
def by_its_disk(folder: Path) -> Iterator[Callable[[bool], object]]:
    """As `by_its_mode`: a disk of its own."""
    with small_disk(folder, "50m"):
        yield lambda writable: subprocess.run(
            ["mount", "-o", f"remount,{'rw' if writable else 'ro'}", str(folder)], check=True
        )


@pytest.mark.parametrize("made", [by_its_mode, by_its_disk])
def test_a_folder_made_read_only_half_way(
    documents: Path, wanted: dict[str, bytes], tmp_path: Path, made: Callable[..., Any]
) -> None:
    place = tmp_path / "out"
    place.mkdir()
    _, _, _, *call = command(documents, place)
    bound = BOUND if os.geteuid() == 0 and made is by_its_mode else []
    with made(place / "json") as allow:
        process = started([*bound, sys.executable, "-c", HALTED, *call], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"half way\n"
        allow(False)
        _, said = process.communicate(b"\n", timeout=300)
        assert process.returncode == 1
        assert "Không ghi được" in said.decode()
        assert b"Traceback" not in said
        assert len(list((place / "json").iterdir())) == HALF
        # the other outputs are whole, and so is what was read
        others = {name: data for name, data in wanted.items() if not name.startswith("json/")}
        assert others.items() <= tree(place).items()
        allow(True)
        assert finished(command(documents, place))[0] == 7
        assert tree(place) == wanted
        assert history.last(place / "json").found == COUNT + 4
