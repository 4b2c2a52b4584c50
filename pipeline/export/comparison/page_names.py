"""The pages of a workbook: which plans stand on one, and names that Excel takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.compare.model import Comparison, Member, PlanColumn, Result
from pipeline.export.comparison.wording import TEXTS
from pipeline.export.words import legal

__all__ = ["Block", "Page", "SheetNames", "pages_of"]

LONGEST = 31  # UTF-16 units of a sheet's name, Excel's own
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # Excel's own


@dataclass(frozen=True, slots=True)
class Block:
    """A plan on a page: the family that it is compared in, counted from 1, and its place among the plans there."""

    number: int
    comparison: Comparison
    place: int

    @property
    def column(self) -> PlanColumn:
        """The plan with its answers."""
        return self.comparison.plans[self.place]


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet of a commune, or of another issuer: its name, what stands at its head, its plans."""

    name: str
    title: str
    blocks: tuple[Block, ...]


class SheetNames:
    """Names of sheets that are legal and taken once. Excel is blind to case where it compares them."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {_key(name) for name in (*taken, "History")}  # Excel keeps that one for itself

    def take(self, default: str, *wanted: str) -> str:
        """The first of the wanted names that is free, else the last one with a number; `default` where none is left."""
        names = [name for name in (_cut(_legal(one), LONGEST) for one in wanted) if name] or [default]
        free = next((name for name in names if _key(name) not in self._taken), None)
        number = 1
        while free is None:
            number += 1
            end = f" ({number})"
            name = _cut(names[0], LONGEST - len(end)) + end
            free = name if _key(name) not in self._taken else None
        self._taken.add(_key(free))
        return free


def pages_of(result: Result, names: SheetNames, lang: str) -> tuple[Page, ...]:
    """A page for each commune, or for each issuer that is none; the plans of a commune in all families on one page."""
    found: dict[tuple[str, ...], list[Block]] = {}
    for number, comparison in enumerate(result.comparisons, start=1):
        for place, column in enumerate(comparison.plans):
            found.setdefault(_whose(column.plan), []).append(Block(number, comparison, place))
    return tuple(_page(blocks, names, lang) for blocks in found.values())


def _whose(plan: Member) -> tuple[str, ...]:
    """What makes plans stand on one page: names of communes repeat from province to province."""
    issuer = plan.issuer
    if issuer.commune:
        return ("commune", _key(issuer.commune), _key(issuer.province or ""))
    if issuer.name:
        return ("issuer", _key(issuer.name), _key(issuer.province or ""))
    return ("file", plan.document, plan.directive.sha256)


def _page(blocks: list[Block], names: SheetNames, lang: str) -> Page:
    first = blocks[0].column.plan
    province = first.issuer.province
    short = first.issuer.commune or first.label
    wider = [f"{short}, {province}"] if province else []
    title = ", ".join(dict.fromkeys(block.column.plan.label for block in blocks))
    if province and province.casefold() not in title.casefold():
        title = f"{title}, {province}"
    return Page(names.take(TEXTS[lang]["page-default"], short, *wider), title, tuple(blocks))


def _legal(name: str) -> str:
    """The name without what Excel refuses in it; no apostrophe stands at its ends."""
    clean = " ".join(_FORBIDDEN.sub(" ", legal(unicodedata.normalize("NFC", name))).split())
    return "".join(letter for letter in clean if letter.isprintable()).strip("' ")


def _cut(name: str, units: int) -> str:
    """So much of the name as Excel takes, which counts in UTF-16."""
    return name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").strip("' ")


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
