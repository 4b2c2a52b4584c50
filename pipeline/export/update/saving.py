"""openpyxl's workbook as bytes: the same each time, with the officer's charts and the sizes of notes as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.export.update.notes import sizes
from pipeline.export.update.nouns import Sheet, Workbook

__all__ = ["Charts", "charts_of", "load", "parts_of", "save", "sheet_parts"]

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file knows: the clock would make equal runs differ
# A line feed in the head or foot of a page: LibreOffice shows openpyxl's way to write it as letters.
_PAGE_TEXT = re.compile(rb"<(odd|even|first)(Header|Footer)>[^<]*")
_LINE_FEED = re.compile(rb"_x000[aA]_")
_CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
# LibreOffice draws charts by what this says: XlsxWriter's are those of Excel 2007, and newer ones say all they mean.
_VERSION = re.compile(rb"<Application>[^<]*</Application><AppVersion>[^<]*")
CREATED = b"2000-01-01T00:00:00Z"
Charts = dict[int, tuple[Any, bytes]]  # id() of openpyxl's chart → the chart, and its part as it was


def load(data: bytes) -> Workbook:
    """The workbook with what openpyxl keeps of it, notes as large as they were. Raises whatever openpyxl does."""
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")  # what is lost is found by `package` and `comparing`
        book = load_workbook(BytesIO(data), rich_text=True)
    with ZipFile(BytesIO(data)) as archive:
        if any("outside the limits for dates" in str(one.message) for one in said) or _has_escapes(archive):
            _give_back(archive, book)
        for sheet, parts in _parts(archive, book):
            for part in parts.get("vmlDrawing", ()):
                for (line, column), (width, height) in sizes(archive, part).items():
                    comment = sheet._cells[line, column].comment if (line, column) in sheet._cells else None
                    if comment is not None:
                        comment.width, comment.height = width, height
    return book


def _has_escapes(archive: ZipFile) -> bool:
    return any(b"x005F_" in archive.read(name) for name in archive.namelist() if name == "xl/sharedStrings.xml")


def _give_back(archive: ZipFile, book: Workbook) -> None:
    """What openpyxl changes when it reads.

    Numbers that are no date in a cell for dates (20112022, typed without strokes) become errors, and words that look
    like an escape of Excel's lose what says that they are none.
    """
    from pipeline.export.update.comparing import cells, strings_of

    strings = strings_of(archive)
    for title, part in sheet_parts(archive).items():
        held = book[title]._cells if title in book.sheetnames else {}
        for place, value in cells(archive, part, strings):
            cell = held.get(place)
            if isinstance(value, float) and cell is not None and cell.data_type == "e":
                cell._value, cell.data_type = int(value) if value.is_integer() else value, "n"
            elif isinstance(value, str) and "x005F_" in value and cell is not None and type(cell.value) is str:
                cell._value = value


def charts_of(data: bytes, book: Workbook) -> Charts:
    """The parts of the charts of a workbook as they stand in its file: openpyxl reads half of what a chart can be."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.xml.functions import fromstring

    found: Charts = {}
    with ZipFile(BytesIO(data)) as archive:
        for sheet, parts in _parts(archive, book):
            names = []
            for part in parts.get("drawing", ()):
                drawing: Any = SpreadsheetDrawing.from_tree(cast(Any, fromstring(archive.read(part))))
                rels = _relations(archive, part)
                names += [rels.get(one.id).target for one in drawing._chart_rels]
            if len(names) == len(sheet._charts):
                for chart, name in zip(sheet._charts, names, strict=True):
                    found[id(chart)] = chart, archive.read(name)
    return found


def _parts(archive: ZipFile, book: Workbook) -> Iterator[tuple[Sheet, dict[str, list[str]]]]:
    """Each worksheet that openpyxl has with the parts that belong to it."""
    for title, part in sheet_parts(archive).items():
        if title in book.sheetnames:
            yield book[title], parts_of(archive, part)


def parts_of(archive: ZipFile, part: str) -> dict[str, list[str]]:
    """The parts that belong to one, by the last word of the kind of their relation."""
    found: dict[str, list[str]] = {}
    for rel in _relations(archive, part):
        found.setdefault(rel.Type.rsplit("/", 1)[-1], []).append(rel.target)
    return found


def _relations(archive: ZipFile, part: str) -> Any:
    from openpyxl.packaging import relationship

    name = cast(str, relationship.get_rels_path(part))  # type: ignore[no-untyped-call]
    return relationship.get_dependents(archive, name) if name in archive.namelist() else []


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The part of each sheet by its title."""
    from openpyxl.xml.constants import REL_NS
    from openpyxl.xml.functions import fromstring

    rels = _relations(archive, "xl/workbook.xml")
    book = fromstring(archive.read("xl/workbook.xml"))
    return {
        str(sheet.get("name")): str(rels.get(sheet.get(f"{{{REL_NS}}}id")).target)
        for sheet in book.iter("*")
        if sheet.tag.endswith("}sheet")
    }


def save(book: Workbook, charts: Charts) -> bytes:
    """The workbook as bytes; Excel reckons its formulas when it opens it, for openpyxl keeps no results."""
    book.calculation.fullCalcOnLoad = True
    stream = BytesIO()
    book.save(stream)
    # The paths that openpyxl gave the charts stand in them once it has written them.
    kept = {chart.path.lstrip("/"): charts[id(chart)][1] for sheet in book.worksheets for chart in sheet._charts
            if id(chart) in charts}  # fmt: skip
    again = BytesIO()
    with ZipFile(BytesIO(stream.getvalue())) as old, ZipFile(again, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = kept.get(name) or old.read(name)
            if name == "docProps/core.xml":
                data = _CHANGED.sub(rb"\g<1>" + CREATED, data)
            elif name == "docProps/app.xml":
                data = _VERSION.sub(b"<Application>Microsoft Excel</Application><AppVersion>12.0000", data)
            elif name.startswith("xl/worksheets/"):
                data = _PAGE_TEXT.sub(lambda match: _LINE_FEED.sub(b"&#10;", match[0]), data)
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, data)
    return again.getvalue()
