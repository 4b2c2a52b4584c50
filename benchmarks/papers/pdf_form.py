"""A paper as PDF with a text layer, through reportlab; the letters are those of DejaVu Serif, which matplotlib brings.

A font that comes with a library is the same on every machine, and so are the bytes. It has all Vietnamese letters.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.papers.model import Line, Look, Paper, Table

_FILES = {"plain": "DejaVuSerif.ttf", "bold": "DejaVuSerif-Bold.ttf", "italic": "DejaVuSerif-Italic.ttf"}
_FACE = {
    Look.TITLE: "bold", Look.HEADING: "bold", Look.NOTE: "italic", Look.BASIS: "italic", Look.BODY: "plain",
}  # fmt: skip
# In points, from the lower left corner as PDF counts. A page holds some 2,000 letters, as those of real letters and
# notices of conclusions do (1,900 to 2,050 in shared/eval).
_LEFT, _RIGHT, _TOP, _BOTTOM = 85.0, 552.0, 785.0, 57.0
_SIZE, _LEADING, _AFTER, _PADDING = 10.0, 16.5, 3.0, 3.0
_SHARES = (0.07, 0.38, 0.19, 0.19, 0.17)  # of the columns of a table


def pdf(paper: Paper) -> bytes:
    """The bytes of the file; equal papers, equal bytes."""
    writer = _Writer()
    writer.side_by_side(paper.left, paper.right)
    for block in paper.body:
        writer.block(block)
    writer.side_by_side(paper.recipients, paper.signature)
    if paper.annex:
        writer.turn()
    for block in paper.annex:
        writer.block(block)
    return writer.finished()


@cache
def _font(face: str) -> tuple[str, dict[int, float], float]:
    """The name of a face as reportlab knows it, the breadth of its letters in ems, that of a letter it lacks."""
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / _FILES[face]
    font = TTFont(path.stem, str(path))
    pdfmetrics.registerFont(font)
    breadths = {letter: width / 1000 for letter, width in font.face.charWidths.items()}
    return path.stem, breadths, font.face.defaultWidth / 1000


@cache
def _breadth(word: str, face: str) -> float:
    """In points, at the size of the body."""
    _, breadths, missing = _font(face)
    return _SIZE * sum(breadths.get(ord(letter), missing) for letter in word)


def _wrapped(words: str, face: str, room: float) -> list[str]:
    """The lines of a paragraph that may be so broad, in points."""
    lines: list[str] = []
    line: list[str] = []
    used, space = 0.0, _breadth(" ", face)
    for word in words.split(" "):
        breadth = _breadth(word, face)
        if line and used + space + breadth > room:
            lines.append(" ".join(line))
            line, used = [], 0.0
        used += (space if line else 0.0) + breadth
        line.append(word)
    return [*lines, " ".join(line)]


class _Writer:
    """Sets lines from the top of a page to its end; the pages after the first have their number above."""

    def __init__(self) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._made = io.BytesIO()
        self._canvas: Any = Canvas(self._made, pagesize=(595.0, 842.0), pageCompression=1, invariant=1)
        self._page, self._y = 1, _TOP

    def finished(self) -> bytes:
        """The file, after which nothing can be added."""
        self._canvas.save()
        return self._made.getvalue()

    def turn(self) -> None:
        """Begins a page."""
        self._canvas.showPage()
        self._page, self._y = self._page + 1, _TOP
        self._put(str(self._page), "plain", (_LEFT + _RIGHT) / 2, centred=True)
        self._y -= _LEADING

    def block(self, block: Line | Table) -> None:
        """A paragraph or a table."""
        if isinstance(block, Table):
            self._table(block)
            return
        face, centred = _FACE[block.look], block.look in (Look.TITLE, Look.NOTE)
        for line in _wrapped(block.typed, face, _RIGHT - _LEFT):
            self._need(_LEADING)
            self._put(line, face, (_LEFT + _RIGHT) / 2 if centred else _LEFT, centred=centred)
            self._y -= _LEADING
        self._y -= _AFTER

    def side_by_side(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two columns of centred lines."""
        tall = max(len(left), len(right)) * _LEADING
        self._need(tall)
        top = self._y
        for lines, middle in ((left, _LEFT + 95.0), (right, _RIGHT - 140.0)):
            self._y = top
            for line in lines:
                self._put(line, "bold" if line.isupper() else "plain", middle, centred=True)
                self._y -= _LEADING
        self._y = top - tall - _LEADING

    def _need(self, points: float) -> None:
        if self._y - points < _BOTTOM:
            self.turn()

    def _put(self, words: str, face: str, x: float, *, centred: bool = False) -> None:
        self._canvas.setFont(_font(face)[0], _SIZE)
        start = x - _breadth(words, face) / 2 if centred else x
        self._canvas.drawString(start, self._y - _SIZE, words)

    # ── tables ──

    def _table(self, table: Table) -> None:
        for place, row in enumerate(table.rows):
            tall = self._tall(row)
            if place and self._y - tall < _BOTTOM:
                self.turn()
                self._row(table.rows[0], "bold")
            self._row(row, "plain" if place else "bold")

    def _cells(self, row: Sequence[str], face: str) -> list[list[str]]:
        rooms = [(_RIGHT - _LEFT) * share - 2 * _PADDING for share in _SHARES]
        return [_wrapped(cell, face, room) for cell, room in zip(row, rooms, strict=True)]

    def _tall(self, row: Sequence[str], face: str = "plain") -> float:
        return max(len(lines) for lines in self._cells(row, face)) * _LEADING + 2 * _PADDING

    def _row(self, row: Sequence[str], face: str) -> None:
        tall, top, x = self._tall(row, face), self._y, _LEFT
        for lines, share in zip(self._cells(row, face), _SHARES, strict=True):
            breadth = (_RIGHT - _LEFT) * share
            self._canvas.rect(x, top - tall, breadth, tall)
            self._y = top - _PADDING
            for line in lines:
                self._put(line, face, x + _PADDING)
                self._y -= _LEADING
            x += breadth
        self._y = top - tall
