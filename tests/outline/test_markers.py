"""What opens an item, and what only looks like it."""

from __future__ import annotations

import pytest

from pipeline.outline.markers import parse_marker


@pytest.mark.parametrize(
    ("text", "kind", "label", "words"),
    [
        ("Phần thứ hai: NHIỆM VỤ", "part", "hai", "NHIỆM VỤ"),
        ("Chương II. TỔ CHỨC", "chapter", "II", "TỔ CHỨC"),
        ("Điều 3. Hiệu lực", "article", "3", "Hiệu lực"),
        ("II. NỘI DUNG", "roman", "II", "NỘI DUNG"),
        ("II- NỘI DUNG", "roman", "II", "NỘI DUNG"),  # Party style
        ("I/ MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
        ("A. Mục tiêu", "letter", "A", "Mục tiêu"),
        ("1. Mục đích", "arabic", "1", "Mục đích"),
        ("1- Mục đích", "arabic", "1", "Mục đích"),
        ("3. 100% chi bộ", "arabic", "3", "100% chi bộ"),  # a number may open the words
        ("3- 100% cơ sở", "arabic", "3", "100% cơ sở"),
        ("1.1. Đổi mới", "decimal", "1.1", "Đổi mới"),
        ("2.1.1 Về tổ chức", "decimal", "2.1.1", "Về tổ chức"),
        ("1.3. 100% đại biểu", "decimal", "1.3", "100% đại biểu"),
        ("(11) Đẩy mạnh", "paren", "11", "Đẩy mạnh"),
        ("2) Rà soát", "half-paren", "2", "Rà soát"),
        ("a) Rà soát", "alpha", "a", "Rà soát"),
        ("đ) Tổ chức", "alpha", "đ", "Tổ chức"),  # the Vietnamese alphabet
        ("- Rà soát", "dash", "", "Rà soát"),
        ("– Rà soát", "dash", "", "Rà soát"),
        ("-Rà soát", "dash", "", "Rà soát"),
        ("- 100% chi bộ", "dash", "", "100% chi bộ"),
        ("+ Đối với xã", "plus", "", "Đối với xã"),
        ("• Rà soát", "bullet", "", "Rà soát"),
    ],
)
def test_markers(text: str, kind: str, label: str, words: str) -> None:
    found = parse_marker(text)
    assert found is not None
    marker, offset = found
    assert (marker.kind, marker.label, text[offset:]) == (kind, label, words)


@pytest.mark.parametrize(
    "text",
    [
        "15/11/2022 là hạn cuối",  # a date
        "02 cuộc giám sát",  # a count
        "Căn cứ Luật",  # a word
        "Sở Tư pháp chủ trì",
        "154/KH-UBND ngày 20/3/2026",  # a number of a document
        "100% đại biểu",
        "-5 độ",  # a negative number
        "Phần mềm quản lý",  # Phần as a plain word
        "Mục tiêu cụ thể",
        "",
    ],
)
def test_no_markers(text: str) -> None:
    assert parse_marker(text) is None


def test_vietnamese_alphabet_order() -> None:
    values = [parse_marker(f"{letter}) x")[0].value for letter in "abcdđe"]  # type: ignore[index]
    assert values == [1, 2, 3, 4, 5, 6]


def test_roman_numbers_are_read() -> None:
    values = [parse_marker(f"{label}. X")[0].value for label in ("I", "IV", "VIII", "IX", "XIV")]  # type: ignore[index]
    assert values == [1, 4, 8, 9, 14]
