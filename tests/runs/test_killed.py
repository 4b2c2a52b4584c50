"""A run that is killed at any moment goes on where it was, and comes to the same bytes."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from runs.kills import check, results
from runs.papers import command, fill, finished, started, tree

COUNT = 40
MOMENTS = (0, 1, 9, 20, 33, COUNT + 3)  # results in the journal when it happens; the last: while outputs are written


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("in"), COUNT)


@pytest.fixture(scope="module")
def wanted(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    place = tmp_path_factory.mktemp("undisturbed")
    status, said = finished(command(documents, place))
    assert status == 7, said  # one file is empty
    found = tree(place)
    assert "json/KH 0 (2).json" in found
    assert len(found) == COUNT + 1 + 3 + 2
    return found


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed(documents: Path, wanted: dict[str, bytes], tmp_path: Path, moment: int) -> None:
    process = started(command(documents, tmp_path))
    while process.poll() is None and results_of_running(tmp_path) < moment:
        time.sleep(0.002)
    time.sleep(random.uniform(0, 0.03))
    process.kill()
    process.communicate()
    assert process.returncode == -9
    assert results(tmp_path) >= moment
    check(documents, tmp_path, wanted, failing=0)
    assert not list(tmp_path.rglob("*.tmp"))


def results_of_running(place: Path) -> int:
    try:
        return results(place)
    except sqlite3.DatabaseError:  # locked, or half made
        return 0


def test_half_a_file_of_a_killed_run_is_removed(documents: Path, wanted: dict[str, bytes], tmp_path: Path) -> None:
    process = started(["true"])
    process.communicate()  # a number that no process has any more
    (tmp_path / "json").mkdir()
    (tmp_path / "json" / f".dondoc-{process.pid}.tmp").write_bytes(b"half")
    assert finished(command(documents, tmp_path))[0] == 7
    assert tree(tmp_path) == wanted


def test_killed_again_and_again(documents: Path, wanted: dict[str, bytes], tmp_path: Path) -> None:
    for moment in (2, 11, 25):
        process = started(command(documents, tmp_path))
        while process.poll() is None and results_of_running(tmp_path) < moment:
            time.sleep(0.002)
        process.kill()
        process.communicate()
    with closing(sqlite3.connect(tmp_path / ".dondoc-json.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM runs WHERE ended IS NULL").fetchone() == (3,)
    check(documents, tmp_path, wanted, failing=0)
