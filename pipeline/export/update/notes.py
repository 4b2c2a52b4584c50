"""Notes on cells: the program adds a line of its own below what an officer wrote, and keeps the size of each note."""

from __future__ import annotations

import re
from zipfile import ZipFile

from pipeline.export.update.nouns import Cell
from pipeline.export.words import for_cell

__all__ = ["add_note", "sizes"]

AUTHOR = "dondoc"
LONGEST = 2000  # characters of a value in a note; the log has it whole
WIDTH, LINE, LETTERS = 280, 18, 42  # pixels of a note, of a line in it, and letters that a line holds
# Read as words: Excel's VML need not be well-formed, and each program has other names for the namespaces.
_SHAPE = re.compile(r"<(?:\w+:)?shape\b.*?</(?:\w+:)?shape>", re.DOTALL)
_PLACE = re.compile(r"<(?:\w+:)?(Row|Column)>\s*(\d+)\s*</")
_SIZE = re.compile(r"\b(width|height):([\d.]+)(pt|px|in)?")
_PIXELS = {"pt": 96 / 72, "px": 1.0, "in": 96.0, "": 1.0}


def add_note(cell: Cell, words: str) -> None:
    """Puts a line on the cell's note, or a new note on the cell."""
    from openpyxl.comments import Comment

    line = for_cell(words if len(words) <= LONGEST else words[:LONGEST] + "…", "…")
    before = cell.comment
    if before is None:
        cell.comment = Comment(line, AUTHOR, _height(line), WIDTH)
    elif line not in before.text.split("\n"):
        before.text = f"{before.text}\n{line}"
        before.width, before.height = max(before.width, WIDTH), max(before.height, _height(before.text))


def _height(words: str) -> int:
    return LINE * (1 + sum(1 + len(line) // LETTERS for line in words.split("\n")))


def sizes(archive: ZipFile, part: str) -> dict[tuple[int, int], tuple[float, float]]:
    """Width and height in pixels of the notes that a drawing in VML shows, by line and column from 1.

    openpyxl would give every note the size that it gives to new ones.
    """
    found = {}
    for shape in _SHAPE.findall(archive.read(part).decode("utf-8", "replace")):
        place = {name: int(number) + 1 for name, number in _PLACE.findall(shape)}
        size = {name: float(number) * _PIXELS[unit] for name, number, unit in _SIZE.findall(shape)}
        if len(place) == 2 and len(size) == 2:
            found[place["Row"], place["Column"]] = size["width"], size["height"]
    return found
