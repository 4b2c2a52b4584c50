"""What the stages ask of letters."""

from __future__ import annotations

import unicodedata

import pytest

from pipeline.letters import composed

DECOMPOSED = unicodedata.normalize("NFD", "Kế hoạch thực hiện nhiệm vụ. ")


@pytest.mark.parametrize("text", [DECOMPOSED, DECOMPOSED * 100, "." * 3000, "a" + "\u0301\u0316" * 15 + " a" * 1000])
def test_what_people_write_becomes_nfc(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


def test_a_heap_of_marks_is_parted_and_none_is_lost() -> None:
    """Marks of two classes have to be sorted, which takes the square of their number."""
    found = composed("a" + "\u0301\u0316" * 100_000)
    assert found.replace("\u034f", "").count("\u0301") + found.count("\u00e1") == 100_000
    assert found.count("\u0316") == 100_000
    assert max(map(len, found.split("\u034f"))) <= 31
