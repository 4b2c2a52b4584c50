"""The text objects of the characters of a page are found by asking few of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.pdf import calls, characters

# Objects in the order of the file with how many characters each has; False is what PDFium put in.
OBJECTS = st.lists(st.tuples(st.booleans(), st.integers(1, 60)), min_size=1, max_size=40)


def owners_of(objects: Sequence[tuple[bool, int]]) -> list[int]:
    return [number if known else 0 for number, (known, count) in enumerate(objects, 1) for _ in range(count)]


@given(OBJECTS, st.sets(st.integers(1, 2400)))
def test_what_is_asked_of_few_is_as_what_is_asked_of_each(objects: list[tuple[bool, int]], ends: set[int]) -> None:
    """Wherever lines end."""
    owners = owners_of(objects)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calls, "char_object", lambda _, place: owners[place // 2] or None)
        places = range(0, 2 * len(owners), 2)
        backwards = sorted(end for end in ends if end < len(owners))
        assert characters._owners(None, places, backwards).tolist() == owners
        assert characters._asked(None, places).tolist() == owners


def test_of_long_objects_few_characters_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    owners = owners_of([(True, 500), (True, 500)])
    asked: list[int] = []
    monkeypatch.setattr(calls, "char_object", lambda _, place: asked.append(place) or owners[place])
    for backwards, most in (([], 20), ([500], 4)):
        asked.clear()
        assert characters._owners(None, range(1000), backwards).tolist() == owners
        assert len(asked) <= most
