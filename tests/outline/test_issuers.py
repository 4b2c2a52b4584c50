"""Which body issues a document, and how its name is written in a sentence."""

from __future__ import annotations

import pytest

from pipeline.outline.issuers import announced, last_body, proper


@pytest.mark.parametrize(
    ("capitals", "expected"),
    [
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Sở Nông nghiệp và Môi trường"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("PHÒNG VĂN HÓA - XÃ HỘI", "Phòng Văn hóa - Xã hội"),
        ("BAN THƯỜNG VỤ ĐẢNG ỦY XÃ PHÚ VĨNH", "Ban Thường vụ Đảng ủy xã Phú Vĩnh"),
        ("TỈNH ỦY HOÀI GIANG", "Tỉnh ủy Hoài Giang"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ PHÚ VĨNH", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Phú Vĩnh"),
        ("VĂN PHÒNG HĐND VÀ UBND XÃ PHÚ VĨNH", "Văn phòng HĐND và UBND xã Phú Vĩnh"),
        ("KHO BẠC NHÀ NƯỚC KHU VỰC XII", "Kho bạc Nhà nước khu vực XII"),
        # a name that is written in small letters already stays as it is
        ("Ban chỉ đạo Xã", "Ban chỉ đạo Xã"),
    ],
)
def test_issuers_in_sentence_case(capitals: str, expected: str) -> None:
    assert proper(capitals) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # the second line names the place of the first
        (["HỘI ĐỒNG NHÂN DÂN", "XÃ PHÚ VĨNH"], "HỘI ĐỒNG NHÂN DÂN XÃ PHÚ VĨNH"),
        # the second line is a body of its own
        (["UBND TỈNH HOÀI GIANG", "SỞ NỘI VỤ"], "SỞ NỘI VỤ"),
        # a staff body takes the name of the one above
        (["TỈNH ỦY HOÀI GIANG", "BAN TỔ CHỨC"], "BAN TỔ CHỨC TỈNH ỦY HOÀI GIANG"),
        (["HỘI ĐỒNG NHÂN DÂN", "XÃ PHÚ VĨNH", "THƯỜNG TRỰC"], "THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN XÃ PHÚ VĨNH"),
        # a name over two lines whose second begins like a body
        (["UBND XÃ PHÚ VĨNH", "VĂN PHÒNG", "HĐND VÀ UBND"], "VĂN PHÒNG HĐND VÀ UBND"),
        (["ỦY BAN MẶT TRẬN", "TỔ QUỐC VIỆT NAM", "XÃ PHÚ VĨNH"], "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ PHÚ VĨNH"),
        (["UBND XÃ PHÚ VĨNH", "BAN CHỈ ĐẠO", "PHÒNG, CHỐNG THIÊN TAI"], "BAN CHỈ ĐẠO PHÒNG, CHỐNG THIÊN TAI"),
    ],
)
def test_which_body_issues(lines: list[str], expected: str) -> None:
    found = last_body(lines)
    assert found is not None
    assert found[1] == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Thực hiện Chỉ thị của Tỉnh ủy về đất đai, Ban Thường vụ Đảng ủy xã xây dựng kế hoạch như sau:", "Ban Thường vụ Đảng ủy xã"),
        # a comma inside the name
        ("Căn cứ Luật Di sản, Sở Văn hóa, Thể thao và Du lịch ban hành Kế hoạch:", "Sở Văn hóa, Thể thao và Du lịch"),
        # who is spoken of is not who speaks
        ("Thực hiện ý kiến của Sở Nội vụ về hồ sơ, để bảo đảm tiến độ:", None),
    ],
)  # fmt: skip
def test_who_announces(paragraph: str, expected: str | None) -> None:
    found = announced(paragraph)
    assert (paragraph[found[0] : found[1]] if found else None) == expected
