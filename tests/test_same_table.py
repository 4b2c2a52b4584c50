"""One task table gives the same rows from every kind of file in which an office keeps it."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
import pytest
import xlsxwriter

import pipeline
from pipeline.ingest import SUFFIXES, office

TITLE = "PHỤ LỤC PHÂN CÔNG NHIỆM VỤ"
BELOW = "(Kèm theo Kế hoạch số 17/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân xã Suối Trong)"

# Rows of cells; None goes on with the cell to the left, "^" with the one above. A line feed begins a paragraph.
ROWS: list[list[str | None]] = [
    ["STT", "Nội dung nhiệm vụ", "Cơ quan thực hiện", None, "Thời hạn", "Sản phẩm"],
    ["^", "^", "Chủ trì", "Phối hợp", "^", "^"],
    ["I", "Cải cách hành chính", None, None, None, None],
    ["1", "Rà soát thủ tục hành chính", "Văn phòng HĐND và UBND", "Phòng Kinh tế\nPhòng Văn hóa - Xã hội", "31/03/2026", ""],
    ["2", "Tổng kết mô hình một cửa", "Phòng Văn hóa - Xã hội", "", "Tháng 11/2026", "Báo cáo tổng kết"],
    ["II", "Chuyển đổi số", None, None, None, None],
    ["3", "Lắp đặt điểm phát Wi-Fi công cộng", "Phòng Kinh tế", "Công an xã", "30/6/2026", ""],
    ["^", "^", "Trung tâm Phục vụ hành chính công", "", "30/9/2026", ""],
    ["4", "Tập huấn Tổ công nghệ số cộng đồng", "Công an xã", "Các thôn", "Hằng quý", "Danh sách học viên"],
]  # fmt: skip


def cells() -> list[tuple[int, int, int, int, str]]:
    """(row, column, last row, last column, text) of each cell."""
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            place = {None: (row, column - 1), "^": (row - 1, column)}.get(text, (row, column))
            owner[row, column] = owner.get(place, (row, column))
            down, right = ends.get(owner[row, column], (row, column))
            ends[owner[row, column]] = max(down, row), max(right, column)
    return [(*place, *end, str(ROWS[place[0]][place[1]])) for place, end in sorted(ends.items())]


def as_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(BELOW)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, column, down, right, text in cells():
        cell = table.cell(row, column).merge(table.cell(down, right))
        first, *more = text.split("\n")
        cell.text = first
        for line in more:
            cell.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_xlsx() -> bytes:
    """Dates are dates here, and numbers numbers."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet("Giao việc")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for row, text in enumerate((TITLE, BELOW)):
            page.merge_range(row, 0, row, 5, text)
        for row, column, down, right, text in cells():
            place = row + 3, column
            if (down, right) != (row, column):
                page.merge_range(*place, down + 3, right, "")
            if text.count("/") == 2:
                page.write_datetime(*place, dt.datetime.strptime(text, "%d/%m/%Y"), day)
            elif text.isdecimal():
                page.write_number(*place, int(text))
            else:
                page.write_string(*place, text)
    return file.getvalue()


def as_html() -> bytes:
    """As Word saves a page."""
    lines = ["<html><head><meta charset=utf-8></head><body><div class=WordSection1>"]
    lines += [f"<p class=MsoNormal align=center><b>{escape(text)}</b></p>" for text in (TITLE, BELOW)]
    lines.append("<table class=MsoTableGrid border=1>")
    at = -1
    for row, column, down, right, text in cells():
        if row != at:
            lines.append("<tr>")
            at = row
        inside = "".join(f"<p class=MsoNormal>{escape(line)}<o:p></o:p></p>" for line in text.split("\n"))
        lines.append(f"<td rowspan={down - row + 1} colspan={right - column + 1}>{inside}</td>")
    return "\n".join([*lines, "</table></div></body></html>"]).encode()


def as_mht() -> bytes:
    head = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    )
    return head.encode() + as_html() + b"\r\n--b--\r\n"


def rows(data: bytes, name: str, folder: Path) -> list[object]:
    path = folder / name
    path.write_bytes(data)
    found = pipeline.extract(pipeline.read(path))
    return [
        (
            task.section.rpartition(" ")[2],
            task.text,
            task.lead,
            task.coordinating,
            task.due,
            task.cadence,
            task.deliverable,
        )
        for task in found.tasks
    ]


def test_the_rows_are_those_of_the_table(tmp_path: Path) -> None:
    got = rows(as_docx(), "a.docx", tmp_path)
    assert [row[1:5] for row in got] == [
        (
            "Rà soát thủ tục hành chính",
            ("Văn phòng HĐND và UBND",),
            ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội"),
            dt.date(2026, 3, 31),
        ),
        ("Tổng kết mô hình một cửa", ("Phòng Văn hóa - Xã hội",), (), dt.date(2026, 11, 30)),
        ("Lắp đặt điểm phát Wi-Fi công cộng", ("Phòng Kinh tế",), ("Công an xã",), dt.date(2026, 6, 30)),
        ("Lắp đặt điểm phát Wi-Fi công cộng", ("Trung tâm Phục vụ hành chính công",), (), dt.date(2026, 9, 30)),
        ("Tập huấn Tổ công nghệ số cộng đồng", ("Công an xã",), ("Các thôn",), None),
    ]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.xlsx", as_xlsx),
        ("a.htm", as_html),
        ("a.doc", as_html),
        ("a.xls", as_html),
        ("a.mht", as_mht),
    ],
)
def test_another_kind_of_file_gives_the_same_rows(name: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    assert rows(make(), name, tmp_path) == rows(as_docx(), "a.docx", tmp_path)


_KINDS = "application/vnd.openxmlformats-officedocument."
_MACROS = "application/vnd.ms-"


@pytest.mark.parametrize(
    ("name", "make", "old", "new"),
    [
        ("a.docm", as_docx, f"{_KINDS}wordprocessingml.document", f"{_MACROS}word.document.macroEnabled"),
        ("a.dotx", as_docx, f"{_KINDS}wordprocessingml.document", f"{_KINDS}wordprocessingml.template"),
        ("a.xlsm", as_xlsx, f"{_KINDS}spreadsheetml.sheet", f"{_MACROS}excel.sheet.macroEnabled"),
        ("a.xltx", as_xlsx, f"{_KINDS}spreadsheetml.sheet", f"{_KINDS}spreadsheetml.template"),
    ],
)
def test_templates_and_files_with_macros_give_the_same_rows(
    name: str, make: Callable[[], bytes], old: str, new: str, tmp_path: Path
) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make())) as before, zipfile.ZipFile(file, "w") as after:
        for entry in before.namelist():
            content = before.read(entry)
            if entry == "[Content_Types].xml":
                assert f"{old}.main+xml".encode() in content
                content = content.replace(f"{old}.main+xml".encode(), f"{new}.main+xml".encode())
            after.writestr(entry, content)
    assert Path(name).suffix in SUFFIXES
    assert rows(file.getvalue(), name, tmp_path) == rows(as_docx(), "a.docx", tmp_path)


@pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xls", "ods", "html"])
def test_what_another_program_makes_of_the_workbook_gives_the_same_rows(suffix: str, tmp_path: Path) -> None:
    original = tmp_path / "a.xlsx"
    original.write_bytes(as_xlsx())
    profile = (tmp_path / "profile").as_uri()
    command = [str(office.find_program()), "--headless", f"-env:UserInstallation={profile}", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", str(tmp_path), str(original)], check=True, capture_output=True, timeout=120)
    made = (tmp_path / f"a.{suffix}").read_bytes()
    assert rows(made, f"b.{suffix}", tmp_path) == rows(as_docx(), "a.docx", tmp_path)
