"""The text objects of the characters of a page are found by asking few of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.pdf import calls, characters

# Objects in the order of the file with how many characters each has; None is what PDFium put in.
OBJECTS = st.lists(st.tuples(st.booleans(), st.integers(1, 60)), max_size=40)


def owners_of(objects: Sequence[tuple[bool, int]]) -> list[int | None]:
    return [number if known else None for number, (known, count) in enumerate(objects, 1) for _ in range(count)]


@given(OBJECTS)
def test_what_is_asked_of_few_is_as_what_is_asked_of_each(objects: list[tuple[bool, int]]) -> None:
    owners = owners_of(objects)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calls, "char_object", lambda _, place: owners[place // 2])
        places = range(0, 2 * len(owners), 2)
        assert characters._owners(None, places) == owners == characters._asked(None, places)


def test_of_long_objects_few_characters_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    owners = owners_of([(True, 500), (True, 500)])
    asked: list[int] = []
    monkeypatch.setattr(calls, "char_object", lambda _, place: asked.append(place) or owners[place])
    assert characters._owners(None, range(1000)) == owners
    assert len(asked) < 20
