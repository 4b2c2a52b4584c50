"""The documents that are read: made of the corpus at each run, the same ones every time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from docx.shared import Pt
from docx.text.paragraph import Paragraph

from corpus.build import Sheet, Writer, make_pdfs, read_sheet, save

_TEXTS = Path(__file__).resolve().parent.parent / "corpus" / "docs"


def text_pdf(folder: Path, lines: int) -> Path:
    """A PDF with so many lines of running text, as paragraphs; 24 of them fill a page. No tables."""
    return _pdf(folder / "text.pdf", [[line] for line in islice(_lines(), lines)])


def table_pdf(folder: Path, rows: int) -> Path:
    """A PDF of the tables of the corpus, so many rows in all; 20 of them fill a page."""
    return _pdf(folder / "tables.pdf", list(_tables(rows)))


def long_pdf(folder: Path, lines: int) -> Path:
    """A PDF of text and tables: after every hundred lines of text a table of at least twenty rows."""
    blocks: list[list[str]] = []
    for place, line in enumerate(islice(_lines(), lines)):
        blocks.extend(_tables(20) if place % 100 == 99 else [])
        blocks.append([line])
    return _pdf(folder / "long.pdf", blocks)


def word_file(folder: Path, paragraphs: int, runs: int) -> Path:
    """A Word document with so many paragraphs of so many runs, with automatic numbers where the text counts."""
    writer = Writer(numbered=True)
    writer.write(Sheet(blocks=[[line] for line in islice(_lines(), paragraphs)]))
    for paragraph in writer.document.paragraphs:
        _cut(paragraph, runs)
    path = folder / "paragraphs.docx"
    save(writer.document, path)
    return path


def _cut(paragraph: Paragraph, runs: int) -> None:
    """Parts the words of a paragraph into runs that say how they look, as those of Word do."""
    (whole,) = paragraph.runs
    words = whole.text.split(" ")
    for part in range(runs):
        share = words[len(words) * part // runs : len(words) * (part + 1) // runs]
        if share:
            run = paragraph.add_run(" ".join(share) + ("" if part == runs - 1 else " "))
            run.bold, run.italic = whole.bold, whole.italic
            run.font.name, run.font.size = "Times New Roman", Pt(13)
    paragraph._p.remove(whole._r)


def _pdf(path: Path, blocks: list[list[str]]) -> Path:
    writer = Writer(numbered=False)
    writer.write(Sheet(blocks=blocks))
    source = path.with_suffix(".docx")
    save(writer.document, source)
    problem = make_pdfs([source], path.parent)
    if problem:
        raise SystemExit(problem)
    return path


def _blocks() -> Iterator[list[str]]:
    """The paragraphs and tables of the corpus, over and over."""
    sheets = (read_sheet(path.read_text("utf-8")) for path in sorted(_TEXTS.glob("*.txt")))
    return cycle([block for sheet in sheets for block in sheet.blocks])


def _lines() -> Iterator[str]:
    return (line for block in _blocks() if not block[0].startswith(("|", "Nơi nhận:")) for line in block)


def _tables(rows: int) -> Iterator[list[str]]:
    """Tables until they have so many rows; a line of text parts them."""
    for block in _blocks():
        if block[0].startswith("|"):
            yield block
            yield ["Biểu tiếp theo:"]
            rows -= len(block) - 1
        if rows <= 0:
            return
