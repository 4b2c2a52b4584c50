"""A scheduler and workers as processes on the loopback interface, and what a result consists of."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client


@dataclass
class Cluster:
    """Processes of dask; `address` is the scheduler's."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


@contextmanager
def started(*arguments: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as stream:
        process = subprocess.Popen([sys.executable, "-m", *arguments], stdout=stream, stderr=stream)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def cluster_of(workers: int, folder: Path) -> Iterator[Cluster]:
    """A cluster whose processes end with the ``with`` statement; their logs are in the folder."""
    known = folder / "scheduler.json"
    with ExitStack() as running:
        where = ("--host", "127.0.0.1", "--no-dashboard")
        scheduler = ("distributed.cli.dask_scheduler", "--port", "0", "--scheduler-file", str(known), *where)
        process = running.enter_context(started(*scheduler, log=folder / "scheduler.log"))
        cluster = Cluster(_address(known), process)
        for number in range(workers):
            worker = ("distributed.cli.dask_worker", cluster.address, "--nthreads", "1", "--no-nanny", *where)
            process = running.enter_context(started(*worker, "--local-directory", str(folder), log=folder / f"{number}.log"))
            cluster.workers.append(process)
        if workers:
            with Client(cluster.address, timeout=120, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=120)
        yield cluster


def _address(known: Path) -> str:
    for _ in range(600):
        if known.exists() and (text := known.read_text(encoding="utf-8")).endswith("}"):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise AssertionError(known.with_suffix(".log").read_text(encoding="utf-8"))


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of the results ``json/`` and ``tasks.parquet/`` with their bytes, without what lies beside them."""
    results = [path for name in ("json", "tasks.parquet") for path in sorted((folder / name).rglob("*"))]
    names = {path.relative_to(folder).as_posix(): path for path in results if path.is_file()}
    return {name: path.read_bytes() for name, path in names.items() if "/_dondoc/" not in name}
