"""Corrections in words: what was done to which words, by whom and when; and those that have lost their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, repeat

from pipeline.corrections.fields import written
from pipeline.corrections.model import Correction
from pipeline.corrections.parting import parts_of
from pipeline.export.review_page import sayings
from pipeline.review.marks import Change, fields_typed, words_of
from pipeline.review.wording import FIELD_NAMES
from pipeline.serve.pages.words.review import REVIEW

__all__ = ["Lost", "Told", "lost_of", "told_of"]

_PUT = ("edit", "confirm", "reject", "split", "merge", "add")  # what can be put on another row


@dataclass(frozen=True, slots=True)
class Told:
    """A correction in words: what was done to which words, by whom and when."""

    seq: int
    what: str
    words: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A correction that has lost its rows. `values` are what it sets, name and words, or the rows it splits into.

    `places` are what can be put somewhere else, each by itself: the ids of its rows, apart by blanks, and what these
    said; none where nothing can. `rows` are all ids, apart by blanks.
    """

    told: Told
    kind: str
    values: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    rows: str


def told_of(one: Correction, lang: str) -> Told:
    """The correction in words."""
    what = REVIEW[lang][f"mark-{one.kind}"]
    if one.kind == "edit":
        what = f"{what}: {', '.join(FIELD_NAMES[lang][field] for field in fields_typed(_changes(one)))}"
    return Told(one.seq, what, _said(one), one.by, one.at.astimezone().strftime("%d/%m/%Y %H:%M"))


def lost_of(one: Correction, lang: str) -> Lost:
    """The lost correction in words."""
    places: tuple[tuple[str, str], ...] = ()
    if one.kind in ("confirm", "reject"):  # of these each row stands for itself
        places = tuple(zip(one.tasks, chain(one.texts, repeat("")), strict=False))
    elif one.kind in _PUT:
        places = ((" ".join(one.tasks), _said(one)),)
    return Lost(told_of(one, lang), one.kind, tuple(_values(one, lang)), places, " ".join(one.tasks))


def _said(one: Correction) -> str:
    """What the rows said, or the words that were added."""
    quote = one.values.get("quote")
    return " · ".join(text for text in one.texts if text) or (quote if isinstance(quote, str) else "")


def _values(one: Correction, lang: str) -> list[tuple[str, str]]:
    words = REVIEW[lang]
    if one.kind == "split":
        return [(str(number), part) for number, part in enumerate(parts_of(one), start=1)]
    if one.kind != "edit":
        return []
    said, given = sayings(lang), written(one.values)
    shown = {field: "due_text" if field == "due" and given.get("due_text") else name
             for field, name in fields_typed(_changes(one)).items()}  # fmt: skip
    return [
        (FIELD_NAMES[lang][field], words_of(name, given[name], lang, said.cadence) or words["empty"])
        for field, name in shown.items()
    ]


def _changes(one: Correction) -> dict[str, Change]:
    before = one.values.get("before")
    was = before if isinstance(before, Mapping) else {}
    return {name: (was.get(name), value) for name, value in written(one.values).items()}
