"""A real server in a process of its own, for tests and pictures that look at it as a browser does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that runs: its process, the address of its pages, the one of its database."""

    process: subprocess.Popen[str]
    url: str
    database: str

    def kill(self) -> None:
        """Ends it as a power cut does."""
        self.process.kill()
        self.process.wait()


@contextmanager
def served(database: str, port: int = 0, *more: str) -> Iterator[Serving]:
    """Starts ``dondoc serve`` and kills it afterwards. With port 0 it takes a free one."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", "--db", database, "--port", str(port), *more],
        stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert process.stderr is not None
    try:
        told = process.stderr.readline()
        found = re.search(r"http://\S+", told)
        assert found is not None, told + process.stderr.read()
        yield Serving(process, found[0], database)
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
