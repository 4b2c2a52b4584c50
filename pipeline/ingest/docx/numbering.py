"""The automatic numbers and bullets of Word, as Word shows them: they stand nowhere in the text of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.docx.package import W, attribute, number, switched_on
from pipeline.ingest.docx.spelling import spell
from pipeline.ingest.docx.styles import Styles, toggle

_PLACE = re.compile(r"%([1-9])([^%]*)")  # where a counter goes, and what stands between it and the next one
_SHOWN_BULLETS = frozenset("+-–—*")  # signs that officers type themselves; all other bullets are one dash
_KEPT_BY_LEGAL = frozenset({"none", "decimalZero"})
_DEEPEST = 8


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    examples: str = ""
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None
    looks: tuple[etree._Element, ...] = ()  # the run properties of the number itself


@dataclass(slots=True)
class _List:
    """One `w:num`: its levels, the counters that it shares with its siblings, and the starts it has still to force."""

    levels: dict[int, _Level]
    counters: dict[int, int]
    forced: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in front of a numbered paragraph, with what parts it from the text: ``"1.2. "``, ``"- "``.

    `looks` are the run properties that it has by itself.
    """

    text: str
    looks: tuple[etree._Element, ...]


class Numbering:
    """Counts through a document. Ask for each numbered paragraph once, in the order of the text."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._by_style: dict[str | None, tuple[str | None, int | None]] = {}
        if root is not None:
            self._read(root)

    def label(self, properties: etree._Element | None) -> Label | None:
        """The number of this paragraph, None where it shows none."""
        where = self._where(properties)
        if where is None:
            return None
        chosen, depth = where
        level = chosen.levels[depth]
        self._count(chosen, depth)
        text = self._text(chosen, depth)
        if not text.strip() or toggle(level.looks, "vanish"):
            return None
        glued = level.suffix == "nothing" and level.format != "bullet"
        return Label(text if glued else text.rstrip() + " ", level.looks)

    def _where(self, properties: etree._Element | None) -> tuple[_List, int] | None:
        """The list and level of a paragraph: what its own ``numPr`` does not say, its style does."""
        if not self._lists:
            return None
        own = properties.find(W + "numPr") if properties is not None else None
        name = attribute(own.find(W + "numId")) if own is not None else None
        depth = number(own.find(W + "ilvl")) if own is not None else None
        if name is None or depth is None:
            style_id = attribute(properties.find(W + "pStyle")) if properties is not None else None
            if style_id not in self._by_style:
                self._by_style[style_id] = self._of_style(style_id)
            inherited = self._by_style[style_id]
            name = inherited[0] if name is None else name
            depth = inherited[1] if depth is None else depth
        chosen = self._lists.get(name or "0")
        depth = min(max(depth or 0, 0), _DEEPEST)
        return None if chosen is None or name == "0" or depth not in chosen.levels else (chosen, depth)

    def _of_style(self, style_id: str | None) -> tuple[str | None, int | None]:
        """The list and the level that a style gives, each from the nearest style in its row of bases that says so."""
        name: str | None = None
        depth: int | None = None
        for style in self._styles.chain(style_id):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            own = attribute(properties.find(W + "numId"))
            if depth is None:  # a level that names the style goes before the level that the style names
                linked = self._linked(own, style.get(W + "styleId"))
                depth = number(properties.find(W + "ilvl")) if linked is None else linked
            if own is not None:
                name = own
                break
        return name, depth

    def _linked(self, name: str | None, style_id: str | None) -> int | None:
        chosen = self._lists.get(name or "0")
        levels = {} if chosen is None else chosen.levels
        return next((depth for depth, level in levels.items() if level.style and level.style == style_id), None)

    @staticmethod
    def _count(chosen: _List, depth: int) -> None:
        counters = chosen.counters
        for above in range(depth):  # a level that was jumped over counts as used: 1., 1.1.1., then 1.2.
            if above in chosen.levels and above not in counters:
                counters[above] = chosen.levels[above].start
                chosen.forced.pop(above, None)
        if depth in chosen.forced:
            counters[depth] = chosen.forced.pop(depth)
        elif depth in counters:
            counters[depth] += 1
        else:
            counters[depth] = chosen.levels[depth].start
        for deeper in [other for other in counters if other > depth]:
            level = chosen.levels.get(deeper)
            restart = level.restart if level is not None else None
            if restart is None or 0 < depth + 1 <= restart:  # w:lvlRestart 0: never; n: after level n and above
                del counters[deeper]

    @staticmethod
    def _text(chosen: _List, depth: int) -> str:
        level = chosen.levels[depth]
        if level.format == "bullet":
            sign = level.text.strip()
            return sign if sign in _SHOWN_BULLETS or not sign else "-"
        if any(int(place.group(1)) - 1 > depth for place in _PLACE.finditer(level.text)):
            return ""  # a label that asks for the counter of a deeper level is not shown at all

        def shown(place: re.Match[str]) -> str:
            above = chosen.levels.get(int(place.group(1)) - 1)
            if above is None or above.format == "bullet":
                return place.group(2)
            if above.format == "none":  # takes what parts it from the next counter along: 1.1, not 1..1
                return "" if place.end() < len(level.text) else place.group(2)
            form = "decimal" if level.legal and above.format not in _KEPT_BY_LEGAL else above.format
            return spell(chosen.counters[int(place.group(1)) - 1], form, above.examples) + place.group(2)

        return _PLACE.sub(shown, level.text)

    # ── reading numbering.xml ──

    def _read(self, root: etree._Element) -> None:
        abstracts = {attribute(node, "abstractNumId"): node for node in root.findall(W + "abstractNum")}
        nums = {attribute(node, "numId"): node for node in root.findall(W + "num")}
        shared: dict[str | None, dict[int, int]] = {}
        for name, node in nums.items():
            key = attribute(node.find(W + "abstractNumId"))
            key = self._through_style(key, abstracts, nums)
            abstract = abstracts.get(key)
            if name is None or abstract is None:
                continue
            chosen = _List(_levels(abstract), shared.setdefault(key, {}))
            _override(chosen, node)
            self._lists[name] = chosen

    def _through_style(
        self, key: str | None, abstracts: dict[str | None, etree._Element], nums: dict[str | None, etree._Element]
    ) -> str | None:
        """A list may point at a numbering style, and that at the list which holds the levels."""
        link = attribute(abstracts[key].find(W + "numStyleLink")) if key in abstracts else None
        for style in self._styles.chain(link) if link else ():
            target = nums.get(attribute(style.find(f"{W}pPr/{W}numPr/{W}numId")))
            if target is not None:
                return attribute(target.find(W + "abstractNumId"))
        return key


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {depth: _level(node) for node in abstract.findall(W + "lvl") if (depth := number(node, "ilvl")) is not None}


def _override(chosen: _List, num: etree._Element) -> None:
    for node in num.findall(W + "lvlOverride"):
        depth, own = number(node, "ilvl"), node.find(W + "lvl")
        if depth is None:
            continue
        if own is not None:
            chosen.levels[depth] = _level(own)
        start = number(node.find(W + "startOverride"))
        if start is not None:
            chosen.forced[depth] = start
            if depth in chosen.levels:
                chosen.levels[depth].start = start


def _level(node: etree._Element) -> _Level:
    form = next(node.iter(W + "numFmt"), None)  # where there are alternatives, the newer format stands first
    start, text = number(node.find(W + "start")), attribute(node.find(W + "lvlText"))
    looks = node.find(W + "rPr")
    # A bullet that is a picture has no text; one without either shows nothing.
    picture = node.find(W + "lvlPicBulletId") is not None
    return _Level(
        start=0 if start is None else start,
        format=attribute(form) or "decimal",
        examples=attribute(form, "format") or "",
        text=text or ("-" if picture else ""),
        suffix=attribute(node.find(W + "suff")) or "tab",
        legal=switched_on(node.find(W + "isLgl")) or False,
        restart=number(node.find(W + "lvlRestart")),
        style=attribute(node.find(W + "pStyle")),
        looks=() if looks is None else (looks,),
    )
