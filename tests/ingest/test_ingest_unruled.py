"""Tables whose lines nobody drew: when words in columns are a table, where its rows end, and what is none."""

from __future__ import annotations

import pytest
from handmade import Page, pdf

from pipeline.ingest import Settings, read_bytes
from pipeline.model import Paragraph, Source, Table

COLUMNS = (85.0, 120.0, 330.0, 440.0)
LINE = 18.0
HEADS = ("TT", "Nội dung", "Chủ trì", "Thời hạn")
TASKS = (
    ("1", "Rà soát tuyến đường", "Phòng Kinh tế", "15/8/2026"),
    ("2", "Lập danh sách hộ dân", "Trưởng thôn", "20/8/2026"),
    ("3", "Niêm yết kết quả", "Văn phòng", "30/8/2026"),
)

Lines = list[tuple[str, ...]]


def page(lines: Lines, columns: tuple[float, ...] = COLUMNS, heads: int = 1, top: float = 100.0) -> Page:
    """Words at the left edges of columns, a line below the other; the first `heads` lines are bold."""
    made = Page()
    for at, line in enumerate(lines):
        for x, text in zip(columns, line, strict=False):
            if text:
                made.text(x, top + at * LINE, text, size=12, bold=at < heads)
    return made


def read(*pages: Page) -> Source:
    return read_bytes("a.pdf", pdf(list(pages)), Settings(ocr="never"))


def rows(source: Source) -> list[list[str]]:
    """The rows of the only table, "" where no cell begins."""
    (table,) = (block for block in source.blocks if isinstance(block, Table))
    found = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        found[cell.row][cell.column] = " / ".join(p.text.replace("\n", " ") for p in cell.paragraphs)
    return found


def test_columns_below_bold_heads_are_a_table() -> None:
    assert rows(read(page([HEADS, *TASKS]))) == [list(HEADS), *map(list, TASKS)]


def test_a_cell_of_several_lines_is_one_cell() -> None:
    lines = [HEADS, ("1", "Rà soát các tuyến đường liên", "Phòng Kinh tế", "15/8/2026"), ("", "thôn"), *TASKS[1:]]
    assert rows(read(page(lines)))[1] == ["1", "Rà soát các tuyến đường liên thôn", "Phòng Kinh tế", "15/8/2026"]


def test_a_row_without_a_number_begins_where_an_empty_column_is_filled_again() -> None:
    lines = [HEADS, *TASKS[:2], ("", "Hai việc", "", ""), ("", "Kiểm tra chéo", "Công an xã", ""), TASKS[2]]
    assert rows(read(page(lines)))[3:5] == [["", "Hai việc", "", ""], ["", "Kiểm tra chéo", "Công an xã", ""]]


def test_days_in_the_first_column_count_rows_as_numbers_do() -> None:
    columns = (85.0, 160.0, 330.0)
    lines = [("Ngày", "Nội dung", "Chủ trì"), ("01/6", "Chào cờ", "Chủ tịch"), ("05/6", "Làm việc", "Phó Chủ tịch")]
    lines += [("10/6", "Tiếp công dân", "Chủ tịch"), ("15/6", "Giao ban", "Chủ tịch")]
    assert [row[0] for row in rows(read(page(lines, columns)))] == ["Ngày", "01/6", "05/6", "10/6", "15/6"]


def test_a_table_goes_on_at_the_top_of_the_next_page_without_heads() -> None:
    more = [(str(n), f"Việc thứ {n}", "Phòng Kinh tế", "30/9/2026") for n in range(4, 9)]
    found = rows(read(page([HEADS, *TASKS]), page(more, heads=0, top=60.0)))
    assert [row[0] for row in found] == ["TT", "1", "2", "3", "4", "5", "6", "7", "8"]


def test_every_word_of_the_page_is_in_the_table_or_beside_it() -> None:
    made = page([HEADS, *TASKS])
    made.text(85, 60, "Danh mục công việc của thôn", size=12).text(85, 200, "Cộng: ba việc.", size=12)
    source = read(made)
    free = [block.text for block in source.blocks if isinstance(block, Paragraph)]
    assert free == ["Danh mục công việc của thôn", "Cộng: ba việc."]
    assert rows(source) == [list(HEADS), *map(list, TASKS)]


# (lines, how many of them are bold, why they are no table)
NO_TABLES = [
    ([HEADS, *TASKS], 0, "nothing says that these are heads: amounts in a list, names with dates"),
    ([HEADS, *TASKS[:2]], 1, "three lines leave gaps at the same places by chance"),
    ([HEADS[:2], *(task[:2] for task in TASKS), TASKS[0][:2]], 1, "two columns: a closing, a list of names"),
    ([("Mục", "tiêu", "chung", "là"), ("a", "b", "", ""), ("c", "d", "", ""), ("e", "f", "", "")], 1, "empty columns"),
]


@pytest.mark.parametrize(("lines", "heads", "why"), NO_TABLES)
def test_no_table(lines: Lines, heads: int, why: str) -> None:
    assert not any(isinstance(block, Table) for block in read(page(lines, heads=heads)).blocks), why


def test_running_text_is_no_table() -> None:
    made = Page().text(85, 80, "Các việc phải làm trong tháng", bold=True)
    for at in range(12):
        made.text(85, 100 + at * 20, "Trưởng các thôn đến từng nhà, ghi phiếu và nộp về xã trước ngày hẹn"[at:], size=14)
    assert not any(isinstance(block, Table) for block in read(made).blocks)
