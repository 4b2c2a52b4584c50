"""The sheet `6 rõ`: its figures are those of the audit, its rows those of the sheet beside it, its words only words."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import export, ruleset
from pipeline.audit import CRITERIA, audit, tally
from pipeline.audit.wording import NAMES, TEXTS
from pipeline.model import Directive, Meta, Task

Make = Callable[..., Directive]
MakeTask = Callable[..., Task]

HEADS = {
    "vi": ["STT", "Mã nhiệm vụ", "Văn bản giao", "Nội dung nhiệm vụ", "Đơn vị chủ trì"],
    "en": ["No.", "Task id", "Source", "Task", "Lead"],
}
RULES = ruleset.load()


def written(path: Path, *directives: Directive, lang: str = "vi", rules: ruleset.Ruleset | None = None) -> Workbook:
    (target,) = export.targets([path / "t.xlsx"])
    export.write(directives, target, lang, rules)
    return openpyxl.load_workbook(path / "t.xlsx")


def blocks(sheet: Worksheet) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines of the plans and those of the tasks, by heading."""
    lines = list(sheet.iter_rows(values_only=True))
    empty = next(place for place, line in enumerate(lines) if not any(line))
    return by_heading(lines[:empty]), by_heading(lines[empty + 1 :])


def by_heading(lines: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]


@pytest.fixture
def plans(make: Make, task: MakeTask) -> list[Directive]:
    """A plan with tasks that lack this and that, one that could not be read, one without tasks, and one more."""
    clear = task(
        id="a1", text="Phòng Kinh tế rà soát hộ nghèo.", lead=("Phòng Kinh tế",), due_text="trước khi họp",
        report_to=("Ủy ban nhân dân xã",), deliverable="danh sách",
    )  # fmt: skip
    lacking = (
        replace(clear, id="a2", lead=("Phòng Kinh tế", "Công an xã")),
        replace(clear, id="a3", lead=(), due_text=None),
        replace(clear, id="a4", text="Tổ chức thực hiện.", lead=("các cơ quan liên quan",), report_to=()),
    )
    return [
        make(clear, *lacking),
        Directive("hong.docx", "", "", 0, "failed"),
        replace(make(document="giấy mời.docx", meta=Meta()), tasks=()),
        make(replace(clear, id="b1"), document="KH 86.docx", meta=Meta(type="kế hoạch", number="86-KH/HU")),
    ]


def test_the_tracker_has_the_sheet_behind_what_it_judges(plans: list[Directive], tmp_path: Path) -> None:
    assert written(tmp_path, *plans).sheetnames.index("6 rõ") > 0


def test_a_line_a_plan_and_their_sum(plans: list[Directive], tmp_path: Path) -> None:
    lines, _ = blocks(written(tmp_path, *plans)["6 rõ"])
    assert [line["Tệp"] for line in lines] == ["KH 85.docx", "giấy mời.docx", "KH 86.docx", None]
    assert [line["Văn bản"] for line in lines] == [
        "Kế hoạch số 85-KH/HU ngày 04/11/2022 của Huyện ủy Sông Trong",
        "giấy mời.docx",
        "Kế hoạch số 86-KH/HU",
        "Tất cả",
    ]
    read = audit(plans, RULES)
    for line, found in zip(lines, [*(tally([one]) for one in read), tally(read)], strict=True):
        assert (line["Số nhiệm vụ"], line["Nhiều chủ trì"]) == (found.tasks, found.several_leads)
        shares = [line[name] for name in NAMES["vi"].values()]
        assert shares == pytest.approx([found.share(criterion) for criterion in CRITERIA])
        assert line["Đủ 6 rõ"] == pytest.approx(found.share_of_all_six)
    assert (lines[0]["Số nhiệm vụ"], lines[0]["Rõ người"], lines[0]["Nhiều chủ trì"]) == (4, 0.75, 1)
    # without a task there is no share, rather than one of nought
    assert lines[1]["Rõ người"] is None


def test_one_plan_needs_no_sum(make: Make, tmp_path: Path) -> None:
    lines, rows = blocks(written(tmp_path, make())["6 rõ"])
    assert (len(lines), len(rows)) == (1, 1)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_row_a_task_with_an_answer_to_each_question(plans: list[Directive], tmp_path: Path, lang: str) -> None:
    book = written(tmp_path, *plans, lang=lang)
    texts = TEXTS[lang]
    beside = by_heading(list(book.worksheets[0].iter_rows(values_only=True)))
    _, rows = blocks(book[texts["sheet"]])
    assert list(rows[0]) == [*HEADS[lang], *NAMES[lang].values(), texts["clear"]]
    judged = [clarity for one in audit(plans, RULES) for clarity in one.rows]
    for row, task, clarity in zip(rows, beside, judged, strict=True):
        assert [row[name] for name in HEADS[lang][1:]] == [task[name] for name in HEADS[lang][1:]]
        clear = [criterion for criterion, name in NAMES[lang].items() if row[name] == texts["met"]]
        assert clear == [criterion for criterion in CRITERIA if clarity.clear(criterion)]
        assert row[texts["clear"]] == len(clear)


def test_what_is_not_clear_says_why(plans: list[Directive], tmp_path: Path) -> None:
    _, rows = blocks(written(tmp_path, *plans)["6 rõ"])
    said = [{name: row[name] for name in NAMES["vi"].values() if row[name] != "Đạt"} for row in rows]
    assert said == [
        {},
        # Kết luận 226-KL/TW: one task, one lead
        {"Rõ trách nhiệm": "Chưa đạt: 2 đơn vị cùng chủ trì (Kết luận 226-KL/TW: một việc, một đầu mối)"},
        {
            "Rõ người": "Chưa đạt: không nêu ai chủ trì",
            "Rõ thời gian": "Chưa đạt: không có thời hạn hoặc chu kỳ",
            "Rõ trách nhiệm": "Chưa đạt: không ai chịu trách nhiệm chính",
        },
        {
            "Rõ việc": "Chưa đạt: nêu động từ nhưng không nêu làm việc gì",
            "Rõ trách nhiệm": "Chưa đạt: chủ trì là một nhóm (“các cơ quan liên quan”), không rõ đơn vị nào chịu "
            "trách nhiệm chính",
            "Rõ thẩm quyền": "Chưa đạt: không nêu ai quyết định hoặc nhận kết quả",
        },
        {},
    ]


def test_english(plans: list[Directive], tmp_path: Path) -> None:
    lines, rows = blocks(written(tmp_path, *plans, lang="en")["Six clarities"])
    assert (lines[0]["Tasks"], lines[0]["Several leads"], lines[-1]["Document"]) == (4, 1, "All")
    assert rows[1]["Responsibility"].startswith("Not clear: 2 units lead together")


def test_the_rules_that_the_documents_were_read_with_judge_them(make: Make, task: MakeTask, tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text(
        "- {id: deciding.ours, kind: deciding, words: [đóng dấu treo], example: đóng dấu treo, counter: đóng cửa}\n",
        encoding="utf-8",
    )
    ours = make(task(text="Chi cục đóng dấu treo vào giấy.", lead=("Chi cục",)))
    answers = []
    for name, rules in (("shipped", None), ("ours", ruleset.load(tmp_path))):
        (tmp_path / name).mkdir()
        _, rows = blocks(written(tmp_path / name, ours, rules=rules)["6 rõ"])
        answers.append(rows[0]["Rõ thẩm quyền"])
    assert answers == ["Chưa đạt: không nêu ai quyết định hoặc nhận kết quả", "Đạt"]


@pytest.mark.parametrize(
    "words",
    [
        '=HYPERLINK("http://example.org","bấm vào đây")',
        '"&HYPERLINK("http://example.org")&"',
        "=1+1",
        "+84 24 3804 0000",
        "-Tổ chức hội nghị",
        "@SUM(1)",
        "\t=1+1",
        "{=1+1}",
        "http://example.org/x",
        "internal:Sheet1!A1",
        "00123",
        "{reason} {count} {0}",
    ],
)
def test_words_of_a_document_stay_words(make: Make, task: MakeTask, tmp_path: Path, words: str) -> None:
    # a group of bodies is quoted in the reason: "các …"
    hostile = [task(id=words, text=words, lead=(f"các {words}",)), task(id="2", text=words, lead=(words,))]
    meta = Meta(type=words, number=words, issuer=words)
    sheet = written(tmp_path, make(*hostile, document=words, meta=meta))["6 rõ"]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert all(cell.hyperlink is None for cell in cells)
    formulas = [cell for cell in cells if cell.data_type == "f"]
    assert [cell.column_letter for cell in formulas] == ["A", "A"]
    # a formula holds the words of the workbook and a number, whatever the document says
    (tmp_path / "plain").mkdir()
    plain = written(tmp_path / "plain", make(task(), task()))["6 rõ"]
    assert [cell.value for cell in formulas] == [plain[cell.coordinate].value for cell in formulas]
    shown = [cell.value for cell in cells if cell.data_type == "s"]
    assert shown.count(words) == 5  # the file, an id, two texts, a lead
    assert any(words in value for value in shown if value.startswith("Chưa đạt: chủ trì là một nhóm"))


def test_set_up_for_screen_and_paper(plans: list[Directive], tmp_path: Path) -> None:
    book = written(tmp_path, *plans)
    tasks, sheet = book["Nhiệm vụ"], book["6 rõ"]
    for name in ("orientation", "paperSize", "fitToWidth", "fitToHeight"):
        assert getattr(sheet.page_setup, name) == getattr(tasks.page_setup, name), name
    for name in ("left", "right", "top", "bottom"):
        assert getattr(sheet.page_margins, name) == getattr(tasks.page_margins, name), name
    assert sheet.oddFooter.center.text == tasks.oddFooter.center.text
    assert "6 RÕ" in sheet.oddHeader.center.text
    # heading, three plans, their sum, an empty line: the tasks are headed in the seventh
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$7:$7", "E8")
    assert sheet.tables["SauRo"].ref == "A7:L12"
    assert sheet.print_area == "'6 rõ'!$A$1:$L$12"
    for place in ("D1", "D2", "D7", "D8"):
        assert (sheet[place].font.name, sheet[place].font.size) == ("Times New Roman", 12)
        assert sheet[place].alignment.wrap_text and sheet[place].border.left.style == "thin"
    assert sheet["F2"].number_format == "0%"
    # what is not clear is seen at once; the words say it as well
    assert sheet["I9"].fill.fgColor.rgb == "FFFFC7CE" and sheet["F9"].fill.fgColor.rgb != "FFFFC7CE"


def test_many_plans_do_not_take_the_screen_from_the_tasks(make: Make, tmp_path: Path) -> None:
    book = written(tmp_path, *(make(document=f"{number}.docx") for number in range(30)))
    assert book["6 rõ"].freeze_panes == "E1"


def test_no_task_at_all_is_still_a_sheet(make: Make, tmp_path: Path) -> None:
    sheet = written(tmp_path, replace(make(), tasks=()))["6 rõ"]
    lines, rows = blocks(sheet)
    assert ([line["Số nhiệm vụ"] for line in lines], rows) == ([0], [])
    assert sheet.tables["SauRo"].ref == "A4:L5"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice computes the formulas")
def test_a_number_leads_to_its_task_wherever_the_officer_put_it(make: Make, task: MakeTask, tmp_path: Path) -> None:
    ids = ["aa", "bb", "cc"]
    book = written(tmp_path, make(*(task(id=one) for one in ids)))
    tasks, sheet = book["Nhiệm vụ"], book["6 rõ"]
    for line, one in enumerate(["cc", "xx", "aa"], start=2):  # sorted anew, and the second task taken out
        tasks.cell(line, 2).value = one
    for line in range(5, 8):
        # in a free column the place that the link leads to, which is not seen in a sheet
        sheet.cell(line, 13).value = str(sheet.cell(line, 1).value).replace("HYPERLINK(", "CHOOSE(1,")
    book.move_sheet(sheet, -book.index(sheet))
    book.save(tmp_path / "edited.xlsx")
    shown = computed(tmp_path / "edited.xlsx")[4:7]
    assert [(line[0], line[12]) for line in shown] == [("1", "#'Nhiệm vụ'!A4"), ("2", "2"), ("3", "#'Nhiệm vụ'!A2")]


def computed(path: Path) -> list[list[str]]:
    """The first sheet as LibreOffice shows it."""
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))
