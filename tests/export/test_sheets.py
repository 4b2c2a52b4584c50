"""The sheets beside `Nhiệm vụ`, read back with openpyxl, and their formulas as LibreOffice computes them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from export.office import computed, enter, named, needs_office
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import export
from pipeline.export import calendar_sheet, clarity_sheet, review_sheet, table, task_sheet
from pipeline.export.page import header
from pipeline.export.summary_sheet import MOST_UNITS
from pipeline.export.wording import EN, VI, WORDINGS
from pipeline.extract.candidates import DIRECTING
from pipeline.model import Citation, Directive, Evidence, Meta, Milestone, Task, Unplaced
from pipeline.model import Warning as Caution
from pipeline.occurrences import occurrences
from pipeline.settings import Settings

Make = Callable[..., Directive]
MakeTask = Callable[..., Task]
ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 3, 2)
*SITUATIONS, GONE = VI.situations
APART = f"{GONE} (không tính vào tổng số)"
VIETNAMESE = ["Nhiệm vụ", "Chỉ tiêu", "Lịch", "Tổng hợp", "Cần rà soát", "Văn bản", "6 rõ", "Cài đặt"]
ENGLISH = ["Tasks", "Targets", "Calendar", "Summary", "To review", "Documents", "Six clarities", "Settings"]
HOSTILE = [
    '=HYPERLINK("http://example.org","bấm vào đây")',
    '"&HYPERLINK("http://example.org")&"',
    "+84 24 3804 0000",
    "-Tổ chức",
    "@SUM(1)",
    "=1+1",
    "{=1+1}",
    "sao * hỏi ? ngã ~",
    "x\x00y\ud800z",
    "dài " * 10_000,
]


def written(path: Path, *directives: Directive, lang: str = "vi") -> Workbook:
    path.mkdir(exist_ok=True)
    (target,) = export.targets([path / "t.xlsx"])
    export.write(directives, target, lang)
    return openpyxl.load_workbook(path / "t.xlsx")


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    """The lines of the sheet by heading."""
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), line, strict=True)) for line in lines if any(line)]


def visible(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


@pytest.fixture
def plan(make: Make, task: MakeTask) -> Directive:
    """Tasks of every kind that the sheets tell apart."""
    monthly, weekly = "FREQ=MONTHLY;BYMONTHDAY=20", "FREQ=WEEKLY;BYDAY=FR"
    return make(
        task(id="a", lead=("Công an xã",), due=dt.date(2026, 3, 5), cadence=("once",)),
        task(id="b", lead=("Công an xã", "Văn phòng"), due=dt.date(2026, 3, 1), review=("several-leads", "năm lạ")),
        task(id="c", lead=("Văn phòng Đảng ủy",), due=dt.date(2026, 12, 30), quantity=("02 cuộc",)),
        task(id="d", lead=("Văn phòng",), rrule=monthly, cadence=("monthly",), kind="target", quantity=("100%", "5 xã")),
        task(id="e", cadence=("continuous",), kind="target"),
        task(id="f", lead=("văn phòng",), cadence=("continuous", "quarterly"), review=("no-deadline",)),
        task(id="g", cadence=("ad_hoc",), lead=("Công an",)),
        task(id="h", cadence=("once",), start=dt.date(2026, 12, 1), rrule=weekly),
        task(id="i", due=dt.date(2025, 6, 1), milestones=(Milestone("gửi dự thảo", dt.date(2026, 5, 2)),)),
        task(id="j"),
        meta=Meta(type="kế hoạch", number="85-KH/HU", date=dt.date(2026, 2, 1), title="Kế hoạch năm"),
    )


@pytest.mark.parametrize(("lang", "names"), [("vi", VIETNAMESE), ("en", ENGLISH)])
def test_the_sheets_in_their_order(plan: Directive, tmp_path: Path, lang: str, names: list[str]) -> None:
    assert [sheet.title for sheet in visible(written(tmp_path, plan, lang=lang))] == names


def test_english_says_nothing_in_vietnamese(make: Make, task: MakeTask, tmp_path: Path) -> None:
    plain = task(text="x", lead=("x",), review=tuple(EN.review), cadence=tuple(EN.cadence), quantity=("1",), kind="target")
    book = written(tmp_path, make(plain, document="x", meta=Meta(), warnings=(), unplaced=()), lang="en")
    said = [cell.value for sheet in visible(book) for line in sheet.iter_rows() for cell in line if cell.value]
    said += [sheet.oddHeader.left.text or "" for sheet in visible(book)] + [visible(book)[0].oddHeader.center.text]
    vietnamese = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
    assert not [words for words in said if isinstance(words, str) and vietnamese.search(words)]


# ── targets ────────────────────────────────────────────────────────────────────────────────


def test_targets_are_what_can_be_measured(plan: Directive, tmp_path: Path) -> None:
    found = rows(written(tmp_path, plan)["Chỉ tiêu"])
    assert [(row["Mã nhiệm vụ"], row["Loại"], row["Chỉ tiêu"]) for row in found] == [
        ("c", "Nhiệm vụ", "02 cuộc"), ("d", "Chỉ tiêu", "100%; 5 xã"), ("e", "Chỉ tiêu", None),
    ]  # fmt: skip


@needs_office
def test_targets_show_what_the_officer_typed_wherever_the_row_is(plan: Directive, tmp_path: Path) -> None:
    book = written(tmp_path, plan)
    sheet = book["Nhiệm vụ"]
    enter(book, "HomNay", TODAY)
    for line in range(2, 12):  # the rows in reverse
        sheet.cell(line, 2).value = "jihgfedcba"[line - 2]
    at = {"jihgfedcba"[line - 2]: line for line in range(2, 12)}
    for column, value in (("O", "Hoàn thành"), ("P", 80), ("Q", dt.date(2026, 3, 2)), ("R", "đã họp")):
        sheet[f"{column}{at['c']}"] = value
    sheet[f"F{at['c']}"] = dt.date(2026, 3, 1)
    sheet[f"B{at['e']}"] = "gone"
    book.save(tmp_path / "t2.xlsx")
    found = {row["Mã nhiệm vụ"]: row for row in rows(computed(tmp_path / "t2.xlsx")["Chỉ tiêu"])}
    shown = [found["c"][name] for name in ("Thời hạn", "% hoàn thành", "Kết quả", "Tình trạng")]
    assert shown == [dt.datetime(2026, 3, 1), 80, "đã họp", "Hoàn thành quá hạn"]
    assert [found["e"][name] for name in ("Thời hạn", "Kết quả", "Tình trạng")] == [None] * 3


# ── calendar ───────────────────────────────────────────────────────────────────────────────


def test_the_calendar_has_every_date_of_the_year_in_order(plan: Directive, tmp_path: Path) -> None:
    sheet = written(tmp_path, plan)["Lịch"]
    found = [(row["Ngày"].date(), row["Mã nhiệm vụ"]) for row in rows(sheet)]
    expected = [
        (day.date, day.of) for one in plan.tasks for day in occurrences(one, 2026, shift=False, since=dt.date(2026, 2, 1))
    ]
    assert found == sorted(expected)
    assert "2026" in sheet.oddHeader.center.text
    said = {row["Mã nhiệm vụ"]: row["Việc đến hạn"] for row in rows(sheet)}
    assert (said["a"], said["d"], said["i"]) == ("Thời hạn", "Định kỳ (hằng tháng)", "Mốc: gửi dự thảo")
    assert "Ngày theo văn bản" not in rows(sheet)[0]


@pytest.mark.parametrize("side", ["before", "after"])
def test_days_off_move_when_the_office_says_so(plan: Directive, tmp_path: Path, side: str) -> None:
    (tmp_path / "dondoc.toml").write_text(f"[calendar]\nyear = 2026\ndays-off = '{side}'\n", encoding="utf-8")
    found = rows(written(tmp_path, plan)["Lịch"])
    milestone = next(row for row in found if row["Mã nhiệm vụ"] == "i")
    # the second of May is a Saturday behind two holidays
    day = {"before": dt.datetime(2026, 4, 29), "after": dt.datetime(2026, 5, 4)}[side]
    weekday = {"before": "Thứ Tư", "after": "Thứ Hai"}[side]
    assert (milestone["Ngày"], milestone["Thứ"], milestone["Ngày theo văn bản"]) == (day, weekday, dt.datetime(2026, 5, 2))
    assert [row["Ngày"] for row in found] == sorted(row["Ngày"] for row in found)


def dated(*days: str) -> list[Task]:
    return [Task(id=day, section="", order=1, text="x", due=dt.date.fromisoformat(day)) for day in days]


YEARS: list[tuple[list[Task], Meta, int | None, int | None]] = [
    (dated("2025-01-01", "2026-01-01", "2026-02-01"), Meta(), None, 2026),
    # of two years alike the one to come
    (dated("2025-01-01", "2026-01-01"), Meta(), None, 2026),
    # what the office chose goes before all
    (dated("2025-01-01"), Meta(), 2030, 2030),
    # without a date: the year the plan is for, else that of the document
    ([Task("1", "", 1, "x")], Meta(date=dt.date(2025, 12, 20), year=2026), None, 2026),
    ([Task("1", "", 1, "x")], Meta(date=dt.date(2025, 12, 20)), None, 2025),
    ([Task("1", "", 1, "x")], Meta(), None, None),
    ([], Meta(), None, None),
]


@pytest.mark.parametrize(("tasks", "meta", "chosen", "expected"), YEARS)
def test_the_year_of_the_calendar(make: Make, tasks: list[Task], meta: Meta, chosen: int | None, expected: int | None) -> None:
    directive = Directive("x", "", "", 1, "ok", meta=meta, tasks=tuple(tasks))
    assert calendar_sheet.year_of(task_sheet.rows_of([directive], VI), chosen) == expected


# ── summary ────────────────────────────────────────────────────────────────────────────────


def block(sheet: Worksheet, heading: str) -> dict[str, dict[str, Any]]:
    """The block whose first column has that heading: its lines by their label."""
    lines = list(sheet.iter_rows(values_only=True))
    top = next(place for place, line in enumerate(lines) if line[0] == heading)
    heads = [str(name) for name in lines[top] if name]
    found: dict[str, dict[str, Any]] = {}
    for line in lines[top + 1 :]:
        if line[0] is None or line[1] is None:
            break
        found[str(line[0])] = dict(zip(heads[1:], line[1:], strict=False))
    return found


@needs_office
def test_the_counts_are_those_of_the_rows(plan: Directive, tmp_path: Path) -> None:
    book = written(tmp_path, plan)
    enter(book, "HomNay", TODAY)
    for line, state in ((2, "Hoàn thành"), (6, "Hủy"), (7, "Hoàn thành"), (8, "Đang thực hiện")):
        book["Nhiệm vụ"].cell(line, 15).value = state
    book["Nhiệm vụ"]["Q2"] = dt.date(2026, 3, 9)
    book.save(tmp_path / "t2.xlsx")
    made = computed(tmp_path / "t2.xlsx")
    tasks, summary = rows(made["Nhiệm vụ"]), made["Tổng hợp"]

    counts = Counter(row["Tình trạng"] for row in tasks)
    shown = {name: line["Số nhiệm vụ"] for name, line in block(summary, "Tình trạng").items()}
    assert shown == {**{name: counts[name] for name in SITUATIONS}, "Tạm dừng, hủy": counts["Hủy"], "Tổng số": len(tasks), APART: 0}
    assert len(counts) >= 6

    by_unit = block(summary, "Đơn vị chủ trì")
    leads = Counter(name.casefold() for one in plan.tasks for name in one.lead)
    assert {name.casefold(): line["Số nhiệm vụ"] for name, line in by_unit.items()} == {
        **leads, "chưa rõ đơn vị chủ trì": sum(not one.lead for one in plan.tasks)}  # fmt: skip
    for line in by_unit.values():
        assert line["Số nhiệm vụ"] == sum(line[name] for name in (*SITUATIONS, "Tạm dừng, hủy"))
    # a name is not counted where it is a part of another, and one lead of two is
    assert (by_unit["Công an xã"]["Số nhiệm vụ"], by_unit["Công an"]["Số nhiệm vụ"]) == (2, 1)

    months = block(summary, "Tháng")
    due = Counter(f"Tháng {one.due.month}" for one in plan.tasks if one.due and one.due.year == 2026)
    dates = Counter(f"Tháng {row['Ngày'].month}" for row in rows(made["Lịch"]))
    for month in range(1, 13):
        name = f"Tháng {month}"
        assert (months[name]["Đến hạn"], months[name]["Lượt theo Lịch"]) == (due[name], dates[name]), name
    assert (months["Tháng 3"]["Hoàn thành"], months["Tháng 3"]["Quá hạn"]) == (1, 1)
    assert months["Đến hạn vào năm khác"]["Đến hạn"] == 1

    undated = block(summary, "Loại việc")
    assert [tuple(line.values()) for line in undated.values()] == [(2, 1, 1), (1, 0, 0), (1, 0, 0), (2, 0, 0)]


@needs_office
def test_what_the_document_no_longer_says_is_counted_apart_and_nowhere_else(plan: Directive, tmp_path: Path) -> None:
    """With every task gone but one that is done: an officer's work counts whatever the document says by now."""
    book = written(tmp_path, plan)
    enter(book, "HomNay", TODAY)
    sheet = book["Nhiệm vụ"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for line in range(2, len(plan.tasks) + 2):
        sheet.cell(line, columns["Cần rà soát"]).value = f"của tôi; {GONE}"
    sheet.cell(2, columns["Trạng thái"]).value = "Hoàn thành"
    book.save(tmp_path / "t2.xlsx")
    made = computed(tmp_path / "t2.xlsx")
    tasks, summary = rows(made["Nhiệm vụ"]), made["Tổng hợp"]
    assert [row["Tình trạng"] for row in tasks] == ["Hoàn thành đúng hạn", *[GONE] * (len(tasks) - 1)]
    assert {row["Còn lại, ngày"] for row in tasks} == {None}
    by_situation = {name: line["Số nhiệm vụ"] for name, line in block(summary, "Tình trạng").items()}
    assert {name: count for name, count in by_situation.items() if count} == {
        "Hoàn thành đúng hạn": 1, "Tổng số": 1, APART: len(tasks) - 1}  # fmt: skip
    done = plan.tasks[0]
    assert sum(line["Số nhiệm vụ"] for line in block(summary, "Đơn vị chủ trì").values()) == max(len(done.lead), 1)
    assert sum(line["Đến hạn"] for line in block(summary, "Tháng").values()) == (done.due is not None)
    assert sum(line["Số nhiệm vụ"] for line in block(summary, "Loại việc").values()) == (done.due is None)


@needs_office
def test_another_year_is_counted_when_the_officer_types_it(plan: Directive, tmp_path: Path) -> None:
    book = written(tmp_path, plan)
    enter(book, "NamLich", 2025)
    book.save(tmp_path / "t2.xlsx")
    months = block(computed(tmp_path / "t2.xlsx")["Tổng hợp"], "Tháng")
    assert (months["Tháng 6"]["Đến hạn"], months["Đến hạn vào năm khác"]["Đến hạn"]) == (1, 3)


@needs_office
def test_a_unit_whose_name_has_signs_is_counted_as_what_it_is(make: Make, task: MakeTask, tmp_path: Path) -> None:
    long = "Ban chỉ đạo " * 30
    names = ["Phòng * Tài chính", "Phòng X Tài chính", "Hỏi?", "~ngã", '"ngoặc" kép', "=1+1", "<5", long.strip()]
    tasks = [task(id=str(n), lead=(name,)) for n, name in enumerate(names)] + [task(id="x", lead=tuple(names[:2]))]
    written(tmp_path, make(*tasks))
    found = block(computed(tmp_path / "t.xlsx")["Tổng hợp"], "Đơn vị chủ trì")
    del found["Chưa rõ đơn vị chủ trì"]
    sums = {name: sum(line[situation] for situation in SITUATIONS) for name, line in found.items()}
    assert sums == {name: 2 if "Tài chính" in name else 1 for name in names}


def test_units_past_the_limit_are_said_to_be_there(make: Make, task: MakeTask, tmp_path: Path) -> None:
    tasks = [task(id=str(n), lead=(f"Đơn vị {n}",)) for n in range(MOST_UNITS + 7)]
    sheet = written(tmp_path, make(*tasks))["Tổng hợp"]
    labels = [str(cell.value) for cell in sheet["A"] if cell.value]
    assert sum(label.startswith("Đơn vị ") and label != "Đơn vị chủ trì" for label in labels) == MOST_UNITS
    assert labels[-1].startswith("Còn 7 đơn vị khác")


def test_three_charts_draw_the_cells_of_their_blocks(plan: Directive, tmp_path: Path) -> None:
    charts = written(tmp_path, plan)["Tổng hợp"]._charts
    assert len(charts) == 3
    sources = {series.val.numRef.f.split("!")[0] for chart in charts for series in chart.series}
    assert sources == {"'Tổng hợp'"}


# ── to review, documents ───────────────────────────────────────────────────────────────────


def test_rows_to_look_at_say_why_and_what_to_do(plan: Directive, tmp_path: Path) -> None:
    found = rows(written(tmp_path, plan)["Cần rà soát"])
    assert [(row["Mã nhiệm vụ"], row["Lý do"], row["Việc cần làm"]) for row in found] == [
        ("b", "Nhiều đơn vị chủ trì; năm lạ",
         "Giữ một đơn vị chủ trì, chuyển các đơn vị còn lại sang phối hợp.\nĐối chiếu với văn bản."),
        ("f", "Chưa rõ thời hạn", "Xác định thời hạn hoặc chu kỳ và điền vào."),
        (None, "Giống nhiệm vụ nhưng chưa xếp được: không có động từ chỉ việc phải làm",
         "Nếu là nhiệm vụ, thêm một dòng vào trang Nhiệm vụ."),
    ]  # fmt: skip


def test_every_code_has_its_advice() -> None:
    for lang, words in WORDINGS.items():
        assert set(review_sheet.ADVICE[lang]) == set(words.review)


def test_every_reason_of_the_rules_is_said_in_vietnamese() -> None:
    ruled = yaml.safe_load((ROOT / "rules" / "exclusions.yaml").read_text(encoding="utf-8"))
    assert {str(rule["reason"]) for rule in ruled} <= set(review_sheet.REASONS)
    sections = yaml.safe_load((ROOT / "rules" / "sections.yaml").read_text(encoding="utf-8"))
    silent = {str(rule["role"]) for rule in sections} - DIRECTING - {"general-aim"}
    assert {f"role {role}" for role in silent} <= set(review_sheet.REASONS)


def test_a_line_a_document(make: Make, tmp_path: Path) -> None:
    cites = tuple(Citation(f"{n}-CT/TU", dt.date(2025, 1, 9), "Tỉnh ủy", None, 0, 1) for n in range(62))
    cautions = (Caution("a", "Trang mờ.", 3), Caution("a", "Trang mờ.", 5), Caution("b", "Thiếu chữ ký."))
    read = make(meta=Meta(type="kế hoạch", title="Về việc", cites=cites), warnings=cautions)
    failed = Directive("hỏng.docx", "", "", 0, "failed", errors=(Caution("broken", "Tệp hỏng, hãy xin bản khác."),))
    first, second = rows(written(tmp_path, read, failed)["Văn bản"])
    assert (first["Tệp"], first["Loại văn bản"], first["Trích yếu"]) == ("KH 85.docx", "Kế hoạch", "Về việc")
    assert (first["Số nhiệm vụ"], first["Cần rà soát"], first["Chưa xếp được"], first["Số viện dẫn"]) == (1, 1, 1, 62)
    assert first["Cảnh báo"] == "trang 3, 5: Trang mờ.\nThiếu chữ ký."
    assert first["Viện dẫn"].startswith("0-CT/TU ngày 09/01/2025 của Tỉnh ủy; 1-CT/TU")
    assert first["Viện dẫn"].endswith("; … và 2 văn bản khác")
    assert (second["Trạng thái đọc"], second["Lỗi"]) == ("Không đọc được", "Tệp hỏng, hãy xin bản khác.")


# ── settings, paper ────────────────────────────────────────────────────────────────────────


def test_the_settings_are_those_of_the_office(plan: Directive, tmp_path: Path) -> None:
    (tmp_path / "dondoc.toml").write_text(
        '[office]\nname = "Đảng ủy xã Sông Trong"\nsuperior = "Tỉnh ủy Quảng Hải"\nletterhead = "party"\nwarning-days = 3\n',
        encoding="utf-8",
    )
    book = written(tmp_path, plan)
    found = {}
    for name in ("TenCoQuan", "CoQuanCapTren", "TheThuc", "SoNgayCanhBao", "HomNay", "NamLich"):
        sheet, place = named(book, name)
        found[name] = book[sheet][place].value
    assert list(found.values()) == ["Đảng ủy xã Sông Trong", "Tỉnh ủy Quảng Hải", "Đảng", 3, "=TODAY()", 2026]
    for name in VIETNAMESE:
        if name not in ("Tổng hợp", "Cài đặt"):
            page = book[name].oddHeader
            assert page.left.text == "TỈNH ỦY QUẢNG HẢI\n&BĐẢNG ỦY XÃ SÔNG TRONG"
            assert page.right.text == "ĐẢNG CỘNG SẢN VIỆT NAM"


@needs_office
def test_the_letterhead_of_the_summary_follows_the_settings(plan: Directive, tmp_path: Path) -> None:
    book = written(tmp_path, plan)
    assert [book["Tổng hợp"][place].value.startswith("=") for place in ("A1", "A2", "F1", "F2", "A5")] == [True] * 5
    for name, value in (("TenCoQuan", "Huyện ủy & bạn"), ("TheThuc", "Đảng"), ("HomNay", TODAY)):
        enter(book, name, value)
    book.save(tmp_path / "t2.xlsx")
    sheet = computed(tmp_path / "t2.xlsx")["Tổng hợp"]
    shown = [sheet[place].value for place in ("A1", "A2", "F1", "F2", "A5")]
    assert shown == [None, "HUYỆN ỦY & BẠN", "ĐẢNG CỘNG SẢN VIỆT NAM", None, "Tính đến ngày 02/03/2026"]


NAMES = [
    ("Huyện ủy", "", "HUYỆN ỦY"),
    ("", "", ""),
    # an ampersand would begin a sign
    ("A & B", "", "A && B"),
    # where both do not fit, the body above is left out; where the name alone does not, it is cut
    ("Huyện ủy", "x" * 100, "HUYỆN ỦY"),
    ("x" * 200, "", "XXXX…"),
    ("&" * 200, "&" * 200, "…"),
]


@pytest.mark.parametrize(("name", "superior", "left"), NAMES)
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", ["state", "party"])
def test_the_header_of_a_page_is_never_longer_than_excel_takes(
    name: str, superior: str, left: str, lang: str, kind: str
) -> None:
    words = WORDINGS[lang]
    made = header(words, Settings(name=name, superior=superior, letterhead=kind), words.title)
    assert len(made) <= 255
    assert made.count("&&") * 2 + len(re.findall("&[^&]", made.replace("&&", ""))) == made.count("&")
    shown = made.split("&B")[1].split("&C")[0] if "&L" in made else ""
    assert shown.endswith(left[-1:]) and shown.startswith(left.removesuffix("…"))


def test_every_sheet_is_set_up_for_a4_and_its_head_comes_again(plan: Directive, tmp_path: Path) -> None:
    for sheet in visible(written(tmp_path, plan)):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9), sheet.title
        # each page of the summary has headings of its own
        assert bool(sheet.print_title_rows) == (sheet.title != "Tổng hợp") and "&P" in sheet.oddFooter.center.text
        fonts = {cell.font.name for line in sheet.iter_rows() for cell in line if cell.value is not None}
        assert fonts == {"Times New Roman"}, sheet.title


# ── notes ──────────────────────────────────────────────────────────────────────────────────


def test_a_note_quotes_the_document(make: Make, task: MakeTask, tmp_path: Path) -> None:
    text = "Mở đầu. Rà soát hồ sơ, trình huyện. " + "Việc dài " * 100
    tasks = (
        task(id="1", section="II.3", page=4, evidence={"text": (Evidence(8, 36, 4, None, "x"),)}),
        task(id="2", page=5, evidence={"text": (Evidence(8, 22, 5, None, "x"), Evidence(36, len(text), 5, None, "x"))}),
        task(id="3", page=6),
    )
    sheet = written(tmp_path, make(*tasks, text=text))["Nhiệm vụ"]
    first, second, third = (sheet[f"C{line}"].comment.text for line in (2, 3, 4))
    assert first == "Trang 4, mục II.3:\n“Rà soát hồ sơ, trình huyện.”"
    assert second.startswith("Trang 5:\n“Rà soát hồ sơ, […] Việc dài") and second.endswith(" …”") and len(second) < 640
    assert third == "Trang 6"


def test_past_the_limit_tasks_have_no_note(make: Make, task: MakeTask, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(task_sheet, "MOST_NOTES", 2)
    sheet = written(tmp_path, make(*(task(id=str(n)) for n in range(4))))["Nhiệm vụ"]
    assert [sheet[f"C{line}"].comment is not None for line in range(2, 6)] == [True, True, False, False]


# ── all sheets ─────────────────────────────────────────────────────────────────────────────


def hostile(words: str) -> Directive:
    one = Task(
        id=words[:50], section=words, order=1, text=words, lead=(words, "b"), due_text=words, cadence=(words,), quantity=(words,),
        deliverable=words, report_to=(words,), coordinating=(words,), review=(words,), kind=words,
        milestones=(Milestone(words, TODAY),), evidence={"text": (Evidence(0, len(words), 1, None, words),)},
    )  # fmt: skip
    meta = Meta(type=words, number=words, issuer=words, title=words, cites=(Citation(words, None, words, words, 0, 1),))
    said = (Caution(words, words, 1),)
    return Directive(words, "", "", 1, words, meta=meta, tasks=(one,), unplaced=(Unplaced(words, words, words),), text=words,
                     warnings=said, errors=said)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_words_of_a_document_stay_words_in_every_sheet(tmp_path: Path, words: str) -> None:
    plain = written(tmp_path / "plain", hostile("x"))
    book = written(tmp_path / "hostile", hostile(words))
    for sheet in visible(book):
        cells = [cell for line in sheet.iter_rows() for cell in line]
        assert all(cell.hyperlink is None for cell in cells)
        formulas = {cell.coordinate: str(cell.value) for cell in cells if cell.data_type == "f"}
        beside = {cell.coordinate: str(cell.value) for line in plain[sheet.title].iter_rows() for cell in line
                  if cell.data_type == "f"}  # fmt: skip
        if sheet.title == "Tổng hợp":  # the name of a unit with signs stands in the conditions, within quotation marks
            literal = re.compile(r'"(?:[^"]|"")*"')
            formulas, beside = (
                {place: re.sub(r"\$A\d+", "", literal.sub("", words)) for place, words in found.items()}
                for found in (formulas, beside)
            )
        assert formulas == beside, sheet.title


def test_lines_that_are_put_away_stand_where_they_did(plan: Directive, tmp_path: Path, monkeypatch: Any) -> None:
    whole = written(tmp_path / "whole", plan)
    for module in (table, clarity_sheet):
        monkeypatch.setattr(module, "TOGETHER", 3)
    parts = written(tmp_path / "parts", plan)
    for sheet in whole.worksheets:  # the hidden one as well: it holds the sums of the others
        same = parts[sheet.title]
        assert list(sheet.iter_rows(values_only=True)) == list(same.iter_rows(values_only=True)), sheet.title
        heights = {line: found.height for line, found in sheet.row_dimensions.items()}
        assert heights == {line: found.height for line, found in same.row_dimensions.items()}, sheet.title
        looks = [[cell.style_id for cell in line] for line in sheet.iter_rows()]
        assert looks == [[cell.style_id for cell in line] for line in same.iter_rows()], sheet.title


@needs_office
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_cell_holds_an_error(plan: Directive, tmp_path: Path, lang: str) -> None:
    directives = [plan, *map(hostile, HOSTILE), Directive("hỏng.docx", "", "", 0, "failed")]
    written(tmp_path, *directives, lang=lang)
    errors = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in visible(computed(tmp_path / "t.xlsx"))
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "e" or str(cell.value).startswith(("#N", "#V", "#R", "#D", "Err:"))
    ]
    assert errors == []


@needs_office
@pytest.mark.parametrize("directives", [[], [Directive("hỏng.docx", "", "", 0, "failed")]], ids=["nothing", "failed"])
def test_without_a_task_there_is_no_error_either(tmp_path: Path, directives: list[Directive]) -> None:
    book = written(tmp_path, *directives)
    assert [sheet.title for sheet in visible(book)] == VIETNAMESE
    made = computed(tmp_path / "t.xlsx")
    assert not [cell for sheet in made.worksheets for line in sheet.iter_rows() for cell in line if cell.data_type == "e"]
    assert block(made["Tổng hợp"], "Tình trạng")["Tổng số"]["Số nhiệm vụ"] == 0
