"""A cluster in small: ``python -m benchmarks.cluster [--documents N] [--workers N]`` on this machine.

The documents are read by the local engine and then by as many workers as are asked for, of which one is killed when a
quarter is done. The results must be the same bytes; said is how long both took, and what went through the disk and the
caller. On a machine with fewer cores than workers the second is no faster than the first: what is shown is what a
cluster costs.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import write
from pipeline import cluster
from pipeline.convert import Progress, convert


@dataclass(frozen=True, slots=True)
class _Made:
    """A result: seconds, and its files with their bytes."""

    seconds: float
    files: dict[str, bytes]


def main() -> int:
    """Runs both, compares what they made, and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000, metavar="N")
    parser.add_argument("--workers", type=int, default=4, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "in", options.documents)
        near = _near(folder)
        far, killed = _far(folder, options.documents, options.workers)
        staged = [path.stat().st_size for path in (folder / "far.parquet" / "_dondoc").glob("*.directives")]
        receipts = [path.stat().st_size for path in (folder / "far.parquet" / "_dondoc").glob("*.json")]
    same = near.files == far.files
    lines = [
        ("documents, tasks of dask, files of the result", f"{options.documents}, {len(staged)}, {len(far.files)}"),
        (
            f"one machine, {os.cpu_count()} processes",
            f"{near.seconds:.1f} s, {options.documents / near.seconds:.1f} /s",
        ),
        (
            f"{options.workers} workers on {os.cpu_count()} cores, worker {killed} killed",
            f"{far.seconds:.1f} s, {options.documents / far.seconds:.1f} /s",
        ),
        ("between the rounds, bytes a document", f"{sum(staged) / options.documents:,.0f}"),
        ("to the caller, bytes a document", f"{sum(receipts) / options.documents:,.0f}"),
        ("result, bytes a document", f"{sum(map(len, far.files.values())) / options.documents:,.0f}"),
        ("the same bytes", "yes" if same else "NO"),
    ]
    sys.stdout.write("".join(f"| {what} | {figure} |\n" for what, figure in lines))
    return 0 if same else 1


def _near(folder: Path) -> _Made:
    began = time.perf_counter()
    convert([folder / "in"], [f"{folder}/near.parquet/"], jobs=os.cpu_count() or 1)
    return _Made(time.perf_counter() - began, _files(folder / "near.parquet"))


def _far(folder: Path, documents: int, workers: int) -> tuple[_Made, int]:
    from distributed import Client, LocalCluster

    killed: list[int] = []
    where = {"host": "127.0.0.1", "dashboard_address": None, "local_directory": str(folder)}
    with LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, **where) as running:
        with Client(running) as client:
            victims = sorted(client.run(os.getpid).values())

        def watch(progress: Progress) -> None:
            if not killed and progress.done * 4 >= documents:
                killed.append(victims[0])
                os.kill(victims[0], signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)

        began = time.perf_counter()
        made = [f"{folder}/far.parquet/"]
        cluster.convert([folder / "in"], made, scheduler=running.scheduler_address, watch=watch)
        return _Made(time.perf_counter() - began, _files(folder / "far.parquet")), killed[0]


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.glob("province=*/**/*.parquet"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


if __name__ == "__main__":
    sys.exit(main())
