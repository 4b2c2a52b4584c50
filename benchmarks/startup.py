"""How long the command takes from nothing to its answer, against Python alone and with the two libraries in C.

Wall time of whole processes: the file system has them in memory after the first round, which does not count.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.generate import write
from benchmarks.measure import Figure, speed_up, take_turns

LIMIT = 1.0  # seconds
_DONDOC = ("-m", "pipeline")


def run(small: bool) -> list[Figure]:
    """Seconds of one call."""
    with tempfile.TemporaryDirectory() as folder:
        (made,) = write(Path(folder), 1, styles=1, formats=("docx",), pages=2)
        convert = (*_DONDOC, "convert", str(made.path), "-o", f"{folder}/out/", "--quiet")
        seconds = take_turns(
            {
                "help": _call(*_DONDOC, "--help"),
                "convert": _call(*convert),
                "pass": _call("-c", "pass"),
                "libraries": _call("-c", "import lxml, pypdfium2"),
            },
            rounds=1 if small else 9,
            clock=time.perf_counter,
        )
    limit, met = f"under {LIMIT:.1f} s", statistics.median(seconds["convert"]) < LIMIT
    return [
        _figure("dondoc --help", seconds["help"], "python -c pass", seconds["pass"]),
        _figure("dondoc convert, one DOCX of two pages to JSON", seconds["convert"], "python -c import lxml, pypdfium2",
                seconds["libraries"], limit, met),
    ]  # fmt: skip


def _call(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def _figure(
    what: str, ours: list[float], raw_name: str, raw: list[float], demand: str = "", met: bool | None = None
) -> Figure:
    own, theirs = statistics.median(ours), statistics.median(raw)
    return Figure(what, "seconds", own, raw_name, theirs, 1 / speed_up(ours, raw), demand, met)
