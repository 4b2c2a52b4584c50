"""A PDF of running text, against what pypdfium2 alone does with its characters.

Ours is the whole reading: characters with their boxes and fonts, words, lines, paragraphs over page ends. The demand, a
third of pypdfium2's own character rate, is measured against its reading of every character with its box; that of plain
text, without any place, is shown beside it.
"""

from __future__ import annotations

import ctypes
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from benchmarks.documents import text_pdf
from benchmarks.measure import Figure, compared, take_turns
from pipeline.ingest import read_bytes

LEAST = 1 / 3


def run(small: bool) -> list[Figure]:
    """Characters a second."""
    with tempfile.TemporaryDirectory() as folder:
        data = text_pdf(Path(folder), 30 if small else 1200).read_bytes()
    counts: list[int] = []
    over_pages(data, lambda text: counts.append(text.count_chars()))
    seconds = take_turns(
        {
            "ours": lambda: read_bytes("text.pdf", data),
            "boxes": lambda: over_pages(data, _boxes),
            "fonts": lambda: over_pages(data, boxes_and_fonts),
            "plain": lambda: over_pages(data, _plain),
        },
        rounds=1 if small else 5,
    )
    what, unit, total, ours = f"text PDF, {len(counts)} pages", "characters/s", sum(counts), seconds["ours"]
    third = "a third of pypdfium2's own character rate"
    return [
        compared(what, unit, total, ours, "pypdfium2: box of each character", seconds["boxes"], LEAST, third),
        compared(what, unit, total, ours, "pypdfium2: box, font size and font of each character", seconds["fonts"]),
        compared(what, unit, total, ours, "pypdfium2: plain text of each page", seconds["plain"]),
    ]


def over_pages(data: bytes, way: Callable[[Any], object]) -> None:
    """Does that with the text of each page."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        way(text)
        text.close()
        page.close()
    document.close()


def _plain(text: Any) -> None:
    text.get_text_range()


def _boxes(text: Any) -> None:
    for index in range(text.count_chars()):
        text.get_charbox(index)


def boxes_and_fonts(text: Any) -> None:
    """Asks for the box, the size and the font of each character."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    for index in range(text.count_chars()):
        text.get_charbox(index)
        raw.FPDFText_GetFontSize(text, index)
        raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
