"""Provinces and communes: the tables are those of the package, and what they say of the past."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import gazetteer
import pytest

from pipeline.units.places import communes, provinces
from pipeline.units.words import slug


def test_the_tables_are_those_of_the_package() -> None:
    try:
        distribution(gazetteer.PACKAGE)
    except PackageNotFoundError:
        pytest.skip(f"{gazetteer.PACKAGE} is not installed")
    for name, text in gazetteer.tables().items():
        assert Path(gazetteer.FOLDER / name).read_text(encoding="utf-8") == text, "python tests/gazetteer.py --write"


def test_there_are_as_many_as_the_law_says() -> None:
    # Nghị quyết 202/2025/QH15: 34 provinces, six of them cities; 3,321 communes, wards and special zones
    assert len(set(provinces().now.values())) == 34
    assert len(provinces().cities) == 6
    assert len(provinces().now) == 63
    # of each pair that accents alone keep apart, the slug stands for one
    assert sum(len(homes) for homes in communes().homes.values()) + len(communes().typed) // 2 == 3321


@pytest.mark.parametrize(
    ("province", "now"),
    [("hai-duong", "hai-phong"), ("quang-nam", "da-nang"), ("hai-phong", None), ("nghe-an", None), ("kim-hai", None)],
)
def test_provinces_of_the_past(province: str, now: str | None) -> None:
    assert provinces().since(province) == now


@pytest.mark.parametrize(
    ("commune", "province", "now"),
    [
        ("luu-son", "nghe-an", ("do-luong",)),
        # still there
        ("do-luong", "nghe-an", ()),
        # another province's
        ("luu-son", "ha-noi", ()),
        # nobody's
        ("vinh-thinh-ha", "nghe-an", ()),
    ],
)
def test_communes_of_the_past(commune: str, province: str, now: tuple[str, ...]) -> None:
    assert communes().since(commune, province) == now


@pytest.mark.parametrize(
    ("name", "province", "wanted"),
    [
        ("Vĩnh Thịnh", "thanh-hoa", "vinh-thinh"),
        # two communes of one province that accents alone keep apart
        ("Ba Tơ", "quang-ngai", "ba-tow"),
        ("Ba Tô", "quang-ngai", "ba-too"),
        # … and of none that is known
        ("Ba Tơ", None, "ba-to"),
    ],
)
def test_slugs_of_communes(name: str, province: str | None, wanted: str) -> None:
    assert communes().slug(name, province) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"), ("Đắk Lắk", "dak-lak"), ("Ứng Hòa", "ung-hoa"), ("…", "")],
)
def test_slugs(text: str, wanted: str) -> None:
    assert slug(text) == wanted
