"""Ids that stay: from what the document is and what the task says, never from a clock or a counter."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model import Document, Meta, Task

_NOT_WORD = re.compile(r"[\W_]+")
_LENGTH = 12  # hexadecimal digits: 48 bits, a clash among a million tasks is less likely than 1 in 500


class Identity(NamedTuple):
    """What tells a task from the others of its document: id, place in it from 1, the ids of its kin, and codes."""

    id: str
    order: int
    parent: str | None
    related: tuple[str, ...]
    review: tuple[str, ...]


def identify(
    tasks: Sequence[Task],
    document: Document,
    meta: Meta,
    parents: Sequence[int | None],
    repeats: Sequence[tuple[int, ...]],
    words: Sequence[list[str]],
) -> list[Identity]:
    """The identity of each task.

    `parents` and `repeats` name kin by index, one entry a task, `words` are those of its text (see `kinship`); of two
    tasks that say the same the later one gets the code duplicate.

    The id is made of the document's number, type, issuer and date, the section path and the words, without case,
    marks and blanks; so it is the same from another format, and when a typing error elsewhere is mended. A document
    without a number is known by its title as well, and by its bytes only where it names nothing at all. A text
    that occurs twice under one path gets a running suffix.
    """
    home = _home(document, meta)
    seen: Counter[str] = Counter()
    ids = []
    for task, said in zip(tasks, words, strict=True):
        key = "|".join((home, task.section, "".join(said).replace("_", "")))  # as `_fold` of its text
        seen[key] += 1
        again = f"-{seen[key]}" if seen[key] > 1 else ""
        digest = hashlib.sha256(key.encode("utf-8")).hexdigest()[:_LENGTH]
        ids.append(digest + again)
    done = []
    for index, (own, above, same) in enumerate(zip(ids, parents, repeats, strict=True)):
        parent = ids[above] if above is not None else None
        related = tuple([ids[other] for other in same])
        review = ("duplicate",) if same and same[0] < index else ()
        done.append(Identity(own, index + 1, parent, related, review))
    return done


def _home(document: Document, meta: Meta) -> str:
    date = meta.date.isoformat() if meta.date else None
    parts = [meta.number, meta.type, meta.issuer, date]
    if not meta.number:
        parts.append(meta.title)
    if not any(parts):
        return document.sha256
    return "|".join(_fold(part or "") for part in parts)


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())
