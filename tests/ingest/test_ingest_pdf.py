"""PDF pages: words and boxes, paragraphs, the two columns of letterhead and closing, tables, what stands apart."""

from __future__ import annotations

from collections import Counter

import pytest
from handmade import Page, pdf

from pipeline.errors import DocumentError
from pipeline.ingest import Settings, read_bytes
from pipeline.ingest.syllables import shares
from pipeline.model import Box, Paragraph, Source, Table

LEFT, RIGHT, INDENT, PITCH = 85.0, 540.0, 120.0, 20.0
FULL = 65  # characters of a full line at 14 points: 65 × 7 = 455


def source_of(*pages: Page, ocr: str = "auto") -> Source:
    return read_bytes("a.pdf", pdf(list(pages)), Settings(ocr=ocr))


def texts(source: Source) -> list[str]:
    return [" ".join(line.text for line in b.lines) for b in source.blocks if isinstance(b, Paragraph)]


def filled(text: str, width: int = FULL) -> str:
    """A line of exactly `width` characters that begins with `text`."""
    line = text
    while len(line) < width:
        line += " nhân dân"
    cut = line[:width]
    return cut[:-1] + "n" if cut.endswith(" ") else cut


def body(page: Page, top: float, *lines: tuple[float, str], bold: bool = False) -> Page:
    """Lines of text one below the other, each with its left edge."""
    for index, (x, text) in enumerate(lines):
        page.text(x, top + index * PITCH, text, bold=bold)
    return page


FIRST = (INDENT, filled("- Giao Văn phòng", 60))
SECOND = (LEFT, filled("tham mưu"))
LAST = (LEFT, "trước ngày 30/6.")


# (lines, paragraphs as the numbers of their lines, why)
BREAKS = [
    ([FIRST, SECOND, LAST], [3], "an indented first line, a full line, a short one"),
    ([FIRST, SECOND, LAST, FIRST, LAST], [3, 2], "the next paragraph is set in"),
    ([FIRST, (LEFT, filled("hoàn thành;")[:-1] + ";"), FIRST, LAST], [2, 2], "a full last line: the indent parts"),
    ([(LEFT, "1. Rà soát quy hoạch"), (LEFT, "2. Báo cáo kết quả")], [1, 1], "short lines at the margin"),
    ([(LEFT, filled("1. Rà soát", 64) + ";"), (LEFT, "2. Báo cáo")], [1, 1], "a full line that ends, a number"),
    ([(LEFT, filled("Đến năm")), (LEFT, "2026. Các đơn vị báo cáo.")], [2], "a year that begins a line is no number"),
    ([(INDENT, filled("• Rà soát", 60)), (INDENT + 14, filled("quy hoạch", 58)), (INDENT + 14, "xã.")], [3], "hanging"),
    ([SECOND, SECOND, (LEFT, "xong."), (LEFT, filled("Các đơn vị")), LAST], [3, 2], "no indents at all"),
]


@pytest.mark.parametrize(("lines", "expected", "why"), BREAKS)
def test_line_breaks(lines: list[tuple[float, str]], expected: list[int], why: str) -> None:
    page = body(Page(), 100, *lines)
    body(page, 500, FIRST, SECOND, SECOND, SECOND, LAST)  # enough text to show the margins
    found = [len(block.lines) for block in source_of(page).blocks if isinstance(block, Paragraph)]
    assert found == [*expected, 5], why


# (text of the second line, are the two one paragraph, why); the first one is full and set at the margin
SPACED = [
    ("Đơn vị thực hiện: Phòng Kinh tế.", False, "more space than between lines parts, where nothing else does"),
    ("trong tháng 6.", True, "a sentence goes on in lower case: the space is noise, of a taller letter or a stamp"),
]


@pytest.mark.parametrize(("second", "one", "why"), SPACED)
def test_space_between_paragraphs(second: str, one: bool, why: str) -> None:
    page = body(Page(), 100, (LEFT, filled("Cập nhật biến động")), (LEFT, filled("dữ liệu")), (LEFT, "khớp thực địa."))
    body(page, 165, (LEFT, filled("Rà soát quy hoạch")))
    body(page, 190, (LEFT, second), (LEFT, "Các đơn vị báo cáo."))
    body(page, 500, SECOND, SECOND, SECOND, LAST)
    lines = [[line.text for line in block.lines] for block in source_of(page).blocks if isinstance(block, Paragraph)]
    assert ([filled("Rà soát quy hoạch"), second] in lines) is one, why


def test_lines_of_a_title_in_capitals_and_in_small_letters_are_two_paragraphs() -> None:
    page = Page().text(225, 100, "CỦA BAN THƯỜNG VỤ HUYỆN ỦY", bold=True)
    page.text(102, 120, filled("về tăng cường lãnh đạo", 60), bold=True).text(265, 140, "trên địa bàn", bold=True)
    body(page, 300, FIRST, SECOND, SECOND, SECOND, LAST)
    assert [len(block.lines) for block in source_of(page).blocks if isinstance(block, Paragraph)] == [1, 2, 5]


def test_a_paragraph_goes_on_over_the_page_end() -> None:
    one = body(Page(), 100, FIRST, SECOND, SECOND)
    two = body(Page().text(295, 40, "2"), 100, SECOND, LAST, FIRST, LAST)
    source = source_of(one, two)
    assert [[line.page for line in b.lines] for b in source.blocks if isinstance(b, Paragraph)] == [
        [1, 1, 1, 2, 2],
        [2, 2],
    ]
    assert [(aside.kind, aside.text, aside.page) for aside in source.asides] == [("page-number", "2", 2)]


def test_bold_and_the_middle_of_the_page() -> None:
    page = Page().text(295 + 17.5 - 28, 100, "KẾ HOẠCH", bold=True)
    body(page, 200, FIRST, SECOND, SECOND, SECOND, LAST)
    title, rest = source_of(page).blocks
    assert isinstance(title, Paragraph)
    assert isinstance(rest, Paragraph)
    assert (title.style.bold, title.style.alignment, title.style.size) == (True, "center", 14.0)
    assert (rest.style.bold, rest.style.alignment) == (False, "justify")


def test_words_carry_their_place() -> None:
    (block,) = source_of(Page().text(85, 100, "Giao Văn phòng theo dõi, đôn đốc")).blocks
    assert isinstance(block, Paragraph)
    line = block.lines[0]
    assert [line.text[word.start : word.end] for word in line.words] == line.text.split()
    box = line.words[1].box
    assert (round(box.left), round(box.right)) == (85 + 5 * 7, 85 + 8 * 7)
    assert box.top < 100 < box.bottom


def test_letters_drawn_in_two_passes_are_read_as_they_look() -> None:
    """A font without Vietnamese letters: the writer draws them afterwards, from another font."""
    text = "Căn cứ Kế hoạch của Đảng ủy xã về công tác phòng chống thiên tai"
    page = Page().spread(85, 100, "".join(char if char.isascii() else " " for char in text))
    page.spread(85, 100, "".join(" " if char.isascii() else char for char in text))
    assert texts(source_of(page)) == [text]


def test_a_number_stamped_beside_the_text_joins_its_line() -> None:
    page = Page().text(85, 100, "Số:").text(120, 100, "/KH-UBND").text(108, 101.5, "7")
    assert texts(source_of(page)) == ["Số: 7 /KH-UBND"]


@pytest.mark.parametrize("rotate", [0, 90])
def test_text_that_lies_sideways_is_read_with_the_sheet_turned(rotate: int) -> None:
    page = Page(rotate=rotate).turned(100, 700, "PHỤ LỤC NHIỆM VỤ").turned(120, 700, "Giao Văn phòng theo dõi.")
    assert texts(source_of(page)) == ["PHỤ LỤC NHIỆM VỤ", "Giao Văn phòng theo dõi."]


def test_a_raised_number_is_a_footnote_mark_when_there_is_a_footnote() -> None:
    page = body(Page(), 100, FIRST, SECOND, (LEFT, "theo Quy chế"))
    page.text(LEFT + 12 * 7, 135, "1", size=8).text(LEFT + 12 * 7 + 4, 140, ", diện tích 5 m").text(
        LEFT + 12 * 7 + 4 + 15 * 7, 135, "2", size=8
    )
    page.text(LEFT, 780, "1", size=10).text(LEFT + 10, 780, "Quy chế số 08", size=10)
    source = source_of(page)
    assert texts(source)[0].endswith("theo Quy chế, diện tích 5 m2")
    assert [(aside.kind, aside.text) for aside in source.asides] == [("footnote", "1 Quy chế số 08")]


# ── zones ──────────────────────────────────────────────────────────────────────────────────


def state_letterhead() -> Page:
    page = Page().text(100, 70, "UBND TỈNH MẪU", 12).text(300, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    page.text(115, 86, "SỞ NỘI VỤ", 12, bold=True).text(320, 86, "Độc lập - Tự do - Hạnh phúc", 12)
    page.text(90, 115, "Số:    /SNV-CCHC", 12).text(315, 115, "Mẫu, ngày 10 tháng 11 năm 2025", 12)
    page.text(90, 130, "V/v hướng dẫn báo cáo tự", 12).text(95, 145, "đánh giá năm 2025", 12)
    page.text(160, 190, "Kính gửi: Các sở, ban, ngành.")
    return body(page, 230, FIRST, SECOND, SECOND, LAST)


def test_the_letterhead_is_read_column_by_column() -> None:
    assert texts(source_of(state_letterhead()))[:8] == [
        "UBND TỈNH MẪU",
        "SỞ NỘI VỤ",
        "Số: /SNV-CCHC",
        "V/v hướng dẫn báo cáo tự đánh giá năm 2025",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mẫu, ngày 10 tháng 11 năm 2025",
        "Kính gửi: Các sở, ban, ngành.",
    ]


def test_the_letterhead_of_the_party() -> None:
    page = Page().text(90, 70, "ĐẢNG BỘ TỈNH MẪU", 12).text(330, 70, "ĐẢNG CỘNG SẢN VIỆT NAM", 12, bold=True)
    page.text(90, 86, "ĐẢNG ỦY XÃ AN BÌNH", 12, bold=True).text(140, 100, "*", 12)
    page.text(100, 115, "Số 12-KH/ĐU", 12).text(330, 115, "An Bình, ngày 05 tháng 3 năm 2026", 12)
    page.text(270, 160, "KẾ HOẠCH", bold=True)
    assert texts(source_of(body(page, 200, FIRST, SECOND, SECOND, LAST)))[:7] == [
        "ĐẢNG BỘ TỈNH MẪU",
        "ĐẢNG ỦY XÃ AN BÌNH",
        "*",
        "Số 12-KH/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "An Bình, ngày 05 tháng 3 năm 2026",
        "KẾ HOẠCH",
    ]


def test_the_party_named_in_a_sentence_makes_no_letterhead() -> None:
    page = body(Page(), 100, (INDENT, filled("Điều lệ Đảng Cộng sản Việt Nam", 60)), SECOND, LAST)
    assert len(source_of(page).blocks) == 1


def test_the_closing_is_read_column_by_column() -> None:
    page = body(Page(), 100, FIRST, SECOND, SECOND, LAST)
    page.text(LEFT, 300, "Nơi nhận:", 12, bold=True).text(370, 303, "TM. ỦY BAN NHÂN DÂN", bold=True)
    page.text(LEFT, 316, "- Như trên;", 11).text(400, 321, "CHỦ TỊCH", bold=True)
    page.text(LEFT, 330, "- Thành viên Tổ giúp việc (Sở Nội vụ,", 11).text(LEFT, 344, "Sở Tài chính);", 11)
    page.text(LEFT, 358, "- Lưu: VT.", 11).text(395, 420, "Trần Văn Mẫu", bold=True)
    assert texts(source_of(page))[1:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Thành viên Tổ giúp việc (Sở Nội vụ, Sở Tài chính);",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Văn Mẫu",
    ]


# ── beside the text ────────────────────────────────────────────────────────────────────────


def test_running_heads_and_page_numbers() -> None:
    pages = [
        body(Page().text(LEFT, 40, f"Dự thảo lần 2 - trang {n}").text(295, 820, f"- {n} -"), 100, FIRST, SECOND, LAST)
        for n in range(1, 5)
    ]
    source = source_of(*pages)
    assert Counter(aside.kind for aside in source.asides) == {"running-head": 4, "page-number": 4}
    assert not any("Dự thảo" in text for text in texts(source))


def test_the_stamp_of_a_signature_beside_the_letterhead() -> None:
    page = state_letterhead()
    for place, line in enumerate(("Ký bởi: SỞ NỘI VỤ", "Cơ quan: TỈNH MẪU", "Thời gian ký: 10/11/2025")):
        page.text(515, 60 + place * 9, line, 7)
    source = source_of(page)
    assert [(aside.kind, aside.text.count("\n")) for aside in source.asides] == [("signature", 2)]
    assert texts(source)[0] == "UBND TỈNH MẪU"


def test_a_directive_that_speaks_of_signing_is_no_stamp() -> None:
    page = body(Page(), 100, FIRST, (LEFT, filled("Người ký: ghi rõ họ tên")), LAST)
    source = source_of(page)
    assert source.asides == ()
    assert "Người ký: ghi rõ họ tên" in texts(source)[0]


# ── tables ─────────────────────────────────────────────────────────────────────────────────

XS = [85.0, 120.0, 340.0, 440.0, 540.0]


def head(page: Page, top: float) -> Page:
    """A header of two rows, ``Cơ quan`` over two columns."""
    for y in (top, top + 60):
        page.line(XS[0], y, XS[-1], y)
    page.line(XS[2], top + 30, XS[-1], top + 30)
    for x in (XS[0], XS[1], XS[2], XS[4]):
        page.line(x, top, x, top + 60)
    page.line(XS[3], top + 30, XS[3], top + 60)
    page.text(90, top + 35, "TT").text(130, top + 35, "Nhiệm vụ").text(380, top + 20, "Cơ quan")
    return page.text(345, top + 50, "Chủ trì").text(445, top + 50, "Phối hợp")


def cells_of(table: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {
        (c.row, c.column): (
            "|".join(" ".join(line.text for line in q.lines) for q in c.paragraphs),
            c.row_span,
            c.column_span,
        )
        for c in table.cells
    }


def test_a_table_with_drawn_lines_and_merged_cells() -> None:
    page = body(Page(), 60, (LEFT, "PHỤ LỤC NHIỆM VỤ"))
    head(page, 100).grid(XS, [160, 230])
    page.text(90, 180, "1").text(125, 180, "Rà soát quy hoạch xây dựng xã,").text(125, 198, "báo cáo;").text(
        125, 216, "- Kết quả"
    )
    page.text(345, 180, "Phòng Kinh tế")
    page.text(LEFT, 260, "Ghi chú.")
    before, table, after = source_of(page).blocks
    assert isinstance(table, Table)
    assert (table.rows, table.columns) == (3, 4)
    assert cells_of(table) == {
        (0, 0): ("TT", 2, 1),
        (0, 1): ("Nhiệm vụ", 2, 1),
        (0, 2): ("Cơ quan", 1, 2),
        (1, 2): ("Chủ trì", 1, 1),
        (1, 3): ("Phối hợp", 1, 1),
        (2, 0): ("1", 1, 1),
        (2, 1): ("Rà soát quy hoạch xây dựng xã, báo cáo;|- Kết quả", 1, 1),
        (2, 2): ("Phòng Kinh tế", 1, 1),
    }
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)


def test_a_table_over_two_pages_is_one_and_its_cut_row_is_one_row() -> None:
    one = head(Page(), 600).grid(XS, [660, 700, 740])
    one.text(90, 685, "1").text(125, 685, "Báo cáo").text(345, 685, "Văn phòng")
    one.text(90, 725, "2").text(125, 725, "Rà soát quy hoạch xây dựng của").text(345, 725, "Công an")
    two = head(Page(), 60).grid(XS, [120, 160, 200])
    two.text(125, 145, "các xã năm 2026.")
    two.text(90, 185, "3").text(125, 185, "Tổng kết").text(345, 185, "Văn phòng")
    source = source_of(one, two)
    (table,) = source.blocks
    assert isinstance(table, Table)
    assert table.rows == 5
    assert {place: cell[0] for place, cell in cells_of(table).items() if place[0] > 1} == {
        (2, 0): "1",
        (2, 1): "Báo cáo",
        (2, 2): "Văn phòng",
        (3, 0): "2",
        (3, 1): "Rà soát quy hoạch xây dựng của các xã năm 2026.",
        (3, 2): "Công an",
        (4, 0): "3",
        (4, 1): "Tổng kết",
        (4, 2): "Văn phòng",
    }
    assert [(aside.kind, aside.page) for aside in source.asides] == [("table-head", 2), ("table-head", 2)]


def test_a_new_row_on_the_next_page_is_not_glued_to_the_last_one() -> None:
    """The number is missing because it is merged over both rows; the other cells begin anew."""
    one = Page().grid(XS, [660, 700, 740]).text(90, 685, "1").text(125, 685, "Kế hoạch kiểm tra của tỉnh năm")
    one.text(345, 685, "Sở Nội vụ").text(90, 725, "2").text(125, 725, "Kế hoạch kiểm tra của tỉnh năm")
    one.text(345, 725, "Sở Nội vụ")
    two = Page().grid(XS, [60, 100, 140]).text(125, 85, "Kế hoạch tự kiểm tra").text(345, 85, "Các sở")
    two.text(90, 125, "3").text(125, 125, "Tổng kết")
    (table,) = source_of(one, two).blocks
    assert isinstance(table, Table)
    assert table.rows == 4


def test_tables_with_other_columns_stay_two() -> None:
    one = Page().grid(XS, [660, 700, 740]).text(90, 685, "1").text(125, 685, "Rà soát")
    two = Page().grid([85, 200, 540], [60, 100, 140]).text(90, 85, "a").text(210, 85, "b")
    assert [type(block) for block in source_of(one, two).blocks] == [Table, Table]


def test_a_frame_round_one_text_and_a_rule_under_a_title_are_no_tables() -> None:
    page = Page().grid([80, 300], [90, 115]).text(90, 105, "DỰ THẢO").line(100, 130, 200, 130)
    assert [type(block) for block in source_of(page).blocks] == [Paragraph]


# ── nothing lost ───────────────────────────────────────────────────────────────────────────


def test_every_character_of_a_page_is_in_a_block_or_an_aside() -> None:
    page = state_letterhead()
    head(page, 400).grid(XS, [460, 500]).text(90, 485, "1").text(125, 485, "Rà soát").text(545, 485, "lề")
    page.text(515, 20, "Ký bởi: SỞ", 7).text(515, 29, "Cơ quan: TỈNH", 7).text(295, 825, "1")
    page.text(LEFT, 600, "Nơi nhận:").text(400, 600, "CHỦ TỊCH").text(LEFT, 5, "mép trên").text(700, 300, "ngoài trang")
    source = source_of(page)
    kept: Counter[str] = Counter()
    for block in source.blocks:
        cells = [c.paragraphs for c in block.cells] if isinstance(block, Table) else [(block,)]
        kept.update(char for paragraphs in cells for q in paragraphs for char in q.text if not char.isspace())
    kept.update(char for aside in source.asides for char in aside.text if not char.isspace())
    drawn = Counter(char for op in page.ops if op[0] == "text" for char in op[3] if char != " ")
    assert kept == drawn


# ── trust ──────────────────────────────────────────────────────────────────────────────────

GOOD = "Căn cứ Kế hoạch của Đảng ủy xã, Ủy ban nhân dân giao Văn phòng theo dõi, đôn đốc việc thực hiện quyết định"
RUBBISH = "Cdn ctr Ke hoqch crta Ding riy xd, tJy ban nhdn ddn giao Vdn phdng theo d5i, d6n d6c viQc thgc hiQn qryilt"


@pytest.mark.parametrize(
    ("text", "picture", "code"),
    [
        (GOOD, 0.0, None),
        (GOOD, 1.0, None),  # a scan with a good text layer
        (RUBBISH, 1.0, "lying-text-layer"),
        (RUBBISH, 0.0, "lying-text-layer"),  # a font whose codes mean nothing
        ("Can cu Ke hoach cua xa, giao Van phong theo doi", 0.0, None),  # typed without signs
        ("Can cu Ke hoach cua xa, giao Van phong theo doi", 1.0, "lying-text-layer"),  # the signs were lost
    ],
)
def test_a_text_layer_that_lies(text: str, picture: float, code: str | None) -> None:
    page = Page().picture(picture) if picture else Page()
    for place in range(8):
        page.text(20, 100 + 40 * place, text, 8)
    if code is None:
        assert source_of(page).blocks
        return
    with pytest.raises(DocumentError) as caught:
        source_of(page, ocr="never")
    assert caught.value.code == code


def test_a_scanned_page_among_pages_with_text_is_reported() -> None:
    source = source_of(body(Page(), 100, FIRST, SECOND, SECOND, LAST), Page().picture(1.0), ocr="never")
    assert [(error.code, error.page) for error in source.errors] == [("page-not-read", 2)]


def test_possible_syllables() -> None:
    """All the shapes of Vietnamese rimes, with tones in both placements; none of English and of bad recognition."""
    vietnamese = (
        "nghiêng khuya quyết giếng xoong thuở huých gì quốc hoà hòa thúy thuý ươm yêu đường uỷ ủy quý rượu ngoéo"
    )
    count, possible, _ = shares([vietnamese])
    assert (count, possible) == (21, 1.0)
    assert shares(["ctr qryilt hoqch thgc Quyiit street with strength brown"])[1] == 0.0


def test_boxes_can_be_joined() -> None:
    assert Box(1, 2, 3, 4).union(Box(0, 3, 2, 9)) == Box(0, 2, 3, 9)
