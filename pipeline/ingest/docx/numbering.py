"""The automatic numbers and bullets of Word, as Word shows them: they stand nowhere in the text of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.ingest.docx.package import MC, W, attribute, by_tag, children, number, switched_on
from pipeline.ingest.docx.spelling import spell
from pipeline.ingest.docx.styles import Chain, Own, Styles, toggle

_PLACE = re.compile(r"%([1-9])([^%]*)")  # where a counter goes, and what stands between it and the next one
_SHOWN_BULLETS = frozenset("+-–—*")  # signs that officers type themselves; all other bullets are one dash
_KEPT_BY_LEGAL = frozenset({"none", "decimalZero"})
_DEEPEST = 8
_FORMAT, _ALTERNATIVES = W + "numFmt", MC + "AlternateContent"
_ABSTRACT, _OVERRIDE = W + "abstractNumId", W + "lvlOverride"
_NUMBERED, _NUM_ID, _LEVEL = W + "numPr", W + "numId", W + "ilvl"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    examples: str = ""
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None
    looks: Chain = ()  # the run properties of the number itself
    hidden: bool = False
    deepest: int = 0  # of the levels whose counters the text asks for


@dataclass(slots=True)
class _List:
    """One `w:num`: its levels, the counters that it shares with its siblings, and the starts it has still to force."""

    levels: dict[int, _Level]
    counters: dict[int, int]
    forced: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Label:
    """What stands in front of a numbered paragraph, with what parts it from the text: ``"1.2. "``, ``"- "``.

    `looks` are the run properties that it has by itself.
    """

    text: str
    looks: Chain


class Numbering:
    """Counts through a document. Ask for each numbered paragraph once, in the order of the text."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._by_style: dict[str | None, tuple[str | None, int | None]] = {}
        nodes = [] if root is None else children(root)
        self._abstracts = {attribute(node, "abstractNumId"): node for node in nodes if node.tag == W + "abstractNum"}
        self._nums = {attribute(node, "numId"): node for node in nodes if node.tag == W + "num"}
        self._counters: dict[str | None, dict[int, int]] = {}  # the lists of one abstract list count together
        self._levels: dict[str | None, dict[int, _Level]] = {}  # a list that begins anew is another one of them
        self._lists: dict[str, _List | None] = {}

    def label(self, own: Own) -> Label | None:
        """The number of a paragraph with these properties, None where it shows none."""
        where = self._where(own)
        if where is None:
            return None
        chosen, depth = where
        level = chosen.levels[depth]
        self._count(chosen, depth)
        text = self._text(chosen, depth)
        if level.hidden or not text.strip():
            return None
        glued = level.suffix == "nothing" and level.format != "bullet"
        return Label(text if glued else text.rstrip() + " ", level.looks)

    def _where(self, own: Own) -> tuple[_List, int] | None:
        """The list and level of a paragraph: what its own ``numPr`` does not say, its style does."""
        if not self._nums:
            return None
        said, name, depth = own.nodes.get(_NUMBERED), None, None
        for child in () if said is None else children(said):
            if child.tag == _NUM_ID:
                name = attribute(child)
            elif child.tag == _LEVEL:
                depth = number(child)
        if name is None or depth is None:
            if own.style not in self._by_style:
                self._by_style[own.style] = self._of_style(own.style)
            inherited = self._by_style[own.style]
            name = inherited[0] if name is None else name
            depth = inherited[1] if depth is None else depth
        chosen = None if name is None or name == "0" else self._list(name)
        depth = min(max(depth or 0, 0), _DEEPEST)
        return None if chosen is None or depth not in chosen.levels else (chosen, depth)

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
        chosen = self._list(name or "0")
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
        if level.deepest > depth:
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

    def _list(self, name: str) -> _List | None:
        """A list, read when a paragraph first names it; None for one that the file lacks."""
        if name not in self._lists:
            self._lists[name] = self._read(name)
        return self._lists[name]

    def _read(self, name: str) -> _List | None:
        node = self._nums.get(name)
        parts = by_tag(node)
        key = self._through_style(attribute(parts.get(_ABSTRACT)))
        abstract = self._abstracts.get(key)
        if node is None or abstract is None:
            return None
        if key not in self._levels:
            self._levels[key] = _levels(abstract)
        chosen = _List({**self._levels[key]}, self._counters.setdefault(key, {}))
        if _OVERRIDE in parts:
            _override(chosen, node)
        return chosen

    def _through_style(self, key: str | None) -> str | None:
        """A list may point at a numbering style, and that at the list which holds the levels."""
        link = attribute(self._abstracts[key].find(W + "numStyleLink")) if key in self._abstracts else None
        for style in self._styles.chain(link) if link else ():
            target = self._nums.get(attribute(style.find(f"{W}pPr/{W}numPr/{W}numId")))
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
                chosen.levels[depth] = replace(chosen.levels[depth], start=start)


def _level(node: etree._Element) -> _Level:
    parts = by_tag(node)
    # Where there are alternatives, the newer format stands first.
    form = next(node.iter(_FORMAT), None) if _FORMAT not in parts or _ALTERNATIVES in parts else parts[_FORMAT]
    start, text = number(parts.get(W + "start")), attribute(parts.get(W + "lvlText"))
    properties = parts.get(W + "rPr")
    looks = () if properties is None else (properties,)
    # A bullet that is a picture has no text; one without either shows nothing.
    picture = W + "lvlPicBulletId" in parts
    asked = [int(place) - 1 for place, _ in _PLACE.findall(text or "")]
    return _Level(
        start=0 if start is None else start,
        format=attribute(form) or "decimal",
        examples=attribute(form, "format") or "",
        text=text or ("-" if picture else ""),
        suffix=attribute(parts.get(W + "suff")) or "tab",
        legal=switched_on(parts.get(W + "isLgl")) or False,
        restart=number(parts.get(W + "lvlRestart")),
        style=attribute(parts.get(W + "pStyle")),
        looks=looks,
        hidden=toggle(looks, "vanish"),
        deepest=max(asked, default=0),
    )
