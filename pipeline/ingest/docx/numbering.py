"""The automatic numbers and bullets of Word, as Word shows them: they stand nowhere in the text of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.docx.package import MC, W, attribute, number, switched_on
from pipeline.ingest.docx.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_TAIL = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SHOWN_BULLETS = frozenset("+-–—*")  # signs that officers type themselves; all other bullets are one dash
_DEEPEST = 8


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(slots=True)
class _List:
    """One `w:num`: its levels, the counters that it shares with its siblings, and the starts it has still to force."""

    levels: dict[int, _Level]
    counters: dict[int, int]
    forced: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document. Ask for each numbered paragraph once, in the order of the text."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        if root is not None:
            self._read(root)

    def label(self, properties: etree._Element | None) -> str:
        """The number of this paragraph with what parts it from the text (``"1.2. "``, ``"- "``), or an empty string."""
        where = self._where(properties)
        if where is None:
            return ""
        chosen, depth = where
        level = chosen.levels[depth]
        self._count(chosen, depth)
        if level.format == "bullet":
            text = level.text.strip() if level.text.strip() in _SHOWN_BULLETS else "-"
        else:
            text = _PLACE.sub(lambda found: self._shown(chosen, int(found.group(1)) - 1, level), level.text)
        if not text.strip():
            return ""
        return text if level.suffix == "nothing" and level.format != "bullet" else text.rstrip() + " "

    def _where(self, properties: etree._Element | None) -> tuple[_List, int] | None:
        """The list and level of a paragraph: its own ``numPr``, else what its style says."""
        own = properties.find(W + "numPr") if properties is not None else None
        style_id = attribute(properties.find(W + "pStyle")) if properties is not None else None
        name = attribute(own.find(W + "numId")) if own is not None else None
        depth = number(own.find(W + "ilvl")) if own is not None else None
        if name is None:
            for style in self._styles.chain(style_id):
                inherited = style.find(f"{W}pPr/{W}numPr")
                if inherited is not None and inherited.find(W + "numId") is not None:
                    name = attribute(inherited.find(W + "numId"))
                    depth = self._style_depth(name, style, inherited) if depth is None else depth
                    break
        chosen = self._lists.get(name or "0")
        depth = min(max(depth or 0, 0), _DEEPEST)
        return None if chosen is None or name == "0" or depth not in chosen.levels else (chosen, depth)

    def _style_depth(self, name: str | None, style: etree._Element, properties: etree._Element) -> int | None:
        """A level names the style that it numbers; that goes before the level that the style names."""
        chosen = self._lists.get(name or "")
        if chosen is not None:
            for depth, level in chosen.levels.items():
                if level.style is not None and level.style == style.get(W + "styleId"):
                    return depth
        return number(properties.find(W + "ilvl"))

    def _count(self, chosen: _List, depth: int) -> None:
        counters = chosen.counters
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
    def _shown(chosen: _List, depth: int, at: _Level) -> str:
        level = chosen.levels.get(depth)
        if level is None or level.format == "bullet":
            return ""
        value = chosen.counters.get(depth, level.start)
        return spell(value, "decimal" if at.legal and level.format != "none" else level.format)

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
    form = node.find(W + "numFmt")
    if form is None:  # a newer format stands in a choice, with one that every program knows as its fallback
        form = node.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
    start, text = number(node.find(W + "start")), attribute(node.find(W + "lvlText"))
    return _Level(
        start=0 if start is None else start,
        format=attribute(form) or "decimal",
        text=text or "",
        suffix=attribute(node.find(W + "suff")) or "tab",
        legal=switched_on(node.find(W + "isLgl")) or False,
        restart=number(node.find(W + "lvlRestart")),
        style=attribute(node.find(W + "pStyle")),
    )


# ── spelling ───────────────────────────────────────────────────────────────────────────────


def spell(value: int, form: str) -> str:
    """A counter in one of Word's number formats; what is not known is shown in digits."""
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter"):
        return _case(_letters(value), form)
    if form in ("lowerRoman", "upperRoman"):
        return _case(_roman(value), form)
    if form == "decimalZero":
        return f"{value:02d}"
    if form == "vietnameseCounting":
        return _counted(value)
    if form == "numberInDash":
        return f"- {value} -"
    if form == "decimalEnclosedParen":
        return f"({value})"
    if form == "decimalEnclosedFullstop":
        return f"{value}."
    return str(value)


def _case(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _letters(value: int) -> str:
    """a … z, aa, bb, …: Word repeats the letter. A list longer than 780 entries is not lettered by a person."""
    return str(value) if not 0 < value <= 780 else chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = []
    for step, letters in (*_ROMAN, *_ROMAN_TAIL):
        count, value = divmod(value, step)
        text.append(letters * count)
    return "".join(text)


def _counted(value: int) -> str:
    """Vietnamese words up to 99 (``mười lăm``, ``hai mươi mốt``), digits above."""
    if not 0 <= value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    tail = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{head} {tail}".strip()
