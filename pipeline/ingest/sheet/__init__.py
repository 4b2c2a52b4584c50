"""Excel workbooks (.xlsx): the task tables that offices keep there, read with python-calamine."""

from __future__ import annotations

import io
from collections.abc import Iterable

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipeline.ingest import grid
from pipeline.ingest.reading import Reading, Settings, no_text, truncated
from pipeline.ingest.sheet.package import WHAT, Marks, inspect
from pipeline.ingest.sheet.regions import Blocks, blocks_of
from pipeline.ingest.sheet.values import lines_of
from pipeline.model import Cell, Line, Paragraph, Style, Warning

Place = tuple[int, int]  # row, column, from 0

_PANIC = "PanicException"  # what calamine raises where it has a fault; pyo3 gives no way to import the class


def read(data: bytes, settings: Settings) -> Reading:
    """Read the visible sheets of a workbook, each as a page; with two and more, each under its name.

    Hidden sheets and charts are named in a warning. Hidden rows and columns are read: calamine does not tell. Raises
    DocumentError ``truncated``, ``password``, ``too-large``, ``not-yet-supported`` or ``no-text``.
    """
    marks = inspect(data)
    try:
        sheets, hidden, others = _sheets(data, marks)
    except CalamineError as error:
        raise truncated(WHAT, error) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise truncated(WHAT, f"{_PANIC}: {error}") from error
    filled = [name for name, blocks in sheets if blocks]
    if not filled and hidden:
        raise no_text("Các trang tính đang hiện của tệp Excel này", "Hãy bỏ ẩn trang tính cần đọc rồi lưu lại.")
    if not filled:
        raise no_text("Tệp Excel này", "Hãy kiểm tra lại tệp gốc.")
    found: Blocks = []
    for page, (name, blocks) in enumerate(sheets, 1):
        if blocks and len(filled) > 1:
            found.append(Paragraph((Line(name, page),), Style(bold=True, heading=1)))
        found.extend(blocks)
    return Reading(tuple(found), pages=len(sheets), warnings=tuple(_warnings(hidden, others)))


def _sheets(data: bytes, marks: dict[str, Marks]) -> tuple[list[tuple[str, Blocks]], list[str], list[str]]:
    """(name, blocks) of each visible sheet; the names of hidden sheets; those of charts and the like."""
    sheets: list[tuple[str, Blocks]] = []
    hidden, others = [], []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for at, about in enumerate(workbook.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                others.append(about.name)
            elif about.visible != SheetVisibleEnum.Visible:
                hidden.append(about.name)
            else:
                cells = _cells(workbook.get_sheet_by_index(at), marks.get(about.name, Marks()), len(sheets) + 1)
                sheets.append((about.name, blocks_of(cells, len(sheets) + 1)))
    return sheets, hidden, others


def _cells(sheet: CalamineSheet, marks: Marks, page: int) -> list[Cell]:
    """The filled cells of a sheet with the ranges that they are merged over."""
    top, left = sheet.start or (0, 0)
    filled: dict[Place, tuple[Paragraph, ...]] = {}
    for row, values in enumerate(sheet.to_python(), top):
        for column, value in enumerate(values, left):
            place = row, column
            lines = lines_of(marks.errors.get(place, value), marks.shown.get(place))
            if lines:
                filled[place] = tuple(Paragraph((Line(line, page),)) for line in lines)
    spans = _spans(filled, sheet.merged_cell_ranges or ())
    return [Cell(*place, paragraphs, *spans.get(place, (1, 1))) for place, paragraphs in filled.items()]


def _spans(filled: Iterable[Place], merged: Iterable[tuple[Place, Place]]) -> dict[Place, tuple[int, int]]:
    """Rows and columns that each filled cell spans. A merge over another filled cell, which Excel never makes, is none.

    Only as far as there are filled cells: a merge down to the last row of Excel means no more.
    """
    taken = set(filled)
    bottom, right = max((row for row, _ in taken), default=0), max((column for _, column in taken), default=0)
    spans: dict[Place, tuple[int, int]] = {}
    steps = 0
    for start, (last_row, last_column) in merged:
        if start not in taken or start in spans:
            continue
        rows, columns = min(last_row, bottom) - start[0] + 1, min(last_column, right) - start[1] + 1
        steps += rows * columns
        if steps > grid.MAX_PLACES:
            break  # more than the sheet has places: the merges overlap, and the file lies
        places = {(start[0] + down, start[1] + over) for down in range(rows) for over in range(columns)} - {start}
        if places.isdisjoint(taken):
            taken |= places
            spans[start] = rows, columns
    return spans


def _warnings(hidden: list[str], others: list[str]) -> Iterable[Warning]:
    if hidden:
        names = ", ".join(hidden)
        message = f"Trang tính ẩn không được đọc: {names}. Nếu cần, hãy bỏ ẩn rồi chuyển lại."
        yield Warning("hidden-sheet", message)
    if others:
        message = f"Trang biểu đồ hoặc macro không được đọc: {', '.join(others)}."
        yield Warning("unread-sheet", message)
