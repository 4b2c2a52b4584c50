"""An evaluation as pandas DataFrames: what became of each field, bodies taken for another role, and calibration.

See `pipeline.compare.frames` for the types of the columns. All need the extra ``analysis``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.compare.columns import Column, table
from pipeline.evaluate import Evaluation
from pipeline.evaluate.judging import Judged
from pipeline.evaluate.likeness import FIELDS, SAME_NAME, Row, as_list, dice, pair, readings, right

if TYPE_CHECKING:
    import pandas

__all__ = ["BANDS", "COLUMNS", "OUTCOMES", "ROLES", "calibration", "confusion", "outcomes"]

BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Where the bands of confidence end: those of docs/accuracy.md."""
ROLES = ("lead", "coordinating", "report_to")
NOWHERE = "nowhere"
OUTCOMES = ("right", "empty", "other", "missed", "extra", "no-row", "no-task")
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "outcomes": (
        Column("field", FIELDS, "field of a task"),
        Column("outcome", OUTCOMES, "right; rightly empty; another value; missed; filled where nothing is said; "
               "stated by a task that has no row; filled in a row that is no task"),
        Column("count", "integer", "rows of which it holds"),
    ),
    "confusion": (
        Column("wanted", (*ROLES, NOWHERE), "role of a body in the right answer; nowhere: it stands only in the row"),
        Column("given", (*ROLES, NOWHERE), "role that the row gives it"),
        Column("count", "integer", "bodies, of rows that are a task"),
    ),
    "calibration": (
        Column("least", "number", "lower end of a band of confidence"),
        Column("most", "number", "its upper end"),
        Column("rows", "integer", "rows of that confidence"),
        Column("confidence", "number", "their mean confidence"),
        Column("right", "number", "share of them that is a task with lead and time right"),
    ),
}  # fmt: skip


def outcomes(found: Evaluation) -> pandas.DataFrame:
    """One row for each field and what became of it, over all documents; all combinations are there."""
    counts: Counter[tuple[str, str]] = Counter()
    for judged in found.judged:
        for task, row in _pairs(judged):
            counts.update((field, outcome) for field in FIELDS if (outcome := _outcome(task, row, field)))
    rows = [{"field": field, "outcome": one, "count": counts[field, one]} for field in FIELDS for one in OUTCOMES]
    return table(COLUMNS["outcomes"], rows)


def _outcome(task: Row | None, row: Row | None, field: str) -> str | None:
    """What became of a field; None where a task without a row, or a row that is no task, says nothing of it."""
    stated = [bool(as_list(reading)) for reading in readings(task, field)] if task is not None else []
    given = row is not None and bool(as_list(row.get(field)))
    if row is None:
        return "no-row" if all(stated) else None
    if task is None:
        return "no-task" if given else None
    if right(task, row, field):
        return "right" if given else "empty"
    if not given:
        return "missed"
    return "other" if any(stated) else "extra"


def confusion(found: Evaluation) -> pandas.DataFrame:
    """One row for each role that a body should have and the one it was given; all combinations but nowhere twice."""
    counts: Counter[tuple[str, str]] = Counter()
    for judged in found.judged:
        for task, row in _pairs(judged):
            if task is not None and row is not None:
                counts.update(_roles(task, row))
    values = (*ROLES, NOWHERE)
    rows = [{"wanted": wanted, "given": given, "count": counts[wanted, given]}
            for wanted in values for given in values if (wanted, given) != (NOWHERE, NOWHERE)]  # fmt: skip
    return table(COLUMNS["confusion"], rows)


def _roles(task: Row, row: Row) -> Iterator[tuple[str, str]]:
    """The bodies of a task and of its row: those of the same role are paired first, then what is left of the others."""
    wanted = {role: _reading(task, row, role) for role in ROLES}
    given = {role: as_list(row.get(role)) for role in ROLES}
    for first, second in ((one, other) for same in (True, False) for one in ROLES for other in ROLES
                          if (one == other) is same):  # fmt: skip
        pairs = pair(wanted[first], given[second], dice, SAME_NAME)
        yield from [(first, second)] * len(pairs)
        wanted[first] = _left(wanted[first], pairs)
        given[second] = _left(given[second], pairs.values())
    yield from ((role, NOWHERE) for role in ROLES for _ in wanted[role])
    yield from ((NOWHERE, role) for role in ROLES for _ in given[role])


def _reading(task: Row, row: Row, role: str) -> list[Any]:
    """The bodies of a role in the reading that the row agrees with, else in the first."""
    alternatives = [as_list(reading) for reading in readings(task, role)]
    return next((one for one in alternatives if right({role: one}, row, role)), alternatives[0])


def _left(values: Sequence[Any], taken: Any) -> list[Any]:
    return [value for place, value in enumerate(values) if place not in set(taken)]


def calibration(found: Evaluation) -> pandas.DataFrame:
    """One row for each band of confidence that has rows: how sure they are, and how many are right."""
    results = [one for judged in found.judged for one in _sure(judged)]
    rows = []
    for least, most in pairwise(BANDS):
        ones = [(sure, fine) for sure, fine in results if least <= sure < most or sure == most == BANDS[-1]]
        if ones:
            mean, share = (sum(values) / len(ones) for values in zip(*ones, strict=True))
            rows.append({"least": least, "most": most, "rows": len(ones), "confidence": mean, "right": share})
    return table(COLUMNS["calibration"], rows)


def _sure(judged: Judged) -> Iterator[tuple[float, bool]]:
    exact = {judged.row_of[i] for i in judged.exact}
    for j, row in enumerate(judged.rows):
        if row.get("confidence") is not None:
            yield float(row["confidence"]), j in exact


def _pairs(judged: Judged) -> Iterator[tuple[Row | None, Row | None]]:
    """Every task with its row, then the rows that are no task."""
    for i, task in enumerate(judged.tasks):
        yield task, judged.rows[judged.row_of[i]] if i in judged.row_of else None
    matched = set(judged.row_of.values())
    yield from ((None, row) for j, row in enumerate(judged.rows) if j not in matched)
