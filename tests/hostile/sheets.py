"""Workbooks: rows of nothing, strings that a thousand cells share."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter
from handmade import with_part

from hostile.nouns import OK, Hostile

LARGE = frozenset({"too-large"})
_NS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(rows: bytes, strings: bytes = b"") -> bytes:
    """A workbook of one sheet with these rows, and these shared strings."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, "Giao")
    data = with_part(file.getvalue(), "xl/worksheets/sheet1.xml", b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_NS, rows))
    return with_part(data, "xl/sharedStrings.xml", b"<sst %s>%s</sst>" % (_NS, strings or b"<si><t>Giao</t></si>"))


def shared(length: int, cells: int) -> bytes:
    """One long string, and cells that each say that they hold it."""
    row = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (i, i) for i in range(1, cells + 1))
    return xlsx(row, b"<si><t>%s</t></si>" % (b"giao " * (length // 5)))


def hidden_strings() -> bytes:
    """As `shared`, with short strings before the long one that stand in a comment, and count for nothing."""
    row = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (i, i) for i in range(1, 10_001))
    return xlsx(row, b"<!-- <si><t>a</t></si> --><si><t>%s</t></si>" % (b"giao " * 1_000_000))


def empty_rows(count: int) -> bytes:
    """Rows of nothing, and a word below them."""
    rows = b"".join(b'<row r="%d"/>' % i for i in range(1, count))
    return xlsx(rows + b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (count, count))


def empty_cells(rows: int, columns: str) -> bytes:
    """Cells of nothing but a style."""
    return xlsx(
        b"".join(
            b'<row r="%d">%s</row>' % (i, b"".join(b'<c r="%s%d" s="0"/>' % (c.encode(), i) for c in columns))
            for i in range(1, rows + 1)
        )
    )


def entities() -> bytes:
    """Strings that are declared as entities."""
    data = xlsx(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml").replace(b"Giao", b"&a;" * 9999)
    return with_part(data, "xl/sharedStrings.xml", b"<!DOCTYPE x [<!ENTITY a '%s'>]>%s" % (b"giao " * 9999, part))


FILES = (
    Hostile("rows.xlsx", lambda: empty_rows(1_000_000), OK, "a million rows of nothing"),
    Hostile("cells.xlsx", lambda: empty_cells(50_000, "ABCDEFGH"), frozenset({"no-text"}), "cells of nothing"),
    Hostile("shared.xlsx", lambda: shared(5_000_000, 10_000), LARGE, "50 GB of shared strings"),
    Hostile("shared-hidden.xlsx", hidden_strings, LARGE, "50 GB of shared strings that a comment counts wrongly"),
    Hostile("entities.xlsx", entities, frozenset({"unsafe-xml"}), "entities"),
)  # fmt: skip
