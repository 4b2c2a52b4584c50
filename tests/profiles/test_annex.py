"""The annex of a plan, as a Word document and as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from profile_rows import directive, sheet_of, task

import pipeline
from pipeline.export.profiles.arrange import roman
from pipeline.model import Directive, Section

HEADER = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành", "Ghi chú"]
PLAN = directive(
    task(text="Một.", section="I.1", lead=("A", "B"), coordinating=("C",), due_text="trong tháng 9", deliverable="d"),
    task(text="Hai.", section="I.2", due=dt.date(2026, 9, 20)),
    task(text="Ba.", section="II", cadence=("monthly",), report_to=("E",)),
)
ROWS = [
    ["I", "Nhiệm vụ trọng tâm", "Nhiệm vụ trọng tâm", "Nhiệm vụ trọng tâm", "Nhiệm vụ trọng tâm", "Nhiệm vụ trọng tâm"],
    ["1", "Một.", "A; B", "C", "d", "Trong tháng 9"],
    ["2", "Hai.", "", "", "", "20/09/2026"],
    ["II", *["Tổ chức thực hiện"] * 5],
    ["3", "Ba.", "", "", "", "Hằng tháng"],
]


def test_the_word_document(write: Callable) -> None:
    document = docx.Document(str(write("phu-luc", [PLAN], suffix=".docx").path))
    (table,) = document.tables
    header, *rows = ([cell.text for cell in row.cells] for row in table.rows)
    assert header == HEADER
    assert [row[:6] for row in rows] == ROWS
    assert [row[6] for row in rows if row[0].isdigit()] == ["", "", "Báo cáo về: E"]
    assert [p.text for p in document.paragraphs] == [
        "PHỤ LỤC",
        "DANH MỤC NHIỆM VỤ",
        "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân xã Tân Lập)",
    ]


def test_the_page_of_the_word_document(write: Callable) -> None:
    document = docx.Document(str(write("phu-luc", [PLAN], suffix=".docx").path))
    (page,) = document.sections
    (table,) = document.tables
    assert (page.orientation, round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (
        WD_ORIENT.LANDSCAPE, 29.7, 21.0,
    )  # fmt: skip
    repeated = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True] + [False] * len(ROWS)
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia")} == {"Times New Roman"}
    width = sum(column.width.cm for column in table.columns)
    assert width == pytest.approx(page.page_width.cm - page.left_margin.cm - page.right_margin.cm, abs=0.1)
    bold = [row.cells[1].paragraphs[0].runs[0].bold for row in table.rows]
    assert bold == [True] + [True if row[0] in {"I", "II"} else None for row in ROWS]


def test_the_workbook_says_the_same(write: Callable) -> None:
    sheet = sheet_of(write("phu-luc", [PLAN]))
    lines = list(sheet.iter_rows(values_only=True))
    assert [line[0] for line in lines[:3]] == [
        "PHỤ LỤC",
        "DANH MỤC NHIỆM VỤ",
        "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân xã Tân Lập)",
    ]
    assert list(lines[4]) == HEADER
    rows = [["" if value is None else str(value) for value in line[:6]] for line in lines[5:]]
    assert rows == [row if row[0].isdigit() else [*row[:2], "", "", "", ""] for row in ROWS]
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_read_back_it_gives_the_same_tasks(
    write: Callable, directives: Sequence[Directive], suffix: str, tmp_path: Path
) -> None:
    """An annex is itself a document that people convert."""
    for one in directives:
        path = write("phu-luc", [one], suffix=suffix).path
        found = pipeline.extract(pipeline.read(path))
        assert [task.text for task in found.tasks] == [task.text for task in one.tasks]
        assert [task.lead for task in found.tasks if task.lead] == [task.lead for task in one.tasks if task.lead]


def test_several_documents_are_parts_of_their_own(write: Callable) -> None:
    other = directive(task(text="Bốn.", section="I"), number="13/KH-UBND")
    sheet = sheet_of(write("phu-luc", [PLAN, other]))
    groups = [(row[0], row[1]) for row in sheet.iter_rows(min_row=6, values_only=True) if isinstance(row[0], str)]
    assert [number for number, _ in groups] == ["I", "II", "III"]
    assert all(title.startswith(words) for (_, title), words in zip(groups, ("Nhiệm", "Tổ", "Nhiệm"), strict=True))
    assert "số 12/KH-UBND" in groups[0][1]
    assert "số 13/KH-UBND" in groups[2][1]


@pytest.mark.parametrize(
    ("sections", "paths", "groups"),
    [
        # one part holds all: its own parts are the groups
        ({"II": "Nhiệm vụ", "II.1": "Kinh tế", "II.2": "Xã hội"}, ["II.1.a", "II.1", "II.2"], ["Kinh tế", "Xã hội"]),
        # a heading without words is passed over
        ({"I": "Một", "II": ""}, ["I", "II.1"], ["Một", "Nhiệm vụ khác"]),
        ({}, ["", "3"], ["Nhiệm vụ khác"]),
    ],
)
def test_groups_by_section(write: Callable, sections: dict[str, str], paths: list[str], groups: list[str]) -> None:
    from dataclasses import replace

    headings = tuple(Section(path, title, "task") for path, title in sections.items())
    plan = replace(directive(*(task(section=path) for path in paths)), sections=headings)
    sheet = sheet_of(write("phu-luc", [plan]))
    lines = sheet.iter_rows(min_row=6, values_only=True)
    assert [row[1] for row in lines if isinstance(row[0], str)] == groups


def test_groups_by_lead(write: Callable, own: Callable) -> None:
    folder = own(
        "title: Nhà\nsheet: Nhà\ngroups: lead\ncolumns:\n"
        "  - {title: TT, value: number, type: number}\n  - {title: Việc, value: text}\n"
    )
    plan = directive(*(task(text=text, lead=lead) for text, lead in [("1", ("A",)), ("2", ()), ("3", ("A",))]))
    rows = [tuple(row) for row in sheet_of(write("own", [plan], rules=folder)).iter_rows(min_row=2, values_only=True)]
    assert rows == [("I", "A"), (1, "1"), (2, "3"), ("II", "Chưa rõ đơn vị chủ trì"), (3, "2")]


def test_equal_rows_give_an_equal_document(write: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    first = write("phu-luc", [PLAN], suffix=".docx").path.read_bytes()
    later = time.localtime(2_000_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert write("phu-luc", [PLAN], suffix=".docx").path.read_bytes() == first


def test_roman_figures() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99)] == ["I", "IV", "IX", "XIV", "XL", "XCIX"]
    found = [roman(number) for number in range(1, 200)]
    assert all(one != other for one, other in pairwise(found))
    assert len(set(found)) == 199
