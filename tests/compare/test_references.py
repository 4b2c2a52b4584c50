"""Who issued a document, and which of the documents that it cites it implements, the nearest first."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare.papers import COMMUNE, FROM_PARENT, PROVINCE, directive, paper

from pipeline import ruleset
from pipeline.compare.families import member_of
from pipeline.compare.issuers import rank
from pipeline.units.directory import LEVELS

RULES = ruleset.load()
PLAN = "Kế hoạch số 154/KH-UBND ngày 20 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh Sông Trong"
DIRECTIVE = "Chỉ thị số 53-CT/TW ngày 01 tháng 11 năm 2025 của Ban Bí thư"
SILENT = "Nhằm bảo đảm nước sạch cho người dân, Ủy ban nhân dân xã ban hành Kế hoạch như sau:"


@pytest.mark.parametrize(
    ("preamble", "numbers"),
    [
        (FROM_PARENT, ["154/KH-UBND"]),
        (SILENT, []),
        # what the parent implements in its turn stands above it
        (f"Thực hiện {PLAN} về triển khai {DIRECTIVE}, Ủy ban nhân dân xã:", ["154/KH-UBND", "53-CT/TW"]),
        # both named side by side: the nearer level first, whatever the order
        (f"Thực hiện {DIRECTIVE} và {PLAN}, Ủy ban nhân dân xã:", ["154/KH-UBND", "53-CT/TW"]),
        # grounds count where nothing is said to be carried out; laws and decrees never
        (f"Căn cứ Luật Thủy lợi số 08/2017/QH14;\nCăn cứ {PLAN};", ["154/KH-UBND"]),
        ("Căn cứ Luật Thủy lợi số 08/2017/QH14;\nCăn cứ Nghị định số 45/2025/NĐ-CP của Chính phủ;", []),
        ("Thực hiện Nghị định số 45/2025/NĐ-CP ngày 01 tháng 3 năm 2025 của Chính phủ,", []),
        # beside what is carried out a ground counts for nothing
        (f"Căn cứ Kế hoạch số 9/KH-UBND của Ủy ban nhân dân tỉnh Sông Trong;\nThực hiện {PLAN},", ["154/KH-UBND"]),
        # a document of a body that only proposes
        (f"Thực hiện {PLAN};\nTheo đề nghị của Phòng Kinh tế tại Tờ trình số 9/TTr-PKT,", ["154/KH-UBND"]),
        # a decision gives tasks where it issues a plan, and none where it sets a price
        ("Thực hiện Quyết định số 77/QĐ-UBND của Ủy ban nhân dân tỉnh Sông Trong ban hành Kế hoạch cấp nước,",
         ["77/QĐ-UBND"]),
        ("Thực hiện Quyết định số 77/QĐ-UBND của Ủy ban nhân dân tỉnh Sông Trong phê duyệt Đề án cấp nước,",
         ["77/QĐ-UBND"]),
        ("Thực hiện Quyết định số 77/QĐ-UBND của Ủy ban nhân dân tỉnh Sông Trong về mức thu tiền nước,", []),
        # an earlier plan of the same office, however its name is written
        (f"Thực hiện {PLAN}; Kế hoạch số 3/KH-UBND của Ủy ban nhân dân xã An Lạc,", ["154/KH-UBND"]),
        (f"Thực hiện {PLAN}; Kế hoạch số 3/KH-UBND của UBND xã An Lạc,", ["154/KH-UBND"]),
        (f"Thực hiện {PLAN}; Kế hoạch số 3/KH-UBND của Ủy ban nhân dân xã,", ["154/KH-UBND"]),
        # … but not that of another body of the commune, which is nearer than the province
        (f"Thực hiện {PLAN}; Nghị quyết số 5-NQ/ĐU của Đảng ủy xã An Lạc,", ["5-NQ/ĐU", "154/KH-UBND"]),
        # a document twice is one
        (f"Căn cứ {PLAN};\nThực hiện {PLAN},", ["154/KH-UBND"]),
    ],
)  # fmt: skip
def test_what_a_preamble_implements(tmp_path: Path, preamble: str, numbers: list[str]) -> None:
    member = member_of(directive(tmp_path, paper(preamble)), RULES)
    assert [one.number for one in member.implements] == numbers


def test_the_title_says_more_than_the_grounds(tmp_path: Path) -> None:
    title = "Thực hiện Kế hoạch số 154/KH-UBND ngày 20/3/2026 của Ủy ban nhân dân tỉnh về cấp nước sạch"
    ground = "Căn cứ Kế hoạch số 9/KH-UBND của Ủy ban nhân dân tỉnh Sông Trong;"
    member = member_of(directive(tmp_path, paper(ground, title=title)), RULES)
    assert [(one.number, one.title) for one in member.implements] == [("154/KH-UBND", "về cấp nước sạch")]


def test_what_a_task_cites_is_not_implemented(tmp_path: Path) -> None:
    task = "1. Rà soát công trình theo Kế hoạch số 9/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh."
    assert member_of(directive(tmp_path, paper(SILENT, task)), RULES).implements == ()


def test_a_reference_keeps_its_words_and_what_it_stands_below(tmp_path: Path) -> None:
    text = f"Thực hiện {PLAN} về triển khai {DIRECTIVE}, Ủy ban nhân dân xã ban hành Kế hoạch:"
    parent, top = member_of(directive(tmp_path, paper(text)), RULES).implements
    assert (parent.quote, parent.level, parent.province, parent.below) == (PLAN, "tinh", "Sông Trong", None)
    assert (top.quote, top.level, top.province, top.below) == (DIRECTIVE, "tw", None, "154/KH-UBND")


@pytest.mark.parametrize(
    ("between", "below"),
    [
        (" về triển khai ", "154/KH-UBND"),
        (" về việc tiếp tục thực hiện ", "154/KH-UBND"),
        # items of a list, each with its own verb: neither implements the other
        ("; thực hiện ", None),
        (" và ", None),
        (", ", None),
    ],
)
def test_whether_one_citation_implements_the_next(tmp_path: Path, between: str, below: str | None) -> None:
    found = member_of(directive(tmp_path, paper(f"Thực hiện {PLAN}{between}{DIRECTIVE},")), RULES).implements
    assert {one.number: one.below for one in found} == {"154/KH-UBND": None, "53-CT/TW": below}


@pytest.mark.parametrize(
    ("head", "number", "place", "expected"),
    [
        (COMMUNE, "12/KH-UBND", "An Lạc", ("ubnd", "xa", "An Lạc", None)),
        (PROVINCE, "12/KH-UBND", "Sông Trong", ("ubnd", "tinh", None, "Sông Trong")),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG BÌNH HÒA", "12/KH-UBND", "Bình Hòa", ("ubnd", "xa", "Bình Hòa", None)),
        ("ỦY BAN NHÂN DÂN\nĐẶC KHU CÔN LÔI", "12/KH-UBND", "Côn Lôi", ("ubnd", "xa", "Côn Lôi", None)),
        ("HỘI ĐỒNG NHÂN DÂN\nXÃ AN LẠC", "12/KH-HĐND", "An Lạc", ("hdnd", "xa", "An Lạc", None)),
        # the Party: a committee, its executive board, and that of the province
        ("ĐẢNG ỦY XÃ AN LẠC", "12-KH/ĐU", "An Lạc", ("cap-uy", "xa", "An Lạc", None)),
        ("TỈNH ỦY SÔNG TRONG", "12-KH/TU", "Sông Trong", ("cap-uy", "tinh", None, "Sông Trong")),
        ("THÀNH ỦY HẢI PHÒNG", "12-KH/TU", "Hải Phòng", ("cap-uy", "tinh", None, "Hải Phòng")),
        # what stands above the issuer names the province
        ("ĐẢNG BỘ TỈNH SÔNG TRONG\nBAN CHẤP HÀNH ĐẢNG BỘ XÃ AN LẠC\n*", "12-KH/ĐU", "An Lạc",
         ("cap-uy", "xa", "An Lạc", "Sông Trong")),
        ("ỦY BAN NHÂN DÂN TỈNH SÔNG TRONG\nSỞ TƯ PHÁP", "12/KH-STP", "Sông Trong",
         ("so-tu-phap", "tinh", None, "Sông Trong")),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nXÃ AN LẠC", "12/KH-MTTQ", "An Lạc", ("ubmttq", "xa", "An Lạc", None)),
        # two columns of a letterhead run together
        ("ỦY BAN NHÂN DÂN XÃ AN LẠC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "12/KH-UBND", "An Lạc",
         ("ubnd", "xa", "An Lạc", None)),
    ],
)  # fmt: skip
def test_who_issued_it(
    tmp_path: Path, head: str, number: str, place: str, expected: tuple[str | None, ...]
) -> None:
    issuer = member_of(directive(tmp_path, paper(SILENT, head=head, number=number, place=place)), RULES).issuer
    assert (issuer.body, issuer.level, issuer.commune, issuer.province) == expected


def test_a_communes_province_is_that_of_what_it_cites(tmp_path: Path) -> None:
    assert member_of(directive(tmp_path, paper(FROM_PARENT)), RULES).issuer.province == "Sông Trong"


def test_levels_are_ranked_from_the_centre_down() -> None:
    assert [rank(level) for level in LEVELS] == sorted(range(len(LEVELS)))
    assert (rank("tw"), rank(None), rank("liên xã")) == (0, None, None)
