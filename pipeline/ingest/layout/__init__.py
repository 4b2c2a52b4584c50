"""Pages → paragraphs and tables in reading order, whatever format the pages came from.

Rows of words, then letterhead and closing by column, tables by their drawn lines, running text put together again over
line and page ends; page numbers, running heads, signature boxes and footnotes set apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.ingest.layout.asides import (
    is_received,
    split_edges,
    split_footnotes,
    split_received,
    split_stamps,
    split_unreadable,
)
from pipeline.ingest.layout.joining import Placed, join_tables
from pipeline.ingest.layout.lattice import Lattice, lattices_of, shared_out, table_of
from pipeline.ingest.layout.page import Glyph, PageContent, Ruling
from pipeline.ingest.layout.paragraphs import Frame, frame_of, paragraphs_of
from pipeline.ingest.layout.rows import Row, rows_of
from pipeline.ingest.layout.unruled import heads_columns, unruled_lattices
from pipeline.ingest.layout.zones import Zone, zones_of
from pipeline.model import Aside, Box, Paragraph, Table

__all__ = ["Glyph", "PageContent", "Ruling", "Sheet", "arrange", "lattices_of", "sheet_of", "sheets_of"]


@dataclass(slots=True)
class Sheet:
    """A page while it is put together: its free rows, and its tables with the lattice that each was found in.

    `columns` are the edges of the columns of its last table where that has no drawn lines.
    """

    content: PageContent
    rows: list[Row]
    tables: list[tuple[Lattice, Table]] = field(default_factory=list)
    columns: tuple[float, ...] = ()

    @property
    def free_rulings(self) -> list[Ruling]:
        """The horizontal lines that belong to no table."""
        boxes = [lattice.box for lattice, _ in self.tables]
        lines = self.content.horizontals
        return [line for line in lines if not any(box.top - 3 <= line.at <= box.bottom + 3 for box in boxes)]

    @property
    def recognised(self) -> bool:
        """Whether its words come from its picture: all of them do then, and have a confidence."""
        return bool(self.rows) and self.rows[0].words[0].confidence is not None

    @property
    def text(self) -> str:
        """The lines of the rows and of the cells."""
        cells = [paragraph.lines for _, table in self.tables for cell in table.cells for paragraph in cell.paragraphs]
        return "\n".join([row.text for row in self.rows] + [line.text for lines in cells for line in lines])


def sheet_of(content: PageContent, above: Sheet | None = None) -> Sheet:
    """The page with its tables found and its other words in rows; `above` is the page before it.

    Only a page without drawn tables may have others.
    """
    lattices = lattices_of(content)
    drawn = bool(lattices)
    free, contents = shared_out(content.glyphs, lattices)
    rows = rows_of(free, content.number)
    if not drawn:
        columns = above.columns if above is not None else ()
        if columns or any(heads_columns(row) for row in rows):
            lattices = unruled_lattices(_running(rows, content), columns)
        if lattices:
            free, contents = shared_out(content.glyphs, lattices)
            rows = rows_of(free, content.number)
    found = [table_of(lattice, cells, content.number) for lattice, cells in zip(lattices, contents, strict=True)]
    tables = [(lattice, table) for lattice, table in zip(lattices, found, strict=True) if table is not None]
    # Rows and tables hold the characters now: 500 pages of both are too many.
    light = replace(content, glyphs=(), verticals=())
    return Sheet(light, rows, tables, tables[-1][0].xs if tables and not drawn else ())


def sheets_of(contents: Iterable[PageContent]) -> list[Sheet]:
    """The pages of a document in order."""
    found: list[Sheet] = []
    for content in contents:
        found.append(sheet_of(content, found[-1] if found else None))
    return found


def _running(rows: Sequence[Row], content: PageContent) -> list[Row]:
    """The rows between letterhead and closing, which are set in columns and are no tables."""
    zones = zones_of(rows, content.width, content.height)
    return [row for i, row in enumerate(rows) if not any(zone.start <= i < zone.end for zone in zones)]


def arrange(sheets: Iterable[Sheet]) -> tuple[list[Paragraph | Table], list[Aside]]:
    """The blocks of all pages in reading order, and what stands beside the text."""
    asides: list[Aside] = []
    found = list(sheets)
    for sheet in found:
        asides.extend(_set_stamps_apart(sheet))
    bodies, edges = split_edges([sheet.rows for sheet in found], [sheet.content.height for sheet in found])
    asides.extend(edges)
    for sheet, body in zip(found, bodies, strict=True):
        sheet.rows, notes = split_footnotes(body, sheet.free_rulings, sheet.content.height)
        asides.extend(notes)
    blocks, repeated = join_tables(list(_blocks(found)))
    asides.extend(repeated)
    asides.sort(key=lambda aside: aside.page or 0)
    return blocks, asides


def _set_stamps_apart(sheet: Sheet) -> list[Aside]:
    """Take boxes of electronic signatures and the stamp of a registry off a page."""
    sheet.rows, signatures = split_stamps(sheet.rows)
    received: list[Aside] = []
    unreadable: list[Aside] = []
    if sheet.recognised:
        sheet.rows, received = split_received(sheet.rows)
        sheet.rows, unreadable = split_unreadable(sheet.rows)
    framed = [table for _, table in sheet.tables if is_received(table)]
    sheet.tables = [pair for pair in sheet.tables if pair[1] not in framed]
    texts = ["\n".join(p.text for cell in table.cells for p in cell.paragraphs) for table in framed]
    return [
        *sheet.content.asides,
        *signatures,
        *received,
        *unreadable,
        *(Aside("received-stamp", text, sheet.content.number) for text in texts),
    ]


# ── reading order ──────────────────────────────────────────────────────────────────────────


def _blocks(sheets: Sequence[Sheet]) -> Iterator[Placed]:
    """Blocks in reading order, a table with its lattice; running text goes on over the page end."""
    waiting: list[Row] = []
    zones = [zones_of(sheet.rows, sheet.content.width, sheet.content.height) for sheet in sheets]
    frames = _frames(sheets, zones)
    frame = frames[0]
    for sheet, own, placed in zip(sheets, frames, zones, strict=True):
        if own != frame:
            yield from ((p, None) for p in paragraphs_of(waiting, frame))
            waiting, frame = [], own
        for piece in _pieces(sheet, placed):
            if isinstance(piece, Row):
                waiting.append(piece)
                continue
            yield from ((p, None) for p in paragraphs_of(waiting, frame))
            waiting = []
            yield piece
    yield from ((p, None) for p in paragraphs_of(waiting, frame))


def _frames(sheets: Sequence[Sheet], zones: Sequence[list[Zone]]) -> list[Frame]:
    """The frame of each page: pages of one size share it, for one page may hold too few lines to tell."""
    rows: dict[tuple[int, int], list[Row]] = {}
    tables: dict[tuple[int, int], list[Box]] = {}
    keys = [(round(sheet.content.width / 10), round(sheet.content.height / 10)) for sheet in sheets]
    for key, sheet, placed in zip(keys, sheets, zones, strict=True):
        taken = {i for zone in placed for i in range(zone.start, zone.end)}
        rows.setdefault(key, []).extend(row for i, row in enumerate(sheet.rows) if i not in taken)
        tables.setdefault(key, []).extend(lattice.box for lattice, _ in sheet.tables)
    frames = {key: frame_of(found, key[0] * 10.0, tables[key]) for key, found in rows.items()}
    return [frames[key] for key in keys]


def _pieces(sheet: Sheet, zones: Sequence[Zone]) -> Iterator[Row | Placed]:
    """Free rows, and the blocks of zones and tables, from top to bottom."""
    starts = {zone.start: zone for zone in zones}
    tables = list(sheet.tables)
    index = 0
    while index < len(sheet.rows):
        row = sheet.rows[index]
        while tables and tables[0][0].box.top < row.baseline:
            lattice, table = tables.pop(0)
            yield table, lattice
        zone = starts.get(index)
        if zone is not None:
            yield from ((p, None) for p in zone.paragraphs())
            index = zone.end
        else:
            yield row
            index += 1
    yield from ((table, lattice) for lattice, table in tables)
