"""Pieces of work that child processes import in the tests of the pool: sound ones, and each way to come to grief."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from pipeline.workers import Failure

Tell = Callable[[int, int], None]


def idle() -> None:
    """Nothing needs to be loaded."""


def named(item: Any, failure: Failure) -> str:
    """The outcome of an item that came to nothing."""
    return f"{failure.kind}: {item}"


def work(item: Any, tell: Tell) -> Any:
    """Does what the item says."""
    match item:
        case "exit":
            os._exit(9)
        case "crash":
            ctypes.string_at(0)
        case "hang":
            time.sleep(60)
        case "slow":
            for page in range(6):
                time.sleep(0.3)
                tell(page + 1, 6)
            return "slow and done"
        case "forever":
            for page in range(1000):
                time.sleep(0.1)
                tell(page, 1000)
        case "memory":
            held = []
            while True:
                held.append(b"x" * 10_000_000)
        case "fault":
            raise ZeroDivisionError("planted")
        case "print":
            print("into the protocol")
            os.write(1, b"into the pipe")
            return "printed"
        case "big":
            return bytes(20_000_000)
        case "closure":
            return lambda: item
        case ("child", path):
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(str(child.pid))
            time.sleep(60)
    return str(item).upper()
