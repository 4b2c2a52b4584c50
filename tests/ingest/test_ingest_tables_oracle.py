"""Tables of the corpus PDFs, cell by cell, against pdfplumber: it finds the same lines by other means."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from pipeline.ingest.layout import sheets_of
from pipeline.ingest.pdf.pdfium import PdfFile

FORMATS = Path(__file__).resolve().parents[2] / "corpus" / "formats"

Cells = list[list[str]]


def ours(path: Path) -> list[Cells]:
    """The tables page by page, as rows of the texts of their cells without blanks; empty cells left out."""
    found = []
    with PdfFile(path.read_bytes()) as file:
        for sheet in sheets_of(file.content(index) for index in range(len(file))):
            for _, table in sheet.tables:
                rows: Cells = [[] for _ in range(table.rows)]
                for cell in table.cells:
                    rows[cell.row].append("".join("".join(p.text.split()) for p in cell.paragraphs))
                found.append([row for row in rows if row])
    return found


def theirs(path: Path) -> list[Cells]:
    found = []
    with pdfplumber.open(path) as file:
        for page in file.pages:
            for table in page.extract_tables():
                rows = [["".join(cell.split()) for cell in row if cell and cell.strip()] for row in table]
                found.append([row for row in rows if row])
    return [table for table in found if table]


@pytest.mark.parametrize("path", sorted(FORMATS.glob("*.pdf")), ids=lambda path: path.stem)
def test_the_cells_are_those_that_pdfplumber_sees(path: Path) -> None:
    assert ours(path) == theirs(path)


def test_some_of_them_have_tables() -> None:
    assert sum(len(ours(path)) for path in FORMATS.glob("*.pdf")) >= 10
