"""How a tracker stands, for the terminal, for a program and for a mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from rich.box import SQUARE
from rich.table import Table
from rich.text import Text

from pipeline.export.wording import WORDINGS
from pipeline.situation import CANCELLED, PAUSED, SITUATIONS, STATES, VANISHED
from pipeline.status import Standing, Status
from pipeline.terminal import clean, console

__all__ = ["as_json", "mail", "name_of", "print_status"]

LONGEST = 240  # characters of a task in a mail; the tracker has the whole
DAY = "%d/%m/%Y"

TEXTS = {
    "vi": {
        "title": "{name}: {count} nhiệm vụ, tính đến ngày {day}",
        "situation": "Tình trạng",
        "count": "Số nhiệm vụ",
        "share": "Tỷ lệ",
        "total": "Cộng",
        "apart": "{situation} (không tính vào tổng số)",
        "overdue": "Quá hạn chưa hoàn thành: {count}",
        "due-soon": "Sắp đến hạn ({days} ngày): {count}",
        "line": "Dòng",
        "text": "Nội dung",
        "lead": "Chủ trì",
        "due": "Thời hạn",
        "left": "Còn lại, ngày",
        "source": "Văn bản giao",
        "nobody": "Chưa rõ đơn vị chủ trì",
        "late": "quá {days} ngày",
        "early": "còn {days} ngày",
        "last-day": "hạn hôm nay",
        "subject": "Tiêu đề: Tình hình thực hiện nhiệm vụ đến ngày {day}",
        "greeting": "Kính gửi: Các cơ quan, đơn vị",
        "opening": "Đến ngày {day}, sổ theo dõi “{name}” có {count} nhiệm vụ:",
        "mail-overdue": "NHIỆM VỤ QUÁ HẠN CHƯA HOÀN THÀNH ({count})",
        "mail-due-soon": "NHIỆM VỤ ĐẾN HẠN TRONG {days} NGÀY TỚI ({count})",
        "item": "{number}. {text} (hạn {due}, {left})",
        "none": "Không có.",
        "closing": "Đề nghị các đơn vị chủ trì khẩn trương thực hiện và cập nhật tiến độ vào sổ.\n\nTrân trọng.",
    },
    "en": {
        "title": "{name}: {count} tasks, as of {day}",
        "situation": "Situation",
        "count": "Tasks",
        "share": "Share",
        "total": "Total",
        "apart": "{situation} (not in the total)",
        "overdue": "Overdue: {count}",
        "due-soon": "Due soon ({days} days): {count}",
        "line": "Line",
        "text": "Task",
        "lead": "Lead",
        "due": "Deadline",
        "left": "Days left",
        "source": "Source",
        "nobody": "No lead unit found",
        "late": "{days} days late",
        "early": "{days} days left",
        "last-day": "due today",
        "subject": "Subject: Tasks as of {day}",
        "greeting": "To all units",
        "opening": "On {day} the tracker “{name}” holds {count} tasks:",
        "mail-overdue": "OVERDUE ({count})",
        "mail-due-soon": "DUE WITHIN {days} DAYS ({count})",
        "item": "{number}. {text} (due {due}, {left})",
        "none": "None.",
        "closing": "Lead units are asked to act without delay and to enter their progress.\n\nWith regards.",
    },
}


def name_of(situation: str, lang: str) -> str:
    """A situation in the words of the workbook."""
    words = WORDINGS[lang]
    names = dict(zip(SITUATIONS, words.situations, strict=True))
    states = dict(zip(STATES, words.states, strict=True))
    return names.get(situation) or {name: states[name] for name in (PAUSED, CANCELLED)}[situation]


def _counted(situation: str, lang: str) -> str:
    """A situation as the head of its count; what is not in the total says so."""
    name = name_of(situation, lang)
    return TEXTS[lang]["apart"].format(situation=name) if situation == VANISHED else name


def print_status(status: Status, lang: str) -> None:
    """Prints the counts, and the tasks that are overdue and due soon."""
    texts, out = TEXTS[lang], console()
    total = status.total
    title = texts["title"].format(name=clean(status.tracker.name), count=total, day=f"{status.today:{DAY}}")
    table = Table(title=Text(title), box=SQUARE)
    table.add_column(texts["situation"])
    table.add_column(texts["count"], justify="right")
    table.add_column(texts["share"], justify="right")
    for name, count in status.counts.items():
        if name != VANISHED:
            table.add_row(name_of(name, lang), str(count), f"{count / total:.0%}" if total else "–")
    table.add_section()
    table.add_row(texts["total"], str(total), "")
    if status.counts[VANISHED]:
        table.add_row(_counted(VANISHED, lang), str(status.counts[VANISHED]), "")
    out.print(table)
    for key, found in (("overdue", status.overdue), ("due-soon", status.due_soon)):
        heading = texts[key].format(count=len(found), days=status.tracker.warning_days)
        out.print(_tasks(heading, found, lang) if found else Text(f"\n{heading}"))


def _tasks(heading: str, found: Sequence[Standing], lang: str) -> Table:
    texts = TEXTS[lang]
    table = Table(title=Text(f"\n{heading}"), box=SQUARE, show_lines=True, expand=True)
    table.add_column(texts["line"], justify="right")
    table.add_column(texts["text"], ratio=5, overflow="fold")
    table.add_column(texts["lead"], ratio=2, overflow="fold")
    table.add_column(texts["due"], width=10)
    table.add_column(texts["left"], justify="right", max_width=8)
    for one in found:
        line = one.line
        cells = (str(line.number), line.text, line.lead, _day(line.due), str(one.days_left))
        table.add_row(*(Text(clean(cell)) for cell in cells))
    return table


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day:{DAY}}"


def as_json(status: Status) -> dict[str, Any]:
    """The status as plain dicts and lists, dates in ISO form; every task with what the officer typed.

    `tasks` counts those that are not `vanished`; `rows` are all lines.
    """
    return {
        "workbook": status.tracker.name,
        "today": status.today.isoformat(),
        "warning_days": status.tracker.warning_days,
        "tasks": status.total,
        "counts": dict(status.counts),
        "overdue": [_as_json(one) for one in status.overdue],
        "due_soon": [_as_json(one) for one in status.due_soon],
        "rows": [_as_json(one) for one in status.standings],
        "problems": [{"code": one.code, "message": one.message} for one in status.tracker.problems],
    }


def _as_json(one: Standing) -> dict[str, Any]:
    line = one.line
    return {
        "line": line.number,
        "id": line.id,
        "text": line.text,
        "lead": line.lead,
        "source": line.source,
        "due": line.due and line.due.isoformat(),
        "due_text": line.due_text,
        "situation": one.situation,
        "days_left": one.days_left,
        "status": line.state,
        "percent": line.percent,
        "done_on": line.done_on and line.done_on.isoformat(),
        "outcome": line.outcome,
        "notes": line.notes,
    }


def mail(status: Status, lang: str) -> str:
    """A mail that an office can send as it stands: the counts, and what is overdue and due soon by lead unit."""
    texts, tracker = TEXTS[lang], status.tracker
    facts = {"name": clean(tracker.name), "day": f"{status.today:{DAY}}", "count": status.total}
    parts = [texts["subject"].format(**facts), texts["greeting"]]
    counts = [f"- {_counted(name, lang)}: {count}" for name, count in status.counts.items() if count]
    parts.append("\n".join([texts["opening"].format(**facts), *counts]))
    for number, key, found in (("I", "mail-overdue", status.overdue), ("II", "mail-due-soon", status.due_soon)):
        heading = texts[key].format(count=len(found), days=tracker.warning_days)
        parts.append("\n".join([f"{number}. {heading}", *(_items(found, lang) if found else [texts["none"]])]))
    return "\n\n".join([*parts, texts["closing"]])


def _items(found: Sequence[Standing], lang: str) -> Iterator[str]:
    """The tasks of each lead unit, the unit with the earliest deadline first."""
    texts = TEXTS[lang]
    units: dict[str, list[Standing]] = {}
    for one in found:
        units.setdefault(clean(one.line.lead) or texts["nobody"], []).append(one)
    number = 0
    for unit, tasks in units.items():
        yield f"{unit}:"
        for one in tasks:
            number += 1
            text = clean(one.line.text).rstrip(".;, ")
            text = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
            yield "  " + texts["item"].format(number=number, text=text, due=_day(one.line.due), left=_left(one, lang))


def _left(one: Standing, lang: str) -> str:
    days, texts = one.days_left or 0, TEXTS[lang]
    if days == 0:
        return texts["last-day"]
    return texts["late" if days < 0 else "early"].format(days=abs(days))
