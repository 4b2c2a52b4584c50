"""The tasks of a database on a terminal or as JSON: overdue, due soon, by unit, by document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.box import SQUARE
from rich.table import Table
from rich.text import Text

from pipeline.export.wording import WORDINGS
from pipeline.letters import bare, spelled
from pipeline.occurrences import DUE
from pipeline.settings import Settings
from pipeline.situation import CLOSED, NOT_BEGUN, OVERDUE, days_left, situation
from pipeline.status_report import name_of
from pipeline.store.asking import Day, Entry
from pipeline.terminal import clean, console

__all__ = ["Listed", "as_json", "chosen", "listed", "print_list"]

TEXTS = {
    "vi": {
        "headings": ("STT", "Nội dung", "Chủ trì", "Thời hạn", "Còn lại, ngày", "Tình trạng", "Văn bản giao"),
        "title": "{count} nhiệm vụ, tính đến ngày {day}",
        "none": "Không có nhiệm vụ nào như vậy (trong cơ sở dữ liệu có {total} nhiệm vụ).",
        "milestone": "{day} (mốc: {text})",
        "recurring": "{day} (định kỳ)",
    },
    "en": {
        "headings": ("No.", "Task", "Lead", "Deadline", "Days left", "Situation", "Source"),
        "title": "{count} tasks, as of {day}",
        "none": "No such task (the database holds {total}).",
        "milestone": "{day} (step: {text})",
        "recurring": "{day} (recurring)",
    },
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A task of the database on a day.

    `next` is the nearest day from then on on which it is due: its deadline, a milestone, or a deadline that comes back;
    None where it is closed or no day is known. `days_left` are those to the deadline, `days_to_next` those to that day.
    """

    entry: Entry
    situation: str
    days_left: int | None
    next: Day | None
    days_to_next: int | None


def listed(entries: Iterable[Entry], today: dt.date, warning_days: int = Settings().warning_days) -> list[Listed]:
    """The tasks on that day; a task without a state has not been begun."""
    return [_listed(entry, today, warning_days) for entry in entries]


def _listed(entry: Entry, today: dt.date, warning_days: int) -> Listed:
    state, gone = entry.status or NOT_BEGUN, entry.vanished is not None
    found = situation(state, entry.due, entry.done_on, today, warning_days, vanished=gone)
    left = days_left(state, entry.due, today, vanished=gone)
    open_ = not gone and state not in CLOSED
    days = [Day(entry.due, DUE, None)] if open_ and entry.due is not None and entry.due >= today else []
    days += [entry.coming] if open_ and entry.coming is not None else []
    nearest = min(days, key=lambda day: day.date, default=None)
    return Listed(entry, found, left, nearest, None if nearest is None else (nearest.date - today).days)


def chosen(
    tasks: Iterable[Listed], *, overdue: bool, due_soon: int | None, unit: str | None, document: str | None
) -> list[Listed]:
    """Those that are overdue or due within so many days, where that is asked, and of that unit and document.

    A milestone is due as a deadline is, and so is each day of work that comes back. A unit is one that leads or
    coordinates; a document is known by its file, number, title or issuer.
    """

    def in_time(one: Listed) -> bool:
        soon = due_soon is not None and one.days_to_next is not None and one.days_to_next <= due_soon
        return (not overdue and due_soon is None) or (overdue and one.situation == OVERDUE) or soon

    of_unit, of_document = _finder(unit), _finder(document)
    found = [
        one
        for one in tasks
        if in_time(one)
        and of_unit((*one.entry.lead, *one.entry.coordinating))
        and of_document((one.entry.document, one.entry.number, one.entry.title, one.entry.issuer))
    ]
    return found if due_soon is None else sorted(found, key=_urgency)


def _urgency(one: Listed) -> dt.date:
    """The day by which what is due soon is listed: of what is overdue its deadline, else the day that comes next."""
    if one.situation == OVERDUE and one.entry.due is not None:
        return one.entry.due
    return dt.date.max if one.next is None else one.next.date


def _finder(wanted: str | None) -> Callable[[Iterable[str | None]], bool]:
    """Whether one of some texts holds the words. Words without marks find every spelling; with marks, that one."""
    if wanted is None:
        return lambda texts: True
    fold = bare if bare(wanted) == spelled(wanted) else spelled
    words = fold(wanted)
    return lambda texts: any(words in fold(text) for text in texts if text)


def print_list(tasks: Sequence[Listed], total: int, today: dt.date, lang: str) -> None:
    """Prints the tasks as a table; `total` is how many the database holds."""
    texts, out = TEXTS[lang], console()
    if not tasks:
        out.print(Text(str(texts["none"]).format(total=total)))
        return
    title = str(texts["title"]).format(count=len(tasks), day=f"{today:%d/%m/%Y}")
    table = Table(title=Text(title), box=SQUARE, show_lines=True, expand=True)
    for heading, ratio, width in zip(
        texts["headings"], (None, 6, 3, None, None, 3, 3), (None, None, None, 10, 8, None, None), strict=True
    ):
        table.add_column(heading, ratio=ratio, width=width, overflow="fold")
    for number, one in enumerate(tasks, start=1):
        table.add_row(*(Text(clean(cell)) for cell in (str(number), *_cells(one, lang))))
    out.print(table)


def _cells(one: Listed, lang: str) -> tuple[str, ...]:
    entry = one.entry
    due = f"{entry.due:%d/%m/%Y}" if entry.due else (entry.due_text or "; ".join(_cadence(entry, lang)))
    if one.next is not None and one.next.kind != DUE:
        coming = str(TEXTS[lang][one.next.kind]).format(day=f"{one.next.date:%d/%m/%Y}", text=one.next.text)
        due = "; ".join(filter(None, (coming, due)))
    days = one.days_left if one.days_to_next is None else one.days_to_next
    left = "" if days is None else str(days)
    return entry.text, "; ".join(entry.lead), due, left, name_of(one.situation, lang), entry.number or entry.document


def _cadence(entry: Entry, lang: str) -> list[str]:
    words = WORDINGS[lang].cadence
    return [words.get(code, code) for code in entry.cadence]


def as_json(tasks: Iterable[Listed], today: dt.date) -> dict[str, Any]:
    """The tasks as plain dicts and lists, dates in ISO form."""
    return {
        "today": today.isoformat(),
        "tasks": [
            {**{name: _plain(value) for name, value in asdict(one.entry).items() if name != "coming"},
             "situation": one.situation, "days_left": one.days_left,
             "next": one.next and {name: _plain(value) for name, value in asdict(one.next).items()},
             "days_to_next": one.days_to_next}
            for one in tasks
        ],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
