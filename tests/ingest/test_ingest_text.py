"""Plain text and Markdown, with what converters leave in them."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.model import Paragraph, Source, Style, Table


def source_of(text: str) -> Source:
    return read_bytes("a.txt", text.encode())


def paragraphs(text: str) -> list[Paragraph]:
    return [block for block in source_of(text).blocks if isinstance(block, Paragraph)]


# (line, text, style, why)
LINES = [
    ("Kế hoạch", "Kế hoạch", Style(), "nothing to do"),
    ("**KẾ HOẠCH**", "KẾ HOẠCH", Style(bold=True), "a line wholly in bold"),
    ("**Giao** Văn phòng", "Giao Văn phòng", Style(), "a word in bold makes no bold line"),
    ("Trước ngày *15/11/2022*.", "Trước ngày 15/11/2022.", Style(), "italics that cut a date"),
    ("*15/11*/2022", "15/11/2022", Style(), "italics that end inside a date"),
    ("*(Kèm theo Kế hoạch)*", "(Kèm theo Kế hoạch)", Style(italic=True), "a line wholly in italics"),
    ("***Nơi nhận:***", "Nơi nhận:", Style(bold=True, italic=True), "both at once"),
    ("## I. MỤC ĐÍCH", "I. MỤC ĐÍCH", Style(bold=True, heading=2), "a heading"),
    ("# Kế hoạch #", "Kế hoạch", Style(bold=True, heading=1), "a heading that is closed"),
    ("#hashtag", "#hashtag", Style(), "no blank behind #: no heading"),
    ("* Giao Văn phòng", "* Giao Văn phòng", Style(), "a star bullet is no italics"),
    ("* Giao *Văn phòng*", "* Giao Văn phòng", Style(), "italics behind a star bullet"),
    ("- Giao Văn phòng", "- Giao Văn phòng", Style(), ""),
    ("    + Giao Văn phòng", "+ Giao Văn phòng", Style(), "indentation goes, the bullet stays"),
    ("- **Thời hạn:** 30/6", "- Thời hạn: 30/6", Style(), "a label in bold"),
    (r"\- Giao 1\. \+ x", "- Giao 1. + x", Style(), "escapes of a converter"),
    (r"a \* b \* c", "a * b * c", Style(), "an escaped star is a star"),
    ("*", "*", Style(), "the star under the name of a Party committee"),
    ("5 * 3 * 2", "5 * 3 * 2", Style(), "stars between blanks"),
    ("2*3", "2*3", Style(), "a star without a partner"),
    ("Số:&nbsp;12 &amp; 13", "Số: 12 & 13", Style(), "entities"),
    ("A&B; C", "A&B; C", Style(), "no entity"),
    ("Giao Văn phòng  ", "Giao Văn phòng", Style(), "the two blanks that mean a line break"),
    ("Dòng một<br/>dòng hai", "Dòng một dòng hai", Style(), "an HTML break"),
    ("UBND_xã_Tân Phú", "UBND_xã_Tân Phú", Style(), "underscores are characters"),
    ("a | b", "a | b", Style(), "a bar alone is no table"),
]


@pytest.mark.parametrize(("line", "text", "style", "why"), LINES)
def test_a_line(line: str, text: str, style: Style, why: str) -> None:
    (found,) = paragraphs(line)
    assert (found.text, found.style) == (text, style), why


def test_each_line_is_a_paragraph_and_empty_lines_carry_none() -> None:
    assert [p.text for p in paragraphs("một\n\n\nhai\r\nba\rbốn")] == ["một", "hai", "ba", "bốn"]


@pytest.mark.parametrize("rule", ["-----", "---", r"\---", "* * *", "_____", "====="])
def test_a_ruled_line_carries_nothing(rule: str) -> None:
    assert [p.text for p in paragraphs(f"một\n{rule}\nhai")] == ["một", "hai"]


def test_bold_runs_over_a_line_end_and_ends_at_an_empty_line() -> None:
    found = paragraphs("**T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ**\nthường")
    assert [(p.text, p.style.bold) for p in found] == [
        ("T/M BAN THƯỜNG VỤ", True),
        ("PHÓ BÍ THƯ", True),
        ("thường", False),
    ]
    assert [p.style.bold for p in paragraphs("**mở mà không đóng\n\nthường")] == [True, False]


def test_a_form_feed_begins_the_next_page() -> None:
    source = source_of("một\fhai\n\fba")
    assert source.pages == 3
    assert [p.lines[0].page for p in paragraphs("một\fhai\n\fba")] == [1, 2, 3]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_of_the_encoding_is_honoured_and_not_text(encoding: str) -> None:
    (block,) = read_bytes("a.txt", "Ủy ban".encode(encoding)).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Ủy ban"


def test_a_pipe_table_is_a_grid_without_its_empty_cells() -> None:
    text = "Trước\n\n| TT | Nhiệm vụ |\n|---|:---|\n| 1 | **Rà soát**<br>quy hoạch |\n| 2 | |\nSau"
    before, table, after = source_of(text).blocks
    assert isinstance(table, Table)
    assert (table.rows, table.columns) == (3, 2)
    cells = {(cell.row, cell.column): [p.text for p in cell.paragraphs] for cell in table.cells}
    assert cells == {
        (0, 0): ["TT"],
        (0, 1): ["Nhiệm vụ"],
        (1, 0): ["1"],
        (1, 1): ["Rà soát", "quy hoạch"],
        (2, 0): ["2"],
    }
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)


def test_marks_in_a_pipe_table_merge_cells_where_there_is_something_to_merge_with() -> None:
    text = "| TT | Cơ quan | < |\n|---|---|---|\n| ^ | Chủ trì | Phối hợp |\n| < | a | b |"
    (table,) = source_of(text).blocks
    assert isinstance(table, Table)
    assert {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells} == {
        (0, 0): (2, 1),
        (0, 1): (1, 2),
        (1, 1): (1, 1),
        (1, 2): (1, 1),
        (2, 0): (1, 1),  # nothing to the left of it: the mark is a text
        (2, 1): (1, 1),
        (2, 2): (1, 1),
    }


def test_an_escaped_bar_does_not_part_cells() -> None:
    (table,) = source_of("| a\\|b | c |\n|---|---|").blocks
    assert isinstance(table, Table)
    assert [cell.paragraphs[0].text for cell in table.cells] == ["a\\|b".replace("\\", ""), "c"]


@pytest.mark.parametrize(
    "hostile",
    ["*", "* a", "|", "- ", "&", "#", "# ", "| ", "<br ", "\\", "** ", "--- ", "|---", "_ ", "*a* "],
)
def test_time_is_linear_in_hostile_lines(hostile: str) -> None:
    """A hundred thousand repetitions end in seconds; a pattern that backtracks would take hours."""
    for line in (hostile * 100_000, "# x" + " " * 100_000 + "y", "| " + " " * 100_000 + "x"):
        read_bytes("a.txt", f"x|{line}\n{line}\n|{line}x\nx".encode())
