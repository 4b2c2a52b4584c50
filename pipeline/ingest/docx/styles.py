"""How a Word paragraph looks: its own properties, then its style and the styles that one is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.ingest.docx.package import W, attribute, by_tag, children, number, switched_on

_ALIGNMENT = {
    "left": "left",
    "start": "left",
    "right": "right",
    "end": "right",
    "center": "center",
    "both": "justify",
    "distribute": "justify",
}
_HEADING_NAME = re.compile(r"heading ([1-9])", re.IGNORECASE)
_PSTYLE, _RSTYLE, _FONTS, _VAL = W + "pStyle", W + "rStyle", W + "rFonts", W + "val"
_PPR, _BREAK, _ALIGNED, _OUTLINE = W + "pPr", W + "pageBreakBefore", W + "jc", W + "outlineLvl"
_SAID = frozenset((_RSTYLE, *(W + name for name in ("b", "i", "caps", "vanish", "sz"))))  # what a `Look` is made of

Chain = tuple[etree._Element, ...]  # run properties, nearest first


@dataclass(slots=True)
class Own:
    """What a paragraph says of itself: its properties by tag, and the style that it names."""

    nodes: Mapping[str, etree._Element]
    style: str | None


NOTHING = Own({}, None)


def own_properties(properties: etree._Element | None) -> Own:
    """What the ``w:pPr`` of a paragraph says."""
    if properties is None:
        return NOTHING
    nodes = by_tag(properties)
    return Own(nodes, attribute(nodes.get(_PSTYLE)))


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a style says of its paragraphs."""

    breaks_page: bool
    alignment: str | None
    heading: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a run looks; `chain` holds the run properties that say so."""

    chain: Chain
    bold: bool
    italic: bool
    capitals: bool
    hidden: bool
    size: float | None


def look_of(chain: Chain) -> Look:
    """The look that these run properties give."""
    bold, italic, capitals, hidden = (toggle(chain, name) for name in ("b", "i", "caps", "vanish"))
    return Look(chain, bold, italic, capitals, hidden, size(chain))


def _heading(level: int) -> int | None:
    return level + 1 if 0 <= level <= 8 else None


class Styles:
    """The style sheet of a document, read once; what it says is found out once for each style and kind of run."""

    def __init__(self, root: etree._Element | None, fonts_count: bool = False) -> None:
        """`fonts_count`: whether runs that differ in nothing but their font look different."""
        self._fonts_count = fonts_count
        nodes = [] if root is None else root.findall(W + "style")
        self._nodes = {node.get(W + "styleId", ""): node for node in nodes}
        defaults = {
            attribute(node, "type"): attribute(node, "styleId")
            for node in nodes
            if node.get(W + "default") in ("1", "true", "on")
        }
        self._paragraph_default = defaults.get("paragraph")
        default_run = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._default_run = () if default_run is None else (default_run,)
        # Not `cache` of its own methods: a circle would keep the whole tree of the file until the collector comes.
        self._chains: dict[str | None, Chain] = {}
        self._said: dict[str | None, _Inherited] = {}
        self._looks: dict[tuple[object, ...], Look] = {}

    def chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """The style and those it is based on, nearest first; the default paragraph style where None is given."""
        seen: set[str] = set()
        current = style_id if style_id in self._nodes else self._paragraph_default
        while current is not None and current in self._nodes and current not in seen:
            seen.add(current)
            yield self._nodes[current]
            current = attribute(self._nodes[current].find(W + "basedOn"))

    def _run_chain(self, style_id: str | None) -> Chain:
        if style_id not in self._chains:
            found = (node.find(W + "rPr") for node in self.chain(style_id))
            own = [properties for properties in found if properties is not None]
            self._chains[style_id] = (*own, *self._default_run)
        return self._chains[style_id]

    def look(self, properties: etree._Element | None, paragraph_style: str | None) -> Look:
        """How a run with these properties looks: what it does not say, its character style, paragraph style … do."""
        said: tuple[object, ...] = ()
        if properties is not None:
            said = tuple([(node.tag, node.get(_VAL)) for node in children(properties) if node.tag in _SAID])
            if self._fonts_count:
                said += tuple([tuple(node.items()) for node in properties.iterchildren(_FONTS)])
        look = self._looks.get((paragraph_style, said))
        if look is None:
            look = self._looks[paragraph_style, said] = look_of(self._chain_of(properties, paragraph_style))
        return look

    def _chain_of(self, properties: etree._Element | None, paragraph_style: str | None) -> Chain:
        """The run properties that apply: its own, its character style, the paragraph style, defaults."""
        inherited = self._run_chain(paragraph_style)
        if properties is None:
            return inherited
        own = attribute(properties.find(_RSTYLE))
        return (properties, *(self._run_chain(own) if own in self._nodes else ()), *inherited)

    def breaks_page(self, own: Own) -> bool:
        """Whether a paragraph begins a page."""
        node = own.nodes.get(_BREAK)
        return self._inherited(own.style).breaks_page if node is None else bool(switched_on(node))

    def alignment(self, own: Own) -> str | None:
        """left, center, right, justify, or None where neither paragraph nor style says."""
        node = own.nodes.get(_ALIGNED)
        return self._inherited(own.style).alignment if node is None else _ALIGNMENT.get(attribute(node) or "")

    def heading(self, own: Own) -> int | None:
        """The outline level from 1, of the paragraph or through a style called ``heading N``."""
        level = number(own.nodes.get(_OUTLINE))
        return self._inherited(own.style).heading if level is None else _heading(level)

    def _inherited(self, style_id: str | None) -> _Inherited:
        if style_id not in self._said:
            self._said[style_id] = self._of_style(style_id)
        return self._said[style_id]

    def _of_style(self, style_id: str | None) -> _Inherited:
        """What the style and those that it is based on say of a paragraph."""
        nodes: dict[str, etree._Element] = {}
        for style in self.chain(style_id):
            nodes = {**by_tag(style.find(_PPR)), **nodes}
        level = number(nodes.get(_OUTLINE))
        return _Inherited(
            switched_on(nodes.get(_BREAK)) or False,
            _ALIGNMENT.get(attribute(nodes.get(_ALIGNED)) or ""),
            self._heading_of(style_id) if level is None else _heading(level),
        )

    def _heading_of(self, style_id: str | None) -> int | None:
        names = (attribute(node.find(W + "name")) or "" for node in self.chain(style_id))
        found = next(filter(None, map(_HEADING_NAME.fullmatch, names)), None)
        return None if found is None else int(found.group(1))


def toggle(chain: Chain, name: str) -> bool:
    """Whether the nearest run properties that speak of `name` (``b``, ``i``, ``vanish``, ``caps``) switch it on."""
    for properties in chain:
        value = switched_on(properties.find(W + name))
        if value is not None:
            return value
    return False


def size(chain: Chain) -> float | None:
    """The font size in points; Word counts half points."""
    for properties in chain:
        value = number(properties.find(W + "sz"))
        if value is not None:
            return value / 2
    return None
