"""What is tried: each harness takes bytes, and raises where something holds no longer that must hold for any input."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from handmade import Page, p, pdf, word

from fuzz.given import Numbers, prose
from pipeline import ingest, normalise, outline, ruleset, time, units
from pipeline.errors import DocumentError
from pipeline.extract import extract
from pipeline.model import Directive, Document
from pipeline.outline.citations import find_citations

__all__ = ["HARNESSES", "SEEDS"]

_DAY = dt.date(2026, 3, 5)
_SETTINGS = ingest.Settings(ocr="never")
_HEAD = "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\nSố: 12/KH-UBND\nTân Lập, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nThực hiện cải cách\n"
_PACKAGE = word(p("x"))
_CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "docs"


def _read(name: str, data: bytes) -> None:
    """Reads a document: with words, or with the one error that readers raise, and that not for a fault of their own."""
    try:
        source = ingest.read_bytes(name, data, _SETTINGS)
    except DocumentError as error:
        if error.code == "reader-failed":
            raise AssertionError(error.detail) from error
        return
    document = normalise.normalise(source, ruleset.load())
    size = len(document.text)
    assert all(0 <= piece.start <= piece.end <= size for piece in document.pieces), "a piece outside the text"


def read_layout(data: bytes) -> None:
    """Pages on which words, lines and pictures stand anywhere."""
    given = Numbers(data)
    pages = [Page(rotate=90 * given.below(4))]
    while given.more and sum(len(page.ops) for page in pages) < 400:
        x, y, size = float(given.below(595)), float(given.below(842)), 4.0 + given.below(24)
        match given.below(8):
            case 0 | 1 | 2:
                pages[-1].text(x, y, given.words(), size, bold=bool(given.below(2)))
            case 3:
                pages[-1].spread(x, y, given.words(), size)
            case 4:
                pages[-1].turned(x, y, given.words(), size)
            case 5:
                pages[-1].line(x, y, x + given.below(300), y)
            case 6:
                pages[-1].line(x, y, x, y + given.below(300))
            case _:
                pages.append(Page(100.0 + given.below(900), 100.0 + given.below(900)))
    _read("a.pdf", pdf(pages[:8]))


def read_docx(data: bytes) -> None:
    """The XML of a Word document as it comes, in a package that is sound."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_PACKAGE)) as sound, zipfile.ZipFile(file, "w") as made:
        for name in sound.namelist():
            made.writestr(name, data if name == "word/document.xml" else sound.read(name))
    _read("a.docx", file.getvalue())


def read_text(data: bytes) -> None:
    """Plain text in any encoding, or none."""
    _read("a.txt", data)


def find_times(data: bytes) -> None:
    """Deadlines and cadences, in prose, in a cell, in a phrase of its own."""
    text = prose(data)
    for cell in (False, True):
        found = time.find(text, _DAY, cell=cell)
        assert all(0 <= mention.start < mention.end <= len(text) for mention in found), "a time outside the text"
    time.parse(text, reference=_DAY)


def read_units(data: bytes) -> None:
    """The name of a body, as the plan of a commune means it."""
    text = prose(data)
    found = units.resolver(_plan(), ruleset.load()).resolve(text)
    assert found.name == text, "another name"
    assert (found.canonical is None) == ("unit-unknown" in found.review), "neither known nor unknown"


def find_cited(data: bytes) -> None:
    """Documents that are cited."""
    text = prose(data)
    for cite in find_citations(text, 0, len(text)):
        assert 0 <= cite.start < cite.end <= len(text), "a citation outside the text"


def extract_tasks(data: bytes) -> None:
    """A plan through all stages: each value has its words, and they stand in the text."""
    try:
        document = outline_of(_HEAD + prose(data))
    except DocumentError:
        return
    check(extract(document, ruleset.load(), _DAY))


@cache
def _plan() -> Document:
    return outline_of(_HEAD)


def outline_of(text: str) -> Document:
    """The document of a plain text with its outline."""
    rules = ruleset.load()
    document = normalise.normalise(ingest.read_bytes("a.txt", text.encode("utf-8", "replace"), _SETTINGS), rules)
    return replace(document, outline=outline.build(document, rules))


def check(directive: Directive) -> None:
    """Raises AssertionError where the words of a value are not in the text."""
    size = len(directive.text)
    for task in directive.tasks:
        for key, found in task.evidence.items():
            for evidence in found:
                assert 0 <= evidence.start < evidence.end <= size, f"{key} of a task outside the text"
    ids = [task.id for task in directive.tasks]
    assert len(ids) == len(set(ids)), "two tasks with one id"


def _lines() -> list[bytes]:
    """Some lines of the corpus, marked as UTF-8 for `prose`."""
    texts = (path.read_bytes() for path in sorted(_CORPUS.glob("*.txt"))[:4])
    return [b"\x01" + line for text in texts for line in text.splitlines() if line]


def _document_parts() -> list[bytes]:
    found = []
    for path in sorted((_CORPUS.parent / "formats").glob("*.docx"))[:2]:
        with zipfile.ZipFile(path) as archive:
            found.append(archive.read("word/document.xml"))
    return found


HARNESSES: Mapping[str, Callable[[bytes], None]] = {
    "layout": read_layout, "docx": read_docx, "text": read_text, "times": find_times, "units": read_units,
    "citations": find_cited, "extract": extract_tasks,
}  # fmt: skip
# What each begins with; a harness that takes numbers needs nothing.
SEEDS: Mapping[str, Callable[[], list[bytes]]] = {
    "layout": lambda: [bytes(range(256)) * 4],
    "docx": _document_parts,
    "text": lambda: [path.read_bytes() for path in sorted(_CORPUS.glob("*.txt"))[:4]],
    "extract": lambda: [b"\x01" + path.read_bytes()[:3000] for path in sorted(_CORPUS.glob("*.txt"))[:4]],
    **dict.fromkeys(("times", "units", "citations"), _lines),
}
