"""What a cell holds, in a form in which two cells can be compared, whichever program saved the workbook last."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zlib import crc32

from pipeline.export.page import EARLIEST, Value
from pipeline.export.update.nouns import Cell, Sheet
from pipeline.export.words import CELL_LIMIT, for_cell

__all__ = ["FORMULA", "digest", "is_fixed", "lines", "name_of", "put", "storable", "text_of", "token"]

FORMULA = "="  # stands for any formula: LibreOffice writes the same formula in other words than Excel
# How Excel writes a character that XML cannot hold, and an underscore that would read as the begin of such a one.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def text_of(value: Any) -> str:
    """A value as words: a date as day/month/year, a whole number without its decimal point, rich text without looks."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # An array formula and the like are objects of openpyxl; their words are in `text`.
    words = value if isinstance(value, str) else getattr(value, "text", None) or str(value)
    return _unescaped(str(words))


def token(value: Any) -> str:
    """A value in the one form in which it is compared: blanks and how a number or a date is kept make no difference."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return repr(round(float(value), 6))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return value.isoformat() if not isinstance(value, dt.timedelta) else repr(value.total_seconds())
    return " ".join(text_of(value).split())


def digest(words: str) -> str:
    """Eight letters that stand for a token. What was written is told from what was typed by them."""
    return f"{crc32(words.encode('utf-8', 'surrogatepass')):08x}"


def storable(value: Value, cut: str) -> Value:
    """A value of a column as a cell can hold it, as `pipeline.export.page.put` writes it."""
    if isinstance(value, str):
        # The quick way: what can be printed and is short holds nothing to take out.
        return (value if len(value) < CELL_LIMIT // 2 and value.isprintable() else for_cell(value, cut)) or None
    if isinstance(value, dt.date) and value < EARLIEST:
        return f"{value:%d/%m/%Y}"
    return value


def lines(sheet: Sheet) -> list[list[Cell]]:
    """The cells that a sheet has, line by line. openpyxl's own ways make a cell wherever they look."""
    found: dict[int, list[Cell]] = {}
    for place in sorted(sheet._cells):
        found.setdefault(place[0], []).append(sheet._cells[place])
    return list(found.values())


def is_fixed(cell: Cell) -> bool:
    """Whether the cell lies under a merged one, so that nothing can be written into it."""
    return type(cell).__name__ == "MergedCell"


def name_of(id_: str) -> str:
    """The id of a task as it can be read back from a cell."""
    return id_ if id_.isalnum() else text_of(storable(id_, "")).strip()


def put(cell: Cell, value: Value) -> None:
    """Writes a value as what it is; words are never anything but words. The look of the cell stays."""
    if not isinstance(value, str):
        look = cell.number_format
        cell.value = value
        if cell.number_format != look:  # openpyxl gives a date its own look where the cell has none for dates
            cell.number_format = "dd/mm/yyyy"
        return
    # openpyxl takes what begins with "=" for a formula, and never escapes.
    cell.value = _ESCAPE.sub(lambda match: f"_x005F{match[0]}", value)
    cell.data_type = "s"


def _unescaped(words: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), words) if "_x" in words else words
