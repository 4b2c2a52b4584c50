"""The tracker workbook. One module a sheet; equal directives give equal bytes.

To add a sheet: a module with ``add(book, …)`` and a line in `write`; `page` has what all sheets share.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.export.files import Written, put_beside
from pipeline.export.wording import WORDINGS, Wording
from pipeline.model import Directive
from pipeline.ruleset import Ruleset

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

__all__ = ["Book", "write"]

FONT = {"font_name": "Times New Roman", "font_size": 12}
CELL_LIMIT = 32767  # UTF-16 units, Excel's own
CREATED = dt.datetime(2000, 1, 1)  # a fixed date: the clock would make equal runs differ
# What XML 1.0 does not allow in a cell, and lone surrogates, which UTF-8 cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

OPTIONS = {
    "in_memory": True,
    # Words from a document are never anything but words.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Book:
    """A workbook in the making: its formats by name, and text made fit for a cell."""

    def __init__(self, workbook: Workbook, wording: Wording) -> None:
        self.workbook = workbook
        self.wording = wording
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **properties: Any) -> Format:
        """The format with these properties beside the font, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({**FONT, **properties})
        return self._formats[key]

    def text(self, words: str) -> str:
        """The words without what a cell cannot hold; a text past Excel's limit ends in a visible mark."""
        clean = _ILLEGAL.sub("", words)
        room = CELL_LIMIT
        if _units(clean) > room:
            room -= _units(self.wording.cut)
            clean = clean.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + self.wording.cut
        return clean


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def write(directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the tracker of all tasks. A workbook that is there already is kept beside it under another name."""
    import xlsxwriter

    from pipeline.audit import audit
    from pipeline.export import clarity_sheet, task_sheet

    stream = io.BytesIO()
    wording = WORDINGS[lang]
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        workbook.set_properties({"title": wording.title, "created": CREATED})
        book = Book(workbook, wording)
        task_sheet.add(book, directives, lang)
        clarity_sheet.add(book, audit(directives, rules), lang, linked=True)
    return put_beside(path, stream.getvalue(), lang)
