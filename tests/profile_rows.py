"""Tasks made by hand for the tests of profiles, and the rows of what was written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.export.files import Written
from pipeline.model import Directive, Meta, Section, Task


def task(**fields: Any) -> Task:
    """A task with only these fields filled."""
    return Task(**{"id": "0", "section": "", "order": 1, "text": "Rà soát hồ sơ.", **fields})


def directive(*tasks: Task, **meta: Any) -> Directive:
    """A plan of a commune with these tasks."""
    about = {
        "type": "kế hoạch", "number": "12/KH-UBND", "issuer": "Ủy ban nhân dân xã Tân Lập", "place": "Tân Lập",
        "date": dt.date(2026, 1, 5),
    }  # fmt: skip
    sections = (Section("I", "Nhiệm vụ trọng tâm", "task"), Section("II", "Tổ chức thực hiện", "implementation"))
    return Directive("KH 12.docx", "ab" * 32, "text/plain", 1, "ok", Meta(**{**about, **meta}), sections, tasks)


def sheet_of(written: Written) -> Worksheet:
    """The only sheet of a workbook."""
    book = openpyxl.load_workbook(written.path)
    (name,) = book.sheetnames
    return book[name]


def rows_of(written: Written, header: int = 1) -> list[dict[str, Any]]:
    """The rows under the header, by the titles of the columns."""
    titles, *rows = list(sheet_of(written).iter_rows(min_row=header, values_only=True))
    return [dict(zip(titles, row, strict=True)) for row in rows]
