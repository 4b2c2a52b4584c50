"""Tables with drawn lines: ruling lines → lattice → cells with spans. A table without lines stays text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.layout.page import Glyph, PageContent, Ruling
from pipeline.ingest.layout.paragraphs import Frame, ends, opens_item, paragraph, pitch_of
from pipeline.ingest.layout.rows import Row, rows_of
from pipeline.model import Box, Cell, Paragraph, Table

_SAME_LINE = 2.0  # points between rulings that are one line, drawn cell by cell
_NARROW = 4.0  # points: a row or column thinner than that is the space inside a double line
_TOUCH = 3.0  # points by which lines may miss each other at a corner
_MAX_LINES = 600  # merged lines of one direction: more is a drawing, not a table


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table's grid on a page: the edges of columns and rows, and for each place the cell it belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: dict[tuple[int, int], tuple[int, int]]  # (row, column) → top left place of its cell

    @property
    def box(self) -> Box:
        """The outer edges."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def place(self, glyph: Glyph) -> tuple[int, int] | None:
        """The cell in which a character lies, None outside the table."""
        x, y = (glyph.box.left + glyph.box.right) / 2, glyph.baseline - 0.25 * glyph.size
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self.owner.get((row, column))

    def cuts(self, glyph: Glyph) -> bool:
        """Whether the first and the last of several characters lie in different columns."""
        first, last = (glyph.box.left + glyph.first_right) / 2, (glyph.last_left + glyph.box.right) / 2
        return bisect_right(self.xs, first - 0.01) != bisect_right(self.xs, last + 0.01)

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For the top left place of each cell, the rows and columns that it spans."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for (row, column), owner in self.owner.items():
            below, behind = found.get(owner, (0, 0))
            found[owner] = max(below, row - owner[0] + 1), max(behind, column - owner[1] + 1)
        return found

    def cell_boxes(self) -> list[Box]:
        """The outer edges of each cell, row by row."""
        spans = sorted(self.spans().items())
        return [Box(self.xs[c], self.ys[r], self.xs[c + across], self.ys[r + down]) for (r, c), (down, across) in spans]


def lattices_of(page: PageContent) -> list[Lattice]:
    """The tables of a page from top to bottom. A frame around one piece of text is none."""
    horizontals, verticals = _merged(page.horizontals), _merged(page.verticals)
    if max(len(horizontals), len(verticals)) > _MAX_LINES:
        return []
    found = []
    for across, down in _components(horizontals, verticals):
        lattice = _lattice(across, _with_open_sides(across, down))
        if lattice is not None and len(set(lattice.owner.values())) > 1:
            found.append(lattice)
    return sorted(_outermost(found), key=lambda lattice: lattice.ys[0])


def parted(glyphs: Sequence[Glyph], lattices: Sequence[Lattice]) -> list[Glyph]:
    """The glyphs, by character where one begins in a cell and ends in another."""
    if not lattices:
        return list(glyphs)
    found: list[Glyph] = []
    for glyph in glyphs:
        if glyph.count > 1 and any(lattice.cuts(glyph) for lattice in lattices):
            found.extend(glyph.characters())
        else:
            found.append(glyph)
    return found


def table_of(lattice: Lattice, glyphs: Sequence[Glyph], page: int) -> Table | None:
    """The table with its text, None where no cell holds any."""
    contents: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        place = lattice.place(glyph)
        if place is not None:
            contents[place].append(glyph)
    spans = lattice.spans()
    cells = []
    for place in sorted(contents):
        (row, column), (row_span, column_span) = place, spans[place]
        edges = lattice.xs[column], lattice.xs[column + column_span]
        cells.append(Cell(row, column, _paragraphs(rows_of(contents[place], page), edges), row_span, column_span))
    return Table(len(lattice.ys) - 1, len(lattice.xs) - 1, tuple(cells), page) if cells else None


# ── text of a cell ─────────────────────────────────────────────────────────────────────────


def _paragraphs(rows: list[Row], edges: tuple[float, float]) -> tuple[Paragraph, ...]:
    left = min(row.left for row in rows)
    pad = min(max(left - edges[0], 2.0), 8.0)
    frame = Frame(left, max(edges[1] - pad, *(row.right for row in rows)), pitch_of(rows))
    centred = len(rows) > 1 and all(abs((row.left + row.right) - sum(edges)) < 6 for row in rows)
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _goes_on(groups[-1][-1], row, frame, edges, centred):
            groups[-1].append(row)
        else:
            groups.append([row])
    return tuple(paragraph(group) for group in groups)


def _goes_on(last: Row, row: Row, frame: Frame, edges: tuple[float, float], centred: bool) -> bool:
    if row.baseline - last.baseline > 1.4 * max(frame.pitch, 1.2 * last.size):
        return False
    room = frame.right - last.right
    if centred:
        room += last.left - edges[0] - (edges[1] - frame.right)
    first = row.words[0].box
    full = room < (first.right - first.left) + 0.35 * last.size
    return full and not (opens_item(row) and ends(last))


# ── lines ──────────────────────────────────────────────────────────────────────────────────


def _merged(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Rulings on one line that touch or overlap, as one."""
    lines: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=lambda ruling: ruling.at):
        if lines and ruling.at - lines[-1][0].at <= _SAME_LINE:
            lines[-1].append(ruling)
        else:
            lines.append([ruling])
    merged = []
    for line in lines:
        at = sum(ruling.at for ruling in line) / len(line)
        current: Ruling | None = None
        for ruling in sorted(line, key=lambda ruling: ruling.start):
            if current is not None and ruling.start <= current.end + _TOUCH:
                current = Ruling(current.start, max(current.end, ruling.end), at)
            else:
                merged.extend([current] if current is not None else [])
                current = Ruling(ruling.start, ruling.end, at)
        merged.extend([current] if current is not None else [])
    return [ruling for ruling in merged if ruling.end - ruling.start > _NARROW]


def _components(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Horizontal and vertical lines that hang together."""
    group = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while group[item] != item:
            group[item] = group[group[item]]
            item = group[item]
        return item

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            crosses = h.start - _TOUCH <= v.at <= h.end + _TOUCH and v.start - _TOUCH <= h.at <= v.end + _TOUCH
            if crosses:
                group[root(i)] = root(len(across) + j)
    found: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for item in range(len(group)):
        pair = found.setdefault(root(item), ([], []))
        if item < len(across):
            pair[0].append(across[item])
        else:
            pair[1].append(down[item - len(across)])
    return [pair for pair in found.values() if len(pair[0]) > 1 and pair[1]]


def _with_open_sides(across: list[Ruling], down: list[Ruling]) -> list[Ruling]:
    """A table may be open to the left and right: there its horizontal lines end where no vertical one stands."""
    left, right = min(line.start for line in across), max(line.end for line in across)
    top, bottom = min(line.at for line in across), max(line.at for line in across)
    sides = list(down)
    if left < min(line.at for line in down) - 10:
        sides.append(Ruling(top, bottom, left))
    if right > max(line.at for line in down) + 10:
        sides.append(Ruling(top, bottom, right))
    return sides


def _edges(lines: Sequence[Ruling]) -> tuple[float, ...]:
    edges: list[float] = []
    for at in sorted(line.at for line in lines):
        if not edges or at - edges[-1] > _NARROW:
            edges.append(at)
    return tuple(edges)


def _lattice(across: list[Ruling], down: list[Ruling]) -> Lattice | None:
    xs, ys = _edges(down), _edges(across)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > 100_000:
        return None
    walls, floors = _by_edge(down, xs), _by_edge(across, ys)
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if column and not _covers(walls[column], y):
                owner[row, column] = owner[row, column - 1]
            elif row and not _covers(floors[row], x):
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = row, column
    return Lattice(xs, ys, owner)


def _by_edge(lines: Sequence[Ruling], edges: tuple[float, ...]) -> list[list[Ruling]]:
    found: list[list[Ruling]] = [[] for _ in edges]
    for line in lines:
        found[min(bisect_right(edges, line.at + 0.01), len(edges)) - 1].append(line)
    return found


def _covers(lines: list[Ruling], at: float) -> bool:
    return any(line.start <= at <= line.end for line in lines)


def _outermost(lattices: list[Lattice]) -> list[Lattice]:
    """A table drawn inside a cell of another one gives its text to that cell."""
    return [one for one in lattices if not any(_inside(one.box, other.box) for other in lattices if other is not one)]


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer.left < inner.left and inner.right < outer.right and outer.top < inner.top and inner.bottom < outer.bottom
    )
