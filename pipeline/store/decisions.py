"""What people decided of a document, from its log, and the rows of a conversion as they decided them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from pipeline import ruleset
from pipeline.corrections.model import Correction
from pipeline.corrections.replay import replay
from pipeline.model import Directive
from pipeline.store import tables
from pipeline.store.bulk import chunks
from pipeline.store.moments import told
from pipeline.store.rows import Batch, DaysOff, batch, clean, document_id

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, RowMapping

    from pipeline.ruleset import Ruleset

__all__ = ["as_decided", "correction", "log"]


def log(connection: Connection, documents: Collection[str]) -> dict[str, tuple[Correction, ...]]:
    """The corrections of these documents in their order, by the id of the document; none for one without any."""
    found: dict[str, list[Correction]] = defaultdict(list)
    table = tables.corrections
    for part in chunks(clean(list(documents))):
        asked = select(table).where(table.c.document_id.in_(part)).order_by(table.c.seq)
        for row in connection.execute(asked).mappings():
            found[row["document_id"]].append(correction(row))
    return {document: tuple(made) for document, made in found.items()}


def correction(row: RowMapping) -> Correction:
    """A row of the log."""
    return Correction(
        row["seq"], row["document_id"], row["kind"], tuple(row["tasks"]), tuple(row["texts"]), row["values"], row["by"],
        told(row["at"]), row["undoes"],
    )  # fmt: skip


def as_decided(
    rows: Batch, directives: Sequence[Directive], made: Mapping[str, Sequence[Correction]], today: dt.date,
    days_off: DaysOff, rules: Ruleset | None,
) -> Batch:  # fmt: skip
    """The rows of these directives with the corrections `made`, by the id that a document has in `rows`.

    Where two files hold one document, both are corrected: a row that was rejected does not come back from the other.
    """
    if not made:
        return rows
    found = ruleset.load() if rules is None else rules
    replayed = [
        replay(one, made[home], found)
        for one in directives
        if one.status != "failed" and (home := document_id(one)) in made
    ]
    part = batch([one.directive for one in replayed], today, days_off)
    confirmed = {task for one in replayed for task in one.confirmed}
    same = [row for row in rows.tasks if row["document_id"] not in made]
    names = dict.fromkeys(row["id"] for row in same)
    new = [{**row, "confirmed": row["id"] in confirmed} for row in part.tasks if row["id"] not in names]
    kept = [*names, *(row["id"] for row in new)]
    return replace(
        rows,
        tasks=(*same, *new),
        units=(*rows.units, *part.units),
        task_units={task: (rows if task in names else part).task_units[task] for task in kept},
        occurrences={task: (rows if task in names else part).occurrences[task] for task in kept},
    )
