"""A night's run in small: memory of the parent and of the processes that read, and whether the end is as fast.

``python -m benchmarks.batch DOCUMENTS`` measures so many, 1,000 without a number. The end is compared with itself: of a
run the largest documents are read first, so that the smallest tenth is read last. The same files are read in a run of
their own; the time of each is that in its process, and the median document is compared, for the first of a process
waits for what is loaded when it is first asked. The parent's memory is compared with that of a run of half as many: it
holds some hundred results that wait for their turn, and no more.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import write
from benchmarks.measure import Figure, rate, speed_up, table

USUAL = 1000
JOBS = 2
PARENT, WORKERS = 300.0, 400.0  # MB
GROWTH = 1.25  # of the parent over twice the documents: what an allocator keeps moves by as much from run to run
STEADY = 0.9  # of the rate of the same documents in a run of their own
_MB = 1_000_000
_LOOK = 0.1  # seconds between two looks


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run came to: the largest memory in MB of the parent and of one child, seconds of each document."""

    parent: float
    worker: float
    seconds: dict[str, float]


def run(small: bool) -> list[Figure]:
    """MB, and documents a second of one process."""
    return measured(20 if small else USUAL)


def measured(documents: int) -> list[Figure]:
    """The lines for a run of so many documents."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = write(folder / "in", documents)
        last = sorted((one.path for one in made), key=lambda path: path.stat().st_size)[: max(documents // 10, 1)]
        _copy(last, folder / "last")
        _copy([one.path for one in made[::2]], folder / "half")
        alone, half, whole = (_watched(folder, inputs) for inputs in ("last", "half", "in"))
    if missing := {one.path.name for one in made} - set(whole.seconds):
        raise SystemExit(f"{len(missing)} of {documents} documents gave no result.")
    return _lines(documents, [path.name for path in last], whole, half, alone)


def _copy(paths: list[Path], folder: Path) -> None:
    folder.mkdir()
    for path in paths:
        shutil.copy(path, folder)


def _lines(documents: int, last: list[str], whole: _Run, half: _Run, alone: _Run) -> list[Figure]:
    of = f"run of {documents:,} documents, {JOBS} processes"
    end, own = ([one.seconds[name] for name in last] for one in (whole, alone))
    kept = speed_up(end, own)
    return [
        Figure(f"memory of the parent, {of}", "MB at the peak", whole.parent, "limit", PARENT, whole.parent / PARENT,
               f"under {PARENT:g} MB", whole.parent < PARENT),
        Figure(f"memory of the parent, {of}", "MB at the peak", whole.parent, "run of half as many",
               half.parent, whole.parent / half.parent, "flat", whole.parent / half.parent < GROWTH),
        Figure(f"memory of a process that reads, {of}", "MB at the peak", whole.worker, "limit", WORKERS,
               whole.worker / WORKERS, f"under {WORKERS:g} MB", whole.worker < WORKERS),
        Figure(f"last {len(last):,} documents, {of}", "documents/s of a process", rate(1, end),
               "the same in a run of their own", rate(1, own), kept, "within 10 % of it", kept >= STEADY),
    ]  # fmt: skip


def _watched(folder: Path, inputs: str) -> _Run:
    """Runs the command over a folder and looks at its processes all the while."""
    import psutil

    log = folder / f"{inputs}.log"
    command = [sys.executable, "-m", "pipeline", "convert", str(folder / inputs), "-o", f"{folder}/{inputs}-out/"]
    with log.open("wb") as stream:
        process = subprocess.Popen([*command, "--jobs", str(JOBS), "--log-json"], stdout=subprocess.DEVNULL,
                                   stderr=stream)  # fmt: skip
        parent, peaks = psutil.Process(process.pid), [0.0, 0.0]
        while process.poll() is None:
            for place, held in enumerate(_held(parent)):
                peaks[place] = max(peaks[place], held)
            time.sleep(_LOOK)
    if process.returncode:
        raise SystemExit(f"dondoc convert ended with {process.returncode}:\n{log.read_text('utf-8')[-2000:]}")
    return _Run(peaks[0], peaks[1], _seconds(log))


def _held(parent: object) -> tuple[float, float]:
    """MB that the parent and the largest of its children hold now."""
    import psutil

    assert isinstance(parent, psutil.Process)
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
    sys.stdout.write(f"{table(measured(int(sys.argv[1]) if len(sys.argv) > 1 else USUAL))}\n")
