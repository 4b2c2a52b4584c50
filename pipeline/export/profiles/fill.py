"""Tasks → rows of the target: each column filled as the profile says, and what found no column kept apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.export.page import Value
from pipeline.export.profiles.arrange import Group, arrange
from pipeline.export.profiles.check import Refusal, check_file, check_row
from pipeline.export.profiles.codes import Code, Codes, Finder
from pipeline.export.profiles.shape import Column, Condition, Profile
from pipeline.export.profiles.values import (
    KEPT,
    NAMES,
    ROLES,
    TOLD,
    Row,
    hour_of,
    names_of,
    plain,
    value_of,
)
from pipeline.model import Directive, Task
from pipeline.ruleset import Ruleset

__all__ = ["Filled", "Sheet", "fill", "shown_date"]

_MARKS = re.compile("yyyy|dd|mm|HH|MM|d|m")


@dataclass(frozen=True, slots=True)
class Filled:
    """A row of the target: a value a column, and what has no column, by its name in Vietnamese and English."""

    row: Row
    values: tuple[Value, ...]
    rest: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows that are written, by group, what the target would refuse, and how many tasks are of other kinds."""

    groups: tuple[tuple[str | None, tuple[Filled, ...]], ...]
    refusals: tuple[Refusal, ...]
    passed_over: int

    @property
    def rows(self) -> Iterator[Filled]:
        """All rows in order."""
        return (row for _, rows in self.groups for row in rows)


@dataclass(slots=True)
class _Making:
    """A row in the making: what is told already, and why the target would refuse it."""

    row: Row
    line: int
    find: Callable[[str, Task], tuple[Code, ...]]
    file: str  # of the table of codes
    fields: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)  # role, name
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, column: Column, reason: str, unknown: str = "") -> None:
        self.refusals.append(Refusal(self.line, column.title, reason, self.row, unknown))


def fill(profile: Profile, directives: Sequence[Directive], codes: Codes, rules: Ruleset) -> Sheet:
    """The rows as the target wants them. Those that it would refuse are left out, with the reasons.

    A refusal names the line in which the row would stand if all were written.
    """
    finders = {id(one): Finder(codes, one, rules) for one in directives}
    taken = sum(task.kind in profile.kinds for one in directives for task in one.tasks)
    passed_over = sum(len(one.tasks) for one in directives) - taken
    groups = arrange(profile, directives)
    filled, refusals = _fill_all(profile, groups, finders, codes)
    if refusals and not profile.all_or_nothing:  # those that are left are numbered anew
        bad = {refusal.row.number for refusal in refusals} | set(range((profile.rows or taken) + 1, taken + 1))
        filled, _ = _fill_all(profile, arrange(profile, directives, frozenset(bad)), finders, codes)
    return Sheet(filled, refusals, passed_over)


def _fill_all(
    profile: Profile, groups: Sequence[Group], finders: Mapping[int, Finder], codes: Codes
) -> tuple[tuple[tuple[str | None, tuple[Filled, ...]], ...], tuple[Refusal, ...]]:
    line, found = profile.header, []
    makings: list[_Making] = []
    for group in groups:
        line += group.title is not None
        rows = []
        for row in group.rows:
            line += 1
            fields = {"source"} if any("{source}" in text for text in profile.above) else set()
            makings.append(_Making(row, line, finders[id(row.directive)].find, codes.file, fields))
            rows.append(_filled(profile, makings[-1]))
        found.append((group.title, tuple(rows)))
    beyond = check_file(profile, [(making.row, making.line) for making in makings])
    return tuple(found), (*beyond, *(refusal for making in makings for refusal in making.refusals))


# ── one row ────────────────────────────────────────────────────────────────────────────────


def _filled(profile: Profile, making: _Making) -> Filled:
    values = [_value(column, making) for column in profile.columns]
    rest = tuple(_rest(making))
    for index, column in enumerate(profile.columns):
        if column.rest:
            words = [str(values[index])] if values[index] not in (None, "") else []
            values[index] = "\n".join((*words, *(f"{vi}: {text}" for vi, _, text in rest)))
            rest = ()
    if not making.refusals:  # what is refused by its name need not be told to be missing as well
        making.refusals += check_row(profile, values, making.row, making.line)
    return Filled(making.row, tuple(values), rest)


def _value(column: Column, making: _Making) -> Value:
    row = making.row
    if not _holds(column.when, row, True) or _holds(column.unless, row, False):
        return None
    if not column.value:
        return column.fixed
    for name in column.value:
        found = _names(column, name, making) if name in NAMES else _words(column, name, making)
        if found not in (None, ""):
            return found
    return column.default


def _holds(condition: Condition | None, row: Row, otherwise: bool) -> bool:
    return otherwise if condition is None else _has(value_of(condition.value, row), condition.has)


def _has(value: Value, words: Iterable[str]) -> bool:
    text = f" {plain(str(value or ''))} "
    return any(f" {plain(word)} " in text for word in words)


def _names(column: Column, name: str, making: _Making) -> str:
    """The names of units, or their codes; each is marked as told, unless it is left out for want of a code."""
    written = []
    for unit in _units(column, name, making):
        shown = _code(column, unit, making) if column.codes else unit
        if shown is not None:
            written.append(shown)
            making.names |= {(role, unit) for role in TOLD[name]}
    return column.separator.join(dict.fromkeys(written))


def _units(column: Column, name: str, making: _Making) -> Iterable[str]:
    """The names of a field. The first lead of a column of codes is the first that is not of another kind only."""
    if name != "lead.first" or not column.codes:
        return names_of(name, making.row)
    task = making.row.task
    kinds = ((unit, {code.kind for code in making.find(unit, task)}) for unit in task.lead)
    return [unit for unit, found in kinds if not found or found & set(column.codes)][:1]


def _code(column: Column, unit: str, making: _Making) -> str | None:
    """The code of a unit; None where it is not of the kinds of the column, or has no code and may be left out."""
    every = making.find(unit, making.row.task)
    found = [code.code for code in every if code.kind in column.codes]
    if len(found) == 1:
        return found[0]
    if column.unknown == "refuse" and len(found) > 1:
        making.refuse(column, f"“{unit}” khớp nhiều mã trong {making.file}: {', '.join(found)}")
    elif column.unknown == "refuse" and not every:
        making.refuse(column, f"“{unit}” chưa có mã trong {making.file}", unit)
    return None


def _words(column: Column, name: str, making: _Making) -> Value:
    """The value of a field as the target writes it."""
    value = value_of(name, making.row)
    if value in (None, ""):
        return None
    if column.mapping:
        return _mapped(column, name, value, making)
    hour = hour_of(making.row.task) if name == "due" else None
    if hour is None or column.has_time:  # a day alone does not tell the hour
        making.fields.add(name)
    if isinstance(value, dt.date):
        return _date(column, value, hour, making)
    if isinstance(value, int | float):
        _measure(column, value, making)
    return value


def _mapped(column: Column, name: str, value: Value, making: _Making) -> Value:
    for to, words in column.mapping.items():
        if _has(value, words):
            making.fields.add(name)
            return to
    if column.default is None:
        making.refuse(column, f"hệ thống không có giá trị cho “{value}”")
    return None


def _date(column: Column, day: dt.date, hour: dt.time | None, making: _Making) -> Value:
    if not column.has_time:
        return day if column.type == "date" else shown_date(day, column.format)
    if hour is None and column.hour is not None:
        hour = dt.time.fromisoformat(column.hour)
    if hour is None:
        making.refuse(column, f"hạn {day:%d/%m/%Y} không nêu giờ mà hệ thống đòi ngày và giờ")
        return None
    moment = dt.datetime.combine(day, hour)
    return moment if column.type == "date" else shown_date(moment, column.format)


def shown_date(day: dt.date, letters: str) -> str:
    """The date in the letters of a profile: ``dd/mm/yyyy HH:MM``."""
    moment = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
    shown = {
        "yyyy": f"{moment.year:04}", "mm": f"{moment.month:02}", "m": str(moment.month),
        "dd": f"{moment.day:02}", "d": str(moment.day), "HH": f"{moment.hour:02}", "MM": f"{moment.minute:02}",
    }  # fmt: skip
    return _MARKS.sub(lambda mark: shown[mark.group()], letters)


def _measure(column: Column, value: float, making: _Making) -> None:
    if (column.least is not None and value < column.least) or (column.most is not None and value > column.most):
        making.refuse(column, f"{value:g} nằm ngoài khoảng {column.least:g} đến {column.most:g}")


# ── what has no column ─────────────────────────────────────────────────────────────────────


def _rest(making: _Making) -> Iterator[tuple[str, str, str]]:
    row = making.row
    for role, vi, en in ROLES:
        names = [name for name in names_of(role, row) if (role, name) not in making.names]
        if names:
            yield vi, en, "; ".join(names)
    said = str(value_of("due_text", row)) if making.fields & {"due_text"} or "due" not in making.fields else ""
    for vi, en, name, fields in KEPT:
        value = value_of(name, row)
        if value in (None, "") or fields & making.fields:
            continue
        if name == "cadence" and plain(str(value)) in plain(said):
            continue  # the words of the deadline say it
        if name == "quantity" and "text" in making.fields and all(part in row.task.text for part in row.task.quantity):
            continue
        yield vi, en, f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)
