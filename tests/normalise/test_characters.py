"""Spelling of characters: tone marks, đ, blanks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalise import canonical


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        # the tone moves to the first vowel at the end of a syllable
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("Đảng uỷ", "Đảng ủy"),
        ("THUỶ LỢI", "THỦY LỢI"),
        # qu is a consonant: the tone stays
        ("quý", "quý"),
        ("Quỹ", "Quỹ"),
        # a final consonant holds the tone on the second vowel
        ("hoàn thoát quyết toàn", "hoàn thoát quyết toàn"),
        # decomposed letters, as PDFs and macOS write them
        (unicodedata.normalize("NFD", "Ủy ban nhân dân xã"), "Ủy ban nhân dân xã"),
        # eth for đ, from old fonts
        ("ðảng Ðảng", "đảng Đảng"),
        # blanks that do not break, marks that show nothing
        ("Số\u00a001\u200b/KH", "Số 01/KH"),
        # an end-of-line hyphen as PDFium hands it over
        ("154\ufffeKH", "154-KH"),
    ],
)
def test_canonical(written: str, meant: str) -> None:
    assert canonical(written) == meant


@given(st.text(alphabet=st.sampled_from("aoeuyàáảãạòóỏõọỷýỳquhtkđ \u0300\u0301"), max_size=40))
def test_canonical_is_stable(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
