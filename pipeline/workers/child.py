"""What runs in a child process: reads items from standard input and answers on standard output, in pickles."""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any, BinaryIO

from pipeline.workers.process import Done, Ended, Failed, Message, Told

_ROOM = 6  # times the limit on memory: address space that LibreOffice and thread stacks reserve and never touch


def serve() -> None:
    """Answer items until the parent closes the pipe. A parent that is gone closes it too."""
    requests, answers = _pipes()
    work, warm, memory = pickle.load(requests)
    _bound(memory)
    warm()
    while True:
        try:
            item = pickle.load(requests)
        except EOFError:
            return
        _answer(answers, _outcome(work, item, answers))


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, moved out of reach: what a library prints or reads goes to the null device."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    return requests, answers


def _bound(memory: int) -> None:
    """A backstop where the system has one: memory that grows faster than the parent can look."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory * _ROOM
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _outcome(work: Any, item: Any, answers: BinaryIO) -> Message:
    def tell(done: int, total: int) -> None:
        _answer(answers, Told(done, total))

    try:
        return Done(work(item, tell))
    except MemoryError as error:
        return Ended(f"MemoryError: {error}")
    except Exception as error:
        return Failed(error)


def _answer(answers: BinaryIO, message: Message) -> None:
    try:
        packed = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # an outcome that cannot be packed is a fault of the program, told to the parent
        packed = pickle.dumps(Failed(RuntimeError(f"{type(message).__name__} cannot be sent: {error}")))
    answers.write(packed)
    answers.flush()
