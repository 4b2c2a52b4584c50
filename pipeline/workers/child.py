"""What runs in a child process: reads items from standard input and answers on standard output, in pickles."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import queue
import sys
import threading
from typing import Any, BinaryIO, NoReturn

from pipeline.workers.process import Done, Ended, Failed, Message, Told

_MODEST = 10  # how nice, of 19: a server beside it answers first
_ROOM = 6  # times the limit on memory: address space that LibreOffice and thread stacks reserve and never touch


def serve() -> None:
    """Answer items until the parent closes the pipe. A parent that is gone closes it too, also amid an item."""
    requests, answers = _pipes()
    work, warm, memory, modest = pickle.load(requests)
    if modest and sys.platform != "win32":  # there it was started so
        os.nice(_MODEST)
    _bound(memory)
    warm()
    # What stays for good is kept out of the collector's sight. Among it, the circles of trees of XML are never many
    # enough to be collected: each Word file would leave 3 MB.
    gc.freeze()
    items: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, items), daemon=True).start()
    while True:
        _answer(answers, _outcome(work, items.get(), answers))


def _listen(requests: BinaryIO, items: queue.SimpleQueue[Any]) -> None:
    """Hears the parent while an item is worked on: a parent that was killed can stop nobody, and a scan takes long."""
    while True:
        try:
            item = pickle.load(requests)
        except (EOFError, OSError, pickle.UnpicklingError):
            _end()
        items.put(item)


def _end() -> NoReturn:
    """End at once, with everything that was started."""
    import psutil

    try:
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):  # it has ended since
                process.kill()
    finally:
        os._exit(0)


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
