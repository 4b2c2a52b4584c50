"""Which corrections of a log count: what was taken back does not.

A correction is taken back by an undo, or by one of its own kind that a person put on another row in its place, after it
had lost its row. Where either is undone, what it took back counts again; where the second loses its row too and a third
is put in its place, the first stays taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.corrections.model import Correction

__all__ = ["decided_first", "live", "rows_meant", "taken_back_by"]

_BY_ROW = ("edit", "confirm", "reject")  # of these, rows may be taken back one by one; the others are one thing
_ALL = ""  # in place of a row: the correction as a whole

Taken = Mapping[str, Correction]
"""Of one correction: what took it back, by row."""


def live(corrections: Iterable[Correction]) -> tuple[list[Correction], list[Correction]]:
    """The corrections that count, by their number, and the undos that name none.

    One of which some rows were taken back is there with the others.
    """
    log = sorted(corrections, key=lambda one: one.seq)
    taken, stray = _taken_back(log)
    counting = [_left(one, taken[one.seq]) for one in log if one.kind != "undo" and _ALL not in taken[one.seq]]
    return counting, stray


def taken_back_by(log: Iterable[Correction], draft: Correction) -> Correction | None:
    """What has taken back already what the draft would take back; None where that still counts."""
    known = sorted(log, key=lambda one: one.seq)
    old = next((one for one in known if one.seq == draft.undoes), None)
    if old is None:
        return None
    taken = _taken_back(known)[0][old.seq]
    return next((taken[row] for row in (_ALL, *_rows(draft, old)) if row in taken), None)


def rows_meant(one: Correction, old: Correction) -> tuple[str, ...]:
    """The rows of the old correction that another one takes back."""
    rows = _rows(one, old)
    return old.tasks if rows == (_ALL,) else rows


def decided_first(log: Iterable[Correction]) -> dict[int, Correction]:
    """For each correction that stands in the place of another one, the one that stood there first."""
    first: dict[int, Correction] = {}
    known: dict[int, Correction] = {}
    for one in sorted(log, key=lambda one: one.seq):
        old = None if one.undoes is None or one.kind == "undo" else known.get(one.undoes)
        if old is not None:
            first[one.seq] = first.get(old.seq, old)
        known[one.seq] = one
    return first


def _taken_back(log: Sequence[Correction]) -> tuple[dict[int, dict[str, Correction]], list[Correction]]:
    """For each correction what took it back, by row, and the undos that take nothing back; `log` is in order."""
    known = {one.seq: one for one in log}
    taken: dict[int, dict[str, Correction]] = {seq: {} for seq in known}
    stray = []
    for one in reversed(log):
        if (one.undoes is None and one.kind != "undo") or _is_undone(taken[one.seq]):
            continue
        old = None if one.undoes is None else known.get(one.undoes)
        rows = _rows(one, old) if old is not None and old.seq < one.seq else ()
        if old is not None:
            _take(old, rows, one, taken[old.seq])
        if not rows and one.kind == "undo":
            stray.append(one)
    return taken, stray[::-1]


def _is_undone(taken: Taken) -> bool:
    return _ALL in taken and all(by.kind == "undo" for by in taken.values())


def _rows(one: Correction, old: Correction) -> tuple[str, ...]:
    """The rows of the old correction that are meant: all of it, unless ``values["of"]`` names some."""
    named = one.values.get("of")
    if old.kind not in _BY_ROW or not isinstance(named, list | tuple):
        return (_ALL,)
    return tuple(row for row in old.tasks if row in named)


def _take(old: Correction, rows: Iterable[str], by: Correction, taken: dict[str, Correction]) -> None:
    taken.update(dict.fromkeys(rows, by))
    if old.tasks and all(row in taken for row in old.tasks):
        taken.setdefault(_ALL, by)


def _left(one: Correction, taken: Taken) -> Correction:
    if not taken:
        return one
    left = [place for place, row in enumerate(one.tasks) if row not in taken]
    texts = tuple(one.texts[place] for place in left if place < len(one.texts))
    return replace(one, tasks=tuple(one.tasks[place] for place in left), texts=texts)
