"""Automatic numbers as Word shows them: what we read, against what LibreOffice draws for the same file.

The cases say what Word shows. LibreOffice is the witness for it: it draws all files in one call, and the lines of its
PDF must be the same. Where it is known to differ from Word the case says so, and what it draws instead.
"""

from __future__ import annotations

import ctypes
import re
import subprocess
from functools import cache

import numbering_counting
import numbering_labels
import numbering_places
import pytest
from handmade import with_part, word
from numbering_markup import Case

from pipeline.ingest import office, read_bytes
from pipeline.ingest.docx.table import flattened

CASES = [*numbering_labels.CASES, *numbering_counting.CASES, *numbering_places.CASES]
MOST_DIFFERENT = 8
SECONDS = 180  # a start takes about 1 s, each file 0.1

# LibreOffice shows tracked changes crossed out unless the file says that they are not to be seen.
SETTINGS = (
    b"<w:settings xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    b"<w:revisionView w:insDel='0'/></w:settings>"
)
BULLET = re.compile("^[\uf000-\uf0ff•ov](?= )")  # no paragraph of the cases begins with such a letter


@cache
def document(case: Case) -> bytes:
    return with_part(word(*case.body, numbering=case.lists, styles=case.styles), "word/settings.xml", SETTINGS)


def lines_of(page: object) -> list[str]:
    """The lines of a PDF page, put together from the places of its characters."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    found: list[str] = []
    line, right = None, 0.0
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if pdfium.FPDFText_IsGenerated(text, index) or not char.strip():
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if line is None or abs(y.value - line) > 2:
            found.append("")
            line, right = y.value, x.value
        found[-1] += (" " if x.value - right > 1.5 else "") + char
        right = text.get_charbox(index, loose=True)[2]
    return found


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What LibreOffice draws for each case, line by line."""
    import pypdfium2

    program = office.find_program()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("drawn")
    files = [folder / f"{place}.docx" for place in range(len(CASES))]
    for file, case in zip(files, CASES, strict=True):
        file.write_bytes(document(case))
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder / "out"), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    found = []
    for file in files:
        with pypdfium2.PdfDocument(folder / "out" / f"{file.stem}.pdf") as pdf:
            found.append([BULLET.sub("-", line) for page in pdf for line in lines_of(page)])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_we_read_what_word_shows(case: Case) -> None:
    paragraphs = flattened(list(read_bytes("a.docx", document(case)).blocks))
    assert [line.text for paragraph in paragraphs for line in paragraph.lines] == case.shown.split("|")


def test_libreoffice_draws_the_same(drawn: list[list[str]]) -> None:
    expected = {case.why: (case.drawn or case.shown).split("|") for case in CASES}
    assert dict(zip(expected, drawn, strict=True)) == expected


def test_there_are_enough_cases_and_few_in_which_libreoffice_differs() -> None:
    assert len({case.why for case in CASES}) == len(CASES) >= 60
    differing = [case for case in CASES if case.drawn is not None]
    assert all(case.drawn != case.shown for case in differing)
    assert len(differing) <= MOST_DIFFERENT
