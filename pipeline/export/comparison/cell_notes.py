"""Notes on cells that quote the documents: not more than Excel draws quickly, and what was left out is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.export.page import lines
from pipeline.export.task_sheet import MOST_NOTES

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.workbook import Book

__all__ = ["LONGEST", "Notes"]

LONGEST = 2_000  # characters of a note: more does not fit on a screen, and the sheet of the findings has it whole
LETTERS, WIDTH, LINE = 70, 430, 18  # letters and pixels of a line in a note, pixels of its height
TALLEST = 700  # pixels: a note that is taller leaves the screen
LOOK = {"font_name": "Times New Roman", "font_size": 11}


class Notes:
    """The notes of a whole workbook: `wanted` counts all, those past `most` are not written."""

    def __init__(self, book: Book, most: int = MOST_NOTES) -> None:
        self.book, self.most = book, most
        self.wanted = 0

    def add(self, sheet: Worksheet, line: int, column: int, words: str) -> None:
        """A note on that cell, cut with a visible mark where it is too long."""
        self.wanted += 1
        if self.wanted > self.most:
            return
        if len(words) > LONGEST:
            words = words[:LONGEST].rsplit(" ", 1)[0] + self.book.wording.cut
        words = self.book.text(words)
        height = min(LINE * (lines(words, LETTERS) + 1), TALLEST)
        sheet.write_comment(line, column, words, {**LOOK, "width": WIDTH, "height": height})

    @property
    def left_out(self) -> bool:
        """Whether some were not written."""
        return self.wanted > self.most
