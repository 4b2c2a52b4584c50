"""What is shown of a document: its bytes, its places, and text as long on the page as in the document."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviewed import LINES, TEXT, document

import pipeline
from pipeline.codec import Damaged
from pipeline.model import PageSize
from pipeline.review.pages import Grid, Line, blocks_of, sheets_of, shown, words_of
from pipeline.review.view import View, decode, encode, of_text, view_of

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "formats"
A4 = PageSize(595.0, 842.0)


@pytest.mark.parametrize("suffix", ["docx", "pdf", "txt"])
def test_a_view_comes_back_and_its_offsets_are_those_of_the_text(suffix: str) -> None:
    folder = CORPUS if suffix != "txt" else CORPUS.parent / "docs"
    read = pipeline.read(next(iter(sorted(folder.glob(f"ctr-tinh-uy*.{suffix}")))))
    view = view_of(read)
    assert decode(encode(view)) == view
    assert encode(view) == encode(view_of(read))
    lines = [line for block in blocks_of(view, read.text) for line in lines_in(block)]
    assert [line.text for line in lines] == [line for line in read.text.split("\n") if line]
    assert all(read.text[line.start : line.end] == line.text for line in lines)
    assert view.pictured == (suffix == "pdf")


def lines_in(block: Line | Grid) -> list[Line]:
    if isinstance(block, Line):
        return [block] if block.text else []
    return [line for row in block.rows for cell in row for line in cell.lines if line.text]


def test_every_word_of_a_pdf_has_its_place_on_a_page() -> None:
    read = pipeline.read(CORPUS / "ctr-tinh-uy-nhan-luc-so.pdf")
    view = view_of(read)
    placed = sorted((one for page in view.places for one in page), key=lambda one: one.start)
    assert [read.text[one.start : one.end] for one in placed] == read.text.split()
    for size, page in zip(view.sizes, view.places, strict=True):
        assert all(0 <= one.left < one.right <= size.width and 0 <= one.top < one.bottom <= size.height for one in page)
    assert [word[6] for word in words_of(view, read.text, 1)][:2] == read.text.split()[:2]
    assert words_of(view, read.text, 0) == words_of(view, read.text, 99) == []


def test_headings_looks_pages_and_tables() -> None:
    blocks = list(blocks_of(view_of(document()), TEXT))
    assert isinstance(blocks[0], Line)
    assert (blocks[0].level, blocks[0].classes, blocks[0].page) == (1, "bold center", 1)
    table = blocks[3]
    assert isinstance(table, Grid)
    assert table.page == 2
    # the cell at the right covers the place below it, and the place below the left one is empty
    assert [[(cell.row_span, len(cell.lines)) for cell in row] for row in table.rows] == [[(1, 1), (2, 1)], [(1, 0)]]


def test_pages_have_places_where_they_have_a_size_only() -> None:
    assert sheets_of(view_of(document())) == []
    view = view_of(document((A4, A4), "application/pdf"))
    assert [sheet.number for sheet in sheets_of(view)] == [1, 2]
    assert "".join(word[6] for word in words_of(view, TEXT, 1)) == TEXT.replace(" ", "").replace("\n", "")
    assert sheets_of(view_of(document((A4,), "text/plain"))) == []  # a format that nobody draws


def test_text_alone_is_paragraphs() -> None:
    blocks = list(blocks_of(of_text(TEXT), TEXT))
    assert [block.text for block in blocks if isinstance(block, Line)] == list(LINES)
    assert list(blocks_of(of_text(""), "")) == []


@given(st.text(st.characters(codec=None)))
def test_what_a_page_cannot_show_keeps_its_length(words: str) -> None:
    assert len(shown(words)) == len(words)
    shown(words).encode("utf-8")
    assert "\x00" not in shown(words)


def broken() -> list[bytes]:
    whole = encode(View("text/plain", 1))
    return [b"", b"x", whole[:-1], whole + b"x", zlib.compress(b"\xc1"), zlib.compress(b"\x91" * 3000)]


@pytest.mark.parametrize("data", broken())
def test_a_damaged_view_is_told(data: bytes) -> None:
    with pytest.raises(Damaged):
        decode(data)
