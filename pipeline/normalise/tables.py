"""Tables made ready for one text: layout tables opened, parts of one table joined, cut rows healed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Aside, Paragraph, Table
from pipeline.normalise.characters import canonical
from pipeline.normalise.drafts import Draft, drafts_of
from pipeline.normalise.joining import join_cut

# Words that stand in the letterhead or beside the signature: such a table only places columns.
_LAYOUT = re.compile(
    r"cộng hòa xã hội chủ nghĩa|đảng cộng sản việt nam|độc lập\s*-\s*tự do|nơi nhận\s*:|^\s*kính gửi",
    re.IGNORECASE | re.MULTILINE,
)


# A time cell cannot end on these: "Trước ngày" | "30/8/2026".
_OPEN_TIMES = (" ngày", " tháng", " năm", " quý", "trước", "đến", "từ", "và", "/")


@dataclass(slots=True)
class DraftCell:
    """A cell in the making."""

    row: int
    column: int
    row_span: int
    column_span: int
    drafts: list[Draft]

    @property
    def text(self) -> str:
        """All words of the cell."""
        return " ".join(draft.text for draft in self.drafts)


@dataclass(slots=True)
class DraftTable:
    """A table in the making. `cells` in reading order."""

    rows: int
    columns: int
    page: int
    cells: list[DraftCell]

    def row(self, index: int) -> list[DraftCell]:
        """The cells that begin in a row. Walks the whole table: for single rows only."""
        return [cell for cell in self.cells if cell.row == index]


def is_layout(table: Table) -> bool:
    """Whether a table only places text in columns: the letterhead, Nơi nhận beside the signature, a frame."""
    if len(table.cells) <= 1:
        return True
    if table.rows > 6 or table.columns > 4:
        return False
    text = "\n".join(paragraph.text for cell in table.cells for paragraph in cell.paragraphs)
    return bool(_LAYOUT.search(canonical(text)))


def open_layout(table: Table) -> list[Paragraph]:
    """The paragraphs of a layout table, column by column as a reader takes them."""
    cells = sorted(table.cells, key=lambda cell: (cell.column, cell.row))
    return [paragraph for cell in cells for paragraph in cell.paragraphs]


def draft_table(table: Table) -> DraftTable:
    """The table with its cells as drafts, hard lines in cells joined."""
    cells = [
        DraftCell(cell.row, cell.column, cell.row_span, cell.column_span, join_cut(drafts_of(cell.paragraphs)))
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    ]
    return DraftTable(table.rows, table.columns, table.page, cells)


def counters(table: DraftTable) -> list[tuple[Draft, bool]]:
    """The filled cells of the first column, each with whether its row is the title of a group: one text in capitals."""
    beside: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.column and cell.drafts:
            beside.setdefault(cell.row, []).append(cell.text)
    first = sorted((cell for cell in table.cells if not cell.column and cell.drafts), key=lambda cell: cell.row)
    texts = [(cell.drafts[0], beside.get(cell.row, [])) for cell in first]
    return [(draft, len(others) == 1 and others[0].isupper()) for draft, others in texts]


def append_table(upper: DraftTable, lower: DraftTable) -> list[Aside]:
    """Puts the part of a table that stands on the next page under its first part; returns repeated headers."""
    header = [cell.text for cell in upper.row(0)]
    repeated = [cell.text for cell in lower.row(0)] == header and any(header)
    skip = 1 if repeated else 0
    asides = [Aside("repeated-header", " | ".join(header), lower.page)] if repeated else []
    for cell in lower.cells:
        if cell.row >= skip:
            cell.row += upper.rows - skip
            upper.cells.append(cell)
    upper.rows += lower.rows - skip
    return asides


def heal_rows(table: DraftTable) -> None:
    """Joins a row that goes on after a page break to the row above it.

    Such a row has an empty first cell of its own and, in some other column, words that go on with a cell
    above that stops in mid-sentence.
    """
    rows: list[list[DraftCell]] = [[] for _ in range(table.rows)]
    places: dict[tuple[int, int], DraftCell] = {}
    for cell in table.cells:
        rows[cell.row].append(cell)
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                places[row, column] = cell
    above, gone = 1, set()  # the header and the first row have nothing above them to go on with
    for row in range(2, table.rows):
        if _goes_on(rows[row], row, places, above):
            _merge_up(rows[row], places, above)
            gone.add(row)
        else:
            above = row
    if gone:
        _close_gaps(table, gone)


def _goes_on(cells: list[DraftCell], row: int, places: dict[tuple[int, int], DraftCell], above: int) -> bool:
    if not cells or any(cell.row_span > 1 or cell.column_span > 1 for cell in cells):
        return False
    first = places.get((row, 0))
    if first is not None and first.drafts:
        return False
    filled = [cell for cell in cells if cell.drafts]
    return bool(filled) and all(_is_rest(cell, places.get((above, cell.column))) for cell in filled)


def _is_rest(cell: DraftCell, upper: DraftCell | None) -> bool:
    if upper is None or not upper.drafts or upper.drafts[-1].ends_sentence:
        return False
    first = next((c for c in cell.text if c.isalpha()), "")
    return first.islower() or upper.text.lower().endswith(_OPEN_TIMES)


def _merge_up(cells: list[DraftCell], places: dict[tuple[int, int], DraftCell], above: int) -> None:
    for cell in cells:
        upper = places.get((above, cell.column))
        if upper is not None and cell.drafts:
            upper.drafts = join_cut(upper.drafts + cell.drafts)


def _close_gaps(table: DraftTable, gone: set[int]) -> None:
    """Takes the merged rows out and counts the others anew."""
    renumbered, count = [], 0
    for row in range(table.rows + 1):
        renumbered.append(count)
        count += row not in gone
    table.cells = [cell for cell in table.cells if cell.row not in gone]
    for cell in table.cells:
        end = renumbered[cell.row + cell.row_span]
        cell.row = renumbered[cell.row]
        cell.row_span = end - cell.row
    table.rows = renumbered[table.rows]
