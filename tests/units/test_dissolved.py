"""Bodies that are no more: marked in a document of a later day, with what does their work since."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline import ruleset
from pipeline.model import Meta
from pipeline.units import Resolver, directory
from pipeline.units.context import context_of

BODIES = directory(ruleset.load())
COMMUNE = "Ủy ban nhân dân xã Nghĩa Đàn"
PROVINCE = "Ủy ban nhân dân tỉnh Nghệ An"
MINISTRY = "Bộ Nội vụ"


def resolver(issuer: str, date: str) -> Resolver:
    return Resolver(BODIES, context_of("", Meta(issuer=issuer, date=dt.date.fromisoformat(date)), BODIES))


@pytest.mark.parametrize(
    ("issuer", "date", "name", "canonical", "successors"),
    [
        # ministries and departments, from 1 March 2025
        (MINISTRY, "2025-03-01", "Bộ Kế hoạch và Đầu tư", "bo-ke-hoach-va-dau-tu/tw", ("bo-tai-chinh/tw",)),
        (MINISTRY, "2025-03-01", "Ủy ban Dân tộc", "uy-ban-dan-toc/tw", ("bo-dan-toc-va-ton-giao/tw",)),
        (PROVINCE, "2025-03-01", "Sở GTVT", "so-giao-thong-van-tai/tinh", ("so-xay-dung/tinh",)),
        (
            PROVINCE,
            "2026-01-05",
            "Sở Thông tin và Truyền thông",
            "so-thong-tin-va-truyen-thong/tinh",
            ("so-khoa-hoc-va-cong-nghe/tinh", "so-van-hoa-the-thao-va-du-lich/tinh"),
        ),
        # a part goes with the whole that it belongs to
        (
            MINISTRY,
            "2026-01-05",
            "Giám đốc các Sở Kế hoạch và Đầu tư",
            "nhom/nguoi/giam-doc/so-ke-hoach-va-dau-tu/tinh",
            ("nhom/nguoi/giam-doc/so-tai-chinh/tinh",),
        ),
        # the Party
        (
            PROVINCE,
            "2025-06-01",
            "Ban Dân vận Tỉnh ủy",
            "ban-dan-van/cap-uy/tinh",
            ("ban-tuyen-giao-va-dan-van/cap-uy/tinh",),
        ),
        (PROVINCE, "2025-06-01", "Đảng đoàn HĐND tỉnh", "dang-doan/hdnd/tinh", ("cap-uy/hdnd/tinh",)),
        # tax, police, inspectorates, courts: other days than the districts
        (PROVINCE, "2025-03-01", "Cục Thuế tỉnh", "cuc-thue/tinh", ("thue/tinh",)),
        (PROVINCE, "2025-03-01", "Công an huyện", "cong-an/huyen", ("cong-an/tinh", "cong-an/xa")),
        (PROVINCE, "2025-07-01", "Thanh tra Sở Xây dựng", "thanh-tra-so/so-xay-dung/tinh", ("thanh-tra/tinh",)),
        (
            PROVINCE,
            "2025-07-01",
            "Bộ Chỉ huy BĐBP tỉnh",
            "bo-chi-huy-bien-phong/tinh",
            ("ban-chi-huy-bien-phong/tinh",),
        ),
        (PROVINCE, "2025-07-01", "TAND huyện", "toa-an-nhan-dan/huyen", ("toa-an-nhan-dan/khu-vuc",)),
        # everything of the districts, from 1 July 2025
        (COMMUNE, "2025-07-01", "UBND huyện", "ubnd/huyen", ("ubnd/xa",)),
        (COMMUNE, "2026-01-05", "Huyện ủy", "cap-uy/huyen", ("cap-uy/xa",)),
        (COMMUNE, "2026-01-05", "Văn phòng Huyện ủy", "van-phong/cap-uy/huyen", ("van-phong/cap-uy/xa",)),
        (COMMUNE, "2026-01-05", "Phòng Nội vụ", "phong-noi-vu/huyen", ("phong-van-hoa-xa-hoi/xa",)),
        (COMMUNE, "2026-01-05", "Phòng Tư pháp huyện", "phong-tu-phap/huyen", ("van-phong-hdnd-ubnd/xa",)),
        (
            COMMUNE,
            "2026-01-05",
            "Phòng TC-KH",
            "phong-tai-chinh-ke-hoach/huyen",
            ("phong-kinh-te/xa", "phong-kinh-te-ha-tang-va-do-thi/xa"),
        ),
        (PROVINCE, "2026-01-05", "UBND các huyện, thị xã", "nhom/ubnd/huyen", ("nhom/ubnd/xa",)),
        # a body of the district with a name of its own: the directory does not say
        (PROVINCE, "2026-01-05", "Trung tâm Khuyến nông huyện", "trung-tam/khuyen-nong/huyen", ()),
        # places: a province, a city of a province, a commune of the past
        (MINISTRY, "2025-07-01", "UBND tỉnh Hải Dương", "ubnd/tinh/hai-duong", ("ubnd/tinh/hai-phong",)),
        (PROVINCE, "2026-01-05", "UBND thành phố Vinh", "ubnd/huyen/vinh", ("ubnd/xa",)),
        (PROVINCE, "2026-01-05", "UBND xã Lưu Sơn", "ubnd/xa/luu-son", ("ubnd/xa/do-luong",)),
    ],
)
def test_what_went(issuer: str, date: str, name: str, canonical: str, successors: tuple[str, ...]) -> None:
    unit = resolver(issuer, date).resolve(name)
    assert (unit.canonical, unit.review, unit.successors) == (canonical, ("unit-dissolved",), successors)


@pytest.mark.parametrize(
    ("issuer", "date", "name"),
    [
        # the day before
        (MINISTRY, "2025-02-28", "Bộ Kế hoạch và Đầu tư"),
        (PROVINCE, "2025-02-28", "Sở GTVT"),
        (PROVINCE, "2025-02-28", "Công an huyện"),
        (PROVINCE, "2025-06-30", "UBND huyện Đô Lương"),
        (MINISTRY, "2025-06-30", "UBND tỉnh Hải Dương"),
        (PROVINCE, "2025-06-30", "Thanh tra Sở Xây dựng"),
        # what took over, and what has stayed
        (PROVINCE, "2026-01-05", "Cục Thuế"),
        (PROVINCE, "2026-01-05", "Thuế tỉnh"),
        (PROVINCE, "2026-01-05", "Thanh tra tỉnh"),
        (PROVINCE, "2026-01-05", "TAND khu vực 3"),
        (PROVINCE, "2026-01-05", "UBND xã Đô Lương"),
        (COMMUNE, "2026-01-05", "Phòng Kinh tế"),
        # a commune that no table knows is nobody's past
        (PROVINCE, "2026-01-05", "UBND xã Vĩnh Thịnh Hạ"),
        # a commune of another province than the document's
        (PROVINCE, "2026-01-05", "UBND xã Bàu Sen Trà"),
    ],
)
def test_what_is_there(issuer: str, date: str, name: str) -> None:
    unit = resolver(issuer, date).resolve(name)
    assert unit.canonical is not None
    assert (unit.review, unit.successors) == ((), ())


@pytest.mark.parametrize(
    ("canonical", "on", "successors"),
    [
        ("so-ke-hoach-va-dau-tu/tinh", "2024-12-31", ("so-ke-hoach-va-dau-tu/tinh",)),
        ("so-ke-hoach-va-dau-tu/tinh", "2025-12-31", ("so-tai-chinh/tinh",)),
        # the place goes along where the level stays
        ("so-ke-hoach-va-dau-tu/tinh/kim-hai", "2025-12-31", ("so-tai-chinh/tinh/kim-hai",)),
        ("ubnd/huyen/lac-khe", "2025-12-31", ("ubnd/xa",)),
        ("nhom/nguoi/chu-tich/ubnd/huyen", "2025-12-31", ("nhom/nguoi/chu-tich/ubnd/xa",)),
        # no body of the directory
        ("nhom/co-quan-lien-quan", "2025-12-31", ("nhom/co-quan-lien-quan",)),
    ],
)
def test_successors_of_an_id(canonical: str, on: str, successors: tuple[str, ...]) -> None:
    assert BODIES.successors(canonical, dt.date.fromisoformat(on)) == successors


def test_what_follows_a_body_is_in_the_directory_and_there() -> None:
    """No entry leads to a body that is not known, or that was gone already."""
    last = dt.date(2026, 12, 31)
    wrong = []
    for body in BODIES.bodies.values():
        for new in (new for ids in body.into.values() for new in ids):
            parts = [part for part in new.split("/") if part in BODIES.bodies]
            if not parts or BODIES.successors(new, last) not in {(new,), ()}:
                wrong.append((body.id, new))
    assert wrong == []
