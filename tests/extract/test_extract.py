"""Whole documents: evidence is where it says, ids stay, and the traps hold no task."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from pipeline import ruleset
from pipeline.extract import extract
from pipeline.model import Directive, Line, Paragraph, Source
from pipeline.normalise import normalise
from pipeline.outline import build

RULES = ruleset.load()


def directive(*lines: str, sha: str = "0" * 64) -> Directive:
    source = Source("x.txt", sha, "text/plain", 1, tuple(Paragraph((Line(line),)) for line in lines))
    document = normalise(source, ruleset.load())
    return extract(replace(document, outline=build(document, RULES)), RULES)


PLAN = (
    "ĐẢNG BỘ TỈNH KIM HẢI",
    "ĐẢNG ỦY XÃ TÂN LỘC",
    "*",
    "Số 12-KH/ĐU",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "Tân Lộc, ngày 10 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "thực hiện công tác dân vận năm 2026",
    "Thực hiện Chỉ thị số 05-CT/TU, ngày 02/01/2026 của Ban Thường vụ Tỉnh ủy, Đảng ủy xã xây dựng kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "- Nâng cao trách nhiệm của cấp ủy.",
    "II. NHIỆM VỤ",
    "1. Công tác tuyên truyền",
    "- Công an xã chủ trì, phối hợp với Đoàn Thanh niên xã mở 02 đợt tuyên truyền; hoàn thành trước ngày 30/6/2026.",
    "- 100% chi bộ tổ chức sinh hoạt chuyên đề.",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Văn phòng Đảng ủy",
    "- Tổng hợp, báo cáo Ban Thường vụ Đảng ủy trước ngày 20 hằng tháng.",
    "Trên đây là Kế hoạch của Đảng ủy xã./.",
    "Nơi nhận:",
    "- Ban Dân vận Tỉnh ủy,",
    "- Lưu VPĐU.",
    "T/M BAN THƯỜNG VỤ",
    "BÍ THƯ",
    "Nguyễn Văn Mẫu",
)


def test_a_plan_is_read_as_the_guideline_says() -> None:
    first, second, third = directive(*PLAN).tasks
    assert (first.section, first.lead, first.coordinating) == ("II.1", ("Công an xã",), ("Đoàn Thanh niên xã",))
    assert (str(first.due), first.cadence, first.quantity) == ("2026-06-30", ("once",), ("02 đợt",))
    assert (second.kind, second.quantity) == ("target", ("100%",))
    assert (third.kind, third.lead, third.rrule) == ("report", ("Văn phòng Đảng ủy",), "FREQ=MONTHLY;BYMONTHDAY=20")
    assert third.report_to == ("Ban Thường vụ Đảng ủy",)
    assert third.due is None


def test_evidence_is_the_words_of_the_value() -> None:
    found = directive(*PLAN)
    first = found.tasks[0]
    quotes = {name: [found.text[e.start : e.end] for e in entries] for name, entries in first.evidence.items()}
    assert quotes["text"] == [first.text]
    assert tuple(quotes["lead"]) == first.lead
    assert tuple(quotes["coordinating"]) == first.coordinating
    assert tuple(quotes["quantity"]) == first.quantity
    assert quotes["due"] == quotes["cadence"] == [first.due_text]
    assert "30/6/2026" in quotes["due"][0]


def test_an_inferred_lead_points_at_the_heading() -> None:
    found = directive(*PLAN)
    (evidence,) = found.tasks[2].evidence["lead"]
    assert found.text[evidence.start : evidence.end] == "Văn phòng Đảng ủy"
    assert evidence.rule == "heading.unit"
    assert evidence.end < found.tasks[2].evidence["text"][0].start


def test_every_filled_field_has_evidence() -> None:
    fields = (
        "lead",
        "coordinating",
        "due",
        "due_text",
        "due_precision",
        "start",
        "cadence",
        "rrule",
        "report_to",
        "deliverable",
        "quantity",
    )
    for task in directive(*PLAN).tasks:
        assert {name for name in fields if getattr(task, name)} <= task.evidence.keys()


def test_ids_stay_when_the_file_or_another_line_changes() -> None:
    ids = [task.id for task in directive(*PLAN).tasks]
    assert len(set(ids)) == 3
    assert [task.id for task in directive(*PLAN, sha="1" * 64).tasks] == ids
    mended = [line.replace("cấp ủy.", "cấp ủy đảng.") for line in PLAN]
    assert [task.id for task in directive(*mended).tasks] == ids
    other = [line.replace("12-KH/ĐU", "13-KH/ĐU") for line in PLAN]
    assert not set(ids) & {task.id for task in directive(*other).tasks}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Trên đây là Kế hoạch của Ủy ban nhân dân xã, yêu cầu các phòng nghiêm túc thực hiện./.", "closing"),
        ("Đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.", "an appeal to all"),
        ("Kinh phí thực hiện Kế hoạch được bố trí từ ngân sách xã.", "funding"),
        ("Đầu mối liên hệ: Phòng Kinh tế, điện thoại 0123.", "contact"),
        ("Lưu ý: hồ sơ phải có chữ ký số.", "a note"),
        ("(Chi tiết theo Phụ lục đính kèm)", "a reference"),
        ("Chi phí trực tiếp là chi phí tiền công, nguyên liệu dùng cho hoạt động.", "a definition"),
        ("Đối tượng giám sát: Ủy ban nhân dân xã; Phòng Kinh tế.", "who is looked at"),
        ("Lễ hội diễn ra từ ngày 30/4 đến hết ngày 02/5/2026.", "an event"),
    ],
)
def test_lines_that_are_no_tasks(line: str, why: str) -> None:
    found = directive(*PLAN[:17], "- Theo dõi việc thực hiện.", line)
    assert [task.text for task in found.tasks if task.text in line] == [], why


def test_agreement_is_no_task_unless_it_assigns() -> None:
    notice = ("THÔNG BÁO", "Kết luận của Chủ tịch UBND xã", "Chủ tịch kết luận như sau:")
    agreed, assigned = (
        "1. Đồng ý với đề xuất của Phòng Kinh tế.",
        "2. Đồng ý chủ trương sửa đường; giao Phòng Kinh tế lập dự toán.",
    )
    found = directive(*notice, agreed, assigned)
    assert [task.lead for task in found.tasks] == [("Phòng Kinh tế",)]
    assert [item.reason for item in found.unplaced] == ["agreement"]


def test_to_agree_with_others_is_work_of_the_body_before_the_colon() -> None:
    notice = ("THÔNG BÁO", "Kết luận của Chủ tịch UBND xã", "Chủ tịch kết luận như sau:")
    body = "1. Phòng Kinh tế: Thống nhất với các thôn lịch thu gom rác trước ngày 15/6/2026."
    project = "2. Dự án nâng cấp đê: Thống nhất không bố trí bổ sung vốn trong năm 2026."
    found = directive(*notice, body, project)
    assert [task.lead for task in found.tasks] == [("Phòng Kinh tế",)]
    assert [item.reason for item in found.unplaced] == ["agreement"]


def test_papers_sent_by_some_means_are_no_definition() -> None:
    told, sent = "Hồ sơ đề nghị gồm đơn và bản sao.", "Hồ sơ nộp bằng bản điện tử, gửi Sở Nội vụ trước ngày 15/6/2026."
    assert [task.text for task in directive(*PLAN[:12], f"- {told}", f"- {sent}").tasks] == [sent]


def test_an_order_behind_what_is_told_is_a_task() -> None:
    told = "Hiện nay, tình hình ngập úng ở chợ chưa được khắc phục."
    found = directive(
        *PLAN[:12], told, f"{told} Công an xã phân luồng trước ngày 30/6/2026.", f"{told} UBND xã đã họp."
    )
    assert [(task.lead, str(task.due)) for task in found.tasks] == [(("Công an xã",), "2026-06-30")]


def test_an_agenda_above_the_conclusions_holds_no_task() -> None:
    found = directive(
        "THÔNG BÁO",
        "Kết luận của Chủ tịch UBND xã",
        "Chương trình phiên họp:",
        "- Văn phòng báo cáo tình hình kinh tế;",
        "- Thảo luận và kết luận.",
        "Sau khi nghe ý kiến, Chủ tịch UBND xã kết luận như sau:",
        "1. Giao Công an xã tuần tra trước ngày 15/6/2026.",
    )
    assert [task.lead for task in found.tasks] == [("Công an xã",)]


def test_articles_with_a_title_are_sections_and_others_rule() -> None:
    resolution = ("NGHỊ QUYẾT", "Về nhiệm vụ năm 2026", "QUYẾT NGHỊ:")
    found = directive(
        *resolution,
        "Điều 1. Tán thành Báo cáo của Ủy ban nhân dân xã về tình hình năm 2025.",
        "Điều 2. Nhiệm vụ, giải pháp",
        "1. Công an xã tuần tra trong tháng 8/2026.",
        "Điều 3. Nhiệm vụ, quyền hạn của Ban Chỉ đạo",
        "1. Chỉ đạo, đôn đốc các ngành thực hiện Đề án.",
    )
    assert [(task.section, task.lead) for task in found.tasks] == [("2.1", ("Công an xã",))]


def test_a_decision_that_founds_a_body_rules() -> None:
    found = directive(
        "QUYẾT ĐỊNH",
        "Về việc thành lập Ban Chỉ đạo sắp xếp dân cư",
        "QUYẾT ĐỊNH:",
        "Điều 1. Thành lập Ban Chỉ đạo.",
        "Điều 2. Nhiệm vụ của Ban Chỉ đạo",
        "1. Đôn đốc các địa phương di dời dân.",
        "2. Giao Sở Nội vụ trình Quy chế trước ngày 15/6/2026.",
    )
    assert [task.lead for task in found.tasks] == [("Sở Nội vụ",)]


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("Kiểm tra 16 mỏ đá", ("16 mỏ đá",)),
        ("Bố trí 04 điểm sơ cứu, 06 ca nô", ("04 điểm sơ cứu", "06 ca nô")),
        ("Bảo đảm quân số từ 95% trở lên", ("từ 95% trở lên",)),
        # a date, an age, an address, a place of work, a time, a level of government
        ("Chuẩn bị nhân sự nhiệm kỳ 2030 - 2035 ngay từ đầu", ()),
        ("Khám cho người từ 40 tuổi trở lên", ()),
        ("Sửa cống kiệt 45 Âu Cơ", ()),
        ("Nắm tình hình ở 03 bản vùng cao", ()),
        ("Trả lời trong 15 ngày làm việc", ()),
        ("Vận hành chính quyền địa phương 02 cấp", ()),
    ],
)
def test_amounts(words: str, amounts: tuple[str, ...]) -> None:
    found = directive(*PLAN[:12], f"- {words}.")
    assert [task.quantity for task in found.tasks] == [amounts]


@pytest.mark.parametrize(
    ("words", "product"),
    [
        ("Phòng Kinh tế xây dựng phương án bảo đảm an ninh, gửi Ủy ban nhân dân xã", "phương án bảo đảm an ninh"),
        # what is prepared is the product where it is handed on
        ("Phòng Kinh tế chuẩn bị phương án bố trí vốn, gửi Ủy ban nhân dân xã", "phương án bố trí vốn"),
        ("Phòng Kinh tế có văn bản giải trình gửi Ủy ban nhân dân xã", "văn bản giải trình"),
        ("Phòng Kinh tế chuẩn bị phương án bố trí vốn", None),
        # what opens the sentence and is sent
        ("Báo cáo kết quả giám sát gửi Ủy ban nhân dân xã", "Báo cáo kết quả giám sát"),
        ("Báo cáo Ủy ban nhân dân xã kết quả", None),
        ("Phòng Kinh tế tham mưu báo cáo Ủy ban nhân dân tỉnh", None),
        # papers of those who answer for their work, and what a programme becomes
        ("Các chi bộ lập bảng tổng hợp nợ đọng, gửi Ủy ban nhân dân xã", "bảng tổng hợp nợ đọng"),
        ("Đảng viên làm bản kiểm điểm, nộp về chi ủy", "bản kiểm điểm"),
        ("Phòng Kinh tế cụ thể hóa thành kế hoạch tháng, ban hành trong tháng 4", "kế hoạch tháng"),
        # the form in which it goes out is no part of it
        ("Phòng Kinh tế gửi báo cáo tiến độ bằng văn bản về Ủy ban nhân dân xã", "báo cáo tiến độ"),
        # the document itself
        ("Phòng Kinh tế trích kinh phí trong 10 ngày kể từ ngày ban hành Kế hoạch này", None),
    ],
)
def test_products(words: str, product: str | None) -> None:
    found = directive(*PLAN[:12], f"- {words}.")
    assert [task.deliverable for task in found.tasks] == [product]


def test_what_looks_like_a_task_and_became_none_is_listed() -> None:
    (item,) = directive(*PLAN).unplaced[:1]
    assert (item.text, item.reason) == ("Nâng cao trách nhiệm của cấp ủy.", "role purpose")


@pytest.mark.parametrize("kind", ["BIÊN BẢN", "GIẤY MỜI", "QUY CHẾ", "TỜ TRÌNH"])
def test_documents_that_direct_no_work(kind: str) -> None:
    lines = [kind if line == "KẾ HOẠCH" else line for line in PLAN]
    assert directive(*lines).tasks == ()


def test_a_report_directs_work_only_under_headings_that_say_so() -> None:
    found = directive(
        "BÁO CÁO",
        "Kết quả thực hiện nhiệm vụ năm 2025",
        "I. CÔNG TÁC CHỈ ĐẠO",
        "1. Phòng Kinh tế tổ chức 16 buổi tập huấn.",
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026",
        "1. Phòng Kinh tế hoàn thành quy hoạch trước ngày 30/6/2026.",
    )
    assert [(task.section, task.lead) for task in found.tasks] == [("II.1", ("Phòng Kinh tế",))]


def test_a_heading_that_is_a_time_dates_what_stands_beneath_it() -> None:
    found = directive(
        "CHƯƠNG TRÌNH CÔNG TÁC",
        "Năm 2026",
        "I. NHIỆM VỤ",
        "1. Quý I",
        "1.1. Tháng 02",
        "- Phát động Tết trồng cây.",
        "- Tổ chức hội nghị sơ kết trước ngày 15/02/2026.",
        "1.2. Tháng 3",
        "- Hằng tuần kiểm tra tiến độ gieo cấy.",
    )
    dated = [(str(task.due) if task.due else None, task.cadence) for task in found.tasks]
    assert dated == [("2026-02-28", ("once",)), ("2026-02-15", ("once",)), (None, ("weekly",))]


def test_soups_of_the_rules_own_words_never_raise() -> None:
    words = [word for name in ("unit-head", "verb", "product", "opener", "unit-group") for word in RULES.words(name)]
    marks = [
        "I.",
        "1.",
        "1.1.",
        "a)",
        "-",
        "+",
        "(",
        ")",
        ";",
        ".",
        ":",
        ",",
        "“",
        "100%",
        "ngày 5/6",
        "quý II",
        "PHỤ LỤC",
        "Giao",
        "Nơi nhận:",
    ]
    chance = random.Random(11)
    for _ in range(300):
        lines = [
            " ".join(chance.choice(words if chance.random() < 0.7 else marks) for _ in range(chance.randint(1, 18)))
            for _ in range(chance.randint(1, 14))
        ]
        found = directive(*lines)
        for task in found.tasks:
            for entries in task.evidence.values():
                assert all(0 <= e.start < e.end <= len(found.text) for e in entries)
