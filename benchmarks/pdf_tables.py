"""A PDF of tables with drawn lines, against pdfplumber's ``extract_tables`` on each page.

Ours is the whole reading: text and tables, cells with their spans, rows and tables joined over page ends.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pdfplumber

from benchmarks.documents import table_pdf
from benchmarks.measure import Figure, compared, take_turns
from pipeline.ingest import read_bytes

LEAST = 10.0


def run(small: bool) -> list[Figure]:
    """Pages a second."""
    with tempfile.TemporaryDirectory() as folder:
        data = table_pdf(Path(folder), 10 if small else 400).read_bytes()
    seconds = take_turns(
        {"ours": lambda: read_bytes("tables.pdf", data), "pdfplumber": lambda: _tables(data)},
        rounds=1 if small else 5,
    )
    pages = read_bytes("tables.pdf", data).pages
    what, demand = f"PDF with tables, {pages} pages", "10 times pdfplumber's rate"
    raw_name = "pdfplumber: extract_tables of each page"
    return [compared(what, "pages/s", pages, seconds["ours"], raw_name, seconds["pdfplumber"], LEAST, demand)]


def _tables(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()
