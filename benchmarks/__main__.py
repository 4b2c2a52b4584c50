"""``python -m benchmarks [NAME ...] [--small] [--write]``: run from the folder of the project."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from benchmarks import SUBJECTS
from benchmarks.measure import Figure, table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
LIBRARIES = ("pypdfium2", "pdfplumber", "python-docx", "lxml")
INTRODUCTION = """\
# Speed and memory

Written by `python -m benchmarks --write`. Ours and the raw library read the same file in the same run, in turns; a
figure is the median of the rounds, the ratio is ours over the raw one in the median round. "Ours" is the whole reading
(`pipeline.ingest`), the raw library does only what its column says. Time is that of the processor where one process
does the work. Each module of `benchmarks` says how it measures.
"""


def main() -> int:
    """Runs the benchmarks that are named, or all of them, and prints their table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(SUBJECTS)}; all without a name")
    parser.add_argument("--small", action="store_true", help="tiny documents: shows that it runs, not how fast")
    parser.add_argument("--write", action="store_true", help=f"write the table to docs/{PAGE.name}")
    options = parser.parse_args()
    unknown = set(options.names) - set(SUBJECTS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    if options.write and (options.names or options.small):
        parser.error("--write needs all benchmarks at their full size")
    figures: list[Figure] = []
    for name in options.names or SUBJECTS:
        sys.stderr.write(f"{name}\n")
        figures.extend(import_module(f"benchmarks.{name}").run(options.small))
    text = f"{_machine()}\n\n{table(figures)}\n"
    sys.stdout.write(text)
    if options.write:
        PAGE.write_text(f"{INTRODUCTION}\n{text}", encoding="utf-8", newline="\n")
    return 0


def _machine() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    return f"Python {platform.python_version()}, {system}; {versions}."


if __name__ == "__main__":
    sys.exit(main())
