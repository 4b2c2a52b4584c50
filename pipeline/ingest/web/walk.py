"""The walk over a page: paragraphs and tables in order, and apart from them what is no part of the document."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.ingest.web.cells import Cells
from pipeline.ingest.web.furniture import SILENT, Furniture, note, reference
from pipeline.ingest.web.letterhead import of_document
from pipeline.ingest.web.lists import ItemList
from pipeline.ingest.web.looks import Look, Properties, Stylesheet
from pipeline.ingest.web.paragraphs import ParagraphMaker
from pipeline.model import Aside, Paragraph, Table, Warning

Blocks = list[Paragraph | Table]

# Elements that stand on lines of their own; all others run on within a line.
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre section summary "
    "table tbody td tfoot th thead tr ul".split()
)
_LISTS = frozenset({"ol", "ul", "menu", "dir"})


@dataclass(slots=True)
class _Open:
    """An element around the current place."""

    node: etree._Element
    look: Look
    breaks_after: bool = False


class Walk:
    """Goes through a page once; `blocks`, `asides` and `page` are what it found."""

    def __init__(self, body: etree._Element, styles: Stylesheet, furniture: Furniture) -> None:
        self.asides: list[Aside] = []
        self.page = 1
        self._styles = styles
        self._furniture = furniture
        self._maker = ParagraphMaker()
        self._open: list[_Open] = []
        self._sinks: list[Blocks] = [[]]  # the page, and the cells around the current place
        self._places: list[etree._Element] = []  # where each block of the page stands
        self._tables: list[Cells | None] = []  # None for one that only places columns
        self._lists: list[ItemList] = []
        self._counters: dict[str, int] = {}
        self._in_main = 0
        self._written = False  # whether anything stands on the current page
        self._notes: dict[str, int] = {}  # note → the page of its mark
        self._run(body)

    @property
    def warnings(self) -> tuple[Warning, ...]:
        """What a person should know of the fonts."""
        return self._maker.old.warnings

    @property
    def blocks(self) -> Blocks:
        """The paragraphs and tables of the page in order."""
        return self._sinks[0]

    def _run(self, body: etree._Element) -> None:
        left_out = None
        walk = etree.iterwalk(body, events=("start", "end", "comment"))
        for event, node in walk:
            if event == "start":
                kind = self._furniture.kind(node, self._in_main > 0, len(self._sinks) > 1)
                if kind is None:
                    self._enter(node)
                    self._text(node.text)
                else:
                    self._leave_out(node, kind)
                    left_out = node
                    walk.skip_subtree()
                continue
            if node is left_out:
                left_out = None
            elif event == "end":
                self._leave(node)
            if node is not body:
                self._text(node.tail)
        self._set_apart()

    def _set_apart(self) -> None:
        """Takes out what stands around the document."""
        kept: Blocks = []
        for block, belongs in zip(self.blocks, of_document(self.blocks, self._places), strict=True):
            if belongs:
                kept.append(block)
                continue
            paragraphs = _flattened([block])
            text = "\n".join(paragraph.text for paragraph in paragraphs)
            self.asides.append(Aside("navigation", text, paragraphs[0].lines[0].page))
        self._sinks[0] = kept

    def _text(self, text: str | None) -> None:
        if text:
            self._maker.add(text, self._open[-1].look, self.page)
            self._written = self._written or bool(text.strip())

    # ── elements ──

    def _enter(self, node: etree._Element) -> None:
        tag = node.tag
        above = self._open[-1].look if self._open else Look()
        if tag in _BLOCK:
            self._end_paragraph()
        css = self._styles.properties(node)
        self._break_page(tag, css)
        self._open.append(_Open(node, self._styles.look(node, above), _says_page(css, "after")))
        self._in_main += node is self._furniture.main
        if tag == "br":
            self._maker.end_line()
        elif tag in _LISTS:
            style = css.get("list-style-type") or css.get("list-style")
            self._lists.append(ItemList.of(node, style, self._styles.before_items(node)))
        elif tag == "li":
            items = self._lists[-1] if self._lists else ItemList("bullet")
            marker = items.marker(node, self._counters)
            if marker != "- " or not self._maker.marker:  # lists in lists without words of their own show one bullet
                self._maker.marker += marker
        elif tag == "table":
            self._tables.append(None if self._furniture.is_layout(node) else Cells())
        elif self._tables and (cells := self._tables[-1]) is not None:
            if tag == "tr":
                cells.next_row()
            elif tag in ("td", "th"):
                self._sinks.append([])

    def _leave(self, node: etree._Element) -> None:
        tag = node.tag
        if tag in _BLOCK:
            self._end_paragraph()
        left = self._open.pop()
        self._in_main -= node is self._furniture.main
        if tag in _LISTS:
            self._lists.pop()
        elif tag == "li":
            self._maker.marker = ""
        elif tag == "table":
            cells = self._tables.pop()
            for block in cells.blocks(self.page) if cells is not None else ():
                self._put(_from_its_first_page(block) if isinstance(block, Table) else block)
        elif tag in ("td", "th") and self._tables and (cells := self._tables[-1]) is not None:
            cells.add(node, _flattened(self._sinks.pop()))
        if left.breaks_after:
            self._turn()

    def _end_paragraph(self) -> None:
        paragraph = self._maker.close()
        if paragraph is not None:
            self._put(paragraph)

    def _put(self, block: Paragraph | Table) -> None:
        self._sinks[-1].append(block)
        if len(self._sinks) == 1:
            self._places.append(self._open[-1].node)

    # ── pages ──

    def _break_page(self, tag: object, css: Properties) -> None:
        if _says_page(css, "before"):
            if tag == "br":
                self._maker.end_line()
            self._turn()

    def _turn(self) -> None:
        """A new page, unless nothing stands on this one yet."""
        self.page += self._written
        self._written = False

    # ── what is left out ──

    def _leave_out(self, node: etree._Element, kind: str) -> None:
        if node.tag in _BLOCK:
            self._end_paragraph()
        led_to = reference(node)
        if led_to is not None:
            self._notes.setdefault(led_to, self.page)
        if kind in ("silent", "reference"):
            return
        text = words_of(node)
        if text:
            self.asides.append(Aside(kind, text, self._notes.get(note(node) or "", self.page)))


def _says_page(css: Properties, where: str) -> bool:
    said = css.get(f"page-break-{where}") or css.get(f"break-{where}")
    return said in ("always", "page", "left", "right")


def _flattened(blocks: Blocks) -> list[Paragraph]:
    """The paragraphs of a cell; a table inside it gives those of its cells."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Table):
            found.extend(paragraph for cell in block.cells for paragraph in cell.paragraphs)
        else:
            found.append(block)
    return found


def _from_its_first_page(table: Table) -> Table:
    page = min(line.page for cell in table.cells for paragraph in cell.paragraphs for line in paragraph.lines)
    return Table(table.rows, table.columns, table.cells, page)


def words_of(part: etree._Element) -> str:
    """All words of a part of the page, a line for each block."""
    parts: list[str] = []
    skipped = None
    walk = etree.iterwalk(part, events=("start", "end", "comment"))
    for event, node in walk:
        if event != "comment" and (node.tag in _BLOCK or node.tag == "br"):
            parts.append("\n")
        if event == "start" and node.tag in SILENT:
            skipped = node
            walk.skip_subtree()
        elif event == "start":
            parts.append(" ".join((node.text or "").split("\n")))
        elif node is skipped:
            skipped = None
        if event != "start" and node is not part:
            parts.append(" ".join((node.tail or "").split("\n")))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
