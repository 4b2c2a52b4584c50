"""Which documents are one family, which stand above it, and which are versions of one document."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare.papers import ABOVE, FROM_PARENT, directive, paper, parent_paper

from pipeline.compare import compare
from pipeline.compare.model import Family, Result

TOP = ABOVE.replace("dân tỉnh ban", "dân xã ban")
CHAIN = FROM_PARENT.replace(
    "về cấp nước sạch nông thôn năm 2026",
    "về triển khai Chỉ thị số 53-CT/TW ngày 01 tháng 11 năm 2025 của Ban Bí thư",
)
OTHER_PROVINCE = FROM_PARENT.replace("Sông Trong", "Núi Đục")
OTHER_YEAR = FROM_PARENT.replace("tháng 3 năm 2026", "tháng 3 năm 2025")
SECRETARIAT = paper(
    "Nhằm bảo đảm nước sạch cho Nhân dân, Ban Bí thư yêu cầu:",
    "1. Các cấp ủy lãnh đạo rà soát công trình cấp nước.",
    head="BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN BÍ THƯ", number="53-CT/TW", place="Hà Nội",
    date="ngày 01 tháng 11 năm 2025", title="Về nước sạch nông thôn", kind="CHỈ THỊ",
)  # fmt: skip


def plan(commune: str, preamble: str = FROM_PARENT, number: str = "12/KH-UBND", **parts: str) -> str:
    return paper(preamble, head=f"ỦY BAN NHÂN DÂN\nXÃ {commune.upper()}", place=commune, number=number, **parts)


def found(folder: Path, papers: dict[str, str]) -> Result:
    return compare([directive(folder, text, f"{name}.txt") for name, text in papers.items()])


def shape(family: Family) -> tuple[str, str, str, str]:
    """The numbers of what the plans cite and of the top, the parent's name, and those of the plans."""
    names = " ".join(plan.document.removesuffix(".txt") for plan in family.plans)
    parent = family.parent.document.removesuffix(".txt") if family.parent else ""
    cited, top = family.reference, family.top
    return (cited and cited.number) or "", (top and top.number) or "", parent, names


P, T = "154/KH-UBND", "53-CT/TW"


@pytest.mark.parametrize(
    ("papers", "families", "alone"),
    [
        ({"p": parent_paper(), "a": plan("An Lạc"), "b": plan("Bình Hòa")}, [(P, T, "p", "a b")], ""),
        ({"a": plan("An Lạc"), "p": parent_paper()}, [(P, T, "p", "a")], ""),
        # no parent at hand: they know each other by what they cite
        ({"a": plan("An Lạc"), "b": plan("Bình Hòa")}, [(P, P, "", "a b")], ""),
        ({"a": plan("An Lạc", CHAIN), "b": plan("Bình Hòa", CHAIN)}, [(P, T, "", "a b")], ""),
        # the same number of two provinces, and of two years
        ({"a": plan("An Lạc"), "b": plan("Bình Hòa"), "c": plan("Cẩm Sơn", OTHER_PROVINCE),
          "d": plan("Đông Lâm", OTHER_PROVINCE)}, [(P, P, "", "a b"), (P, P, "", "c d")], ""),
        ({"a": plan("An Lạc"), "b": plan("Bình Hòa", OTHER_PROVINCE)}, [], "a b"),
        ({"p": parent_paper(), "a": plan("An Lạc"), "b": plan("Bình Hòa", OTHER_YEAR)}, [(P, T, "p", "a")], "b"),
        # zeros before a number are not of it
        ({"a": plan("An Lạc"), "b": plan("Bình Hòa", FROM_PARENT.replace("154/KH", "0154/KH"))},
         [(P, P, "", "a b")], ""),
        # a draft of the parent, its number not yet filled in: known by title and date
        ({"p": parent_paper(number="   /KH-UBND"), "a": plan("An Lạc")}, [(P, T, "p", "a")], ""),
        ({"p": parent_paper(number="   /KH-UBND", date="ngày 21 tháng 3 năm 2026"), "a": plan("An Lạc")}, [], "p a"),
        ({"p": parent_paper(number="   /KH-UBND", title="Trồng cây phân tán năm 2026"), "a": plan("An Lạc")}, [],
         "p a"),
        # who names only the top joins those who name what implements it
        ({"p": parent_paper(), "a": plan("An Lạc"), "b": plan("Bình Hòa", TOP)}, [(P, T, "p", "a b")], ""),
        ({"a": plan("An Lạc", CHAIN), "b": plan("Bình Hòa", CHAIN), "c": plan("Cẩm Sơn", TOP)},
         [(P, T, "", "a b c")], ""),
        # a chain of documents at hand: each pair of levels is a family
        ({"t": SECRETARIAT, "p": parent_paper(), "a": plan("An Lạc")}, [(T, T, "t", "p"), (P, T, "p", "a")], ""),
        # an unrelated document, and one that cites nothing
        ({"p": parent_paper(), "a": plan("An Lạc"), "x": plan("Cẩm Sơn", FROM_PARENT.replace("154/", "9/"))},
         [(P, T, "p", "a")], "x"),
        ({"p": parent_paper(), "a": plan("An Lạc"), "x": plan("Cẩm Sơn", "Nhằm bảo đảm nước sạch.")},
         [(P, T, "p", "a")], "x"),
        # earlier versions and copies are not compared
        ({"p": parent_paper(), "a": plan("An Lạc"), "b": plan("An Lạc", date="ngày 15 tháng 4 năm 2026")},
         [(P, T, "p", "b")], ""),
        # … but the plan of the same number of another commune is
        ({"p": parent_paper(), "a": plan("An Lạc"), "b": plan("Bình Hòa")}, [(P, T, "p", "a b")], ""),
        ({"a": plan("An Lạc")}, [], "a"),
        ({}, [], ""),
    ],
)  # fmt: skip
def test_families(
    tmp_path: Path, papers: dict[str, str], families: list[tuple[str, str, str, str]], alone: str
) -> None:
    result = found(tmp_path, papers)
    assert [shape(one.family) for one in result.comparisons] == families
    assert " ".join(member.document.removesuffix(".txt") for member in result.alone) == alone


def test_what_stands_above_is_named(tmp_path: Path) -> None:
    result = found(tmp_path, {"t": SECRETARIAT, "p": parent_paper(), "a": plan("An Lạc")})
    assert [[one.document for one in each.family.above] for each in result.comparisons] == [[], ["t.txt"]]


def test_kin_implement_the_same_and_are_compared_with_nobody(tmp_path: Path) -> None:
    """Two provinces carry out one directive: which of them the commune that names only the top is of, nothing tells."""
    other = CHAIN.replace("Sông Trong", "Núi Đục").replace("154/", "88/")
    papers = {"a": plan("An Lạc", CHAIN), "b": plan("Bình Hòa", CHAIN), "c": plan("Cẩm Sơn", other),
              "d": plan("Đông Lâm", other), "x": plan("Gia Phú", TOP)}  # fmt: skip
    result = found(tmp_path, papers)
    assert [[one.document for one in each.family.kin] for each in result.comparisons] == [["x.txt"], ["x.txt"]]
    assert {remark.code for remark in result.remarks} == {"kin"}
    assert result.alone == ()


def test_a_version_names_the_others(tmp_path: Path) -> None:
    papers = {"p": parent_paper(), "a": plan("An Lạc"), "b": plan("An Lạc", date="ngày 15 tháng 4 năm 2026")}
    result = found(tmp_path, papers)
    assert result.comparisons[0].plans[0].plan.versions == ("a.txt",)
    assert [remark.message for remark in result.remarks] == ["b.txt: là bản mới hơn của a.txt; chỉ so sánh bản này."]


def test_no_document_is_lost(tmp_path: Path) -> None:
    """The plan of a parent without tasks has nothing to be compared with, and is named all the same."""
    empty = directive(tmp_path, parent_paper("(Có danh mục kèm theo.)"), "p.txt")
    only = directive(tmp_path, plan("An Lạc"), "a.txt")
    for result in (compare([empty, only]), compare([only], parent=empty)):
        assert result.comparisons == ()
        assert [member.document for member in result.alone] == ["a.txt"]
        assert [remark.code for remark in result.remarks] == ["parent-without-tasks"]


def test_with_a_parent_what_that_one_implements_is_no_plan(tmp_path: Path) -> None:
    above, parent, below = (
        directive(tmp_path, text, f"{name}.txt")
        for name, text in {"t": SECRETARIAT, "p": parent_paper(), "a": plan("An Lạc")}.items()
    )
    result = compare([above, below], parent=parent)
    assert [shape(one.family) for one in result.comparisons] == [(P, T, "p", "a")]
    assert [remark.code for remark in result.remarks] == ["above-parent"]


@pytest.mark.parametrize(("first", "second", "days"), [("20", "10 tháng 4", 21), ("20", "19 tháng 3", -1)])
def test_days_from_the_parents_date(tmp_path: Path, first: str, second: str, days: int) -> None:
    papers = {"p": parent_paper(date=f"ngày {first} tháng 3 năm 2026"),
              "a": plan("An Lạc", date=f"ngày {second} năm 2026")}  # fmt: skip
    assert found(tmp_path, papers).comparisons[0].plans[0].days == days
