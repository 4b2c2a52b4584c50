"""The words of a Word paragraph as its reader sees them: accepted changes, field results, numbers, line breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from pipeline.ingest.docx import fonts, symbols
from pipeline.ingest.docx.numbering import Numbering
from pipeline.ingest.docx.package import MC, M, V, W, attribute, switched_on
from pipeline.ingest.docx.styles import Styles, size, toggle
from pipeline.ingest.encodings import OldText
from pipeline.model import Line, Paragraph, Style

# Wrappers whose content counts; what is deleted or moved away does not.
_THROUGH = frozenset(
    W + name
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
)
_ALTERNATIVE = MC + "AlternateContent"
_SDT = W + "sdt"

_PRIVATE = re.compile("[\uf000-\uf0ff]")  # bullets of Symbol and Wingdings, typed as text


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
    """A paragraph while it is read: finished lines, the open one, and how the characters look.

    `fonts` has the encoding and whether capitals are shown, for the pieces of `open` that are in an old font.
    """

    old: OldText | None
    lines: list[Line] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    fonts: dict[int, tuple[str, bool]] = field(default_factory=dict)
    tick: str | None = None  # what the sign is if it stands alone on its line
    page: int | None = None
    looks: set[tuple[bool, bool]] = field(default_factory=set)
    sizes: Counter[float | None] = field(default_factory=Counter)

    def end_line(self, page: int) -> None:
        text = "".join(self._shown() if self.fonts else self.open).strip()
        if text == symbols.BULLET:
            text = self.tick or text
        if text:
            self.lines.append(Line(text, self.page or page))
        self.open, self.page, self.fonts, self.tick = [], None, {}, None

    def _shown(self) -> Iterator[str]:
        """The open line in Unicode. Runs of one font are read together: a mark of VNI may stand in the next run."""
        for font, places in groupby(range(len(self.open)), key=self.fonts.get):
            text = "".join(self.open[place] for place in places)
            if font is not None and self.old is not None:
                encoding, capitals = font
                text = _PRIVATE.sub("-", self.old.read(text, encoding))
                text = text.upper() if capitals else text
            yield text


class ParagraphReader:
    """Reads the paragraphs of a document in order; it carries the counters, the page and the open fields along."""

    def __init__(self, styles: Styles, numbering: Numbering, pages: Pages, old: OldText | None, symbolic: bool) -> None:
        self.pages = pages
        self.notes: dict[str, int] = {}  # footnote or endnote → the page of its reference
        self.covered = False  # inside of a cell that a merged one lies over
        self._styles = styles
        self._numbering = numbering
        self._fields: list[bool] = []  # for each open field: still in its instruction?
        self._old = old  # None where the document has no old fonts
        self._symbolic = symbolic  # whether any text of the document is set in a symbol font
        self._content = _Content(old)
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

    def rest(self) -> list[Paragraph]:
        """What a deleted paragraph mark left over where no paragraph follows that it could join."""
        paragraph = self._close(None, self.pages.current) if self._content.lines or self._content.open else None
        return [] if paragraph is None else [paragraph]

    @contextmanager
    def apart(self, numbering: Numbering) -> Iterator[None]:
        """Inside of a text box: its words and lists have nothing to do with those that it stands among."""
        kept = self._numbering, self._content, self._fields
        self._numbering, self._content, self._fields = numbering, _Content(self._old), []
        yield
        self._numbering, self._content, self._fields = kept

    def _close(self, properties: etree._Element | None, page: int) -> Paragraph | None:
        content, self._content = self._content, _Content(self._old)
        content.end_line(page)
        label = "" if not content.lines and self._unseen(properties) else self._label(properties)
        if label and (content.lines or not self.covered):
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

    def _label(self, properties: etree._Element | None) -> str:
        """The automatic number as it is shown: what it doesn't say of its looks, the paragraph mark does."""
        label = self._numbering.label(properties)
        if label is None:
            return ""
        chain = (*label.looks, *self._mark(properties))
        encoding = fonts.encoding(chain) if self._old is not None else None
        text = label.text if self._old is None or encoding is None else self._old.read(label.text, encoding)
        return text.upper() if toggle(chain, "caps") else text

    def _mark(self, properties: etree._Element | None) -> tuple[etree._Element, ...]:
        """The run properties of a paragraph mark."""
        if properties is None:
            return self._styles.run(None, None)
        return self._styles.run(properties.find(W + "rPr"), attribute(properties.find(W + "pStyle")))

    def _unseen(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph without words takes no number: it is hidden, or nothing but the end of a section."""
        ends_section = properties is not None and properties.find(W + "sectPr") is not None
        return ends_section or toggle(self._mark(properties), "vanish")

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
        if name == "fldChar":
            self._field(attribute(node, "fldCharType"))
        elif name == "lastRenderedPageBreak":
            self.pages.rendered()
        elif hidden:
            return
        elif name in ("drawing", "pict", "object"):
            self._boxes.extend(_text_boxes(node))
        elif any(self._fields):
            return
        elif name == "t":
            text = " ".join((node.text or "").splitlines())
            font = fonts.symbolic(chain) if self._symbolic else None
            self._text(text if font is None else symbols.shown(text, font), chain)
        elif name == "softHyphen":
            if self._old is not None and fonts.encoding(chain) is not None:
                self._text("\xad", chain)  # LibreOffice writes the ư of an ABC font so
        elif name in ("tab", "ptab"):
            self._content.open.append("\t")
        elif name in ("br", "cr"):
            self._break(attribute(node, "type"))
        elif name == "noBreakHyphen":
            self._text("-", chain)
        elif name == "sym":
            self._symbol(node, chain)
        elif name in ("footnoteReference", "endnoteReference"):
            self._reference(node)

    def _text(self, text: str, chain: tuple[etree._Element, ...]) -> None:
        if not text:
            return
        content = self._content
        capitals = toggle(chain, "caps")
        old = fonts.encoding(chain) if self._old is not None else None
        if old is not None:
            content.fonts[len(content.open)] = old, capitals
        else:
            text = _PRIVATE.sub("-", text.upper() if capitals else text)
        content.open.append(text)
        if text.strip():
            self.pages.fresh = False
            content.page = content.page or self.pages.current
            content.looks.add((toggle(chain, "b"), toggle(chain, "i")))
            content.sizes[size(chain)] += len(text)

    def _symbol(self, node: etree._Element, chain: tuple[etree._Element, ...]) -> None:
        font, digits = attribute(node, "font"), attribute(node, "char") or ""
        try:
            code = int(digits, 16)
        except ValueError:
            code = -1
        if 0xF000 <= code <= 0xF0FF or (symbols.is_symbolic(font) and 0 <= code < 0x100):
            self._content.tick = symbols.tick(code, font)
            self._text(symbols.sign(code, font), chain)
        else:
            self._text(chr(code) if 0x20 <= code < 0xD800 else symbols.BULLET, chain)

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
    """The text boxes and the WordArt of a drawing, the outermost of nested ones; of alternatives, the first."""
    found, waiting = [], [node]
    while waiting:
        current = waiting.pop()
        if current.tag in (W + "txbxContent", V + "textpath"):
            found.append(current)
        else:
            waiting.extend(list(unwrapped(current))[::-1])
    return found
