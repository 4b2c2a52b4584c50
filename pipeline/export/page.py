"""What the sheets share: how cells and headings look, how high a line is, and the set-up of screen and paper.

Which cells are whose: in `Nhiệm vụ` the officer's are those of the columns with ``own=True`` (`task_sheet.COLUMNS`),
and column C of `Cài đặt`; every other cell of every sheet is the program's. Rows that stand for a task have its id in
a column headed `Mã nhiệm vụ`, columns are found by their headings, tables by their names (`NhiemVu`, `ChiTieu`, …).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.export.wording import Wording

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.workbook import Book
    from pipeline.settings import Settings

__all__ = ["CENTRE", "DATE", "HEADING", "LINK", "SHARE", "SITUATION_COLOURS", "SMALL", "TEXT", "Value", "cell",
           "column_letter", "heading", "height", "lines", "motto", "points", "put", "room", "set_up"]  # fmt: skip

Value = str | int | float | dt.date | None

HEAD, RULE = "#D9E1F2", "#7F7F7F"  # paper of a heading, border of a cell
HEADING = 50  # points: the height of a line of headings
LINE, HIGHEST = 15.75, 409.0  # points: a line of 12 point type, and the highest row that Excel has
LETTERS = 1.08  # letters that a unit of column width holds in 12 point type: of prose 1.18, of names and dates fewer
EARLIEST = dt.date(1900, 1, 1)  # Excel knows no date before
A4 = 9
LONGEST_HEADER = 255  # characters that Excel takes for a page header, its signs among them

# Ink and paper of each situation, in the order of `Wording.situations`; None where it stays black on white.
SITUATION_COLOURS: tuple[tuple[str, str] | None, ...] = (
    None,
    None,
    ("#7F6000", "#FFF2CC"),  # due soon
    ("#9C0006", "#FFC7CE"),  # overdue
    ("#375623", "#E2EFDA"),  # done
    ("#375623", "#E2EFDA"),
    None,
    None,  # what the document no longer says is grey by the rule that an update adds
)

# The looks that columns share.
TEXT: dict[str, object] = {}
CENTRE: dict[str, object] = {"align": "center"}
DATE: dict[str, object] = {"align": "center", "num_format": "dd/mm/yyyy"}
SHARE: dict[str, object] = {"align": "center", "num_format": "0%"}
SMALL: dict[str, object] = {"font_size": 8, "font_color": "#595959"}
LINK: dict[str, object] = {"align": "center", "font_color": "#0563C1", "underline": 1}


def cell(book: Book, **more: object) -> Format:
    """The look of a cell, with what it has of its own."""
    return book.format(**{"text_wrap": True, "valign": "top", "border": 1, "border_color": RULE, **more})


def heading(book: Book, **more: object) -> Format:
    """The look of a heading, with what it has of its own."""
    return cell(book, **{"bold": True, "align": "center", "valign": "vcenter", "bg_color": HEAD, **more})


def put(book: Book, sheet: Worksheet, line: int, column: int, value: Value, look: Format) -> None:
    """Writes a value as what it is; words are never anything but words."""
    if value is None or value == "":
        sheet.write_blank(line, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(line, column, book.text(value), look)
    elif not isinstance(value, dt.date):
        sheet.write_number(line, column, value, look)
    elif value >= EARLIEST:
        sheet.write_datetime(line, column, dt.datetime.combine(value, dt.time()), look)
    else:
        sheet.write_string(line, column, f"{value:%d/%m/%Y}", look)


def height(cells: Iterable[tuple[Value, float]]) -> float:
    """The height of a line in points, of its values and the widths of their columns: of its longest cell, wrapped.

    Excel finds it by itself when it opens a file, LibreOffice and other programs do not.
    """
    return points(max(lines(value, room(width)) if isinstance(value, str) else 1 for value, width in cells))


def points(count: int) -> float:
    """The height of so many lines of words."""
    return min(count * LINE + 2, HIGHEST)


def column_letter(index: int) -> str:
    """The letters by which a sheet knows a column, counted from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))


def room(width: float) -> int:
    """How many letters a line holds in a column of that width."""
    return int(width * LETTERS)


@lru_cache(maxsize=4096)  # names of bodies and documents come again and again
def lines(words: str, room: int) -> int:
    """How many lines the words take, broken between words, where a line holds so many letters."""
    count = 0
    for paragraph in words.split("\n"):
        count, used = count + 1, 0
        for word in paragraph.split():
            fresh = not used  # a word longer than a line begins on the line that is there
            used += len(word) + 1
            if used > room + 1:
                count += max(-(-len(word) // room), 1) - fresh
                used = len(word) % room + 1
    return count


def set_up(book: Book, sheet: Worksheet, title: str, last: int, columns: int, repeated: int | None = 0) -> None:
    """The screen, and A4 landscape one page wide: lines up to `last`, the line `repeated` again on each page (or none).

    The letterhead stands in the page's header, not in lines above the table: programs that read the sheet find the
    headings in its first line.
    """
    sheet.set_zoom(85)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.95, bottom=0.55)  # inches
    if repeated is not None:
        sheet.repeat_rows(repeated)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, columns - 1)
    sheet.set_header(header(book.wording, book.settings, title))
    sheet.set_footer(f'&C&"Times New Roman,Regular"&11{book.wording.footer}')


def motto(words: Wording, settings: Settings) -> tuple[str, ...]:
    """The lines at the top right of an office's paper: of the state two, of the Party one."""
    return words.party if settings.letterhead == "party" else words.state


def header(words: Wording, settings: Settings, title: str) -> str:
    """The page's header: office to the left, title in the middle, below the others, state or Party to the right.

    What Excel takes is short: where the names do not fit, the body above the office is left out, then the name is cut.
    """
    right = '&R&"Times New Roman,Bold"&10' + "\n".join(motto(words, settings))
    middle = f'&C&"Times New Roman,Bold"&14\n\n{_plain(title)}'
    left = '&L&"Times New Roman,Regular"&10{above}&B{name}'
    above, name = (_plain(one).upper() for one in (settings.superior, settings.name))
    free = LONGEST_HEADER - len(right) - len(middle) - len(left.format(above="", name=""))
    if above and len(above) + 1 + len(name) > free:
        above = ""
    if len(name) > free:
        name = name[: free - 1].rstrip("&") + "…"
    return (left.format(above=above and above + "\n", name=name) if above or name else "") + middle + right


def _plain(words: str) -> str:
    """Words for a header, where an ampersand begins a sign."""
    return " ".join(words.split()).replace("&", "&&")
