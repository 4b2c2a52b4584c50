"""Words that a PDF sets in one go: what is read as one stretch is taken apart wherever the page says so."""

from __future__ import annotations

import pytest
from handmade import Page, pdf

from pipeline import ruleset
from pipeline.ingest import read_bytes
from pipeline.model import Line, Paragraph, Source, Table
from pipeline.normalise import normalise
from pipeline.normalise.drafts import drafts_of

# What a page needs so that its text is read at all, out of the way of the rest.
BODY = "Ủy ban nhân dân xã giao các đơn vị thực hiện kế hoạch này đúng tiến độ"


def source_of(page: Page) -> Source:
    return read_bytes("a.pdf", pdf([page.text(60, 700, BODY)]))


def lines(source: Source) -> list[Line]:
    paragraphs = (block for block in source.blocks if isinstance(block, Paragraph))
    return [line for paragraph in paragraphs for line in paragraph.lines if line.text != BODY]


def cells(source: Source) -> dict[tuple[int, int], str]:
    (table,) = (block for block in source.blocks if isinstance(block, Table))
    return {(cell.row, cell.column): " ".join(p.text for p in cell.paragraphs) for cell in table.cells}


def test_each_word_has_its_own_box() -> None:
    """Each character of the handmade font is half as wide as its size: 7 points at 14."""
    (line,) = lines(source_of(Page().text(100, 100, "Rà soát quy hoạch", 14)))
    assert [line.text[word.start : word.end] for word in line.words] == ["Rà", "soát", "quy", "hoạch"]
    assert [(word.box.left, word.box.right) for word in line.words] == [
        (100, pytest.approx(114, abs=1)),
        (121, pytest.approx(149, abs=1)),
        (156, pytest.approx(177, abs=1)),
        (184, pytest.approx(219, abs=1)),
    ]


def test_words_that_are_made_when_asked_for_are_as_a_tuple_of_them() -> None:
    words = lines(source_of(Page().text(100, 100, "Rà soát quy hoạch", 14)))[0].words
    every = tuple(words)
    assert [words[place] for place in (*range(4), -1)] == [*every, every[-1]]
    assert (words[1:3], len(words), hash(words)) == (every[1:3], 4, hash(every))
    assert words == every == words
    assert words != every[1:]
    with pytest.raises(IndexError):
        words[4]


def test_a_stretch_of_the_text_leads_back_to_the_box_of_its_words() -> None:
    source = source_of(Page().text(100, 100, "Rà soát quy hoạch", 14).text(100, 120, "đô thị", 14))
    document = normalise(source, ruleset.load())
    boxes = {line.text[word.start : word.end]: word.box for line in lines(source) for word in line.words}
    rà, soát, quy, hoạch, đô = (boxes[word] for word in ("Rà", "soát", "quy", "hoạch", "đô"))
    asked = [
        ("Rà", rà), ("oá", soát), ("soát ", soát), (" soát", soát), ("soát quy", soát.union(quy)),
        ("Rà soát quy hoạch", rà.union(soát).union(quy).union(hoạch)), ("hoạch đô", hoạch.union(đô)),
    ]  # fmt: skip
    for words, box in asked:
        start = document.text.index(words)
        assert document.place(start, start + len(words)) == (1, box), words
    blank = document.text.index(" soát")
    assert document.place(blank, blank + 1) == (1, None)


def test_words_of_a_line_that_are_parted_keep_their_places() -> None:
    line, *_ = lines(source_of(Page().text(100, 100, "Rà soát quy hoạch", 14)))
    (draft,) = drafts_of([Paragraph((line,))])
    (token,) = draft.tokens
    assert [(part.text, part.box) for part in token.parted()] == [
        (line.text[word.start : word.end], word.box) for word in line.words
    ]


def test_a_table_line_between_two_words_of_one_piece_of_text() -> None:
    page = Page().grid([95, 152, 300], [80, 110, 140]).text(100, 100, "Rà soát quy hoạch", 14)
    assert cells(source_of(page)) == {(0, 0): "Rà soát", (0, 1): "quy hoạch"}


def test_a_table_line_through_a_word() -> None:
    page = Page().grid([95, 135, 300], [80, 110, 140]).text(100, 100, "Rà soát quy hoạch", 14)
    assert cells(source_of(page)) == {(0, 0): "Rà so", (0, 1): "át quy hoạch"}


def test_a_piece_of_text_within_one_merged_cell_stays_whole() -> None:
    page = Page()
    for y in (80, 110, 140):
        page.line(95, y, 300, y)
    for x in (95, 300):
        page.line(x, 80, x, 140)
    page.line(152, 110, 152, 140)  # two columns below, one above
    page.text(100, 100, "Rà soát quy hoạch", 14).text(100, 130, "Xã", 14).text(160, 130, "Phường", 14)
    assert cells(source_of(page)) == {(0, 0): "Rà soát quy hoạch", (1, 0): "Xã", (1, 1): "Phường"}


# (what is drawn beside "Rà soát quy hoạch" at 100, what is read, why)
OVER = [
    ([(120, "s")], "Rà soát quy hoạch", "the same letter again at nearly the same place only looks bold"),
    ([(100, "Rà soát quy hoạch")], "Rà soát quy hoạch", "and so does the whole line"),
    ([(219.5, "!")], "Rà soát quy hoạch!", "what touches the last word belongs to it"),
    ([(93, "“")], "“Rà soát quy hoạch", "what touches the first word belongs to it"),
    ([(240, "xã")], "Rà soát quy hoạch xã", "what stands behind is a word of its own"),
]


@pytest.mark.parametrize(("drawn", "read", "why"), OVER)
def test_what_is_drawn_over_or_beside_a_stretch(drawn: list[tuple[float, str]], read: str, why: str) -> None:
    page = Page().text(100, 100, "Rà soát quy hoạch", 14)
    for x, text in drawn:
        page.text(x, 100, text, 14)
    assert [line.text for line in lines(source_of(page))] == [read], why


def test_letters_that_fill_the_gaps_of_a_stretch() -> None:
    """Letters that the font lacks are drawn later, over blanks that the line was given for them."""
    page = Page().text(100, 100, "R  so t quy hoạch", 14)
    for place, letter in ((1, "à"), (5, "á")):
        page.text(100 + 7 * place, 100, letter, 14)
    assert [line.text for line in lines(source_of(page))] == ["Rà soát quy hoạch"]


def test_a_raised_figure_behind_a_word_in_the_middle() -> None:
    page = Page().text(100, 100, "Diện tích 50 m", 14).text(198, 95, "2", 8).text(209, 100, "đất ở", 14)
    assert [line.text for line in lines(source_of(page))] == ["Diện tích 50 m2 đất ở"]


def test_letters_of_a_slanted_text_have_baselines_of_their_own() -> None:
    """A watermark across the page must not fall into one line of the text as a whole."""
    page = Page()
    page.ops.append(("text", 100, 400, "DỰ THẢO", 40, False, (0.7, 0.7, -0.7, 0.7)))
    for row in range(8):
        page.text(60, 260 + 25 * row, "một hai", 14)
    assert not any("DỰ" in line.text.replace(" ", "") for line in lines(source_of(page)))
