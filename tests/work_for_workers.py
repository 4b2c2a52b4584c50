"""Pieces of work that child processes import in the tests of the pool: sound ones, and each way to come to grief."""

from __future__ import annotations

import ctypes
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from pipeline.workers import Failure

Tell = Callable[[int, int], None]
KEPT: list[bytes] = []


def note(log: str, name: str, what: str) -> None:
    """Appends a line that says what the item does, and in which process."""
    with open(log, "a", encoding="utf-8") as stream:
        stream.write(f"{name} {what} {os.getpid()}\n")


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
        case "threads":
            before = psutil.Process().num_threads()
            importlib.import_module("numpy")
            return psutil.Process().num_threads() - before
        case "print":
            print("into the protocol")
            os.write(1, b"into the pipe")
            return "printed"
        case "big":
            return bytes(20_000_000)
        case "closure":
            return lambda: item
        case ("hoard", size):
            KEPT.append(b"x" * size)
            return os.getpid()
        case ("pid", _):
            return os.getpid()
        case ("noted", log, name, seconds):
            note(log, name, "begins")
            time.sleep(seconds)
            note(log, name, "ends")
        case ("waits", log, what, times):
            while Path(log).read_text(encoding="utf-8").count(f" {what} ") < times:
                time.sleep(0.05)
        case ("kills", log, name, times):
            note(log, name, "begins")
            if Path(log).read_text(encoding="utf-8").count(f"{name} begins") <= times:
                os._exit(9)
            time.sleep(0.3)
            note(log, name, "ends")
        case ("child", path):
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(str(child.pid))
            time.sleep(60)
    return str(item).upper()
