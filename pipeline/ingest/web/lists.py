"""The numbers and bullets that a browser shows in front of list items."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.web.looks import Properties

_STYLES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "lower-latin": "lower-alpha",
    "upper-latin": "upper-alpha",
}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NUMBER = re.compile(r"\s*([+-]?\d{1,6})")
_CONTENT = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|counter\(\s*([\w-]+)\s*(?:,\s*([\w-]+)\s*)?\)")  # of CSS
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")


@dataclass(slots=True)
class ItemList:
    """A list that is open: how it numbers its items, and the number of the next one; ``bullet`` and ``none`` need none.

    ``ul`` and lists without a known style of their own show the default.
    """

    style: str
    following: int = 1
    step: int = 1
    before: Properties = field(default_factory=dict)

    @classmethod
    def of(cls, node: etree._Element, css: str | None, before: Properties) -> ItemList:
        """The list that an ``ol``, ``ul`` or ``menu`` opens; `css` is its ``list-style-type``.

        `before` is what the style sheet puts in front of its items instead of the signs of a list.
        """
        said = css or node.get("type") or ""
        if "none" in said.split():
            return cls("none", _integer(node.get("start"), 1), before=before)
        if node.tag != "ol":
            return cls("bullet")
        step = -1 if node.get("reversed") is not None else 1
        first = len(node.findall("li")) if step < 0 else 1
        return cls(_STYLES.get(said, said or "decimal"), _integer(node.get("start"), first), step)

    def marker(self, item: etree._Element, counters: dict[str, int]) -> str:
        """What stands in front of the next item, blank included; `counters` are those of the style sheet."""
        number = _integer(item.get("value"), self.following)
        self.following = number + self.step
        if self.style == "none":
            counters[self.before.get("counter-increment", "")] = number
            return _generated(self.before.get("content", ""), counters)
        return "- " if self.style in ("bullet", "disc", "circle", "square") else f"{_shown(number, self.style)}. "


def _integer(value: str | None, default: int) -> int:
    match = _NUMBER.match(value or "")
    return int(match[1]) if match else default


def _generated(content: str, counters: dict[str, int]) -> str:
    """What CSS puts in front of an item; signs without a number are a bullet."""
    parts = [
        _shown(counters.get(name, 0), _STYLES.get(style, style)) if name else _ESCAPE.sub(_unescaped, literal)
        for literal, name, style in _CONTENT.findall(content)
    ]
    text = "".join(parts).strip()
    return f"{text} " if "counter(" in content else "- " if text else ""


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    code = int(found[1], 16)
    return "\ufffd" if code > sys.maxunicode or 0xD800 <= code < 0xE000 else chr(code)


def _shown(number: int, style: str) -> str:
    """The number as CSS writes it; numbers for which a style has no signs are written in digits."""
    name = style.removeprefix("lower-").removeprefix("upper-")
    shown = str(number)
    if name == "alpha" and number > 0:
        shown = _letters(number)
    elif name == "roman" and 0 < number < 4000:
        shown = _roman(number)
    elif style == "decimal-leading-zero":
        shown = f"{number:02d}"
    return shown.upper() if style.startswith("upper-") else shown


def _letters(number: int) -> str:
    found = ""
    while number:
        number, digit = divmod(number - 1, len(_LETTERS))
        found = _LETTERS[digit] + found
    return found


def _roman(number: int) -> str:
    found = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        found += sign * count
    return found
