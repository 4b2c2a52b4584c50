"""Who leads, who coordinates, who receives the report; and who is only mentioned."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import ruleset
from pipeline.extract.actors import read_actors, unit_title

RULES = ruleset.load()
CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.mark.parametrize(
    ("clause", "lead", "coordinating", "reports"),
    [
        # the grammatical subject
        ("Công an xã tổ chức tuần tra", ["Công an xã"], [], []),
        # behind adverbials with and without a comma
        ("Hằng năm, Đảng ủy xã tổ chức hội nghị", ["Đảng ủy xã"], [], []),
        ("Mỗi năm HĐND xã tổ chức 02 cuộc", ["HĐND xã"], [], []),
        ("Căn cứ Kế hoạch này, các chi bộ xây dựng chương trình", ["các chi bộ"], [], []),
        (
            "Trong quá trình thực hiện, nếu có vướng mắc, các phòng kịp thời báo cáo Lãnh đạo Sở",
            ["các phòng"],
            [],
            ["Lãnh đạo Sở"],
        ),
        # assigned, demanded
        (
            "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính, Công an tỉnh tham mưu",
            ["Sở Y tế"],
            ["Sở Tài chính", "Công an tỉnh"],
            [],
        ),
        ("Đề nghị Ủy ban MTTQ Việt Nam xã vận động Nhân dân", ["Ủy ban MTTQ Việt Nam xã"], [], []),
        # A with B and no other lead: A leads
        ("Hội Nông dân xã phối hợp với Phòng Kinh tế mở lớp", ["Hội Nông dân xã"], ["Phòng Kinh tế"], []),
        # "giao ban" is a meeting, "giao Ban Xây dựng Đảng" an assignment
        ("giao Ban Xây dựng Đảng hướng dẫn thủ tục", ["Ban Xây dựng Đảng"], [], []),
        # in brackets
        ("quán triệt Nghị quyết (Ban Xây dựng Đảng tham mưu, hoàn thành trong tháng 5)", ["Ban Xây dựng Đảng"], [], []),
        # brackets between a report and whoever receives it
        ("Các trường gửi báo cáo (kèm phụ lục) về Sở Nội vụ", ["Các trường"], [], ["Sở Nội vụ"]),
        # in haste
        ("Các trạm báo cáo nhanh Giám đốc Sở", ["Các trạm"], [], ["Giám đốc Sở"]),
        # passed on
        ("Các trạm chuyển chứng từ về Phòng Tài chính", ["Các trạm"], [], ["Phòng Tài chính"]),
        # those who are asked what they think receive no report, and the draft has not gone yet
        ("Các trạm hoàn thiện thể lệ, xin ý kiến các xã, phường", ["Các trạm"], [], []),
        ("Các trạm góp ý trước khi trình Sở Nội vụ", ["Các trạm"], [], []),
        # the report goes there, by way of
        (
            "Các trường gửi báo cáo về UBND xã (qua Phòng Văn hóa - Xã hội) trước ngày 05/6",
            ["Các trường"],
            [],
            ["UBND xã", "qua Phòng Văn hóa - Xã hội"],
        ),
        (
            "Các trường gửi biên bản về Phòng Kinh tế qua hộp thư công vụ trước ngày 28/10",
            ["Các trường"],
            [],
            ["Phòng Kinh tế", "qua hộp thư công vụ"],
        ),
        ("6 tháng một lần gửi Bộ Xây dựng số liệu dư nợ", [], [], ["Bộ Xây dựng"]),
        ("tổng hợp, trình Thường trực Đảng ủy cho ý kiến", [], [], ["Thường trực Đảng ủy"]),
        # a person and the post are one
        (
            "Giao đồng chí Nguyễn Văn Mẫu, Phó Bí thư Thường trực Đảng ủy, chủ trì đối thoại",
            ["đồng chí Nguyễn Văn Mẫu, Phó Bí thư Thường trực Đảng ủy"],
            [],
            [],
        ),
        # a run-in label, also with its standing in brackets
        ("Phòng Tài chính - Kế hoạch: Thẩm định dự toán", ["Phòng Tài chính - Kế hoạch"], [], []),
        ("Phòng Văn hóa - Xã hội (Thường trực Ban Tổ chức): Tham mưu điều lệ", ["Phòng Văn hóa - Xã hội"], [], []),
        # a verb that may also stand for bodies, before a word that may go on with their name
        ("Tổ chức kiểm tra việc sử dụng chữ ký số", [], [], []),
        # bodies in a list behind "của", before a verb: they are cited, and do nothing here
        ("Thực hiện chỉ đạo của Đảng, Chính phủ, Ủy ban Quốc gia phòng, chống ma túy", [], [], []),
        # a label that is no body, and a verb that looks like one
        ("Đợt chính: Tổ chức 2 đợt tiêm phòng", [], [], []),
        # a plain noun behind an adverbial, and one that goes on with a list
        ("Trong thời hạn 07 ngày, nhà trường thẩm định hồ sơ", ["nhà trường"], [], []),
        ("Thực hiện nghiêm chế tài xử lý đối với những tổ chức, cá nhân thực hiện không nghiêm", [], [], []),
        # the one in charge, up to "là đầu mối"
        (
            "Phòng Hộ kinh doanh, cá nhân và thu khác là đầu mối tổng hợp",
            ["Phòng Hộ kinh doanh, cá nhân và thu khác"],
            [],
            [],
        ),
        # labels in brackets
        (
            "Khảo sát nhu cầu (chủ trì: Sở Công Thương; phối hợp: Sở Nội vụ, Sở Ngoại vụ)",
            ["Sở Công Thương"],
            ["Sở Nội vụ", "Sở Ngoại vụ"],
            [],
        ),
        (
            "Ban hành kế hoạch (Văn phòng UBND tỉnh chủ trì, các sở và UBND cấp xã phối hợp, xong trong tháng 5)",
            ["Văn phòng UBND tỉnh"],
            ["các sở", "UBND cấp xã"],
            [],
        ),
        # what stands in quotation marks is a name
        ("mở chuyên mục “Đồng hành cùng nhà đầu tư” trên sóng", [], [], []),
        # whoever is named in brackets at the end, and what only says more of the body before it
        ("Trao Huy hiệu Đảng đợt 03/02 (Ban Xây dựng Đảng).", ["Ban Xây dựng Đảng"], [], []),
        ("Gửi hồ sơ về Sở Nội vụ (Văn phòng Sở).", [], [], ["Sở Nội vụ (Văn phòng Sở)"]),
        # a person and the post behind a dash
        ("Đồng chí Lê Văn Mẫu - Trưởng phòng Kinh tế chủ trì", ["Đồng chí Lê Văn Mẫu"], [], []),
        # asked by others is work, an object of work is none
        ("Công ty Tàu cao tốc Mây Xanh được đề nghị tăng chuyến", ["Công ty Tàu cao tốc Mây Xanh"], [], []),
        ("Đề nghị Viện Kiểm sát nhân dân tỉnh kiểm sát chặt chẽ", ["Viện Kiểm sát nhân dân tỉnh"], [], []),
        # what is forbidden is work, what somebody does not do is news
        ("Các phòng khám tư nhân không tự ý truyền dịch", ["Các phòng khám tư nhân"], [], []),
        ("Sở Nội vụ không tiếp nhận bản giấy", [], [], []),
        # mentioned only
        ("giám sát việc thực hiện của UBND xã", [], [], []),
        ("theo chỉ đạo của Sở Nội vụ", [], [], []),
        ("tăng cường hiệu lực của quy chế phối hợp với Công an xã", [], [], []),
        ("nghe báo cáo của Công an xã", [], [], []),
        ("thực hiện các nhiệm vụ được giao", [], [], []),
        ("tổ chức giao ban các đơn vị", [], [], []),
        ("hoàn thiện quy trình Phòng Kinh tế đang áp dụng", [], [], []),
        ("Chi bộ được kiểm tra", [], [], []),  # passive: the subject is the object of the work
    ],
)
def test_roles(clause: str, lead: list[str], coordinating: list[str], reports: list[str]) -> None:
    actors = read_actors(clause, 0, len(clause), RULES)
    assert list(actors.lead.names if actors.lead else ()) == lead
    assert [name for claim in actors.coordinating for name in claim.names] == coordinating
    assert [name for claim in actors.reports for name in claim.names] == reports


@pytest.mark.parametrize(
    ("title", "units"),
    [
        ("Phòng Kinh tế", ["Phòng Kinh tế"]),
        ("Đối với HĐND xã:", ["HĐND xã"]),
        ("Trách nhiệm của các sở, ban, ngành, UBND các xã", ["các sở, ban, ngành", "UBND các xã"]),
        (
            "Ủy ban MTTQ Việt Nam và các tổ chức chính trị - xã hội xã",
            ["Ủy ban MTTQ Việt Nam", "các tổ chức chính trị - xã hội xã"],
        ),
        ("Giao Văn phòng Đảng ủy:", ["Văn phòng Đảng ủy"]),
        # who heads it, in brackets
        ("Tiểu ban Nội dung (đồng chí A, Phó Chủ tịch làm Trưởng Tiểu ban)", ["Tiểu ban Nội dung"]),
        # a title that names more than bodies
        ("Phòng Kinh tế chủ trì", None),
        ("Nâng cao chất lượng hoạt động của HĐND", None),
        ("Công tác phối hợp", None),
    ],
)
def test_headings_that_are_units(title: str, units: list[str] | None) -> None:
    claim = unit_title(title, 0, len(title), RULES)
    assert (list(claim.names) if claim else None) == units


@pytest.mark.parametrize(
    ("clause", "directed"),
    [
        ("Chỉ đạo các chi bộ tổ chức sinh hoạt", ["các chi bộ"]),
        ("Chỉ đạo Ban Thanh tra nhân dân ở 100% xã, phường giám sát 01 công trình", ["Ban Thanh tra nhân dân"]),
        ("Chỉ đạo các chi bộ đã hoàn thành đại hội", None),
    ],
)
def test_who_is_directed(clause: str, directed: list[str] | None) -> None:
    claim = read_actors(clause, 0, len(clause), RULES).directed
    assert (list(claim.names) if claim else None) == directed


@pytest.mark.parametrize("name", ["actors", "exclusions", "quantities"])
def test_a_rule_that_fits_is_always_tried(name: str) -> None:
    files = [*CORPUS.glob("docs/*.txt"), *CORPUS.glob("hands/*/docs/*.txt")]
    lines = [line for path in files for line in path.read_text(encoding="utf-8").split("\n")]
    assert any(rule.needs for rule in RULES[name])
    for rule in RULES[name]:
        for words in (rule.example, *lines) if rule.needs and rule.regex else ():
            if rule.regex is not None and rule.regex.search(words):
                assert rule.may_match(words.lower()), (rule.id, words)
