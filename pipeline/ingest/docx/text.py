"""The words of a Word paragraph as its reader sees them: accepted changes, field results, numbers, line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby

from lxml import etree

from pipeline.ingest.docx import fonts, symbols
from pipeline.ingest.docx.numbering import Numbering
from pipeline.ingest.docx.package import SECTION, M, W, attribute
from pipeline.ingest.docx.styles import NOTHING, Chain, Look, Own, Styles, look_of, own_properties, toggle
from pipeline.ingest.docx.wrappers import text_boxes, unwrapped
from pipeline.ingest.encodings import OldText
from pipeline.model import Line, Paragraph, Style

_RUN, _TEXT, _RUN_PROPERTIES, _PROPERTIES = W + "r", W + "t", W + "rPr", W + "pPr"
_FORMULAS = frozenset((M + "oMath", M + "oMathPara"))
_REFERENCES = frozenset((W + "footnoteReference", W + "endnoteReference"))

_PLAIN = look_of(())
_PRIVATE = re.compile("[\uf000-\uf0ff]")  # bullets of Symbol and Wingdings, typed as text


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
    looks: dict[Look, int] = field(default_factory=dict)  # characters of each

    def end_line(self, page: int) -> None:
        text = "".join(self._shown()) if self.fonts else _PRIVATE.sub("-", "".join(self.open))
        text = text.strip()
        if text == symbols.BULLET:
            text = self.tick or text
        if text:
            self.lines.append(Line(text, self.page or page))
        self.open, self.page, self.fonts, self.tick = [], None, {}, None

    def style(self, alignment: str | None, heading: int | None) -> Style:
        """How all of it looks, and most of it in size."""
        if len(self.looks) == 1:
            (look,) = self.looks
            return _style(look.bold, look.italic, look.size, alignment, heading)
        sizes: dict[float | None, int] = {}
        for look, count in self.looks.items():
            sizes[look.size] = sizes.get(look.size, 0) + count
        bold = bool(sizes) and all(look.bold for look in self.looks)
        italic = bool(sizes) and all(look.italic for look in self.looks)
        return _style(bold, italic, max(sizes, key=sizes.__getitem__, default=None), alignment, heading)

    def _shown(self) -> Iterator[str]:
        """The open line in Unicode. Runs of one font are read together: a mark of VNI may stand in the next run."""
        for font, places in groupby(range(len(self.open)), key=self.fonts.get):
            text = "".join(self.open[place] for place in places)
            if font is not None and self.old is not None:
                encoding, capitals = font
                text = self.old.read(text, encoding)
                text = text.upper() if capitals else text
            yield _PRIVATE.sub("-", text)


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
        self._shown: dict[tuple[Chain, Chain], tuple[bool, str | None]] = {}
        self._boxes: list[etree._Element] = []

    def read(self, node: etree._Element) -> tuple[Paragraph | None, list[etree._Element], Own]:
        """The paragraph (None where it is blank or joined to the next one), the text boxes in it, its properties."""
        found = unwrapped(node)
        first = found[0] if found and found[0].tag == _PROPERTIES else node.find(_PROPERTIES)
        own = own_properties(first)
        if self._styles.breaks_page(own):
            self.pages.section()
        self._boxes = []
        page = self.pages.current
        for child in found:
            self._inline(child, own.style)
        # An instruction ends with its paragraph; else the rest of the document were lost.
        self._fields = [False] * len(self._fields)
        boxes = self._boxes
        return None if _mark_deleted(own) else self._close(own, page), boxes, own

    def rest(self) -> list[Paragraph]:
        """What a deleted paragraph mark left over where no paragraph follows that it could join."""
        paragraph = self._close(NOTHING, self.pages.current) if self._content.lines or self._content.open else None
        return [] if paragraph is None else [paragraph]

    @contextmanager
    def apart(self, numbering: Numbering) -> Iterator[None]:
        """Inside of a text box: its words and lists have nothing to do with those that it stands among."""
        kept = self._numbering, self._content, self._fields
        self._numbering, self._content, self._fields = numbering, _Content(self._old), []
        yield
        self._numbering, self._content, self._fields = kept

    def _close(self, own: Own, page: int) -> Paragraph | None:
        content, self._content = self._content, _Content(self._old)
        content.end_line(page)
        label = "" if not content.lines and self._unseen(own) else self._label(own)
        if label and (content.lines or not self.covered):
            first = content.lines[0] if content.lines else Line("", page)
            content.lines[:1] = [Line((label + first.text).strip(), first.page)]
        if not content.lines:
            return None
        style = content.style(self._styles.alignment(own), self._styles.heading(own))
        return Paragraph(tuple(content.lines), style)

    def _label(self, own: Own) -> str:
        """The automatic number as it is shown: what it doesn't say of its looks, the paragraph mark does."""
        label = self._numbering.label(own)
        if label is None:
            return ""
        key = label.looks, self._mark(own).chain
        if key not in self._shown:
            self._shown[key] = self._shown_by(*key)
        capitals, encoding = self._shown[key]
        text = label.text if self._old is None or encoding is None else self._old.read(label.text, encoding)
        return text.upper() if capitals else text

    def _shown_by(self, looks: Chain, mark: Chain) -> tuple[bool, str | None]:
        """Whether a number shows capitals, and its encoding where its font is an old one."""
        chain = (*looks, *mark)
        return toggle(chain, "caps"), fonts.encoding(chain) if self._old is not None else None

    def _mark(self, own: Own) -> Look:
        """The look of a paragraph mark."""
        return self._styles.look(own.nodes.get(_RUN_PROPERTIES), own.style)

    def _unseen(self, own: Own) -> bool:
        """Whether a paragraph without words takes no number: it is hidden, or nothing but the end of a section."""
        return SECTION in own.nodes or self._mark(own).hidden

    # ── runs ──

    def _inline(self, node: etree._Element, style_id: str | None) -> None:
        tag = node.tag
        if tag == _RUN:
            self._run(unwrapped(node), node, style_id)
        elif tag in _FORMULAS:
            self._text("".join(text.text or "" for text in node.iter(M + "t")), _PLAIN)
        elif tag in _REFERENCES:
            self._reference(node)

    def _run(self, found: list[etree._Element], node: etree._Element, style_id: str | None) -> None:
        # The properties stand first, where a look costs less than a search.
        first = found[0] if found and found[0].tag == _RUN_PROPERTIES else node.find(_RUN_PROPERTIES)
        look = self._styles.look(first, style_id)
        for child in found:
            if child.tag == _TEXT:
                if not (look.hidden or (self._fields and any(self._fields))):
                    text = " ".join((child.text or "").splitlines())
                    font = fonts.symbolic(look.chain) if self._symbolic else None
                    self._text(text if font is None else symbols.shown(text, font), look)
            elif child is not first:
                self._run_child(child, look)

    def _run_child(self, node: etree._Element, look: Look) -> None:
        name = _local(node.tag)
        if name == "fldChar":
            self._field(attribute(node, "fldCharType"))
        elif name == "lastRenderedPageBreak":
            self.pages.rendered()
        elif look.hidden:
            return
        elif name in ("drawing", "pict", "object"):
            self._boxes.extend(text_boxes(node))
        elif any(self._fields):
            return
        elif name == "softHyphen":
            if self._old is not None and fonts.encoding(look.chain) is not None:
                self._text("\xad", look)  # LibreOffice writes the ư of an ABC font so
        elif name in ("tab", "ptab"):
            self._content.open.append("\t")
        elif name in ("br", "cr"):
            self._break(attribute(node, "type"))
        elif name == "noBreakHyphen":
            self._text("-", look)
        elif name == "sym":
            self._symbol(node, look)
        elif name in ("footnoteReference", "endnoteReference"):
            self._reference(node)

    def _text(self, text: str, look: Look) -> None:
        if not text:
            return
        content = self._content
        old = fonts.encoding(look.chain) if self._old is not None else None
        if old is not None:
            content.fonts[len(content.open)] = old, look.capitals
        else:
            text = text.upper() if look.capitals else text
        content.open.append(text)
        if not text.isspace():
            self.pages.fresh = False
            content.page = content.page or self.pages.current
            content.looks[look] = content.looks.get(look, 0) + len(text)

    def _symbol(self, node: etree._Element, look: Look) -> None:
        font, digits = attribute(node, "font"), attribute(node, "char") or ""
        try:
            code = int(digits, 16)
        except ValueError:
            code = -1
        if 0xF000 <= code <= 0xF0FF or (symbols.is_symbolic(font) and 0 <= code < 0x100):
            self._content.tick = symbols.tick(code, font)
            self._text(symbols.sign(code, font), look)
        else:
            self._text(chr(code) if 0x20 <= code < 0xD800 else symbols.BULLET, look)

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
        kind = _local(node.tag).removesuffix("Reference")
        self.notes.setdefault(f"{kind}:{attribute(node, 'id')}", self.pages.current)


@lru_cache(maxsize=256)
def _style(bold: bool, italic: bool, size: float | None, alignment: str | None, heading: int | None) -> Style:
    """One object for each look: a document has few."""
    return Style(bold, italic, size, alignment, heading)


@cache
def _local(tag: str) -> str:
    return etree.QName(tag).localname


def _mark_deleted(own: Own) -> bool:
    """Whether a tracked change removed the paragraph mark, so that the text runs on into the next paragraph."""
    mark = own.nodes.get(_RUN_PROPERTIES)
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)
