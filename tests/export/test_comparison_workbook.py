"""The workbook of a comparison: every cell says what the comparison says, and its words are only words."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from export.comparisons import PARENT, compared, directive, plan, result, task, united
from export.office import computed, needs_office
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import ruleset
from pipeline.audit import CRITERIA
from pipeline.audit.wording import NAMES
from pipeline.compare.model import COVERAGE, MISSING, NOT_APPLICABLE, Issuer, Member, Result
from pipeline.compare.ranking import ranking
from pipeline.compare.wording import KIND_NAMES
from pipeline.errors import UsageError
from pipeline.export import comparison as export
from pipeline.export.comparison import phrases, workbook
from pipeline.export.comparison.cell_notes import LONGEST, Notes
from pipeline.export.comparison.ranking_sheet import MOST_DRAWN
from pipeline.export.comparison.wording import SIGNS

RULES = ruleset.load()
KINDS = KIND_NAMES["vi"]
FIXED = ["Phát hiện", "Xếp hạng", "Họ văn bản"]


def written(folder: Path, found: Result, lang: str = "vi") -> Workbook:
    export.write(found, folder / "s.xlsx", lang, RULES)
    return openpyxl.load_workbook(folder / "s.xlsx")


def by_heading(sheet: Worksheet, line: int = 1) -> list[dict[str, Any]]:
    """The lines below the headings, which stand in that line, up to an empty one."""
    head, *lines = list(sheet.iter_rows(min_row=line, values_only=True))
    filled = itertools.takewhile(any, lines)
    return [dict(zip(map(str, head), values, strict=True)) for values in filled]


def headed(sheet: Worksheet, words: str) -> int:
    """The first line that has a cell of these words."""
    return next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == words)


# ── matrix ─────────────────────────────────────────────────────────────────────────────────


def matrix_of(sheet: Worksheet) -> tuple[int, list[dict[str, Any]]]:
    line = headed(sheet, "STT")
    return line, by_heading(sheet, line)


def test_sheets_stand_in_order_and_the_pages_of_communes_last(tmp_path: Path) -> None:
    assert written(tmp_path, result()).sheetnames == ["Ma trận", *FIXED, "An Lạc", "Bình Hòa", "Cẩm Sơn"]
    several = written(tmp_path, result(compared(), united())).sheetnames
    # the plan of An Lạc in the second family stands on its page of the first
    assert several == ["Ma trận 1", "Ma trận 2", *FIXED, "An Lạc", "Bình Hòa", "Cẩm Sơn", "Dương Nội"]


def test_a_cell_of_the_matrix_says_coverage_and_signs(tmp_path: Path) -> None:
    one = compared()
    _, lines = matrix_of(written(tmp_path, result(one))["Ma trận"])
    assert len(lines) == len(one.tasks)
    for place, line in enumerate(lines):
        for column in one.plans:
            answer = column.answers[place]
            words = str(line[column.plan.issuer.commune]).split("\n")
            assert words[0] == KINDS[answer.status]
            kinds = [finding.kind for finding in answer.findings if finding.kind in SIGNS["vi"]]
            assert words[1:] == [SIGNS["vi"][kind].format(days=15) for kind in kinds]
    assert lines[0]["An Lạc"] == "Có đủ\nhạn +15"


def test_what_a_task_asks_stands_beside_it(tmp_path: Path) -> None:
    _, lines = matrix_of(written(tmp_path, result())["Ma trận"])
    shown = [[line[name] for name in ("STT", "Mục", "Trang", "Nhiệm vụ của văn bản cấp trên")] for line in lines]
    tasks = PARENT.directive.tasks
    assert shown == [[number, one.section, one.page, one.text] for number, one in enumerate(tasks, start=1)]
    first, second, third, _ = lines
    assert (first["Chủ trì"], first["Thời hạn"].date(), first["Sản phẩm"]) == ("Sở Xây dựng", tasks[0].due, "danh mục")
    assert (second["Chu kỳ"], second["Chỉ tiêu"]) == ("hằng quý", "ít nhất 02 cuộc")
    assert third["Thời hạn"] == "trước mùa mưa"  # a deadline that is no day is kept as written


def test_counts_a_line_and_a_column(tmp_path: Path) -> None:
    one = compared()
    sheet = written(tmp_path, result(one))["Ma trận"]
    head, lines = matrix_of(sheet)
    for place, line in enumerate(lines):
        counts = Counter(column.answers[place].status for column in one.plans)
        assert [line[KINDS[status]] for status in COVERAGE] == [counts[status] for status in COVERAGE]
    # of the first task one plan covers it, one misses it, one has a part
    assert [line["Tỷ lệ bao phủ"] for line in lines] == pytest.approx([0.5, 0.5, 1 / 3, None])
    heads = [cell.value for cell in sheet[head]]
    above = {sheet.cell(line, heads.index("Có đủ") + 1).value: line for line in range(1, head)}
    assert list(above) == ["Tỷ lệ bao phủ", *(KINDS[status] for status in COVERAGE), KINDS["added"], "Trang riêng"]
    for column in one.plans:
        place = heads.index(column.plan.issuer.commune) + 1
        shown = {name: sheet.cell(line, place).value for name, line in above.items()}
        assert shown.pop("Tỷ lệ bao phủ") == pytest.approx(column.coverage)
        assert shown.pop(KINDS["added"]) == len(column.added)
        assert shown.pop("Trang riêng") == "Xem"
        assert list(shown.values()) == [column.count(status) for status in COVERAGE]


def test_colours_follow_coverage_and_what_is_weaker_is_red(tmp_path: Path) -> None:
    export.write(result(), tmp_path / "s.xlsx", "vi", RULES)
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx", rich_text=True)["Ma trận"]
    head = headed(sheet, "STT")
    column = next(cell.column for cell in sheet[head] if cell.value == "An Lạc")
    cells = [sheet.cell(head + 1 + place, column) for place in range(4)]
    papers = ["FF" + phrases.COLOURS[status][1][1:] for status in COVERAGE]
    assert [cell.fill.fgColor.rgb for cell in cells] == papers  # An Lạc has one of each, in this order
    word, sign = cells[0].value  # type: ignore[misc]
    assert (word.text, sign.text, sign.font.color.rgb, bool(sign.font.b)) == ("Có đủ", "\nhạn +15", "FFC00000", True)
    assert not word.font.b
    assert isinstance(cells[2].value, str)


def test_a_note_quotes_the_rows_with_their_places(tmp_path: Path) -> None:
    one = compared()
    sheet = written(tmp_path, result(one))["Ma trận"]
    head = headed(sheet, "STT")
    places = {cell.value: cell.column for cell in sheet[head]}
    for column in one.plans:
        for line, answer in enumerate(column.answers, start=head + 1):
            note = sheet.cell(line, places[column.plan.issuer.commune]).comment
            assert (note is not None) == bool(answer.links)
            if note is None:
                continue
            first, quoted, *found = note.text.split("\n")
            (row,) = answer.rows
            assert first == column.plan.document
            assert quoted == f"Mục {row.section}, trang {row.page} (giống 81%): “{row.text}”"
            assert len(found) == len(answer.findings)
    said = sheet.cell(head + 1, places["An Lạc"]).comment
    assert said is not None and "• Hạn muộn hơn (+15 ngày): “trước 15/6” → “30/6”" in said.text


def test_a_note_too_long_is_cut_where_it_is_seen(tmp_path: Path) -> None:
    long = plan("An Lạc")
    row = replace(long.directive.tasks[0], text="nước sạch " * 4000, evidence={})
    made = replace(long, directive=replace(long.directive, tasks=(row, *long.directive.tasks[1:])))
    sheet = written(tmp_path, result(compared(made)))["Ma trận"]
    (note, *_) = [cell.comment for line in sheet.iter_rows() for cell in line if cell.comment]
    assert len(note.text) < LONGEST + 40 and note.text.endswith("(xem tiếp trong văn bản)")


def test_notes_past_the_limit_are_said_to_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "Notes", partial(Notes, most=2))
    done = export.write(result(), tmp_path / "s.xlsx", "vi", RULES)
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    notes = [cell for line in book["Ma trận"].iter_rows() for cell in line if cell.comment]
    quoting = sum(bool(answer.links) for column in compared().plans for answer in column.answers)
    assert (len(notes), quoting) == (2, 5)
    (said,) = done.notes
    assert said.code == "notes-left-out" and f"{quoting} ô" in said.message and "2 ô đầu" in said.message
    assert any(cell.value == said.message for line in book["Họ văn bản"].iter_rows() for cell in line)


def test_the_matrix_is_frozen_filtered_and_printed_with_its_headings(tmp_path: Path) -> None:
    sheet = written(tmp_path, result())["Ma trận"]
    head = headed(sheet, "STT")
    last = sheet.cell(head, sheet.max_column).column_letter
    assert sheet.auto_filter.ref == f"A{head}:{last}{head + 4}"
    assert sheet.freeze_panes == f"E{head + 1}"
    assert (sheet.print_title_rows, sheet.print_title_cols) == (f"${head}:${head}", "$A:$D")
    # A4 in landscape, one page wide, as the other sheets
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0


def test_many_plans_are_printed_side_by_side_rather_than_too_small(tmp_path: Path) -> None:
    sheet = written(tmp_path, result(compared(*(plan(f"Xã {number}") for number in range(40)))))["Ma trận"]
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.scale == 55


def test_a_union_says_in_whose_words_each_task_stands(tmp_path: Path) -> None:
    one = united()
    sheet = written(tmp_path, result(one))["Ma trận"]
    _, lines = matrix_of(sheet)
    assert [line["Theo lời của"] for line in lines] == list(one.homes)
    assert [line["Nhiệm vụ (gộp từ các kế hoạch)"] for line in lines] == [found.text for found in one.tasks]
    assert "154/KH-UBND" in str(sheet["A1"].value) and "không có tệp" in str(sheet["A1"].value)


def test_columns_of_one_commune_are_told_apart(tmp_path: Path) -> None:
    plans = (plan("An Lạc"), plan("An Lạc", name="Đảng ủy xã An Lạc", document="a.docx"), plan("Bình Hòa"))
    twice = (*plans, plan("Hà", document="b.docx"), plan("Hà", document="c.docx"))
    sheet = written(tmp_path, result(compared(*twice)))["Ma trận"]
    heads = [cell.value for cell in sheet[headed(sheet, "STT")]][-5:]
    assert heads == ["UBND xã An Lạc", "Đảng ủy xã An Lạc", "Bình Hòa", "UBND xã Hà (b.docx)", "UBND xã Hà (c.docx)"]


# ── findings ───────────────────────────────────────────────────────────────────────────────


def test_one_row_a_finding_with_both_sources(tmp_path: Path) -> None:
    one = compared()
    sheet = written(tmp_path, result(one))["Phát hiện"]
    rows = by_heading(sheet)
    expected = [(column, finding) for column in one.plans for finding in column.findings]
    for row, (column, finding) in zip(rows, expected, strict=True):
        assert row["Loại phát hiện"] == KINDS[finding.kind]
        assert (row["Xã, đơn vị"], row["Tệp kế hoạch"]) == (column.plan.issuer.commune, column.plan.document)
        asked = finding.parent
        assert row["Nhiệm vụ của văn bản cấp trên"] == (asked and asked.text)
        assert (row["Mục (cấp trên)"], row["Trang (cấp trên)"]) == (asked and asked.section, asked and asked.page)
        assert row["Văn bản cấp trên"] == (asked and "Kế hoạch số 154/KH-UBND ngày 20/03/2026")
        assert row["Dòng của kế hoạch"] == ("\n".join(own.text for own in finding.rows) or None)
        assert row["Mục (kế hoạch)"] == ("; ".join(own.section for own in finding.rows) or None)
        assert row["Trang (kế hoạch)"] == (finding.rows[0].page if finding.rows else None)
        assert ((row["Văn bản cấp trên nêu"] or ""), (row["Kế hoạch nêu"] or "")) == phrases.sides(finding, "vi")
        assert row["Kế hoạch"] == "Kế hoạch số 12/KH-UBND ngày 03/04/2026"
        assert row["Họ văn bản"] == "Họ 1: thực hiện Kế hoạch số 154/KH-UBND ngày 20/03/2026"
    assert sheet.tables["PhatHien"].ref == f"A1:Q{len(expected) + 1}"
    assert sheet.tables["PhatHien"].autoFilter is not None
    assert sheet.freeze_panes == "F2"


def test_days_and_shares_are_numbers_in_columns_of_their_own(tmp_path: Path) -> None:
    rows = by_heading(written(tmp_path, result())["Phát hiện"])
    measures = {(row["Loại phát hiện"], row["Lệch, ngày"], row["Tỷ lệ"]) for row in rows}
    assert {one for one in measures if one[1:] != (None, None)} == {
        ("Hạn muộn hơn", 15, None), ("Có một phần", None, 0.5), ("Chép nguyên văn", None, 0.875),
    }  # fmt: skip


def test_what_both_sides_say_and_no_whole_task_twice(tmp_path: Path) -> None:
    rows = by_heading(written(tmp_path, result())["Phát hiện"])
    says = {row["Loại phát hiện"]: (row["Văn bản cấp trên nêu"], row["Kế hoạch nêu"]) for row in rows}
    assert says == {
        "Hạn muộn hơn": ("trước 15/6", "30/6"), "Chỉ tiêu thấp hơn": ("ít nhất 02 cuộc", "01 cuộc"),
        # where a document has no words for a cadence, its name stands for the code
        "Chu kỳ thưa hơn": ("hằng quý", "theo nhiệm kỳ, một lần"),
        **dict.fromkeys(("Có đủ", "Có một phần", "Thiếu", "Không thuộc cấp này", "Bổ sung riêng", "Chép nguyên văn"),
                        (None, None)),
    }  # fmt: skip


def test_rows_on_several_pages_name_them_all(tmp_path: Path) -> None:
    one = compared(plan("An Lạc"))
    (column,) = one.plans
    finding = replace(column.added[0], rows=column.plan.directive.tasks)
    found = replace(one, plans=(replace(column, added=(finding,)),))
    last = by_heading(written(tmp_path, result(found))["Phát hiện"])[-1]
    assert (last["Mục (kế hoạch)"], last["Trang (kế hoạch)"]) == ("II.1; II.3; V", "1; 2; 3")
    assert last["Dòng của kế hoạch"].count("\n") == 2


# ── pages ──────────────────────────────────────────────────────────────────────────────────


def test_a_page_has_figures_and_the_tasks_with_what_is_missing_first(tmp_path: Path) -> None:
    one = compared()
    book = written(tmp_path, result(one))
    for column in one.plans:
        sheet = book[str(column.plan.issuer.commune)]
        figures = {sheet.cell(line, 3).value: sheet.cell(line, 4).value for line in range(1, headed(sheet, "STT"))}
        assert figures["Tỷ lệ bao phủ"] == pytest.approx(column.coverage)
        assert [figures[KINDS[status]] for status in COVERAGE] == [column.count(status) for status in COVERAGE]
        assert (figures[KINDS["added"]], figures["Số ngày sau văn bản cấp trên"]) == (1, column.days)
        found = Counter(finding.kind for finding in column.findings)
        assert all(figures.get(KINDS[kind]) == found[kind] for kind in found)
        lines = by_heading(sheet, headed(sheet, "STT"))
        answers = dict(enumerate(column.answers, start=1))
        assert sorted(line["STT"] for line in lines) == list(answers)
        assert [line["Kết quả"] for line in lines] == [KINDS[answers[line["STT"]].status] for line in lines]
        order = [line["Kết quả"] for line in lines]
        assert order == sorted(order, key=["Thiếu", "Có một phần", "Có đủ", "Không thuộc cấp này"].index)
        for line in lines:
            answer = answers[line["STT"]]
            assert line["Nhiệm vụ của văn bản cấp trên"] == answer.parent.text
            assert all(row.text in line["Dòng của kế hoạch"] for row in answer.rows)
            said = str(line["Phát hiện"] or "")
            assert all(KINDS[one.kind] in said for one in answer.findings if one.kind not in COVERAGE)


def test_a_missing_task_says_what_the_parent_asks(tmp_path: Path) -> None:
    sheet = written(tmp_path, result())["Bình Hòa"]
    first = by_heading(sheet, headed(sheet, "STT"))[0]
    assert first["Phát hiện"] == (
        "Văn bản cấp trên yêu cầu: chủ trì: Sở Xây dựng; thời hạn: 15/06/2026; sản phẩm: danh mục"
    )


def test_a_page_lists_what_was_added(tmp_path: Path) -> None:
    sheet = written(tmp_path, result())["An Lạc"]
    line = headed(sheet, "Nhiệm vụ bổ sung riêng")
    (row,) = by_heading(sheet, line + 1)
    assert row == {"STT": 1, "Mục": "mục V, trang 3", "Dòng của kế hoạch": "Trồng cây ở An Lạc.", "Thời hạn": None,
                   "Chủ trì": "Hội Nông dân", "Sản phẩm": None}  # fmt: skip


def test_the_plans_of_a_commune_in_two_families_stand_on_one_page(tmp_path: Path) -> None:
    sheet = written(tmp_path, result(compared(), united()))["An Lạc"]
    words = [str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value]
    assert [one for one in words if one.startswith("Tệp: ")] == [
        "Tệp: KH An Lạc.docx; KH An Lạc (bản cũ).docx",
        "Tệp: KH 7.docx; KH An Lạc (bản cũ).docx",
    ]
    assert words.count("Tỷ lệ bao phủ") == 2
    links = [cell.hyperlink.location for line in sheet.iter_rows() for cell in line if cell.hyperlink]
    assert links == ["'Ma trận 1'!A1", "'Ma trận 2'!A1"]


def test_communes_of_one_name_in_two_provinces_have_pages_of_their_own(tmp_path: Path) -> None:
    plans = (plan("Tân Lập"), plan("Tân Lập", province="Núi Hồng", document="b.docx"))
    assert written(tmp_path, result(compared(*plans))).sheetnames[-2:] == ["Tân Lập", "Tân Lập, Núi Hồng"]


HOSTILE_NAMES = [
    "a" * 40, "a" * 41, "A" * 40, "[xã]:*?/\\", "'", "''An Lạc''", "History", "Ma trận", "ma TRẬN", "Phát hiện", "",
    "😀" * 20, "An\x00 Lạc\x1f", "\ud800", "An Lạc", "An La\u0323c", "=1+1", "Xếp hạng ", "Ea H'leo", "b" * 30 + "'" + "c",
]  # fmt: skip


def test_names_of_sheets_are_legal_and_each_plan_has_a_page(tmp_path: Path) -> None:
    plans = [
        Member(
            replace(plan("x").directive, document=f"{number}.docx"),
            Issuer(f"UBND {name}", "ubnd", "xa", name, f"Tỉnh {number}"),
        )
        for number, name in enumerate([*HOSTILE_NAMES, *(f"Xã số {number}" for number in range(80))])
    ]
    one = compared(*plans)
    book = written(tmp_path, result(one))
    pages = book.sheetnames[4:]
    assert len(pages) == len(plans)  # each is of another province
    for name in book.sheetnames:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name) and name.strip("' ") == name
        assert name.casefold() != "history"
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    matrix = book["Ma trận"]
    heads = matrix[headed(matrix, "STT") - 1][-len(plans) :]
    leads = [cell.hyperlink and cell.hyperlink.location for cell in heads]
    assert leads == [place_of(page) for page in pages]


def place_of(page: str) -> str:
    """The first cell of a sheet, as a link names it."""
    return "'" + page.replace("'", "''") + "'!A1"


# ── ranking and families ───────────────────────────────────────────────────────────────────


def test_the_ranking_shows_the_figures_of_the_standings(tmp_path: Path) -> None:
    one = compared()
    sheet = written(tmp_path, result(one))["Xếp hạng"]
    standings = ranking(one, RULES)
    columns = {id(column.plan): column for column in one.plans}
    lines = by_heading(sheet, headed(sheet, "Hạng"))
    for line, standing in zip(lines, standings, strict=True):
        column, clarity = columns[id(standing.plan)], standing.clarity
        assert line["Cơ quan ban hành"] == standing.plan.issuer.commune
        assert line["Tỷ lệ bao phủ"] == pytest.approx(standing.coverage)
        assert [line[KINDS[status]] for status in COVERAGE] == [column.count(status) for status in COVERAGE]
        shown = [line[KINDS[kind]] for kind in ("deadline-later", "deadline-lost", "added")]
        assert shown == [standing.kinds[kind] for kind in ("deadline-later", "deadline-lost", "added")]
        assert (line["Số nhiệm vụ"], line["Số ngày sau văn bản cấp trên"]) == (standing.tasks, column.days)
        complete = [line[name] for name in ("Có chủ trì", "Có thời hạn hoặc chu kỳ", "Có sản phẩm")]
        assert complete == pytest.approx([standing.lead, standing.due, standing.product])
        shares = [line[NAMES["vi"][criterion]] for criterion in CRITERIA]
        assert shares == pytest.approx([clarity.share(criterion) for criterion in CRITERIA])
        assert line["Đủ 6 rõ"] == pytest.approx(clarity.share_of_all_six)
    pages = [line[3].hyperlink for line in sheet.iter_rows(min_row=headed(sheet, "Hạng") + 1, max_row=5)]
    assert [link and link.location for link in pages] == [place_of(line["Cơ quan ban hành"]) for line in lines]
    # two thirds of the applicable, half, a sixth
    assert [line["Hạng"] for line in lines] == [1, 2, 3]
    assert [line["Cơ quan ban hành"] for line in lines] == ["Bình Hòa", "An Lạc", "Cẩm Sơn"]


def test_equal_plans_share_a_rank(tmp_path: Path) -> None:
    plans = [plan(name) for name in ("A", "B", "C", "D")]  # the fourth answers as the first does
    one = compared(*plans)
    sheet = written(tmp_path, result(one))["Xếp hạng"]
    assert [line["Hạng"] for line in by_heading(sheet, headed(sheet, "Hạng"))] == [1, 2, 2, 4]
    # where one of them has a later deadline more, they are no equals
    late = next(finding for finding in one.plans[0].findings if finding.kind == "deadline-later")
    answers = one.plans[3].answers
    more = replace(answers[1], findings=(*answers[1].findings, late))
    last = replace(one.plans[3], answers=(answers[0], more, *answers[2:]))
    (tmp_path / "late").mkdir()
    sheet = written(tmp_path / "late", result(replace(one, plans=(*one.plans[:3], last))))["Xếp hạng"]
    assert [line["Hạng"] for line in by_heading(sheet, headed(sheet, "Hạng"))] == [1, 2, 3, 4]


@pytest.mark.parametrize("count", [3, MOST_DRAWN + 5])
def test_a_chart_draws_the_lines_of_the_ranking(tmp_path: Path, count: int) -> None:
    sheet = written(tmp_path, result(compared(*(plan(f"X{number}") for number in range(count)))))["Xếp hạng"]
    first = headed(sheet, "Hạng") + 1 + max(count - MOST_DRAWN, 0)  # of many the lowest are drawn
    last = headed(sheet, "Hạng") + count
    (chart,) = sheet._charts  # type: ignore[attr-defined]
    heads = [cell.value for cell in sheet[headed(sheet, "Hạng")]]
    drawn = [series.val.numRef.f for series in chart.series]
    letters = [sheet.cell(1, heads.index(KINDS[status]) + 1).column_letter for status in COVERAGE[:3]]
    assert drawn == [f"'Xếp hạng'!${letter}${first}:${letter}${last}" for letter in letters]
    assert chart.anchor._from.row > last - 1  # it hides no line


def test_the_families_name_every_document_with_its_role(tmp_path: Path) -> None:
    one = compared()
    above = Member(directive("CT 53.docx"), Issuer("Ban Bí thư", "cap-uy", "tw"))
    one = replace(one, family=replace(one.family, above=(above,)))
    sheet = written(tmp_path, result(one))["Họ văn bản"]
    rows = by_heading(sheet)
    assert [(row["Họ"], row["Vai trò"], row["Tệp"], row["Cấp"]) for row in rows] == [
        (1, "Văn bản ở trên nữa", "CT 53.docx", "Trung ương"),
        (1, "Văn bản cấp trên trực tiếp", "KH tỉnh.docx", "Tỉnh"),
        *((1, "Kế hoạch", f"KH {name}.docx", "Xã") for name in ("An Lạc", "Bình Hòa", "Cẩm Sơn")),
        (None, "Không thuộc họ nào", "Giấy mời.docx", "Xã"),
    ]
    third = rows[2]
    assert third["Văn bản cấp trên trực tiếp"] == "154/KH-UBND ngày 20/03/2026 của UBND tỉnh"
    assert third["Văn bản đứng đầu"] == "53-CT/TW ngày 01/11/2025 của Ban Bí thư"
    assert third["Lời viện dẫn"] == "Thực hiện Kế hoạch số 154/KH-UBND"
    assert (third["Xã"], third["Tỉnh"], third["Số ngày sau văn bản cấp trên"]) == ("An Lạc", "Sông Trong", 14)
    assert (third["Bản khác của văn bản"], third["Số nhiệm vụ"]) == ("KH An Lạc (bản cũ).docx", 3)
    assert sheet.cell(headed(sheet, "Lưu ý") + 1, 1).value == "Giấy mời.docx không viện dẫn gì."


# ── the whole workbook ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    ['=HYPERLINK("http://example.org","x")', "=1+1", "+84 24", "-Tổ chức", "@SUM(1)", "\t=1", "{=1+1}",
     "http://example.org/x", "internal:Sheet1!A1", "00123", "<script>alert(1)</script>", "{days} {name} {0}", "&C&P"],
)  # fmt: skip
def test_words_of_a_document_stay_words(tmp_path: Path, words: str) -> None:
    asked = replace(PARENT, directive=replace(
        directive(words, *(task(f"p{n}", words, lead=(words,), due_text=words, deliverable=words, quantity=(words,))
                           for n in range(4))), document=words))  # fmt: skip
    own = directive(words, *(task(f"r{n}", words, lead=(words,), deliverable=words, section=words) for n in range(3)))
    hostile = Member(own, Issuer(words, "ubnd", "xa", words, words), PARENT.implements, (words,))
    book = written(tmp_path, result(compared(hostile, parent=asked)))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert all(cell.hyperlink.target is None for cell in cells if cell.hyperlink)
    assert {cell.hyperlink.location for cell in cells if cell.hyperlink} <= set(map(place_of, book.sheetnames))
    assert sum(cell.value == words for cell in cells) > 20
    (note, *_) = [cell.comment.text for cell in cells if cell.comment]
    assert words in note


def test_what_a_cell_cannot_hold_is_left_out_or_cut_where_it_is_seen(tmp_path: Path) -> None:
    words = "\ud800\x00\x0b" + "nước " * 8000
    asked = replace(PARENT, directive=directive("KH\x00.docx", *(task(f"p{n}", words) for n in range(4))))
    own = Member(directive("x.docx", *(task(f"r{n}", words) for n in range(3))), Issuer("UBND\x01 xã", commune="Hà"))
    book = written(tmp_path, result(compared(own, parent=asked)))
    longest = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line
               if isinstance(cell.value, str) and len(cell.value) > 30_000]  # fmt: skip
    assert len(longest) > 10
    assert all(len(one) <= 32767 and one.endswith("(xem tiếp trong văn bản)") for one in longest)


def test_equal_results_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        export.write(result(compared(), united()), tmp_path / name, "vi", RULES)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_english_has_no_vietnamese_word_of_ours(tmp_path: Path) -> None:
    book = written(tmp_path, result(compared(), united()), lang="en")
    assert book.sheetnames[:5] == ["Matrix 1", "Matrix 2", "Findings", "Ranking", "Families"]
    head = headed(book["Matrix 1"], "No.")
    words = [str(cell.value) for cell in book["Matrix 1"][head]]
    assert words[3] == "Task of the parent" and "Covered" in words
    ours = {name for names in (KINDS, SIGNS["vi"]) for name in names.values()}
    shown = {cell.value for sheet in book for line in sheet.iter_rows() for cell in line}
    assert not ours & shown


def test_nothing_to_compare_is_still_a_workbook_that_says_so(tmp_path: Path) -> None:
    book = written(tmp_path, Result((), result().alone, result().remarks))
    assert book.sheetnames == ["Phát hiện", "Họ văn bản"]
    assert [row["Vai trò"] for row in by_heading(book["Họ văn bản"])] == ["Không thuộc họ nào"]


def test_a_parent_without_tasks_is_said(tmp_path: Path) -> None:
    one = compared()
    bare = replace(one, tasks=(), homes=(), plans=tuple(replace(column, answers=()) for column in one.plans))
    book = written(tmp_path, result(bare))
    assert headed(book["Ma trận"], "Không có nhiệm vụ nào để so.")
    assert [line["Tỷ lệ bao phủ"] for line in by_heading(book["Xếp hạng"], 2)] == [None] * 3


def test_a_workbook_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    export.write(result(), path, "vi", RULES)
    before = path.read_bytes()
    done = export.write(result(united()), path, "vi", RULES)
    assert [note.code for note in done.notes] == ["kept"]
    assert (tmp_path / "s.truoc-1.xlsx").read_bytes() == before != path.read_bytes()


def test_other_suffixes_are_refused_with_what_to_do(tmp_path: Path) -> None:
    for write in (lambda path: export.check(path), lambda path: export.write(result(), path, "vi", RULES)):
        with pytest.raises(UsageError) as raised:
            write(tmp_path / "s.docx")
        assert ".xlsx, .html, .json" in raised.value.message
    export.check(tmp_path / "S.XLSX")
    assert not list(tmp_path.iterdir())


@needs_office
def test_libreoffice_shows_the_matrix_as_it_was_written(tmp_path: Path) -> None:
    book = written(tmp_path, result(compared(), united()))
    shown = computed(tmp_path / "s.xlsx")
    assert shown.sheetnames == book.sheetnames
    for name in book.sheetnames:
        for line in book[name].iter_rows():
            for cell in line:
                there = shown[name][cell.coordinate].value
                # LibreOffice keeps fifteen digits
                assert there == (pytest.approx(cell.value) if isinstance(cell.value, float) else cell.value)
    notes = [cell for line in shown["Ma trận 1"].iter_rows() for cell in line if cell.comment]
    assert len(notes) == sum(bool(answer.links) for column in compared().plans for answer in column.answers)


def test_statuses_used_here_are_all_there_are() -> None:
    seen = {answer.status for column in compared().plans for answer in column.answers}
    assert seen == set(COVERAGE) and MISSING in seen and NOT_APPLICABLE in seen
