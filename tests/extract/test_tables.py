"""Task tables: columns, groups, merged cells, headers of two levels; and the tables that hold no tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline import ruleset
from pipeline.extract import extract
from pipeline.model import Cell, Directive, Line, Paragraph, Source, Table, Task
from pipeline.normalise import normalise
from pipeline.outline import build

RULES = ruleset.load()


def paragraph(text: str) -> Paragraph:
    return Paragraph((Line(text),))


def table(rows: Sequence[Sequence[str]]) -> Table:
    """A table from rows of text; "^" is merged with the cell above, "<" with the one to the left; a line is a paragraph."""
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            above = {"^": (r - 1, c), "<": (r, c - 1)}.get(text)
            origin[r, c] = origin[above] if above else (r, c)
    cells = []
    for r, c in sorted(set(origin.values())):
        covered = [place for place, first in origin.items() if first == (r, c)]
        text = rows[r][c]
        span = (max(p[0] for p in covered) - r + 1, max(p[1] for p in covered) - c + 1)
        cells.append(Cell(r, c, tuple(paragraph(line) for line in text.split("\n") if line), *span))
    return Table(len(rows), len(rows[0]), tuple(cells))


def directive(rows: Sequence[Sequence[str]], title: str = "PHỤ LỤC") -> Directive:
    blocks = (
        paragraph("KẾ HOẠCH"),
        paragraph("Chuyển đổi số năm 2026"),
        paragraph("I. NỘI DUNG"),
        paragraph(title),
        table(rows),
    )
    document = normalise(Source("x.docx", "0" * 64, "x", 1, blocks), ruleset.load())
    document = replace(document, outline=build(document, RULES))
    return extract(document, RULES)


def tasks(*rows: Sequence[str], title: str = "PHỤ LỤC") -> tuple[Task, ...]:
    return directive(rows, title).tasks


HEADER = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"]


def test_a_row_is_a_task_with_the_fields_of_its_columns() -> None:
    (task,) = tasks(HEADER, ["1", "Rà soát thủ tục", "Sở Y tế; UBND các xã", "Sở Tài chính", "Quý II/2026", "Báo cáo"])
    assert (task.text, task.lead, task.coordinating) == (
        "Rà soát thủ tục",
        ("Sở Y tế", "UBND các xã"),
        ("Sở Tài chính",),
    )
    assert (str(task.due), task.cadence, task.deliverable) == ("2026-06-30", ("once",), "Báo cáo")
    assert task.section == "PL.1"


def test_groups_are_headings_and_numbers_go_through() -> None:
    found = tasks(
        HEADER,
        ["I", "Thể chế", "", "", "", ""],
        ["1", "Rà soát", "Sở Tư pháp", "", "2026", ""],
        ["II", "Hạ tầng", "<", "<", "<", "<"],
        ["2", "Đầu tư", "Sở Xây dựng", "", "2026", ""],
    )
    assert [(task.section, task.text) for task in found] == [("PL.I.1", "Rà soát"), ("PL.II.2", "Đầu tư")]


def test_a_merged_lead_counts_for_every_row_it_spans() -> None:
    rows = (
        ["1", "Việc một", "Sở Y tế", "", "2026", ""],
        ["2", "Việc hai", "^", "", "2026", ""],
        ["3", "Việc ba", "", "", "2026", ""],
    )
    found = tasks(HEADER, *rows)
    # an empty cell that is not merged is empty
    assert [task.lead for task in found] == [("Sở Y tế",), ("Sở Y tế",), ()]


def test_one_task_cell_over_rows_with_other_products_is_as_many_tasks() -> None:
    found = tasks(
        HEADER,
        ["1", "Ban hành kế hoạch kiểm tra", "Sở Nội vụ", "", "Tháng 01/2026", "Kế hoạch của tỉnh"],
        ["^", "^", "UBND các xã", "", "Tháng 02/2026", "Kế hoạch của xã"],
    )
    assert [(task.lead, str(task.due), task.deliverable) for task in found] == [
        (("Sở Nội vụ",), "2026-01-31", "Kế hoạch của tỉnh"),
        (("UBND các xã",), "2026-02-28", "Kế hoạch của xã"),
    ]
    assert len({task.id for task in found}) == 2


def test_a_header_of_two_levels_and_a_row_of_column_numbers() -> None:
    (task,) = tasks(
        ["TT", "Nội dung", "Cơ quan", "<", "Thời gian", "<"],
        ["^", "^", "Chủ trì", "Phối hợp", "Bắt đầu", "Hoàn thành"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["1", "Số hóa hồ sơ", "Sở Nội vụ", "Sở Tài chính", "3/2026", "10/2026"],
    )
    assert (task.lead, task.coordinating, str(task.due)) == (("Sở Nội vụ",), ("Sở Tài chính",), "2026-10-31")


def test_a_group_may_have_its_money_and_nothing_else() -> None:
    header = ["TT", "Hoạt động", "Thời gian", "Địa điểm", "Cơ quan chủ trì", "Kinh phí"]
    found = tasks(
        header,
        ["I", "Hoạt động trong nước", "", "", "", "910"],
        ["1", "Hội nghị gặp mặt nhà đầu tư", "26/02/2026", "Hội trường lớn", "Sở Tài chính", "650"],
    )
    # a programme of events has places and who leads
    assert [(task.section, task.lead, str(task.due)) for task in found] == [("PL.I.1", ("Sở Tài chính",), "2026-02-26")]


def test_shortcomings_and_what_is_done_about_them() -> None:
    header = ["TT", "Hạn chế, khuyết điểm", "Biện pháp khắc phục", "Đơn vị thực hiện", "Thời hạn"]
    (task,) = tasks(header, ["1", "Quy chế ban hành chậm", "Ban hành lại quy chế", "Văn phòng Đảng ủy", "Quý I/2026"])
    assert (task.text, task.lead) == ("Ban hành lại quy chế", ("Văn phòng Đảng ủy",))


def test_a_column_says_who_receives_the_product() -> None:
    header = ["TT", "Rõ việc", "Rõ người", "Rõ thời gian", "Rõ sản phẩm", "Nơi nhận kết quả"]
    (task,) = tasks(header, ["1", "Lập sơ đồ điểm nguy hiểm", "Công an xã", "25/5/2026", "Sơ đồ", "UBND xã"])
    assert (task.report_to, task.deliverable) == (("UBND xã",), "Sơ đồ")


def test_a_row_that_a_page_break_has_cut_is_one_task() -> None:
    (task,) = tasks(
        HEADER,
        ["12", "Quản lý mã số vùng trồng gắn với truy xuất", "Sở Y tế", "UBND các xã;", "2026", ""],
        ["", "nguồn gốc nông sản chủ lực", "", "Hội Nông dân tỉnh", "", ""],
    )
    assert task.text.endswith("nông sản chủ lực")
    assert (task.lead, task.coordinating) == (("Sở Y tế",), ("UBND các xã", "Hội Nông dân tỉnh"))


def test_a_calendar_of_reports() -> None:
    header = ["STT", "Loại báo cáo", "Đơn vị lập", "Mốc chốt số liệu", "Hạn gửi", "Nơi nhận"]
    (task,) = tasks(
        header, ["1", "Báo cáo sản lượng nước", "UBND các xã", "31/5/2026", "10/6/2026", "Chi cục Thủy lợi"]
    )
    assert (task.lead, str(task.due), task.report_to) == (("UBND các xã",), "2026-06-10", ("Chi cục Thủy lợi",))


def test_who_carries_it_out_beneath_a_header_of_two_levels() -> None:
    (task,) = tasks(
        ["TT", "Việc phải làm", "Cơ quan, đơn vị", "<", "Thời gian", "<"],
        ["^", "^", "Thực hiện chính", "Phối hợp", "Bắt đầu", "Kết thúc"],
        ["1", "Lập danh sách", "Trạm Y tế xã", "Công an xã", "10/02/2026", "05/3/2026"],
    )
    assert (task.lead, task.coordinating, str(task.due)) == (("Trạm Y tế xã",), ("Công an xã",), "2026-03-05")


def test_repeated_headers_and_totals_are_no_tasks() -> None:
    found = tasks(HEADER, ["1", "A", "Sở Y tế", "", "2026", ""], HEADER, ["", "Tổng cộng", "", "", "2026", ""])
    assert [task.text for task in found] == ["A"]


def test_work_that_begins_like_a_total_is_work() -> None:
    texts = ["Tổng kết mô hình", "Tổng hợp báo cáo", "Cộng đồng trách nhiệm trong bảo vệ rừng"]
    found = tasks(HEADER, *([str(at), text, "Sở Y tế", "", "2026", ""] for at, text in enumerate(texts, 1)))
    assert [task.text for task in found] == texts
    for total in ("Tổng số: 12 nhiệm vụ", "Tổng:", "Cộng", "Cộng (12)"):
        assert [
            task.text for task in tasks(HEADER, ["1", "A", "Sở Y tế", "", "2026", ""], ["", total, "", "", "", "x"])
        ] == ["A"]


# (cell, bodies, why)
LINES = [
    ("Phòng Kinh tế\nPhòng Văn hóa - Xã hội", ["Phòng Kinh tế", "Phòng Văn hóa - Xã hội"], "a list without commas"),
    ("Phòng Kinh tế;\nCông an xã", ["Phòng Kinh tế", "Công an xã"], "a list with them"),
    ("Văn phòng\nHĐND và UBND", ["Văn phòng HĐND và UBND"], "one name in two lines"),
    ("Phòng Văn hóa -\nXã hội", ["Phòng Văn hóa - Xã hội"], "one name in two lines"),
]


@pytest.mark.parametrize(("cell", "bodies", "why"), LINES)
def test_lines_of_a_cell_are_bodies_of_their_own(cell: str, bodies: list[str], why: str) -> None:
    (task,) = tasks(HEADER, ["1", "Rà soát thủ tục", "Sở Y tế", cell, "2026", ""])
    assert [" ".join(name.split()) for name in task.coordinating] == bodies, why


def test_a_row_that_names_a_body_and_no_task_is_listed() -> None:
    full, bare, blank = (
        ["1", "A", "Sở Y tế", "", "2026", ""],
        ["2", "", "Sở Tài chính", "", "Quý II", ""],
        ["3"] + [""] * 5,
    )
    read = directive([HEADER, full, bare, blank])
    assert [task.text for task in read.tasks] == ["A"]
    assert [(row.text, row.reason) for row in read.unplaced] == [("Sở Tài chính | Quý II", "row without a task")]


def test_a_reference_names_nobody() -> None:
    (task,) = tasks(HEADER, ["1", "Thực hiện Đề án", "Theo phân công tại Quyết định số 12/QĐ-UBND", "", "2026", ""])
    assert task.lead == ()


def test_a_column_of_followers_is_neither_lead_nor_coordinating() -> None:
    header = ["TT", "Nhiệm vụ", "Chủ trì thực hiện", "Theo dõi, kiểm tra, đôn đốc", "Thời gian hoàn thành"]
    (task,) = tasks(header, ["1", "Rà soát", "Sở Y tế", "Sở Nội vụ", "2026"])
    assert (task.lead, task.coordinating) == (("Sở Y tế",), ())


def test_a_work_plan_by_months() -> None:
    header = ["Tháng", "Nội dung công việc", "Người thực hiện"]
    found = tasks(header, ["3", "Khám sàng lọc", "Phòng Kinh tế"], ["Tháng 5", "Tập huấn", "^"], title="Lịch công tác")
    assert [str(task.due) for task in found] == ["2026-03-31", "2026-05-31"]
    assert [task.lead for task in found] == [("Phòng Kinh tế",)] * 2


# (header, why): no rule knows all of these words, or several columns may be meant
READ_BY_CELLS = [
    (["TT", "Đầu mục", "Bên gánh", "Bên giúp", "Đích"], "none is known"),
    (["TT", "Việc của xã", "Đơn vị", "Cùng làm", "Mốc phải xong"], "“Đơn vị” is no unit of measure here"),
    (["#", "Đầu mục", "Đơn vị đảm nhận", "Lực lượng tham gia", "Khi nào xong"], "the work is not named"),
    (["TT", "Phần việc", "Người/chi hội gánh việc", "Hỗ trợ", "Ngày làm"], "plain words"),
]


@pytest.mark.parametrize(("header", "why"), READ_BY_CELLS)
def test_a_column_without_a_known_header_is_judged_by_its_cells(header: list[str], why: str) -> None:
    found = tasks(
        header,
        ["1", "Sửa chữa cầu treo thôn Bãi", "Phòng Kinh tế", "Hội Nông dân xã", "20/4"],
        ["2", "Vận động Nhân dân hiến đất", "Mặt trận thôn Bãi", "Đoàn xã", "Hết quý II"],
    )
    assert [(task.lead, task.coordinating, str(task.due)) for task in found] == [
        (("Phòng Kinh tế",), ("Hội Nông dân xã",), "2026-04-20"),
        (("Mặt trận thôn Bãi",), ("Đoàn xã",), "2026-06-30"),
    ], why


def test_words_of_a_header_are_stronger_than_cells() -> None:
    header = ["TT", "Nội dung", "Chủ trì", "Đơn vị thụ hưởng", "Ngày giao", "Hạn xong"]
    (task,) = tasks(header, ["1", "Cấp bò giống", "Phòng Kinh tế", "Hội Nông dân xã", "05/01/2026", "20/4/2026"])
    assert (task.coordinating, str(task.due)) == ((), "2026-04-20")


# (header, rows, due of each): the last, put off or still open deadline counts
SEVERAL_TIMES = [
    (["Hạn cũ", "Hạn mới"], [["31/3/2026", "30/6/2026"], ["31/3/2026", ""]], ["2026-06-30", "2026-03-31"]),
    (["Thời hạn đã giao", "Yêu cầu hoàn thành"], [["31/5/2026", "15/5/2026"]], ["2026-05-15"]),
    (["Ngày trình", "Ngày hoàn thành"], [["15/3/2026", "30/5/2026"], ["15/3/2026", ""]], ["2026-05-30", "2026-03-15"]),
    (["Từ ngày", "Đến ngày"], [["01/3/2026", "30/6/2026"]], ["2026-06-30"]),
    (["Quý I", "Quý II"], [["x", "x"], ["x", ""]], ["2026-06-30", "2026-03-31"]),
    (["T5", "T6"], [["", "x"]], ["2026-06-30"]),
]


@pytest.mark.parametrize(("header", "rows", "due"), SEVERAL_TIMES)
def test_several_columns_of_times(header: list[str], rows: list[list[str]], due: list[str]) -> None:
    found = tasks(["TT", "Nội dung", "Chủ trì", *header], *(["1", "Tập huấn", "Sở Y tế", *row] for row in rows))
    assert [str(task.due) for task in found] == due


def test_a_group_says_when_or_who() -> None:
    found = tasks(
        ["TT", "Nội dung", "Chủ trì"],
        ["Tháng 3", "<", "<"],
        ["1", "Tổ chức hội nghị", "Văn phòng"],
        ["II", "Các nhiệm vụ hoàn thành trong quý II", ""],
        ["2", "Kiểm tra chợ", "Công an xã"],
        ["III", "Nhiệm vụ thường xuyên", ""],
        ["3", "Trực cổng", "Công an xã"],
    )
    assert [(str(task.due), task.cadence) for task in found] == [
        ("2026-03-31", ("once",)),
        ("2026-06-30", ("once",)),
        ("None", ("continuous",)),
    ]
    header = ["TT", "Nội dung", "Thời hạn"]
    found = tasks(header, ["I", "Phòng Kinh tế", ""], ["1", "Kiểm tra chợ", "Quý I"], ["II", "Công an xã", ""])
    assert [task.lead for task in found] == [("Phòng Kinh tế",)]


def test_of_two_columns_of_work_the_finer_one_is_meant() -> None:
    found = tasks(
        ["TT", "Nhóm nhiệm vụ", "Nội dung công việc", "Chủ trì", "Thời hạn"],
        ["1", "Tuyên truyền", "Viết bài", "Văn phòng", "Quý I"],
        ["^", "^", "Phát loa", "Công an xã", "Quý II"],
    )
    assert [task.text for task in found] == ["Viết bài", "Phát loa"]


def test_a_numbered_row_above_its_parts_is_a_heading() -> None:
    found = tasks(HEADER, ["1", "Xây dựng đề án", *[""] * 4], ["1.1", "Đề án A", "Sở Y tế", "", "2026", ""])
    assert [(task.section, task.text) for task in found] == [("PL.1.1", "Đề án A")]


# (cell under "Phân công thực hiện", lead, coordinating)
ROLES_IN_A_CELL = [
    ("Chủ trì: Sở Y tế\nPhối hợp: Sở Tài chính", "Sở Y tế", "Sở Tài chính"),
    ("- Chủ trì: Sở Y tế; phối hợp: Sở Tài chính", "Sở Y tế", "Sở Tài chính"),
    ("Chủ trì:\nSở Y tế\nPhối hợp:\nSở Tài chính", "Sở Y tế", "Sở Tài chính"),
    ("Sở Y tế (chủ trì); Sở Tài chính (phối hợp)", "Sở Y tế", "Sở Tài chính"),
    ("Sở Y tế (phối hợp: Sở Tài chính)", "Sở Y tế", "Sở Tài chính"),
    ("Sở Y tế. Phối hợp: Sở Tài chính", "Sở Y tế", "Sở Tài chính"),
]


@pytest.mark.parametrize(("cell", "lead", "coordinating"), ROLES_IN_A_CELL)
def test_a_cell_may_name_several_roles(cell: str, lead: str, coordinating: str) -> None:
    (task,) = tasks(["TT", "Nội dung", "Phân công thực hiện"], ["1", "Tập huấn", cell])
    assert (task.lead, task.coordinating) == ((lead,), (coordinating,))


# (header, row, why)
NO_TASKS = [
    (["TT", "Đồng chí", "Nhiệm vụ"], ["1", "Ông Bùi Văn Nam, Trưởng phòng", "Theo dõi địa bàn thôn 1"], "members"),
    (["TT", "Đơn vị", "Số hộ", "Số khẩu"], ["1", "UBND xã Hòa Sơn", "120", "440"], "figures"),
    (["Năm", "Số liều", "Đơn vị cung ứng"], ["2026", "18.000", "Chi cục Thú y"], "figures"),
    (["TT", "Nội dung", "Kế hoạch", "Thực hiện"], ["1", "Thu ngân sách", "100", "80"], "results"),
    (["TT", "Chỉ tiêu", "Kế hoạch giao", "Cơ quan"], ["1", "Giảm hộ nghèo", "1,5", "Sở Nội vụ"], "targets"),
    (["TT", "Đơn vị", "Thời gian", "Địa điểm"], ["1", "UBND xã Hòa Sơn", "12/5/2026", "Trụ sở"], "visits"),
    (["TT", "Đơn vị làm việc", "Nội dung", "Ngày"], ["1", "UBND xã", "Kiểm tra hồ sơ", "12/5"], "visits"),
    (["Nội dung", "Phụ trách", "Thời lượng"], ["Phát biểu khai mạc", "Lãnh đạo tỉnh", "10 phút"], "an agenda"),
    (["Ngày", "Trực lãnh đạo", "Trực ban"], ["12/5", "Đồng chí An", "Đồng chí Bình"], "a roster"),
    (["TT", "Văn bản", "Cơ quan ban hành", "Ngày ban hành"], ["1", "Luật Đất đai", "Quốc hội", "18/01/2024"], "laws"),
]


@pytest.mark.parametrize(("header", "row", "why"), NO_TASKS)
def test_cells_alone_make_no_task_table_of_another_list(header: list[str], row: list[str], why: str) -> None:
    assert tasks(header, row) == (), why


def test_tables_that_hold_no_tasks() -> None:
    agenda = (["TT", "Nội dung", "Thời gian", "Người thực hiện"], ["1", "Khai mạc", "8h00", "Đại diện Sở Nội vụ"])
    meeting = (["TT", "Nội dung", "Thời gian", "Chủ trì"], ["1", "Khai mạc", "8 giờ 00", "Chủ tịch UBND"])
    members = (["TT", "Họ và tên", "Chức vụ", "Nhiệm vụ"], ["1", "Ông A", "Trưởng phòng", "Tổ trưởng"])
    figures = (["TT", "Chỉ tiêu", "Đơn vị", "Năm 2025"], ["1", "Thu ngân sách", "Tỷ đồng", "12"])
    week = (["Ngày", "Giờ", "Nội dung", "Chủ trì", "Địa điểm"], ["01/6", "7h15", "Chào cờ", "Chủ tịch", "Sân UBND"])
    visits = (["TT", "Nội dung", "Thời gian", "Địa điểm"], ["1", "Làm việc tại xã", "26/02/2026", "Trụ sở xã"])
    assert [tasks(*rows) for rows in (agenda, meeting, members, figures, visits, week)] == [()] * 6
