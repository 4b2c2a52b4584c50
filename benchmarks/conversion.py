"""A document the whole way to its JSON in a process that is warm, by format, against the raw library that opens it.

One plan in all formats, as dense in tasks and as loosely set as real ones: LibreOffice sets its DOCX as the PDF of six
pages. pypdfium2 asks for the box, size and font of each character, pdfplumber for the text of each page, python-docx
for that of paragraphs and cells. What pdfplumber does is a part of the whole way, our reading of the PDF: that has a
line of its own. HTML and plain text stand beside our DOCX: what a library needs for their words is nothing.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import docx
import pdfplumber
import pypdfium2

from benchmarks.generate import FORMS
from benchmarks.measure import Figure, compared, rate, take_turns
from benchmarks.papers import grammar
from benchmarks.papers.model import Paper
from benchmarks.papers.plain_forms import text
from benchmarks.pdf_text import boxes_and_fonts, over_pages
from corpus.build import make_pdfs
from pipeline import steps
from pipeline.export.document_json import encode
from pipeline.ingest import read_bytes

PAGES = 5  # as made; LibreOffice sets them on six
PDF_RATE, DOCX_RATE = 25.0, 40.0  # documents a second that the issue asks of a core
PDF_TIMES, PDFPLUMBER_TIMES = 2.5, 20.0
TEXT_FORMS = ("docx", "html", "txt")


def run(small: bool) -> list[Figure]:
    """Documents a second of one process."""
    with tempfile.TemporaryDirectory() as folder:
        paper = make_plan(1 if small else PAGES)
        paths = make_files(Path(folder), paper)
        data = {form: path.read_bytes() for form, path in paths.items()}
        raw: dict[str, Callable[[], object]] = {
            "pypdfium2": lambda: over_pages(data["pdf"], boxes_and_fonts),
            "pdfplumber": lambda: _pdfplumber(data["pdf"]),
            "python-docx": lambda: _python_docx(data["docx"]),
        }
        ours: dict[str, Callable[[], object]] = {form: _whole(path) for form, path in paths.items()}
        ours["read"] = lambda: read_bytes("plan.pdf", data["pdf"])
        seconds = take_turns({**ours, **raw}, rounds=1 if small else 5)
    return [*_pdf_lines(seconds, data["pdf"], paper), *_other_lines(seconds)]


def make_plan(pages: int) -> Paper:
    """The plan that is converted, of about so many pages as `pdf_form` sets them."""
    return grammar.make(seed=0, place=0, style=0, pages=pages)


def make_files(folder: Path, paper: Paper) -> dict[str, Path]:
    """Its file in each format, the PDF as LibreOffice sets the DOCX."""
    paths = {form: folder / f"plan.{form}" for form in (*TEXT_FORMS, "pdf")}
    for form in TEXT_FORMS:
        paths[form].write_bytes(FORMS[form](paper))
    problem = make_pdfs([paths["docx"]], folder)
    if problem:
        raise SystemExit(problem)
    return paths


def _whole(path: Path) -> Callable[[], bytes]:
    options, item = steps.Options(), steps.Item(path, path.name)

    def way() -> bytes:
        step = steps.take(options, item, lambda *_: None)
        assert isinstance(step, steps.Step)
        if step.directive.status != "ok":
            raise SystemExit(f"{path.name}: {step.directive.errors}")
        return encode(step.directive)

    return way


def _pdfplumber(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def _python_docx(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def _pdf_lines(seconds: dict[str, list[float]], data: bytes, paper: Paper) -> list[Figure]:
    document = pypdfium2.PdfDocument(data)
    letters = len(text(paper).decode("utf-8"))
    what = f"text PDF, pages: {len(document)}, characters: {letters:,}, tasks: {paper.tasks}, to JSON"
    unit, ours = "documents/s", seconds["pdf"]
    document.close()
    return [
        _least(what, ours, PDF_RATE),
        compared(what, unit, 1, ours, "pypdfium2: box, font size and font of each character", seconds["pypdfium2"],
                 1 / PDF_TIMES, f"at most {PDF_TIMES:g} times pypdfium2's time"),
        compared(what, unit, 1, ours, "pdfplumber: extract_text of each page", seconds["pdfplumber"],
                 PDFPLUMBER_TIMES, f"{PDFPLUMBER_TIMES:g} times pdfplumber's rate"),
        compared("the same, read into paragraphs and tables", unit, 1, seconds["read"],
                 "pdfplumber: extract_text of each page", seconds["pdfplumber"]),
    ]  # fmt: skip


def _other_lines(seconds: dict[str, list[float]]) -> list[Figure]:
    unit, own = "documents/s", "ours: the DOCX"
    return [
        _least("DOCX of the same text to JSON", seconds["docx"], DOCX_RATE),
        compared("DOCX of the same text to JSON", unit, 1, seconds["docx"], "python-docx: text of paragraphs and cells",
                 seconds["python-docx"]),
        compared("HTML of the same text to JSON", unit, 1, seconds["html"], own, seconds["docx"]),
        compared("the text itself to JSON", unit, 1, seconds["txt"], own, seconds["docx"]),
    ]  # fmt: skip


def _least(what: str, seconds: list[float], least: float) -> Figure:
    """The line for a rate that is asked for as it is."""
    reached = rate(1, seconds)
    return Figure(what, "documents/s", reached, "limit", least, reached / least, f"{least:g} documents/s a core",
                  reached >= least)  # fmt: skip
