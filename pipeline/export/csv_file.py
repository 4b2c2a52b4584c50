"""One CSV file: the columns of the sheet `Nhiệm vụ`, as Excel opens them right in Vietnam and elsewhere.

UTF-8 with a byte order mark, without which Excel takes Vietnamese for another encoding; commas, quotes and line ends as
in RFC 4180. Dates are ISO, which every setting of Excel takes for the same day (05/11 is 11 May in an American one);
shares are whole percents, for a decimal point is no number where the comma is. What the workbook finds by a formula
stays empty. Which cells begin with an apostrophe is told in docs/formats.md.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.export.files import Written, put_beside
from pipeline.export.page import Value
from pipeline.export.table import Column
from pipeline.export.task_sheet import COLUMNS, Row, Typed, rows_of
from pipeline.export.wording import WORDINGS, Wording
from pipeline.export.words import legal, shortened
from pipeline.model import Directive
from pipeline.ruleset import Ruleset

__all__ = ["encode", "safe", "write"]

# What begins a formula: OWASP's list, with the wide forms that East Asian settings read as the same signs. Some
# programs pass over blanks before it.
_FORMULA = re.compile(r"[ \u00a0]*[=+\-@\t\r\n＝＋－＠]")
# The same where a spreadsheet is set to part cells by semicolons or tabs: the quotes of this file then hold nothing
# together, and what stands behind such a sign, or behind a line end, begins a cell.
_INSIDE = re.compile(r"([;\t\r\n][ \u00a0\"']*)(?=[=+\-@＝＋－＠])")
# Words of figures alone that a spreadsheet would show otherwise than they are written.
_FIGURES = re.compile(
    r"""(?: 0\d+ | \d{12,}                              # 01 → 1; 123456789012 → 1.23E+11
          | \d+(?:[.,]\d+)?e[+-]?\d+                    # a task's id that happens to be 12345678e901
          | \d+\.(?:\d*0|\d{3}) | \d[\d.]*,[\d.,]*\d    # 2.10 → 2.1; 1.234 is a thousand or one and a bit
          | \d{1,4}[/-]\d{1,2}(?:[/-]\d{1,4})?          # 3/4 → 3 April or 4 March
          | \d{1,2}:\d{2}(?::\d{2})?
        )\s*%?""",
    re.VERBOSE | re.IGNORECASE,
)


def write(directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes all tasks to one file; a file that is there already, which an officer may have filled in, is kept."""
    return put_beside(path, encode(directives, lang), lang)


def encode(directives: Sequence[Directive], lang: str, typed: Typed | None = None) -> bytes:
    """The tasks as the bytes of a CSV file, headed in that language; `typed` is what officers typed in a database."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(column.heading(lang) for column in COLUMNS)
    writer.writerows(_lines(directives, WORDINGS[lang], typed))
    return stream.getvalue().encode("utf-8-sig")


def _lines(directives: Sequence[Directive], words: Wording, typed: Typed | None) -> Iterator[list[str]]:
    for row in rows_of(directives, words, typed):
        yield [_shown(column, column.value(row), words) for column in COLUMNS]


def _shown(column: Column[Row], value: Value, words: Wording) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value, words.cut)
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:.0%}" if column.look.get("num_format") == "0%" else str(value)


def safe(words: str, cut: str) -> str:
    """The words, behind an apostrophe where a spreadsheet would take them for a formula, another number or a date."""
    clean = legal(words)
    misread = _FORMULA.match(clean) or _FIGURES.fullmatch(clean)
    return shortened(_INSIDE.sub(r"\1'", f"'{clean}" if misread else clean), cut)
