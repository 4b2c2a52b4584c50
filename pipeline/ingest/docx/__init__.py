"""Word documents (.docx): the walk over the body, and what stands apart from it."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from pipeline.ingest import grid
from pipeline.ingest.docx.fonts import named_fonts
from pipeline.ingest.docx.numbering import Numbering
from pipeline.ingest.docx.package import OFFICE, SECTION, A, Package, V, W, attribute, open_package
from pipeline.ingest.docx.styles import Styles
from pipeline.ingest.docx.table import Blocks, flattened, read_table
from pipeline.ingest.docx.text import Pages, ParagraphReader
from pipeline.ingest.docx.wrappers import unwrapped
from pipeline.ingest.encodings import OldText
from pipeline.ingest.reading import Reading, Settings, no_text, truncated
from pipeline.model import Aside, Line, Paragraph, Warning

_PARAGRAPH, _TABLE, _CELL = W + "p", W + "tbl", W + "tc"
_CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
_DOCUMENTS = ("Excel.", "Word.", "PowerPoint.", "Acro", "Package")  # embedded files that hold words; formulas don't
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read(data: bytes, settings: Settings) -> Reading:
    """Read a Word document: paragraphs with their automatic numbers, tables as grids.

    Raises DocumentError ``truncated``, ``too-large``, ``password`` or ``no-text``.
    """
    package = open_package(data)
    try:
        return _read(package)
    except RecursionError as error:  # tables in tables, thousands deep: no person made that
        raise truncated("tệp Word (.docx)", error) from error


def _read(package: Package) -> Reading:
    body = package.document.find(W + "body")
    if body is None:
        raise truncated("tệp Word (.docx)", "no w:body")
    if sum(1 for _ in body.iter(_CELL)) > grid.MAX_CELLS:
        raise grid.too_large("Bảng trong tệp Word", f"more than {grid.MAX_CELLS} cells")
    has_old, symbolic = named_fonts(package)
    old = OldText() if has_old else None
    styles = Styles(package.styles, fonts_count=old is not None or symbolic)
    walk = _Walk(package, styles, old, symbolic)
    blocks = walk.blocks(body)
    if not blocks:
        raise _blank(body)
    pages = max(walk.pages.current, _furthest(blocks))
    asides = _asides(package, walk, _Walk(package, styles, old, symbolic))
    return Reading(tuple(blocks), pages, asides, _warnings(package, old))


class _Walk:
    """Goes through one part, or several that share their counters, in the order of the text."""

    def __init__(self, package: Package, styles: Styles, old: OldText | None, symbolic: bool) -> None:
        self._package = package
        self._styles = styles
        self.pages = Pages()
        numbering = Numbering(package.numbering, self._styles)
        self.paragraphs = ParagraphReader(self._styles, numbering, self.pages, old, symbolic)
        self._section = 0

    @cached_property
    def _in_boxes(self) -> Numbering:
        """Text boxes count their lists apart."""
        return Numbering(self._package.numbering, self._styles)

    @cached_property
    def _sections(self) -> list[etree._Element | None]:
        """How each section begins: it says so itself, in the properties at its end."""
        return [node.find(W + "type") for node in self._package.document.iter(SECTION) if not _tracked(node)]

    def blocks(self, container: etree._Element) -> Blocks:
        """The blocks of a body, a cell, a text box or a note."""
        found: Blocks = []
        for node in unwrapped(container):
            if node.tag == _PARAGRAPH:
                found.extend(self._paragraph(node))
            elif node.tag == _TABLE:
                found.extend(self.paragraphs.rest())
                found.extend(read_table(node, self.pages, self._cell))
        return [*found, *self.paragraphs.rest()]

    def _art(self, node: etree._Element) -> Blocks:
        words = " ".join(node.get("string", "").split())
        return [Paragraph((Line(words, self.pages.current),))] if words else []

    def _cell(self, node: etree._Element, covered: bool) -> Blocks:
        outside = self.paragraphs.covered
        self.paragraphs.covered = outside or covered
        found = self.blocks(node)
        self.paragraphs.covered = outside
        return found

    def _paragraph(self, node: etree._Element) -> Blocks:
        paragraph, boxes, own = self.paragraphs.read(node)
        found: Blocks = [] if paragraph is None else [paragraph]
        for box in boxes:
            with self.paragraphs.apart(self._in_boxes):
                found.extend(self._art(box) if box.tag == V + "textpath" else self.blocks(box))
        if SECTION in own.nodes:
            self._section += 1
            following = self._sections[self._section] if self._section < len(self._sections) else None
            if attribute(following) not in ("continuous", "nextColumn"):
                self.pages.section()
        return found


def _tracked(section: etree._Element) -> bool:
    """Whether these are the properties that a section had before a tracked change."""
    parent = section.getparent()
    return parent is not None and parent.tag == W + "sectPrChange"


def _furthest(blocks: Blocks) -> int:
    return max(line.page for paragraph in flattened(blocks) for line in paragraph.lines)


def _blank(body: etree._Element) -> Exception:
    pictures = any(etree.QName(node).localname in ("blip", "imagedata") for node in body.iter(etree.Element))
    if pictures:
        return no_text("Tệp Word này chỉ chứa ảnh chụp văn bản,", "Hãy xin bản gốc có chữ.")
    return no_text("Tệp Word này", "Hãy kiểm tra lại tệp gốc.")


# ── beside the body ────────────────────────────────────────────────────────────────────────


def _asides(package: Package, body: _Walk, beside: _Walk) -> tuple[Aside, ...]:
    found: list[Aside] = []
    for part in package.notes:
        for note in part:
            kind = etree.QName(note).localname
            page = body.paragraphs.notes.get(f"{kind}:{attribute(note, 'id')}")
            # A note without a reference in the accepted text was deleted together with it.
            if attribute(note, "type") not in _SEPARATORS and page is not None:
                found.extend(_aside("footnote", beside.blocks(note), page))
    for head in package.heads:
        found.extend(_aside("running-head", beside.blocks(head), None))
    for part in package.comments:
        for comment in part:
            found.extend(_aside("comment", beside.blocks(comment), None))
    return tuple(found)


def _aside(kind: str, blocks: Blocks, page: int | None) -> list[Aside]:
    text = "\n".join(paragraph.text for paragraph in flattened(blocks))
    if kind == "running-head" and text.strip(" -–\n").isdecimal():
        kind = "page-number"
    return [Aside(kind, text, page)] if text else []


def _warnings(package: Package, old: OldText | None) -> tuple[Warning, ...]:
    found = [] if old is None else [*old.warnings]
    if any(True for _ in package.document.iter(*_CHANGES)):
        message = "Văn bản còn dấu vết sửa chữa (Track Changes); đã đọc như khi chấp nhận mọi sửa đổi."
        found.append(Warning("tracked-changes", message))
    if any((node.text or "").strip() for part in package.diagrams for node in part.iter(A + "t")):
        message = "Văn bản có sơ đồ SmartArt, chữ trong sơ đồ chưa được đọc. Hãy mở bằng Word và đối chiếu sơ đồ."
        found.append(Warning("diagram", message))
    if any((node.get("ProgID") or "").startswith(_DOCUMENTS) for node in package.document.iter(OFFICE + "OLEObject")):
        message = "Văn bản nhúng một tệp khác, phần đó chưa được đọc. Hãy mở tệp nhúng trong Word và lưu ra riêng."
        found.append(Warning("embedded-file", message))
    if package.unread:
        message = "Văn bản nhúng một tệp khác, phần đó chưa được đọc. Hãy mở bằng Word và lưu lại rồi thử lại."
        found.append(Warning("embedded-part", message))
    return tuple(found)
