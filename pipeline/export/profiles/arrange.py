"""The rows in the order of the profile, and the groups that they stand in: by section of the document or by lead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.export.profiles.shape import Profile
from pipeline.export.profiles.values import NAMES, Row, names_of, plain, value_of
from pipeline.model import Directive

__all__ = ["Group", "arrange", "roman"]

OTHERS = "Nhiệm vụ khác"
NO_LEAD = "Chưa rõ đơn vị chủ trì"
_DEEPEST = 3  # steps of a section path that a group may have
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one title; None where the profile has no groups."""

    title: str | None
    rows: tuple[Row, ...]


def roman(number: int) -> str:
    """The number in Roman figures, from 1."""
    text = ""
    for value, figures in _ROMAN:
        while number >= value:
            text, number = text + figures, number - value
    return text


def arrange(
    profile: Profile, directives: Sequence[Directive], without: frozenset[int] = frozenset()
) -> tuple[Group, ...]:
    """The tasks of the kinds that the target takes, sorted and grouped, numbered through all groups.

    `without` are the places in this order, from 1, of those that are left out.
    """
    taken = [Row(task, one) for one in directives for task in one.tasks if task.kind in profile.kinds]
    ordered = sorted(taken, key=lambda row: [_sort_key(name, row) for name in profile.order])
    groups = list(_grouped(profile, ordered, several=len(directives) > 1))
    found, place, number = [], 0, 0
    for title, members in groups:
        rows = []
        for row in members:
            place += 1
            if place not in without:
                number += 1
                rows.append(replace(row, number=number))
        if rows:
            found.append(Group(title, tuple(rows)))
    return tuple(found)


def _sort_key(name: str, row: Row) -> tuple[bool, str, str]:
    """Empty values last; names and words by their letters, then by their accents, dates by the calendar."""
    value = "; ".join(names_of(name, row)) if name in NAMES else value_of(name, row)
    text = value.isoformat() if isinstance(value, dt.date) else str(value or "")
    return not text, plain(text), text


def _grouped(profile: Profile, rows: Sequence[Row], *, several: bool) -> Iterable[tuple[str | None, list[Row]]]:
    if profile.groups is None:
        return [(None, list(rows))]
    if profile.groups == "lead":
        return _split(("; ".join(row.task.lead) or NO_LEAD, row) for row in rows)
    by_document = _split((str(id(row.directive)), row) for row in rows)
    return [group for _, members in by_document for group in _by_section(members, several=several)]


def _split(pairs: Iterable[tuple[str, Row]]) -> list[tuple[str | None, list[Row]]]:
    """The rows by their key, in the order in which each first comes up."""
    found: dict[str | None, list[Row]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return list(found.items())


def _by_section(rows: Sequence[Row], *, several: bool) -> list[tuple[str | None, list[Row]]]:
    """The rows of one document by their headings, as high up as there is more than one."""
    directive = rows[0].directive
    titles = {section.path: section.title for section in directive.sections}
    paths: list[str] = []
    for depth in range(1, _DEEPEST + 1):
        paths = [_heading(row.task.section, depth, titles) for row in rows]
        if len(set(paths)) > 1:
            break
    tail = f" – {value_of('source', rows[0])}" if several else ""
    found = _split(zip(paths, rows, strict=True))
    return [(f"{titles.get(path or '', OTHERS)}{tail}", members) for path, members in found]


def _heading(path: str, depth: int, titles: dict[str, str]) -> str:
    """The path of the nearest heading with a title at that depth or above; empty where there is none."""
    steps = path.split(".")[:depth]
    while steps and not titles.get(".".join(steps)):
        steps.pop()
    return ".".join(steps)
