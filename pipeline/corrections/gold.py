"""Corrected documents as gold files of ``dondoc evaluate``: what the office decided is the right answer.

A document is complete where every row that counts was confirmed: then what else is read of it is wrong. One of which
rows were not looked at yet says nothing of these. Its file says ``"complete": false`` and, of each row, whether it was
looked at, and belongs into the folder `UNFINISHED`, which ``dondoc evaluate`` does not enter: no figure is made
of a document that nobody has finished.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pipeline.corrections.fields import plain
from pipeline.corrections.model import Replayed
from pipeline.model import Citation, Meta, Task

__all__ = ["UNFINISHED", "Gold", "as_json", "encode", "gold"]

UNFINISHED = "chua-xong"
_FIELDS = (
    "section text kind lead coordinating due cadence rrule report_to deliverable quantity".split()
)  # those of the guideline, in its order
_META = ("type", "number", "issuer", "place")


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file: its bytes, and whether the document is complete; the folder below the one of all, or none.

    It is to be named like the prediction of its document (`pipeline.export.document_json.Names`), so that the two pair.
    """

    data: bytes
    complete: bool

    @property
    def folder(self) -> str:
        """`UNFINISHED` for a document that is not complete, else empty."""
        return "" if self.complete else UNFINISHED


def gold(replayed: Replayed) -> Gold | None:
    """The gold file of a document as it was decided; None for one that nobody has touched."""
    if not (replayed.marks or replayed.lost):
        return None
    content = as_json(replayed)
    return Gold(encode(content), content.get("complete", True))


def as_json(replayed: Replayed) -> dict[str, Any]:
    """A document as a gold file has it; `complete` and `reviewed` stand only in one that is not complete.

    It is complete where each row that counts is confirmed and no correction has lost its row.
    """
    directive = replayed.directive
    complete = not replayed.lost and all(task.id in replayed.confirmed for task in directive.tasks)
    found: dict[str, Any] = {"document": directive.document}
    if not complete:
        found["complete"] = False
    rows = [_row(task) for task in directive.tasks]
    if not complete:
        for row, task in zip(rows, directive.tasks, strict=True):
            row["reviewed"] = task.id in replayed.confirmed
    return {**found, "meta": _meta(directive.meta), "tasks": rows}


def encode(content: dict[str, Any]) -> bytes:
    """The file: UTF-8, not escaped, keys in their order, equal bytes for equal content."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _row(task: Task) -> dict[str, Any]:
    return {name: plain(task, name) for name in _FIELDS}


def _meta(meta: Meta) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(meta, name) for name in _META}
    said["date"] = meta.date and meta.date.isoformat()
    said |= {"title": meta.title, "signer_title": meta.signer_title, "signer": meta.signer}
    return {**said, "recipients": list(meta.recipients), "cites": [_cited(one) for one in meta.cites]}


def _cited(one: Citation) -> dict[str, Any]:
    said = {"number": one.number, "date": one.date and one.date.isoformat(), "issuer": one.issuer}
    return said | ({"title": one.title} if one.title else {})
