"""Documents in groups: what one task reads.

Where a group ends is told by the names of its documents: one that was added, removed or changed since an earlier run
makes its own group another, and the others are known again by their keys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.cluster.sources import Entry

__all__ = ["Group", "divided", "grouped"]

MOST_DOCUMENTS = 256  # 10 s of text documents: a task costs 1 ms of the scheduler and a start of 0.4 s
MOST_BYTES = 32 * 1024**2  # 150 scanned pages, 4 minutes: what is read anew when a worker is lost
USUAL = 128  # documents of a group in a large run
FEWEST = 8  # in a small one, where every worker must have some
_FOR_EACH = 4  # groups of a thread: the last ones are then not waited for long


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that follow each other. `key` is another for other files, other options or another program."""

    key: str
    entries: tuple[Entry, ...]


def grouped(entries: Iterable[Entry], sign: str, threads: int, total: int) -> Iterator[Group]:
    """The groups of a run of `total` documents on `threads` threads; `sign` stands for program, rules and options."""
    usual = _usual(total // (threads * _FOR_EACH))
    waiting: list[Entry] = []
    size = 0
    for entry in entries:
        if waiting and (len(waiting) == MOST_DOCUMENTS or size + entry.size > MOST_BYTES):
            yield _group(waiting, sign)
            waiting, size = [], 0
        waiting.append(entry)
        size += entry.size
        if _number(entry) % usual == 0:
            yield _group(waiting, sign)
            waiting, size = [], 0
    if waiting:
        yield _group(waiting, sign)


def divided(group: Group) -> Iterator[Group]:
    """Each of its documents as a group."""
    return (_group([entry], group.key) for entry in group.entries)


def _usual(wanted: int) -> int:
    """A power of two, so that a run of nearly the same size divides its documents in the same way."""
    return 1 << (min(max(wanted, FEWEST), USUAL).bit_length() - 1)


def _number(entry: Entry) -> int:
    return int.from_bytes(hashlib.sha256(entry.path.encode("utf-8", "surrogateescape")).digest()[:4], "big")


def _group(entries: list[Entry], sign: str) -> Group:
    facts = [sign, *([entry.root, entry.path, entry.size, entry.stamp] for entry in entries)]
    return Group(hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32], tuple(entries))
