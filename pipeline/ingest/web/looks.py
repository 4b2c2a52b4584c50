"""How the words of a page look: tags, attributes and as much of CSS as Word and the usual editors write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lxml import etree

Properties = Mapping[str, str]

_ALIGNMENTS = {name: name for name in ("left", "center", "right", "justify")} | {"start": "left", "end": "right"}
_BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_ITALIC_TAGS = frozenset({"i", "em", "cite", "dfn", "var", "address"})
_ALIGNED_TAGS = frozenset({"p", "div", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PRESERVED = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})
# font: italic bold 12.0pt/15pt "Times New Roman"
_SHORTHAND = re.compile(r"(?P<look>[\w -]*?)[\d.]+(?:pt|px|r?em|%)(?:\s*/\s*\S+)?\s+(?P<family>\S.*)", re.IGNORECASE)
_BRACES = re.compile("[{}]")
_SELECTOR = re.compile(r"\w*\.?[\w-]+")
_ITEMS = re.compile(r"(?:ol|ul)?\.([\w-]+)\s*>\s*li(?:::?before)?")  # how Google Docs numbers its lists


@dataclass(frozen=True, slots=True)
class Look:
    """What words inherit from the elements around them."""

    bold: bool = False
    italic: bool = False
    alignment: str | None = None
    heading: int | None = None
    font: str | None = None
    capitals: bool = False
    preformatted: bool = False
    in_marker: bool = False  # the number or bullet that Word shows in front of an item


@lru_cache(maxsize=4096)
def properties(style: str) -> Properties:
    """The declarations of a ``style`` attribute, names and values in small letters but for fonts and texts."""
    found: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if name == "font":
            found.update(_shorthand(value))
        elif value:
            found[name] = value if name in ("font-family", "content") else value.lower()
    return found


def _shorthand(value: str) -> Iterator[tuple[str, str]]:
    match = _SHORTHAND.fullmatch(value[:200])
    if match is None:
        return
    words = match["look"].lower().split()
    yield "font-weight", "bold" if "bold" in words else "normal"
    yield "font-style", "italic" if "italic" in words else "normal"
    yield "font-family", match["family"]


def inline(node: etree._Element) -> Properties:
    """What the element says of itself in its ``style``."""
    return properties(node.get("style") or "")


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The rules of the page for a tag, a class, or a tag with a class; other selectors are passed over.

    So are those for print or small screens, and what shows or hides: a page that was saved has no script to turn it on.
    """

    rules: dict[str, dict[str, str]] = field(default_factory=dict)
    items: dict[str, dict[str, str]] = field(default_factory=dict)  # class of a list → what stands before its items

    @classmethod
    def of(cls, root: etree._Element) -> Stylesheet:
        """The rules of all ``<style>`` elements of a page."""
        sheet = cls()
        for node in root.iter("style"):
            for selectors, declarations in _rules(_bare(node.text or "")):
                found = properties(declarations)
                for selector in selectors.split(","):
                    if _SELECTOR.fullmatch(selector.strip()):
                        sheet.rules.setdefault(_folded(selector.strip()), {}).update(found)
                    elif items := _ITEMS.fullmatch(selector.strip()):
                        sheet.items.setdefault(items[1], {}).update(found)
        return sheet

    def properties(self, node: etree._Element) -> Properties:
        """What the style sheet, then the element itself, say of it."""
        own = inline(node)
        if not self.rules:
            return own
        tag = str(node.tag)
        classes = (node.get("class") or "").split()
        names = [tag, *(f".{name}" for name in classes), *(f"{tag}.{name}" for name in classes)]
        known = [self.rules[name] for name in names if name in self.rules]
        return own if not known else {name: value for rule in (*known, own) for name, value in rule.items()}

    def before_items(self, node: etree._Element) -> Properties:
        """What the style sheet puts in front of the items of a list."""
        classes = (node.get("class") or "").split() if self.items else ()
        return next((self.items[name] for name in classes if name in self.items), {})

    def look(self, node: etree._Element, above: Look) -> Look:
        """How the words in an element look, `above` being how they look around it."""
        found = self.properties(node)
        tag = str(node.tag)
        changed = {**_of_tag(node, tag, above), **_of_css(found)}
        return replace(above, **changed) if changed else above  # type: ignore[arg-type]


def _bare(css: str) -> str:
    """CSS without comments, and without the signs that hid it from the browsers of 1996."""
    first, *rest = css.split("/*")
    return "".join((first, *(part.partition("*/")[2] for part in rest))).replace("<!--", "").replace("-->", "")


def _folded(selector: str) -> str:
    tag, dot, name = selector.partition(".")
    return f"{tag.lower()}{dot}{name}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of the rules that stand in no other: not in ``@media``."""
    depth, start, selectors = 0, 0, ""
    for brace in _BRACES.finditer(css):
        if brace.group() == "{":
            if depth == 0:
                selectors = css[start : brace.start()].rpartition(";")[2]  # behind an @import
            depth += 1
        else:
            if depth == 1 and "@" not in selectors:
                yield selectors.strip(), css[start : brace.start()]
            depth = max(depth - 1, 0)
        start = brace.end()


def _of_tag(node: etree._Element, tag: str, above: Look) -> dict[str, object]:
    """What the tag and its old attributes say."""
    changed: dict[str, object] = {}
    if tag in _BOLD_TAGS:
        changed["bold"] = True
    if tag in _ITALIC_TAGS:
        changed["italic"] = True
    if tag in _HEADINGS:
        changed["heading"] = _HEADINGS[tag]
    if tag in ("center", "th"):
        changed["alignment"] = "center"
    if tag == "table":
        changed["alignment"] = None  # the alignment around it moves the table, not its words
    if tag in _ALIGNED_TAGS and (node.get("align") or "").lower() in _ALIGNMENTS:
        changed["alignment"] = _ALIGNMENTS[(node.get("align") or "").lower()]
    if tag == "font" and node.get("face"):
        changed["font"] = node.get("face")
    if tag == "pre":
        changed["preformatted"] = True
    return changed


def _of_css(found: Properties) -> dict[str, object]:
    changed: dict[str, object] = {}
    weight = found.get("font-weight", "")
    if weight:
        changed["bold"] = weight.startswith("bold") or (weight.isdecimal() and int(weight[:4]) >= 600)
    if found.get("font-style"):
        changed["italic"] = found["font-style"] in ("italic", "oblique")
    if found.get("text-align") in _ALIGNMENTS:
        changed["alignment"] = _ALIGNMENTS[found["text-align"]]
    if found.get("font-family"):
        changed["font"] = found["font-family"]
    if found.get("text-transform"):
        changed["capitals"] = found["text-transform"] == "uppercase"
    if found.get("white-space"):
        changed["preformatted"] = found["white-space"] in _PRESERVED
    if found.get("mso-list") == "ignore":
        changed["in_marker"] = True
    return changed
