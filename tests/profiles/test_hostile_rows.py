"""Words of a document that a program could take for a formula, a mark-up or a control sequence stay words."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

import docx
import pytest
from lxml import etree
from profile_rows import directive, rows_of, sheet_of, task

from pipeline.model import Section

HOSTILE = [
    "=HYPERLINK(\"http://example.invalid\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "http://example.invalid/x",
    "<w:p>&amp;</w:p>",
    "control \x00\x07\x1b[31m\x7f\ufffe end",
    "half \ud800 pair",
    "a\tb",
    "x" * 40_000,
]  # fmt: skip
TITLES = {"vigov": "Tên nhiệm vụ", "nq57": "Tên nhiệm vụ", "moet-2017": "Tên nhiệm vụ", "don-vi-25": "Tên nhiệm vụ",
          "phuong-12": "Nội dung nhiệm vụ", "xa-6": "Tiêu đề nhiệm vụ (*)", "phu-luc": "Nhiệm vụ"}  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:12]))
@pytest.mark.parametrize("name", TITLES)
def test_a_workbook_holds_words(write: Callable, table: Callable, name: str, words: str) -> None:
    plan = directive(
        task(text=words, lead=("Phòng Kinh tế",), coordinating=(words,), due_text=words, deliverable=words),
        issuer=words, number=words,
    )  # fmt: skip
    codes = table("=kt,Phòng Kinh tế,don-vi") if name in {"vigov", "nq57"} else None
    written = write(name, [plan], codes)
    rows = rows_of(written, 5 if name == "phu-luc" else 1)
    shown = rows[-1][TITLES[name]]
    assert shown[:5].strip() == words[:5].strip()
    assert len(shown) <= 32_767
    assert all(cell.data_type in "snd" and cell.hyperlink is None for row in sheet_of(written).rows for cell in row)
    with zipfile.ZipFile(written.path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:12]))
def test_a_word_document_holds_words(write: Callable, words: str) -> None:
    plan = directive(task(text=words, lead=(words,), section="I"), issuer=words)
    from dataclasses import replace

    path = write("phu-luc", [replace(plan, sections=(Section("I", words, "task"),))], suffix=".docx").path
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    kinds = {etree.QName(element).localname for element in root.iter()}
    assert not kinds & {"hyperlink", "instrText", "object", "altChunk"}
    cells = docx.Document(str(path)).tables[0].rows[2].cells
    assert cells[1].text[:5] == words[:5]
    if words.startswith("x"):
        assert cells[1].text == words  # Word has no limit of a cell


def test_a_hostile_name_of_the_table_of_codes(write: Callable, table: Callable) -> None:
    (row,) = rows_of(write("nq57", [directive(task(lead=("Tổ Một",)))], table('"=1+1",Tổ Một,don-vi')))
    assert row["Mã ĐV chủ trì"] == "=1+1"


def test_many_rows_take_time_in_line_with_their_number(write: Callable) -> None:
    from time import process_time

    def seconds(count: int) -> float:
        plan = directive(*(task(text=f"Việc {number}.", section="I") for number in range(count)))
        began = process_time()
        write("phu-luc", [plan], suffix=".docx")
        return process_time() - began

    seconds(10)  # loads the library
    assert seconds(2_000) < 8 * seconds(500) + 0.5  # a quadratic one needs sixteen times as long
