"""Excel workbooks: what cells show, which rows are titles, tables and notes, and files that lie."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace

import openpyxl
import pytest
import xlsxwriter

from pipeline import normalise, outline, ruleset
from pipeline.errors import DocumentError
from pipeline.extract import extract
from pipeline.ingest import grid, sheet
from pipeline.ingest.reading import Reading, Settings
from pipeline.ingest.sheet import package
from pipeline.model import Directive, Paragraph, Source, Table

Rows = Sequence[Sequence[object]]


def workbook(**sheets: Rows | Callable[[xlsxwriter.Workbook, object], None]) -> bytes:
    """A workbook with a sheet for each name: rows of values, or a function that fills it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, content in sheets.items():
            page = book.add_worksheet(name)
            if callable(content):
                content(book, page)
                continue
            for at, row in enumerate(content):
                page.write_row(at, 0, row)
    return stream.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return stream.getvalue()


def read(data: bytes) -> Reading:
    return sheet.read(data, Settings())


def code_of(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read(data)
    assert caught.value.message
    return caught.value.code


def shape(reading: Reading) -> list[object]:
    """Paragraphs as their text, tables as {(row, column): text}."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else {(c.row, c.column): "/".join(p.text for p in c.paragraphs) for c in block.cells}
        for block in reading.blocks
    ]


# ── values ─────────────────────────────────────────────────────────────────────────────────

# (value, number format, what is read, why)
VALUES = [
    ("  Văn phòng  ", None, "Văn phòng", "blanks around go"),
    (dt.date(2026, 6, 5), "dd/mm/yyyy", "05/06/2026", "a date"),
    (dt.datetime(2026, 6, 5, 8, 30), "dd/mm/yyyy hh:mm", "05/06/2026 08:30", "a date with a time of day"),
    (dt.date(2026, 6, 1), "mmm-yy", "06/2026", "Excel makes a date of a typed 6/2026 and shows the month"),
    (dt.date(2026, 6, 1), 'mm"/"yyyy', "06/2026", "a month with a quoted sign"),
    (dt.date(2026, 1, 1), "yyyy", "2026", "a year"),
    (dt.date(2026, 6, 16), "d-mmm", "16/06/2026", "a day without its year: the value knows it"),
    (dt.time(7, 30), "hh:mm", "07:30", "a time of day"),
    (dt.timedelta(hours=30), "[h]:mm", "30:00", "a length of time"),
    (12.0, None, "12", "no .0"),
    (2.1, None, "2.1", "the number of an item keeps its point"),
    (0.1 + 0.2, None, "0.3", "fifteen digits, as Excel shows"),
    (1250000, "#,##0", "1250000", "no separators of thousands"),
    (0.95, "0%", "95%", "a percentage"),
    (0.955, "0.0%", "95.5%", "a percentage with a digit"),
    (-3, None, "-3", ""),
    (True, None, "x", "a ticked box"),
    ("012", None, "012", "digits that are text"),
]


@pytest.mark.parametrize(("value", "shown", "text", "why"), VALUES)
def test_what_a_cell_says(value: object, shown: str | None, text: str, why: str) -> None:
    def fill(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write(0, 0, value, book.add_format({"num_format": shown}) if shown else None)

    assert shape(read(workbook(A=fill))) == [text], why


def test_an_unticked_box_says_nothing() -> None:
    assert shape(read(workbook(A=[["TT", "Việc", "Xong"], [1, "a", False]]))) == [
        {(0, 0): "TT", (0, 1): "Việc", (0, 2): "Xong", (1, 0): "1", (1, 1): "a"}
    ]


def test_an_error_is_text_and_a_formula_its_value() -> None:
    def fill(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write_formula(1, 1, "=B9+1", None, "#REF!")
        page.write_formula(1, 2, "=1+1", None, 2)

    assert shape(read(workbook(A=fill))) == [{(0, 0): "#REF!", (0, 1): "2"}]


# (what stands in the XML of the first cell, what is read, why)
STRINGS = [
    ('t="inlineStr"><is><t>Rà soát</t></is>', "Rà soát", "a string in its cell, as other programs write it"),
    (
        't="inlineStr"><is><r><t xml:space="preserve">Rà </t></r><r><rPr><b/></rPr><t>soát</t></r></is>',
        "Rà soát",
        "a string in pieces",
    ),
    ('t="str"><f>A9&amp;"x"</f><v>Rà soát</v>', "Rà soát", "what a formula came to"),
    ('t="b"><v>1</v>', "x", "a ticked box"),
    ('t="e"><f>A9</f><v>#N/A</v>', "#N/A", "an error"),
    ('t="d"><v>2026-06-05</v>', "05/06/2026", "a date of the strict format"),
    ("><v>46178</v>", "46178", "a number"),
]


@pytest.mark.parametrize(("cell", "text", "why"), STRINGS)
def test_cells_of_other_programs(cell: str, text: str, why: str) -> None:
    def change(xml: bytes) -> bytes:
        return re.sub(rb'<c r="A1".*?</c>', f'<c r="A1" {cell}</c>'.replace(" >", ">").encode(), xml)

    assert shape(read(with_part(workbook(A=[["a"]]), "xl/worksheets/sheet1.xml", change))) == [text], why


def test_a_workbook_of_openpyxl() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["TT", "Nhiệm vụ", "Hạn"])
    page.append([1, "Rà soát", dt.date(2026, 6, 5)])
    page.merge_cells("A4:C4")
    page["A4"] = "Ghi chú"
    stream = io.BytesIO()
    book.save(stream)
    assert shape(read(stream.getvalue())) == [
        {(0, 0): "TT", (0, 1): "Nhiệm vụ", (0, 2): "Hạn", (1, 0): "1", (1, 1): "Rà soát", (1, 2): "05/06/2026"},
        "Ghi chú",
    ]


@pytest.mark.parametrize("text", ["Phòng A\nPhòng B", "Phòng A\r\nPhòng B", "Phòng A_x000D_\n\nPhòng B"])
def test_lines_of_a_cell_are_paragraphs(text: str) -> None:
    (table,) = read(workbook(A=[["TT", "Chủ trì"], [1, text]])).blocks
    assert isinstance(table, Table)
    assert [p.text for p in table.cells[-1].paragraphs] == ["Phòng A", "Phòng B"]


# ── titles, tables, notes ──────────────────────────────────────────────────────────────────

HEADER = ["TT", "Nhiệm vụ", "Chủ trì"]
GRID = {(0, 0): "TT", (0, 1): "Nhiệm vụ", (0, 2): "Chủ trì", (1, 0): "1", (1, 1): "a", (1, 2): "b"}

# (rows, blocks, why)
REGIONS = [
    ([HEADER, [1, "a", "b"]], [GRID], "a table alone"),
    ([["PHÂN CÔNG"], HEADER, [1, "a", "b"]], ["PHÂN CÔNG", GRID], "a title right above"),
    ([["PHÂN CÔNG"], ["năm 2026"], [], HEADER, [1, "a", "b"]], ["PHÂN CÔNG", "năm 2026", GRID], "an empty row between"),
    ([HEADER, [1, "a", "b"], ["Ghi chú: c"]], [GRID, "Ghi chú: c"], "a note right below"),
    ([HEADER, [1, "a", "b"], [], ["Nơi nhận:"], ["- Lưu."]], [GRID, "Nơi nhận:", "- Lưu."], "notes further below"),
    (
        [["ỦY BAN XÃ A", "CỘNG HÒA"], ["Số: 1", "Ngày 2"], HEADER, [1, "a", "b"]],
        [{(0, 0): "ỦY BAN XÃ A", (0, 1): "CỘNG HÒA", (1, 0): "Số: 1", (1, 1): "Ngày 2"}, GRID],
        "a letterhead in two columns",
    ),
    (
        [HEADER, [1, "a", "b"], [], [2, "c", "d"]],
        [{**GRID, (2, 0): "2", (2, 1): "c", (2, 2): "d"}],
        "an empty row inside a table: what follows has a number and no header",
    ),
    ([HEADER, [1, "a", "b"], [], HEADER, [1, "a", "b"]], [GRID, GRID], "two tables"),
    (
        [HEADER, [1, "a", "b"], [], ["II", "Nhóm hai"], [2, "c", "d"]],
        [{**GRID, (2, 0): "II", (2, 1): "Nhóm hai", (3, 0): "2", (3, 1): "c", (3, 2): "d"}],
        "an empty row before a group of the same table",
    ),
    (
        [HEADER, ["A. Nhóm một"], [1, "a", "b"]],
        [{(0, 0): "TT", (0, 1): "Nhiệm vụ", (0, 2): "Chủ trì"}
         | {(1, 0): "A. Nhóm một", (2, 0): "1", (2, 1): "a", (2, 2): "b"}],
        "a row of one cell inside a table stays there",
    ),
    ([["Một"], ["Hai"]], ["Một", "Hai"], "no table at all"),
    ([["Việc", "Hạn"], ["a", "b"]], [{(0, 0): "Việc", (0, 1): "Hạn", (1, 0): "a", (1, 1): "b"}], "two columns"),
    (
        [["Việc", "Hạn"], ["a", "b"], ["c", "d", "!"]],
        [{(0, 0): "Việc", (0, 1): "Hạn", (1, 0): "a", (1, 1): "b", (2, 0): "c", (2, 1): "d", (2, 2): "!"}],
        "a stray cell at the side makes no header of its row",
    ),
    ([[], ["", "", "", "TT", "", "Việc"], ["", "", "", 1, "", "a"]],
     [{(0, 0): "TT", (0, 1): "Việc", (1, 0): "1", (1, 1): "a"}], "empty rows and columns go"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "blocks", "why"), REGIONS)
def test_rows_become_blocks(rows: Rows, blocks: list[object], why: str) -> None:
    assert shape(read(workbook(A=rows))) == blocks, why


def spans(reading: Reading) -> dict[str, tuple[int, int]]:
    return {
        cell.paragraphs[0].text: (cell.row_span, cell.column_span)
        for block in reading.blocks
        if isinstance(block, Table)
        for cell in block.cells
    }


def merged(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
    page.merge_range("A1:E1", "PHỤ LỤC")
    page.merge_range("A3:A4", "TT")
    page.merge_range("B3:B4", "Nhiệm vụ")
    page.merge_range("C3:D3", "Cơ quan")
    page.write_row("C4", ["Chủ trì", "Phối hợp"])
    page.write("E3", "Hạn")
    page.merge_range("B5:B6", "Rà soát")
    page.write_row("C5", ["x1", "y1", "z1"])
    page.write_row("C6", ["x2", "y2", "z2"])
    page.merge_range("A8:E8", "Ghi chú")


def test_merged_cells_span_and_stand_once() -> None:
    found = read(workbook(A=merged))
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["PHỤ LỤC", "Ghi chú"]
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    assert (table.rows, table.columns) == (4, 5)
    got = spans(found)
    assert (got["TT"], got["Cơ quan"], got["Rà soát"], got["Hạn"]) == ((2, 1), (1, 2), (2, 1), (1, 1))


def test_a_narrow_row_merged_into_the_header_belongs_to_it() -> None:
    def fill(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.merge_range("A1:A2", "Nhiệm vụ")
        page.merge_range("B1:D1", "Thời gian")
        page.write_row("B2", ["Quý I", "Quý II", "Quý III"])
        page.write_row("A3", ["a", "x", "y", "z"])

    (table,) = read(workbook(A=fill)).blocks
    assert isinstance(table, Table)
    assert (table.rows, table.columns) == (3, 4)


def test_a_merge_that_lies_over_other_cells_is_none() -> None:
    data = workbook(A=[["a", "b"], ["c", "d"]])
    lie = b'<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A1:XFD1048576"/></mergeCells><pageMargins'
    found = read(with_part(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<pageMargins", lie)))
    assert spans(found) == {"a": (1, 1), "b": (1, 1), "c": (1, 1), "d": (1, 1)}


# ── sheets ─────────────────────────────────────────────────────────────────────────────────


def test_each_sheet_is_a_page_under_its_name() -> None:
    found = read(workbook(Một=[HEADER, [1, "a", "b"]], Trống=[], Hai=[["Ghi chú"]]))
    assert (found.pages, shape(found)) == (3, ["Một", GRID, "Hai", "Ghi chú"])
    first, table, last, note = found.blocks
    assert isinstance(table, Table)
    assert all(isinstance(block, Paragraph) and block.style.heading == 1 for block in (first, last))
    assert (table.page, table.cells[0].paragraphs[0].lines[0].page) == (1, 1)
    assert isinstance(note, Paragraph)
    assert note.lines[0].page == 3


def test_the_name_of_the_only_sheet_with_content_is_not_shown() -> None:
    assert shape(read(workbook(Sheet1=[["Một"]], Sheet2=[]))) == ["Một"]


def test_hidden_sheets_and_charts_are_named() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("Giao việc").write("A1", "Một")
        hidden = book.add_worksheet("Danh mục")
        hidden.write("A1", "kín")
        hidden.hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='Giao việc'!$A$1"})
        book.add_chartsheet("Biểu đồ").set_chart(chart)
    found = read(stream.getvalue())
    assert (shape(found), found.pages) == (["Một"], 1)
    assert [(warning.code, name) for warning in found.warnings for name in ("Danh mục", "Biểu đồ") if
            name in warning.message] == [("hidden-sheet", "Danh mục"), ("unread-sheet", "Biểu đồ")]  # fmt: skip


# ── files that are broken or lie ───────────────────────────────────────────────────────────


def sized(reference: str) -> bytes:
    """A workbook whose cell B2 says that it is another."""
    data = workbook(A=[["a"], ["", "b"]])
    return with_part(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="B2"', f'r="{reference}"'.encode()))


def encrypted() -> bytes:
    """A package whose directory says that an entry is encrypted."""
    data = bytearray(workbook(A=[["a"]]))
    place = data.rfind(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


# (bytes, code, why)
REFUSED = [
    (workbook(A=[]), "no-text", "nothing in it"),
    (workbook(A=[[" "], ["\n"]]), "no-text", "blanks alone"),
    (sized("XFD1048576"), "too-large", "a stray word in the last cell: laid out, 400 GB"),
    (sized("A200001"), "too-large", "too many rows"),
    (sized("ALM2"), "too-large", "column 1001"),
    (encrypted(), "password", "an encrypted entry"),
    (b"PK\x03\x04" + b"x" * 100, "truncated", "no directory"),
    (workbook(A=[["a"]])[:-30], "truncated", "the end is missing"),
    (
        with_part(workbook(A=[["a"]]), "xl/workbook.xml", lambda xml: xml[:200]),
        "truncated",
        "the list of sheets is cut",
    ),
    (with_part(workbook(A=[["a"]]), "xl/worksheets/sheet1.xml", lambda xml: xml[:-90]), "truncated", "a sheet is cut"),
]


@pytest.mark.parametrize(("data", "code", "why"), REFUSED, ids=[why for *_, why in REFUSED])
def test_refused(data: bytes, code: str, why: str) -> None:
    assert code_of(data) == code, why


def test_formats_without_values_take_no_place() -> None:
    """Whole rows painted to the last column, as officers do, are no large sheet."""

    def fill(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write("A1", "Một")
        page.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert shape(read(workbook(A=fill))) == ["Một"]


def test_cells_that_do_not_say_their_place_are_counted() -> None:
    """Otherwise a thousand of them in a row and one at the bottom would pass for two."""
    xml = b"<row><c><v>1</v></c>" + b"<c/>" * 10 + b"<c><v>1</v></c></row><row r='9'><c r='C9'/><c><v>1</v></c></row>"
    _, extent = package._scan(xml, {})
    assert (extent.top, extent.left, extent.bottom, extent.right) == (0, 0, 8, 11)


def test_unpacked_size_and_entries_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(A=[["a"]])
    for name in ("MAX_UNPACKED", "MAX_PART", "MAX_ENTRIES"):
        with monkeypatch.context() as patch:
            patch.setattr(package, name, 3)
            assert code_of(data) == "too-large", name


def test_the_sheets_share_one_limit_of_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MAX_PLACES", 5)
    assert code_of(workbook(A=[["a", "b"], ["c", "d"]], B=[["a", "b"]])) == "too-large"


def test_the_binary_kind_is_named() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01")
    assert code_of(stream.getvalue()) == "not-yet-supported"


def test_a_panic_of_calamine_is_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):  # as pyo3 names it
        pass

    def panics(*_: object) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(sheet, "_sheets", panics)
    assert code_of(workbook(A=[["a"]])) == "truncated"


def test_an_interruption_is_no_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sheet, "_sheets", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read(workbook(A=[["a"]]))


def test_broken_parts() -> None:
    """Bytes changed inside the parts of a sound package: a reading or an error of its own."""
    chance, data = random.Random(14), workbook(A=merged, B=[["x", dt.date(2026, 5, 1)]])
    parts = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml")
    codes = set()
    for _ in range(300):

        def change(xml: bytes) -> bytes:
            found = bytearray(xml)
            for _ in range(chance.choice((1, 2, 8))):
                at = chance.randrange(len(found))
                found[at : at + chance.choice((0, 1, 1, 30))] = bytes([chance.randrange(256)])
            return bytes(found)

        try:
            read(with_part(data, chance.choice(parts), change))
        except DocumentError as error:
            codes.add(error.code)
        else:
            codes.add("ok")
    assert {"ok", "truncated"} <= codes


# (sheet XML, why) that must not take longer than it is long
HOSTILE = [
    (b"<c " * 300_000, "cells that never end"),
    (b"<c r='A1' t='e'>" * 100_000, "errors without a value"),
    (b"<a" * 500_000, "no cell"),
]


@pytest.mark.parametrize(("xml", "why"), HOSTILE, ids=[why for _, why in HOSTILE])
def test_the_scan_takes_linear_time(xml: bytes, why: str) -> None:
    began = time.process_time()
    package._scan(xml, {})
    assert time.process_time() - began < 20, why


def test_many_small_regions_take_linear_time() -> None:
    rows: list[list[object]] = []
    for number in range(5_000):
        rows += [["TT", "Việc", "Hạn"], ["x", f"việc {number}", "b"], []]
    began = time.process_time()
    assert len(read(workbook(A=rows)).blocks) == 5_000
    assert time.process_time() - began < 20  # a square would take minutes


# ── to the tasks ───────────────────────────────────────────────────────────────────────────


def directive(reading: Reading) -> Directive:
    rules = ruleset.load()
    source = Source("giao việc.xlsx", "0" * 64, "x", reading.pages, reading.blocks, reading.asides, reading.warnings)
    document = normalise.normalise(source, rules)
    document = replace(document, outline=outline.build(document, rules))
    return extract(document, rules)


def task_sheet(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page.merge_range("A1:E1", "BẢNG PHÂN CÔNG NHIỆM VỤ NĂM 2026")
    page.merge_range("A2:E2", "(Kèm theo Kế hoạch số 17/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân xã Suối Trong)")
    page.write_row("A4", ["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"])
    page.merge_range("A5:E5", "I. Cải cách hành chính")
    page.write_row("A6", [1, "Rà soát, công khai thủ tục hành chính tại bộ phận một cửa", "Văn phòng HĐND và UBND"])
    page.write("D6", "Phòng Kinh tế\nPhòng Văn hóa - Xã hội")
    page.write_datetime("E6", dt.datetime(2026, 3, 31), day)
    page.write_row(
        "A7", [2, "Xây dựng bản đồ số các điểm trường", "Phòng Văn hóa - Xã hội", "", "Trước ngày\n30/6/2026"]
    )
    page.write_row("A9", [3, "Tổng kết công tác bảo vệ rừng", "Phòng Kinh tế", "Công an xã"])
    page.write_datetime("E9", dt.datetime(2026, 11, 1), book.add_format({"num_format": "mm/yyyy"}))
    page.write("A11", "Ghi chú: các đơn vị báo cáo khi có vướng mắc.")


def test_a_task_sheet_gives_its_tasks() -> None:
    found = directive(read(workbook(Sheet1=task_sheet)))
    assert [(task.text, task.lead, task.coordinating, task.due) for task in found.tasks] == [
        (
            "Rà soát, công khai thủ tục hành chính tại bộ phận một cửa",
            ("Văn phòng HĐND và UBND",),
            ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội"),
            dt.date(2026, 3, 31),
        ),
        ("Xây dựng bản đồ số các điểm trường", ("Phòng Văn hóa - Xã hội",), (), dt.date(2026, 6, 30)),
        ("Tổng kết công tác bảo vệ rừng", ("Phòng Kinh tế",), ("Công an xã",), dt.date(2026, 11, 30)),
    ]


def test_two_task_sheets_give_the_tasks_of_both() -> None:
    found = directive(read(workbook(Đợt1=task_sheet, Đợt2=[
        ["TT", "Nhiệm vụ", "Chủ trì", "Hạn"], [1, "Lập danh sách hộ cần hỗ trợ nhà ở", "Phòng Kinh tế", "15/4/2026"],
    ])))  # fmt: skip
    assert [(task.lead, task.due) for task in found.tasks][3:] == [(("Phòng Kinh tế",), dt.date(2026, 4, 15))]
    assert len(found.tasks) == 4
