"""The benchmarks run and say what they must; how fast anything is, no test asks."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from benchmarks import conversion

ROOT = Path(__file__).resolve().parent.parent
SUBJECTS = sorted(
    path.stem
    for path in (ROOT / "benchmarks").glob("*.py")
    if "\ndef run(small: bool)" in path.read_text("utf-8")  # others make documents, or are run by themselves
)
COMMAND = [sys.executable, "-m", "benchmarks"]
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice makes the documents")


def table(*arguments: str) -> list[dict[str, str]]:
    """The lines that the command prints, by the heads of their columns."""
    done = subprocess.run([*COMMAND, *arguments, "--small"], check=True, capture_output=True, encoding="utf-8", cwd=ROOT)
    heads, _, *lines = ([cell.strip() for cell in line.strip("|").split("|")] for line in done.stdout.splitlines() if "|" in line)
    return [dict(zip(heads, line, strict=True)) for line in lines]


@needs_office
@pytest.mark.parametrize("name", SUBJECTS)
def test_a_benchmark_shows_both_figures_and_their_ratio(name: str) -> None:
    if name == "ocr_page" and shutil.which("tesseract") is None:
        pytest.skip("tesseract reads the page")
    lines = table(name)
    assert lines
    for line in lines:
        assert line["what"] and line["unit"] and line["raw library"]
        for column in ("ours", "raw", "ratio"):
            assert NUMBER.fullmatch(line[column]), (column, line)
            assert float(line[column].replace(",", "")) > 0
        assert (line["met"] in ("yes", "no")) == bool(line["demanded"])


# What the issue demands, each in the line where it is answered.
DEMANDS = {
    "pdf_text": {("pypdfium2: box of each character", "a third of pypdfium2's own character rate")},
    "pdf_tables": {("pdfplumber: extract_tables of each page", "10 times pdfplumber's rate")},
    "docx_paragraphs": {("python-docx: text of each paragraph", "no slower than python-docx")},
    "pdf_memory": {("pypdfium2: plain text of each page", "under 300 MB")},
    "tracker": {
        ("XlsxWriter: the same cells, bare", "under twice XlsxWriter's time"),
        ("limit", "under 1 GB"),
    },
    "comparison": {("limit", "linear in the plans"), ("limit", "under 60 s"), ("limit", "under 1 GB")},
    "startup": {("python -c import lxml, pypdfium2", "under 1.0 s")},
    "conversion": {
        ("limit", "25 documents/s a core"),
        ("limit", "40 documents/s a core"),
        ("pypdfium2: box, font size and font of each character", "at most 2.5 times pypdfium2's time"),
        ("pdfplumber: extract_text of each page", "20 times pdfplumber's rate"),
    },
    "scaling": {("one process", "1.8 times one process")},
    "batch": {
        ("limit", "under 300 MB"),
        ("in the second quarter", "flat"),
        ("limit", "under 400 MB"),
        ("first 4 done", "within 10 % of the first"),
        ("the same in a run of their own", "within 10 % of it"),
    },
}


@needs_office
def test_the_plan_of_the_conversion_has_the_pages_that_the_issue_names(tmp_path: Path) -> None:
    plan = conversion.make_plan(conversion.PAGES)
    document = pypdfium2.PdfDocument(conversion.make_files(tmp_path, plan)["pdf"].read_bytes())
    assert len(document) == 6


@needs_office
@pytest.mark.parametrize("name", DEMANDS)
def test_a_demand_stands_beside_its_figure(name: str) -> None:
    assert {(line["raw library"], line["demanded"]) for line in table(name) if line["demanded"]} == DEMANDS[name]


def test_the_command_knows_every_module() -> None:
    done = subprocess.run([*COMMAND, "--help"], check=True, capture_output=True, encoding="utf-8", cwd=ROOT)
    assert set(SUBJECTS) <= set(re.findall(r"\w+", done.stdout))


def test_an_unknown_name_is_refused() -> None:
    done = subprocess.run([*COMMAND, "no_such_thing"], check=False, capture_output=True, encoding="utf-8", cwd=ROOT)
    assert done.returncode == 2
    assert "no_such_thing" in done.stderr
