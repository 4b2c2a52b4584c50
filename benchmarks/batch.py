"""A night's run in small: memory of the parent and of the processes that read, and whether the end is as fast.

``python -m benchmarks.batch DOCUMENTS`` measures so many, 1,000 without a number. The parent's memory is looked at all
the while: its peak in the last quarter of the documents is compared with that in the second, when it has loaded all and
holds as many results as ever wait for their turn.

The tenth that was done last is compared with the one that was done first in characters a second of a process, by the
time of each document in its process: of a run the largest files are read first, and documents a second would only say
that small ones are read in less time. Even so it is no fair comparison. A PDF brings its fonts and is ten times as
large as a page of text: what is done first are PDF files, which cost most a character, what is done last the shortest
Word files and texts, in which opening the file and the letterhead weigh most. The same files are therefore read in a
run of their own besides, where nothing came before them; there the median document is compared, for the first of a
process waits for what is loaded when it is first asked.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.generate import write
from benchmarks.measure import Figure, rate, speed_up, table
from pipeline.runs.place import journals_in

USUAL = 1000
FEWEST = 40  # documents of a trial: so many that a journal is kept, and that quarters differ
JOBS = 2
PARENT, WORKERS = 300.0, 400.0  # MB
FLAT = 1.1  # of the parent from the second quarter to the last: an allocator keeps now more, now less
STEADY = 0.9  # of the rate of what it is compared with
_MB = 1_000_000
_LOOK = 0.1  # seconds between two looks


@dataclass(frozen=True, slots=True)
class _Look:
    """What was seen at one moment: documents done, MB that the parent and the largest of its children hold."""

    done: int
    parent: float
    worker: float


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run came to. `seconds` of each document by its name; `order` are the names as they were done."""

    looks: tuple[_Look, ...]
    seconds: dict[str, float]
    order: tuple[str, ...]


def run(small: bool) -> list[Figure]:
    """MB, and characters and documents a second of one process."""
    return measured(FEWEST if small else USUAL)


def measured(documents: int) -> list[Figure]:
    """The lines for a run of so many documents, `FEWEST` at least."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = write(folder / "in", documents)
        whole = _watched(folder, "in")
        if missing := {one.path.name for one in made} - set(whole.order):
            raise SystemExit(f"{len(missing)} of {documents} documents gave no result.")
        tenth = max(documents // 10, 1)
        first, last = whole.order[:tenth], whole.order[-tenth:]
        (folder / "last").mkdir()
        for one in last:
            shutil.copy(folder / "in" / one, folder / "last")
        alone = _watched(folder, "last")
        steady = _steady(whole, first, last, folder / "in-run" / "out")
    of = f"run of {documents:,} documents, {JOBS} processes"
    return [*_memory(of, documents, whole.looks), steady, _beside(of, last, whole, alone)]


def _memory(of: str, documents: int, looks: Sequence[_Look]) -> list[Figure]:
    parent, worker = max(look.parent for look in looks), max(look.worker for look in looks)
    second, fourth = _peak(looks, documents, 2), _peak(looks, documents, 4)
    return [
        Figure(f"memory of the parent, {of}", "MB at the peak", parent, "limit", PARENT, parent / PARENT,
               f"under {PARENT:g} MB", parent < PARENT),
        Figure(f"memory of the parent in the last quarter, {of}", "MB at the peak", fourth, "in the second quarter",
               second, fourth / second, "flat", fourth / second < FLAT),
        Figure(f"memory of a process that reads, {of}", "MB at the peak", worker, "limit", WORKERS,
               worker / WORKERS, f"under {WORKERS:g} MB", worker < WORKERS),
    ]  # fmt: skip


def _peak(looks: Sequence[_Look], documents: int, quarter: int) -> float:
    """MB that the parent held at most while that quarter of the documents was read; 1 is the first."""
    upto = documents * quarter / 4
    # A trial may be over a quarter between two looks: then the next look stands for it.
    seen = [look.parent for look in looks if upto - documents / 4 <= look.done <= upto]
    return max(seen or [look.parent for look in looks if look.done >= upto] or [looks[-1].parent])


def _steady(whole: _Run, first: Sequence[str], last: Sequence[str], results: Path) -> Figure:
    """The literal line: what was done last beside what was done first."""

    def characters_a_second(names: Sequence[str]) -> float:
        return sum(letters[name] for name in names) / sum(whole.seconds[name] for name in names)

    read = (json.loads(path.read_bytes()) for path in results.iterdir() if path.suffix == ".json")
    letters = {one["document"]: len(one["text"]) for one in read}
    end, begin = characters_a_second(last), characters_a_second(first)
    return Figure(f"last {len(last):,} documents done, run of {len(whole.order):,}", "characters/s of a process", end,
                  f"first {len(first):,} done", begin, end / begin, "within 10 % of the first",
                  abs(end / begin - 1) <= 1 - STEADY)  # fmt: skip


def _beside(of: str, last: Sequence[str], whole: _Run, alone: _Run) -> Figure:
    end, own = ([one.seconds[name] for name in last] for one in (whole, alone))
    kept = speed_up(end, own)
    return Figure(f"last {len(last):,} documents, {of}", "documents/s of a process", rate(1, end),
                  "the same in a run of their own", rate(1, own), kept, "within 10 % of it",
                  kept >= STEADY)  # fmt: skip


# ── a run and who looks at it ──


def _watched(folder: Path, inputs: str) -> _Run:
    """Runs the command over a folder and looks at its processes all the while."""
    place = folder / f"{inputs}-run"
    place.mkdir()
    log = place / "log"
    command = [sys.executable, "-m", "pipeline", "convert", str(folder / inputs), "-o", f"{place}/out/"]
    looks = []
    with log.open("wb") as stream:
        process = subprocess.Popen([*command, "--jobs", str(JOBS), "--log-json"], stdout=subprocess.DEVNULL,
                                   stderr=stream)  # fmt: skip
        parent = psutil.Process(process.pid)
        while process.poll() is None:
            looks.append(_Look(_done(place), *_held(parent)))
            time.sleep(_LOOK)
    if process.returncode:
        raise SystemExit(f"dondoc convert ended with {process.returncode}:\n{log.read_text('utf-8')[-2000:]}")
    return _Run(tuple(looks), _seconds(log), _order(place))


def _asked(place: Path, words: str) -> list[tuple[str | int, ...]]:
    """What the journal of the run there answers; nothing where there is none: a run of a few documents keeps none."""
    for journal in journals_in(place):
        with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as connection, suppress(sqlite3.Error):
            return connection.execute(words).fetchall()  # before it has its tables: an error, and nothing is done
    return []


def _done(place: Path) -> int:
    """How many documents are done by now."""
    return sum(int(row[0]) for row in _asked(place, "SELECT count(*) FROM results"))


def _order(place: Path) -> tuple[str, ...]:
    """Their names as they were done: a result gets its row when it is there, a document when it is its turn."""
    words = "SELECT CAST(shown AS TEXT) FROM results JOIN documents USING (key) ORDER BY results.rowid"
    return tuple(Path(str(row[0])).name for row in _asked(place, words))


def _held(parent: psutil.Process) -> tuple[float, float]:
    """MB that the parent and the largest of its children hold now."""
    try:
        own = parent.memory_info().rss
        children = [child.memory_info().rss for child in parent.children()]
    except psutil.Error:
        return 0.0, 0.0  # one has just ended: the next look will do
    return own / _MB, max(children, default=0) / _MB


def _seconds(log: Path) -> dict[str, float]:
    events = map(json.loads, log.read_text("utf-8").splitlines())
    return {Path(event["path"]).name: event["seconds"] for event in events if event["event"] == "document"}


if __name__ == "__main__":
    sys.stdout.write(f"{table(measured(max(int(sys.argv[1]), FEWEST) if len(sys.argv) > 1 else USUAL))}\n")
