"""What LibreOffice makes of a workbook: every formula computed, read back with openpyxl."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice computes the formulas")


def computed(path: Path) -> Workbook:
    """The workbook with what LibreOffice shows in each cell."""
    made = path.parent / "computed"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return openpyxl.load_workbook(made / path.name, data_only=True)


def named(book: Workbook, name: str) -> tuple[str, str]:
    """Sheet and place of a named cell."""
    ((sheet, place),) = book.defined_names[name].destinations
    return sheet, place.replace("$", "")


def enter(book: Workbook, name: str, value: object) -> None:
    """Types a value into a named cell."""
    sheet, place = named(book, name)
    book[sheet][place].value = value  # type: ignore[index]
