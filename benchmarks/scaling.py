"""Documents a second of a whole run, over one and two processes and over 10, 100 and 1,000 documents.

``python -m benchmarks.scaling DOCUMENTS`` measures so many. Wall time, with the start of the processes that read and
the writing of a JSON file for each document.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.generate import write
from benchmarks.measure import Figure, compared, table, take_turns
from pipeline.convert import convert

SIZES = (10, 100, 1000)
LEAST, DEMAND = 1.8, "1.8 times one process"
_FEW = 100  # documents whose run is short enough to be taken three times


def run(small: bool) -> list[Figure]:
    """Documents a second; the demand is that of the longest run, which the start of processes does not shape."""
    sizes = (4, 6) if small else SIZES
    return [_measured(size, asked=size == sizes[-1]) for size in sizes]


def _measured(documents: int, *, asked: bool) -> Figure:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "in", documents)
        turns = iter(range(1_000_000))

        def way(jobs: int) -> None:
            # A folder of its own for each run: a run that finds its own results repeats nothing.
            done = convert([folder / "in"], [f"{folder}/{next(turns)}/out/"], jobs=jobs)
            if done.count("ok") != documents:
                raise SystemExit(f"{documents - done.count('ok')} of {documents} documents were not read.")

        seconds = take_turns(
            {"two": lambda: way(2), "one": lambda: way(1)},
            rounds=3 if documents <= _FEW else 1,
            clock=time.perf_counter,
        )
    what = f"run of {documents:,} documents, two processes"
    least, demand = (LEAST, DEMAND) if asked else (None, "")
    return compared(what, "documents/s", documents, seconds["two"], "one process", seconds["one"], least, demand)


if __name__ == "__main__":
    sys.stdout.write(f"{table([_measured(int(sys.argv[1]), asked=True)])}\n")
