"""The words of a Word paragraph as its reader sees them: accepted changes, field results, numbers, line breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.docx.numbering import Numbering
from pipeline.ingest.docx.package import MC, M, W, attribute, switched_on
from pipeline.ingest.docx.styles import Styles, size, toggle
from pipeline.model import Line, Paragraph, Style

# Wrappers whose content counts; what is deleted or moved away does not.
_THROUGH = frozenset(
    W + name
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
)
_ALTERNATIVE = MC + "AlternateContent"
_SDT = W + "sdt"

_PRIVATE = re.compile("[\uf000-\uf0ff]")  # bullets of Symbol and Wingdings, typed as text

# Characters of the Symbol font that stand in a sentence; all other symbols of private fonts are bullets.
_SYMBOLS = {0xB3: "≥", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xAE: "→", 0xB9: "≠", 0xBB: "≈"}


def unwrapped(container: etree._Element) -> Iterator[etree._Element]:
    """The children of `container`, with content controls and accepted changes opened; of alternatives, the first."""
    waiting = list(container)[::-1]
    while waiting:
        node = waiting.pop()
        if node.tag == _ALTERNATIVE:
            choice = node.find(MC + "Choice")
            opened = node.find(MC + "Fallback") if choice is None else choice
            waiting.extend([] if opened is None else list(opened)[::-1])
        elif node.tag == _SDT:
            content = node.find(W + "sdtContent")
            waiting.extend([] if content is None else list(content)[::-1])
        elif node.tag in _THROUGH:
            waiting.extend(list(node)[::-1])
        else:
            yield node


@dataclass(slots=True)
class Pages:
    """Where the text is, by the page breaks that Word noted when it last laid the document out, and by hard ones."""

    current: int = 1
    fresh: bool = True  # nothing stands on the page yet: a break that Word notes here is the one that led to it

    def hard(self) -> None:
        """A page break that a person typed."""
        self.current += 1
        self.fresh = True

    def section(self) -> None:
        """A new page that begins only where the text is not at the top of one."""
        if not self.fresh:
            self.hard()

    def rendered(self) -> None:
        """A break that Word noted; it notes one behind a hard break too."""
        if not self.fresh:
            self.current += 1
        self.fresh = False


@dataclass(slots=True)
class _Content:
    """A paragraph while it is read: finished lines, the open one, and how the characters look."""

    lines: list[Line] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    page: int | None = None
    looks: set[tuple[bool, bool]] = field(default_factory=set)
    sizes: Counter[float | None] = field(default_factory=Counter)

    def end_line(self, page: int) -> None:
        text = "".join(self.open).strip()
        if text:
            self.lines.append(Line(text, self.page or page))
        self.open, self.page = [], None


class ParagraphReader:
    """Reads the paragraphs of a document in order; it carries the counters, the page and the open fields along."""

    def __init__(self, styles: Styles, numbering: Numbering, pages: Pages) -> None:
        self.pages = pages
        self.notes: dict[str, int] = {}  # footnote or endnote → the page of its reference
        self._styles = styles
        self._numbering = numbering
        self._fields: list[bool] = []  # for each open field: still in its instruction?
        self._content = _Content()
        self._boxes: list[etree._Element] = []

    def read(self, node: etree._Element) -> tuple[Paragraph | None, list[etree._Element]]:
        """The paragraph (None where it is blank or joined to the next one) and the text boxes anchored in it."""
        properties = node.find(W + "pPr")
        style_id = attribute(properties.find(W + "pStyle")) if properties is not None else None
        if switched_on(self._styles.paragraph(properties, "pageBreakBefore")):
            self.pages.section()
        self._boxes = []
        page = self.pages.current
        for child in unwrapped(node):
            self._inline(child, style_id)
        self._fields = [False] * len(self._fields)  # an instruction ends with its paragraph; else the rest were lost
        boxes = self._boxes
        if _mark_deleted(properties):
            return None, boxes
        return self._close(properties, page), boxes

    def rest(self) -> Paragraph | None:
        """What a deleted paragraph mark at the very end left over."""
        return self._close(None, self.pages.current)

    def _close(self, properties: etree._Element | None, page: int) -> Paragraph | None:
        content, self._content = self._content, _Content()
        content.end_line(page)
        label = self._numbering.label(properties)
        if label:
            first = content.lines[0] if content.lines else Line("", page)
            content.lines[:1] = [Line((label + first.text).strip(), first.page)]
        if not content.lines:
            return None
        style = Style(
            bold=bool(content.looks) and all(bold for bold, _ in content.looks),
            italic=bool(content.looks) and all(italic for _, italic in content.looks),
            size=content.sizes.most_common(1)[0][0] if content.sizes else None,
            alignment=self._styles.alignment(properties),
            heading=self._styles.heading(properties),
        )
        return Paragraph(tuple(content.lines), style)

    # ── runs ──

    def _inline(self, node: etree._Element, style_id: str | None) -> None:
        if node.tag == W + "r":
            chain = self._styles.run(node.find(W + "rPr"), style_id)
            hidden = toggle(chain, "vanish")
            for child in unwrapped(node):
                self._run_child(child, chain, hidden)
        elif node.tag in (M + "oMath", M + "oMathPara"):
            self._text("".join(text.text or "" for text in node.iter(M + "t")), ())
        elif node.tag in (W + "footnoteReference", W + "endnoteReference"):
            self._reference(node)

    def _run_child(self, node: etree._Element, chain: tuple[etree._Element, ...], hidden: bool) -> None:
        name = etree.QName(node).localname
        if name in ("drawing", "pict", "object"):
            self._boxes.extend(_text_boxes(node))
        elif name == "fldChar":
            self._field(attribute(node, "fldCharType"))
        elif name == "lastRenderedPageBreak":
            self.pages.rendered()
        elif hidden or any(self._fields):
            return
        elif name == "t":
            self._text(_PRIVATE.sub("-", " ".join((node.text or "").splitlines())), chain)
        elif name in ("tab", "ptab"):
            self._content.open.append("\t")
        elif name in ("br", "cr"):
            self._break(attribute(node, "type"))
        elif name == "noBreakHyphen":
            self._text("-", chain)
        elif name == "sym":
            self._text(_symbol(node), chain)
        elif name in ("footnoteReference", "endnoteReference"):
            self._reference(node)

    def _text(self, text: str, chain: tuple[etree._Element, ...]) -> None:
        if not text:
            return
        content = self._content
        content.open.append(text.upper() if toggle(chain, "caps") else text)
        if text.strip():
            self.pages.fresh = False
            content.page = content.page or self.pages.current
            content.looks.add((toggle(chain, "b"), toggle(chain, "i")))
            content.sizes[size(chain)] += len(text)

    def _break(self, kind: str | None) -> None:
        self._content.end_line(self.pages.current)
        if kind == "page":
            self.pages.hard()

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _reference(self, node: etree._Element) -> None:
        kind = etree.QName(node).localname.removesuffix("Reference")
        self.notes.setdefault(f"{kind}:{attribute(node, 'id')}", self.pages.current)


def _mark_deleted(properties: etree._Element | None) -> bool:
    """Whether a tracked change removed the paragraph mark, so that the text runs on into the next paragraph."""
    if properties is None:
        return False
    mark = properties.find(W + "rPr")
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _text_boxes(node: etree._Element) -> list[etree._Element]:
    """The text boxes of a drawing, the outermost of nested ones; of alternatives, the first."""
    found, waiting = [], [node]
    while waiting:
        current = waiting.pop()
        if current.tag == W + "txbxContent":
            found.append(current)
        else:
            waiting.extend(list(unwrapped(current))[::-1])
    return found


def _symbol(node: etree._Element) -> str:
    try:
        code = int(attribute(node, "char") or "", 16)
    except ValueError:
        return "-"
    if 0xF000 <= code <= 0xF0FF or code < 0x20 or not 0 <= code < 0xD800:
        return _SYMBOLS.get(code & 0xFF, "-") if attribute(node, "font") == "Symbol" else "-"
    return chr(code)
