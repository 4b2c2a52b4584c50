"""The tasks of one document on a terminal: as a table, and value by value with the words they were read from."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SQUARE
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.export.wording import WORDINGS
from pipeline.model import Directive, Evidence, Task
from pipeline.terminal import clean, console

__all__ = ["print_explanation", "print_table"]

HEADINGS = {
    "vi": ("STT", "Mục", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Chu kỳ", "Báo cáo"),
    "en": ("No.", "Section", "Task", "Lead", "Coordinating", "Deadline", "Cadence", "Report to"),
}
SHARES = (None, None, 10, 5, 5, None, None, 5)  # how the width is divided; None: as wide as its words

FIXED = {5: 10, 6: 8}  # width by column: a date and “hằng quý” are never broken

# What an officer calls the fields; English keeps their names in the data.
FIELDS: dict[str, dict[str, str]] = {
    "vi": {
        "text": "Nội dung",
        "kind": "Loại",
        "lead": "Chủ trì",
        "coordinating": "Phối hợp",
        "due": "Thời hạn",
        "start": "Bắt đầu",
        "due_text": "Hạn theo văn bản",
        "due_precision": "Mức chính xác của hạn",
        "milestones": "Các mốc",
        "cadence": "Chu kỳ",
        "rrule": "Quy tắc lặp",
        "report_to": "Báo cáo",
        "deliverable": "Sản phẩm",
        "quantity": "Chỉ tiêu",
        "urgency": "Độ khẩn",
        "related": "Nhiệm vụ trùng lặp",
    },
    "en": {},
}

TEXTS = {
    "vi": {
        "place": "trang {page}, ký tự {start}–{end}; quy tắc {rule}",
        "unplaced": "Giống nhiệm vụ nhưng chưa xếp được:",
        "reason": "mục {section}: “{text}” ({reason})",
        "review": "cần rà soát",
    },
    "en": {
        "place": "page {page}, characters {start}–{end}; rule {rule}",
        "unplaced": "Looks like a task and became none:",
        "reason": "section {section}: “{text}” ({reason})",
        "review": "to review",
    },
}


def print_table(directive: Directive, lang: str) -> None:
    """Prints one row a task."""
    rows = [_cells(number, task, lang) for number, task in enumerate(directive.tasks, start=1)]
    table = Table(title=Text(clean(directive.document)), box=SQUARE, show_lines=True, expand=True)
    for index, (heading, share) in enumerate(zip(HEADINGS[lang], SHARES, strict=True)):
        # A column without a single word is as narrow as its heading.
        filled = any(row[index] for row in rows)
        table.add_column(heading, ratio=share if filled else None, width=FIXED.get(index), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console().print(table)


def _cells(number: int, task: Task, lang: str) -> tuple[str, ...]:
    words = WORDINGS[lang]
    cadence = _list(tuple(words.cadence.get(code, code) for code in task.cadence))
    due = f"{task.due:%d/%m/%Y}" if task.due else (task.due_text or "")
    cells = (task.section, task.text, _list(task.lead), _list(task.coordinating), due, cadence, _list(task.report_to))
    return (str(number), *map(clean, cells))


def _list(names: tuple[str, ...]) -> str:
    return "; ".join(names)


def print_explanation(directive: Directive, lang: str) -> None:
    """Prints for each task the words behind its values, and then what became no task, with the reason."""
    texts, out = TEXTS[lang], console()
    for number, task in enumerate(directive.tasks, start=1):
        out.print(Text(f"\n{number}. {clean(task.text)}", style="bold"))
        for line in _origins(directive, task, lang):
            out.print(Padding(Text(line), (0, 0, 0, 3)))
    if directive.unplaced:
        out.print(Text(f"\n{texts['unplaced']}", style="bold"))
    for passage in directive.unplaced:
        line = texts["reason"].format(section=passage.section, text=passage.text, reason=passage.reason)
        out.print(Text(f" - {clean(line)}"))


def _origins(directive: Directive, task: Task, lang: str) -> Iterator[str]:
    for name in sorted(task.evidence, key=lambda name: task.evidence[name][0].start if task.evidence[name] else 0):
        for evidence in task.evidence[name]:
            yield f"{FIELDS[lang].get(name, name)}: {_value(task, name)} ← {_words(directive, evidence, lang)}"
    words = WORDINGS[lang]
    if task.review:
        yield f"{TEXTS[lang]['review']}: {_list(tuple(words.review.get(code, code) for code in task.review))}"


def _value(task: Task, name: str) -> str:
    value = getattr(task, name, None)
    if isinstance(value, tuple):
        return clean("; ".join(str(part) for part in value))
    text = clean(str(value))
    return text if len(text) <= 60 else text[:59] + "…"


def _words(directive: Directive, evidence: Evidence, lang: str) -> str:
    quote = clean(directive.text[evidence.start : evidence.end])
    if len(quote) > 60:
        quote = quote[:40] + " … " + quote[-17:]
    place = TEXTS[lang]["place"].format(
        page=evidence.page, start=evidence.start, end=evidence.end, rule=clean(evidence.rule)
    )
    return f"“{quote}” ({place})"
