"""How a Word paragraph looks: its own properties, then its style and the styles that one is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from pipeline.ingest.docx.package import W, attribute, number, switched_on

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


class Styles:
    """The style sheet of a document, read once."""

    def __init__(self, root: etree._Element | None) -> None:
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
        self._run_chain = cache(self._runs_of)

    def chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """The style and those it is based on, nearest first; the default paragraph style where None is given."""
        seen: set[str] = set()
        current = style_id if style_id in self._nodes else self._paragraph_default
        while current is not None and current in self._nodes and current not in seen:
            seen.add(current)
            yield self._nodes[current]
            current = attribute(self._nodes[current].find(W + "basedOn"))

    def _runs_of(self, style_id: str | None) -> tuple[etree._Element, ...]:
        found = (node.find(W + "rPr") for node in self.chain(style_id))
        return (*(properties for properties in found if properties is not None), *self._default_run)

    def run(self, properties: etree._Element | None, paragraph_style: str | None) -> tuple[etree._Element, ...]:
        """The run properties that apply, nearest first: its own, its character style, the paragraph style, defaults."""
        inherited = self._run_chain(paragraph_style)
        if properties is None:
            return inherited
        own = attribute(properties.find(W + "rStyle"))
        return (properties, *(self._run_chain(own) if own in self._nodes else ()), *inherited)

    def paragraph(self, properties: etree._Element | None, name: str) -> etree._Element | None:
        """The paragraph property `name` (``jc``, ``outlineLvl``, ``numPr``): the paragraph's own, else of its style."""
        if properties is not None:
            own = properties.find(W + name)
            if own is not None:
                return own
        style = attribute(properties.find(W + "pStyle")) if properties is not None else None
        for node in self.chain(style):
            found = node.find(f"{W}pPr/{W}{name}")
            if found is not None:
                return found
        return None

    def alignment(self, properties: etree._Element | None) -> str | None:
        """left, center, right, justify, or None where neither paragraph nor style says."""
        return _ALIGNMENT.get(attribute(self.paragraph(properties, "jc")) or "")

    def heading(self, properties: etree._Element | None) -> int | None:
        """The outline level from 1, of the paragraph or through a style called ``heading N``."""
        level = number(self.paragraph(properties, "outlineLvl"))
        if level is not None:
            return level + 1 if 0 <= level <= 8 else None
        style = attribute(properties.find(W + "pStyle")) if properties is not None else None
        for node in self.chain(style):
            found = _HEADING_NAME.fullmatch(attribute(node.find(W + "name")) or "")
            if found:
                return int(found.group(1))
        return None


def toggle(chain: tuple[etree._Element, ...], name: str) -> bool:
    """Whether the nearest run properties that speak of `name` (``b``, ``i``, ``vanish``, ``caps``) switch it on."""
    for properties in chain:
        value = switched_on(properties.find(W + name))
        if value is not None:
            return value
    return False


def size(chain: tuple[etree._Element, ...]) -> float | None:
    """The font size in points; Word counts half points."""
    for properties in chain:
        value = number(properties.find(W + "sz"))
        if value is not None:
            return value / 2
    return None
