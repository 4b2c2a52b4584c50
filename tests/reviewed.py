"""Documents made for the panes: hostile words, letters outside the first plane, a table, every kind of doubt."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline.model import (
    Block,
    Box,
    Directive,
    Document,
    Evidence,
    Grid,
    GridCell,
    Meta,
    PageSize,
    Piece,
    Style,
    Task,
    Unplaced,
)

HOSTILE = "Rà soát <script>alert(1)</script> và </script><img src=x onerror=alert(2)> <!-- danh mục &amp; 𝔄 mẫu."
LINES = (
    "KẾ HOẠCH",
    "1. Sở Tư pháp 𝔄𝔅 chủ trì, phối hợp Công an tỉnh tổ chức tập huấn trước ngày 15/6/2026.",
    HOSTILE,
    "Sở Nội vụ",
    "Nâng cấp Cổng thông tin",
)
TEXT = "\n".join(LINES)


def place(words: str, page: int = 1, rule: str = "x") -> Evidence:
    start = TEXT.index(words)
    return Evidence(start, start + len(words), page, None, rule)


def task(number: int, words: str, **fields: Any) -> Task:
    evidence = {"text": (place(words),), **fields.pop("evidence", {})}
    return Task(f"t{number}", f"II.{number}", number, words, evidence=evidence, **fields)


TASKS = (
    task(
        1,
        LINES[1].removeprefix("1. "),
        lead=("Sở Tư pháp",),
        coordinating=("Công an tỉnh",),
        due=dt.date(2026, 6, 15),
        due_text="trước ngày 15/6/2026",
        cadence=("once",),
        confidence=0.97,
        evidence={
            "lead": (place("Sở Tư pháp"),),
            "coordinating": (place("Công an tỉnh"),),
            "due_text": (place("trước ngày 15/6/2026"),),
        },
    ),
    task(2, HOSTILE, review=("no-lead", "no-deadline"), confidence=0.5),
    task(3, "Nâng cấp Cổng thông tin", lead=("Sở Nội vụ",), evidence={"lead": (place("Sở Nội vụ"),)}),
    task(4, "KẾ HOẠCH", review=("year-inferred",), kind="report"),
)


def directive(name: str = "a.txt", tasks: tuple[Task, ...] = TASKS, text: str = TEXT) -> Directive:
    meta = Meta(type="kế hoạch", number="1/KH", date=dt.date(2026, 3, 2), title="Trích yếu <b>đậm</b>")
    unplaced = (Unplaced("Sở Nội vụ", "II", "no action verb"),)
    return Directive(name, "00", "text/plain", 2, "ok", meta, tasks=tasks, text=text, unplaced=unplaced)


def document(sizes: tuple[PageSize, ...] = (), media_type: str = "text/plain") -> Document:
    """The words of `TEXT`: three paragraphs, and a table of two cells on the second page."""
    starts = [sum(len(line) + 1 for line in LINES[:at]) for at in range(len(LINES))]
    blocks = [Block(start, start + len(line), 1) for start, line in zip(starts, LINES, strict=True)]
    blocks[0] = Block(0, len(LINES[0]), 1, Style(bold=True, alignment="center", heading=1))
    cells = (GridCell(0, 0, 1, 1, (blocks[3],)), GridCell(0, 1, 2, 1, (blocks[4],)))
    pieces = []
    for line, start in zip(LINES, starts, strict=True):
        at = start
        for word in line.split(" "):
            left = 50.0 + (at - start) * 4
            top = 40.0 + 20 * LINES.index(line)
            pieces.append(Piece(at, at + len(word), 1, Box(left, top, left + 4 * len(word), top + 12)))
            at += len(word) + 1
    grid = Grid(2, 2, cells, 2)
    return Document("a.txt", "00", media_type, 2, TEXT, (*blocks[:3], grid), tuple(pieces), sizes=sizes)
