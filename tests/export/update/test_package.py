"""What a workbook holds that could not be kept is found and named; what can be kept is no reason to refuse."""

from __future__ import annotations

import html
import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference

from pipeline.export.update.package import losses
from pipeline.export.update.wording import LOSSES

Act = Callable[[Any, Any], object]


def png() -> io.BytesIO:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))


def made(act: Act) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, [1, 2, 3])
        act(book, sheet)
    return stream.getvalue()


def with_part(name: str, content: bytes = b"<x/>") -> bytes:
    stream = io.BytesIO(made(lambda book, sheet: None))
    with ZipFile(stream, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


DRAWN: dict[str, tuple[Act, list[str]]] = {
    "text box": (lambda book, sheet: sheet.insert_textbox("C3", "chữ"), ["shape"]),
    "picture": (lambda book, sheet: sheet.insert_image("C3", "x.png", {"image_data": png()}), ["picture"]),
    "sparkline": (lambda book, sheet: sheet.add_sparkline("C1", {"range": "Sheet1!A1:A3"}), ["sparkline"]),
    "button": (lambda book, sheet: sheet.insert_button("C3", {"caption": "Bấm"}), ["control"]),
    "checkbox": (lambda book, sheet: sheet.insert_checkbox("C3", True), ["control"]),
    "data bar of Excel 2010": (
        lambda book, sheet: sheet.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True}),
        ["conditional-format"],
    ),
    "picture in the header": (
        lambda book, sheet: sheet.set_header("&L&G", {"image_left": "x.png", "image_data_left": png()}),
        ["header-picture", "picture"],
    ),
    "background": (lambda book, sheet: sheet.set_background(png(), is_byte_stream=True), ["background", "picture"]),
    "dynamic array": (
        lambda book, sheet: sheet.write_dynamic_array_formula("C1:C3", "=SORT(A1:A3)"),
        ["dynamic-array"],
    ),
    # what stays is no reason
    "note": (lambda book, sheet: sheet.write_comment("A1", "ghi chú"), []),
    "rules": (lambda book, sheet: sheet.data_validation("A1:A3", {"validate": "list", "source": ["a"]}), []),
    "chart": (
        lambda book, sheet: sheet.insert_chart("C3", chart_of(book)),
        [],
    ),
    "table": (lambda book, sheet: sheet.add_table("E1:F3"), []),
}


def chart_of(book: Any) -> Any:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Sheet1!$A$1:$A$3"})
    return chart


@pytest.mark.parametrize("name", DRAWN)
def test_what_xlsxwriter_can_draw(name: str) -> None:
    act, expected = DRAWN[name]
    assert sorted({code for code, _ in losses(made(act))}) == expected


PARTS = {
    "xl/vbaProject.bin": "macro",
    "_xmlsignatures/sig1.xml": "signature",
    "xl/threadedComments/threadedComment1.xml": "threaded-comment",
    "xl/pivotTables/pivotTable1.xml": "pivot",
    "xl/slicers/slicer1.xml": "slicer",
    "xl/connections.xml": "query",
    "xl/diagrams/data1.xml": "smart-art",
    "xl/embeddings/oleObject1.bin": "object",
    "xl/charts/chartEx1.xml": "chart",
    "xl/richData/rdrichvalue.xml": "rich-data",
    "xl/revisions/revisionHeaders.xml": "shared-book",
    # a kind that nobody thought of
    "xl/new2031/thing1.xml": "other",
    # what an application keeps for itself
    "xl/calcChain.xml": None,
    "xl/printerSettings/printerSettings1.bin": None,
    "docProps/thumbnail.jpeg": None,
}


@pytest.mark.parametrize("name", PARTS)
def test_parts(name: str) -> None:
    found = losses(with_part(name))
    assert [code for code, _ in found] == ([PARTS[name]] if PARTS[name] else [])


SHEETS = {
    "<customSheetViews/>": ["custom-view"],
    "<protectedRanges/>": ["protected-range"],
    '<extLst><ext uri="x"><x14:dataValidations xmlns:x14="x"/></ext></extLst>': ["validation"],
    '<extLst><ext uri="x"><x14:slicerList xmlns:x14="x"/></ext></extLst>': ["slicer"],
    '<extLst><ext uri="x"><x:novel xmlns:x="x"/></ext></extLst>': ["other"],
    "<novelty/>": ["other"],
    "<ignoredErrors/>": [],
}


@pytest.mark.parametrize("inside", SHEETS)
def test_elements_of_a_sheet(inside: str) -> None:
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(made(lambda book, sheet: None))) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</worksheet>", inside.encode() + b"</worksheet>")
            new.writestr(name, data)
    assert [code for code, _ in losses(stream.getvalue())] == SHEETS[inside]


def test_every_loss_has_a_name_in_both_languages() -> None:
    codes = {code for _, codes in DRAWN.values() for code in codes} | {code for code in PARTS.values() if code}
    assert codes | {code for codes in SHEETS.values() for code in codes} <= set(LOSSES)
    assert all(set(names) == {"vi", "en"} for names in LOSSES.values())


def test_a_tracker_of_ours_can_be_kept(tracker: Any) -> None:
    assert losses(tracker.path.read_bytes()) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [("xl/vbaProject.bin", "macro"), ("xl/threadedComments/t1.xml", "bình luận"), ("xl/novel/x.xml", "xl/novel/x.xml")],
)
def test_what_could_not_be_kept_is_left_alone_and_named(tracker: Any, name: str, said: str) -> None:
    with ZipFile(tracker.path, "a") as archive:
        archive.writestr(name, b"<x/>")
    tracker.put_aside = tracker.path.read_bytes()
    written = tracker.convert(replace(tracker.plan, tasks=tracker.plan.tasks[:2]))
    assert written.path == tracker.path.with_name("tracker (2).xlsx")
    assert said in written.notes[0].message and "tracker (2).xlsx" in written.notes[0].message
    assert tracker.path.read_bytes() == tracker.put_aside
    # the new file is the tracker with all that was typed, brought up to date
    sheet = openpyxl.load_workbook(written.path).worksheets[0]
    assert sheet["W4"].value == "Không còn trong văn bản"


def test_words_under_a_merged_cell_are_not_lost_in_silence(tracker: Any) -> None:
    """LibreOffice keeps them, and shows them again when the cell is split; openpyxl throws them away."""
    tracker.edit(lambda book: book.create_sheet("Của tôi").append(["một", "hai"]))
    stream = io.BytesIO()
    with ZipFile(tracker.path) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet") and b"<c r=\"B1\"" in data and data.count(b"<row ") == 1:
                data = data.replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>')
            new.writestr(name, data)
    tracker.path.write_bytes(stream.getvalue())
    written = tracker.convert(replace(tracker.plan, tasks=tracker.plan.tasks[:2]))
    assert [note.code for note in written.notes] == ["cannot-keep", "sheets-kept"]
    assert "Của tôi!B1" in written.notes[0].message


def test_a_date_that_is_none_is_not_lost_in_silence(tracker: Any) -> None:
    """20112022 typed without strokes into a cell for dates is beyond Excel's last day; openpyxl makes an error of it."""
    tracker.put(2, "Ngày hoàn thành", 20112022)
    tracker.convert(replace(tracker.plan, tasks=tracker.plan.tasks[:2]))
    with ZipFile(tracker.path) as archive:
        assert b"<v>20112022</v>" in archive.read("xl/worksheets/sheet1.xml")


def test_words_that_look_like_an_escape_stay_words(tracker: Any) -> None:
    """Excel shows _x005F_x0041_ as _x0041_, and _x0041_ as A; openpyxl makes the one into the other."""
    tracker.put(2, "Ghi chú", "_x005F_x0041_")
    tracker.convert(replace(tracker.plan, tasks=tracker.plan.tasks[:2]))
    with ZipFile(tracker.path) as archive:
        assert any(b"_x005F_x0041_" in archive.read(name) for name in archive.namelist())


def test_charts_and_sizes_of_notes_stay_as_they_are(tracker: Any, tmp_path: Path) -> None:
    def draw(book: Any) -> None:
        sheet = book.create_sheet("Biểu đồ")
        chart = BarChart()
        chart.add_data(Reference(book.worksheets[0], min_col=16, min_row=2, max_row=4))
        sheet.add_chart(chart, "B2")
        comment = openpyxl.comments.Comment("ghi chú", "Cán bộ", height=200, width=300)
        book.worksheets[0]["S2"].comment = comment

    tracker.edit(draw)
    (before,) = [words for words in charts(tracker.path) if "$P$2:$P$4" in words]
    task = replace(tracker.plan.tasks[0], id="x", text="Một việc nữa")
    tracker.convert(replace(tracker.plan, tasks=(*tracker.plan.tasks, task)))
    assert before.replace("$P$2:$P$4", "$P$2:$P$5") in charts(tracker.path)
    with ZipFile(tracker.path) as archive:
        drawn = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".vml"))
    assert b"width:300" in drawn and b"height:200" in drawn


def charts(path: Path) -> list[str]:
    """The parts of the charts, letters as letters."""
    with ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/charts/chart")]
    return [html.unescape(part.decode("utf-8")) for part in parts]
