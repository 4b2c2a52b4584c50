"""``python -m tests.runs.kills``: kill -9 at random moments of a run, which must come to the same bytes in the end.

A run is killed again and again until it is left to come to its end; then its outputs are compared with those of a run
that nobody disturbed, and its journal is asked whether it has read anything twice.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from runs.papers import command, fill, finished, started, tree

Say = Callable[[str], object]


def results(place: Path) -> int:
    """How many results the journal beside the outputs holds."""
    return count(place, "SELECT count(*) FROM results WHERE NOT again")


def found_in_last_run(place: Path) -> int:
    """How many documents the last run took from those before it."""
    return count(place, "SELECT coalesce(sum(found), 0) FROM documents WHERE run = (SELECT max(id) FROM runs)")


def count(place: Path, words: str) -> int:
    """A figure of the journal; none where it has not been made."""
    journal = place / ".dondoc-json.sqlite"
    if not journal.is_file():
        return 0
    with closing(sqlite3.connect(journal)) as connection:
        try:
            return int(connection.execute(words).fetchone()[0])
        except sqlite3.OperationalError:  # killed before it had its tables
            return 0


def killed(documents: Path, place: Path, seconds: float) -> bool:
    """Whether a run could be killed after so many seconds, or had come to its end by then."""
    process = started(command(documents, place))
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    process.communicate()
    return False


def check(documents: Path, place: Path, wanted: dict[str, bytes], failing: int) -> None:
    """Runs to the end what was killed. Raises AssertionError where the outcome is another, or was read twice."""
    before = results(place)
    status, said = finished(command(documents, place))
    assert status == 7, said
    assert tree(place) == wanted
    # What may have failed of the kill is tried again, all else is found.
    assert found_in_last_run(place) >= before - failing, (found_in_last_run(place), before)


def main() -> None:
    """Prints a line for each kill and each run that was left to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--each", type=int, default=5, help="kills of one run")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rolled = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents = fill(folder / "in", options.documents, tasks=20)
        began = time.monotonic()
        finished(command(documents, folder / "undisturbed"))
        whole = time.monotonic() - began
        wanted = tree(folder / "undisturbed")
        print(f"undisturbed: {whole:.1f} s, {len(wanted)} files", flush=True)
        left, trial = options.kills, 0
        while left:
            trial += 1
            place = folder / f"trial {trial}"
            for _ in range(min(options.each, left)):
                moment = rolled.uniform(0.1, whole / options.each * 2)
                if not killed(documents, place, moment):
                    break
                left -= 1
                print(f"killed after {moment:.2f} s: {results(place)} results kept", flush=True)
            check(documents, place, wanted, failing=0)
            print(f"run {trial} ended: equal to the byte, nothing read twice", flush=True)


if __name__ == "__main__":
    main()
