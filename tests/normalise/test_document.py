"""From a source to one text: joins, furniture, tables, and offsets that lead back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import ruleset
from pipeline.model import Block, Box, Cell, Document, Grid, Line, Paragraph, Source, Style, Table, Word
from pipeline.normalise import normalise

LONG = "Ủy ban nhân dân xã phối hợp với các cơ quan, đơn vị liên quan tổ chức thực hiện đầy đủ các chủ trương của Bộ"


def source(*blocks: Paragraph | Table) -> Source:
    return Source("x.txt", "0" * 64, "text/plain", 1, blocks)


def paragraph(text: str, page: int = 1, **style: object) -> Paragraph:
    return Paragraph((Line(text, page),), Style(**style))  # type: ignore[arg-type]


def lines(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if isinstance(b, Block)]


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        # a sentence without its end, and its rest in lower case
        (["- Rà soát, phản", "ánh kịp thời."], ["- Rà soát, phản ánh kịp thời."]),
        # a page number stands between the halves
        (["- Rà soát, phản", "2", "ánh kịp thời."], ["- Rà soát, phản ánh kịp thời."]),
        # "của Bộ" / "Chính trị": an open end, though the rest begins with a capital
        ([LONG, "Chính trị và Ban Bí thư."], [f"{LONG} Chính trị và Ban Bí thư."]),
        # a page number between the halves proves the cut, capital or not
        (
            ["- " + LONG[:-3] + "Ủy ban Kiểm tra", "2", "Tỉnh ủy thẩm tra."],
            ["- " + LONG[:-3] + "Ủy ban Kiểm tra Tỉnh ủy thẩm tra."],
        ),
        # the last word of a sentence on the next page
        (
            ["- " + LONG[:-3] + "đại biểu", "HĐND. Chú trọng kỹ năng."],
            ["- " + LONG[:-3] + "đại biểu HĐND. Chú trọng kỹ năng."],
        ),
        # a heading has no full stop, but what follows is a paragraph of its own
        (["2. " + LONG[:-7], "Sở Tư pháp chủ trì."], ["2. " + LONG[:-7], "Sở Tư pháp chủ trì."]),
        # the type of a document is not cut, though its title begins in lower case
        (["KẾ HOẠCH", "thực hiện Chỉ thị"], ["KẾ HOẠCH", "thực hiện Chỉ thị"]),
        # an item is an item, also in lower case
        (["Giao Sở Nội vụ", "a) rà soát", "đ) báo cáo"], ["Giao Sở Nội vụ", "a) rà soát", "đ) báo cáo"]),
        # a clause that ends is not cut
        (["- Rà soát;", "báo cáo."], ["- Rà soát;", "báo cáo."]),
    ],
)
def test_cut_paragraphs_are_joined(parts: list[str], joined: list[str]) -> None:
    assert lines(normalise(source(*map(paragraph, parts)), ruleset.load())) == joined


def test_furniture_is_kept_apart_and_not_lost() -> None:
    document = normalise(source(paragraph("A."), paragraph("- 3 -"), paragraph("-----"), paragraph("B.")), ruleset.load())
    assert lines(document) == ["A.", "B."]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("page-number", "- 3 -"), ("rule", "-----")]


def test_a_letterhead_table_is_opened_column_by_column() -> None:
    table = Table(
        1,
        2,
        (
            Cell(0, 0, (paragraph("UBND XÃ TÂN AN"), paragraph("Số: 12/KH-UBND"))),
            Cell(0, 1, (paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),)),
        ),
    )
    assert lines(normalise(source(table), ruleset.load())) == ["UBND XÃ TÂN AN", "Số: 12/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def grid(rows: list[list[str]], page: int = 1) -> Table:
    cells = [Cell(r, c, (paragraph(t, page),) if t else ()) for r, row in enumerate(rows) for c, t in enumerate(row)]
    return Table(len(rows), len(rows[0]), tuple(cells), page)


HEADER = ["TT", "Nhiệm vụ", "Thời gian"]


def cells(document: Document) -> list[list[str]]:
    (table,) = [block for block in document.blocks if isinstance(block, Grid)]
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(" ".join(document.text[b.start : b.end] for b in cell.blocks))
    return rows


def test_a_row_cut_by_a_page_break_is_healed() -> None:
    rows = [HEADER, ["1", "Rà soát", "2025"], ["2", "Lập danh sách", "2025 và những"], ["", "", "năm tiếp theo"]]
    assert cells(normalise(source(grid(rows)), ruleset.load()))[-1] == ["2", "Lập danh sách", "2025 và những năm tiếp theo"]


def test_a_row_with_a_finished_cell_above_stays() -> None:
    rows = [HEADER, ["1", "Rà soát.", "2025"], ["2", "Lập danh sách.", "2026"], ["", "báo cáo", "2027"]]
    assert len(cells(normalise(source(grid(rows)), ruleset.load()))) == 4


def test_a_table_over_two_pages_is_one_and_its_repeated_header_goes() -> None:
    first, second = grid([HEADER, ["1", "A.", "2025"]]), grid([HEADER, ["2", "B.", "2026"]], page=2)
    document = normalise(source(first, paragraph("2"), second), ruleset.load())
    assert cells(document) == [HEADER, ["1", "A.", "2025"], ["2", "B.", "2026"]]
    assert [aside.kind for aside in document.asides] == ["page-number", "repeated-header"]


def test_offsets_lead_back_to_page_and_box() -> None:
    first = Line(
        "Sở Nội vụ",
        1,
        (Word(0, 2, Box(10, 10, 20, 20)), Word(3, 6, Box(22, 10, 40, 20)), Word(7, 9, Box(42, 10, 50, 20))),
    )
    second = Line("báo cáo.", 2, (Word(0, 3, Box(10, 10, 30, 20)), Word(4, 8, Box(32, 10, 60, 20))))
    document = normalise(source(Paragraph((first, second))), ruleset.load())
    assert document.text == "Sở Nội vụ báo cáo."
    start = document.text.index("Nội")
    assert document.place(start, start + 6) == (1, Box(22, 10, 50, 20))
    start = document.text.index("báo")
    assert document.place(start, start + 8) == (2, Box(10, 10, 60, 20))


WORDS = st.text(alphabet=st.sampled_from("abcđêôàạ.,;:-+()12 \u00a0"), min_size=0, max_size=30)


@given(st.lists(WORDS, max_size=12))
def test_every_word_of_the_source_is_in_the_text_or_an_aside(parts: list[str]) -> None:
    document = normalise(source(*map(paragraph, parts)), ruleset.load())
    kept = (document.text + " " + " ".join(aside.text for aside in document.asides)).split()
    assert sorted(kept) == sorted(" ".join(parts).replace("\u00a0", " ").split())


@given(st.lists(WORDS, max_size=12))
def test_blocks_and_pieces_cover_the_text(parts: list[str]) -> None:
    document = normalise(source(*map(paragraph, parts)), ruleset.load())
    assert "\n".join(lines(document)) == document.text
    assert "  " not in document.text
    for block in document.blocks:
        assert isinstance(block, Block)
        pieces = document.pieces_at(block.start, block.end)
        assert pieces[0].start <= block.start
        assert pieces[-1].end >= block.end
