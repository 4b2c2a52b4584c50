"""Tables with drawn lines: ruling lines → lattice → cells with spans. A table without lines stays text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.ingest.layout.page import Glyph, PageContent, Ruling
from pipeline.ingest.layout.paragraphs import Frame, ends, opens_item, paragraph, pitch_of
from pipeline.ingest.layout.rows import Row, rows_of
from pipeline.model import Box, Cell, Paragraph, Table

_SAME_LINE = 2.0  # points between rulings that are one line, drawn cell by cell
_NARROW = 4.0  # points: a row or column thinner than that is the space inside a double line
_TOUCH = 3.0  # points by which lines may miss each other at a corner
_MAX_LINES = 600  # merged lines of one direction: more is a drawing, not a table

Place = tuple[int, int]  # row and column
Contents = dict[Place, list[Glyph]]
_OUTSIDE = (None,)


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table's grid on a page: the edges of columns and rows, and for each place the cell it belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: dict[Place, Place]  # (row, column) → top left place of its cell

    @property
    def box(self) -> Box:
        """The outer edges."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def places(self, glyph: Glyph) -> Collection[Place | None]:
        """The cells that the characters of a glyph lie in, None for what is outside: one, where no line parts them."""
        y = glyph.baseline - 0.25 * glyph.size
        if not self.ys[0] <= y < self.ys[-1]:
            return _OUTSIDE
        row = bisect_right(self.ys, y) - 1
        first = last = bisect_right(self.xs, (glyph.box.left + glyph.first_right) / 2) - 1
        if glyph.count > 1:
            last = bisect_right(self.xs, (glyph.last_left + glyph.box.right) / 2) - 1
        if first == last:
            return (self.owner.get((row, first)),)
        return {self.owner.get((row, column)) for column in range(first, last + 1)}

    def spans(self) -> dict[Place, tuple[int, int]]:
        """For the top left place of each cell, the rows and columns that it spans."""
        found: dict[Place, tuple[int, int]] = {}
        for place, owner in self.owner.items():
            if owner == place:
                found[place] = 1, 1
            else:
                below, behind = found[owner]
                found[owner] = max(below, place[0] - owner[0] + 1), max(behind, place[1] - owner[1] + 1)
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


def shared_out(glyphs: Sequence[Glyph], lattices: Sequence[Lattice]) -> tuple[list[Glyph], list[Contents]]:
    """The glyphs outside of all tables, and those in each by the place of their cell."""
    if not lattices:
        return list(glyphs), []
    free: list[Glyph] = []
    contents: list[Contents] = [defaultdict(list) for _ in lattices]
    waiting = list(reversed(glyphs))
    while waiting:
        glyph = waiting.pop()
        into: list[list[Glyph]] = []
        for lattice, cells in zip(lattices, contents, strict=True):
            places = lattice.places(glyph)
            if len(places) > 1:
                waiting.extend(reversed(glyph.parts()))
                break
            (place,) = places
            if place is not None:
                into.append(cells[place])
        else:
            for cell in into or (free,):
                cell.append(glyph)
    return free, contents


def table_of(lattice: Lattice, contents: Contents, page: int) -> Table | None:
    """The table with its text, None where no cell holds any."""
    spans = lattice.spans()
    cells = []
    for place in sorted(contents):
        (row, column), (row_span, column_span) = place, spans[place]
        edges = lattice.xs[column], lattice.xs[column + column_span]
        cells.append(Cell(row, column, _paragraphs(rows_of(contents[place], page), edges), row_span, column_span))
    return Table(len(lattice.ys) - 1, len(lattice.xs) - 1, tuple(cells), page) if cells else None


# ── text of a cell ─────────────────────────────────────────────────────────────────────────


def _paragraphs(rows: list[Row], edges: tuple[float, float]) -> tuple[Paragraph, ...]:
    if len(rows) == 1:
        return (paragraph(rows),)
    lefts, rights = [row.left for row in rows], [row.right for row in rows]
    left, middle = min(lefts), edges[0] + edges[1]
    pad = min(max(left - edges[0], 2.0), 8.0)
    frame = Frame(left, max(edges[1] - pad, *rights), pitch_of(rows))
    centred = all(abs(begin + end - middle) < 6 for begin, end in zip(lefts, rights, strict=True))
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _goes_on(groups[-1][-1], row, frame, edges, centred):
            groups[-1].append(row)
        else:
            groups.append([row])
    return tuple([paragraph(group) for group in groups])


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
    return [ruling for line in lines for ruling in _touching(line) if ruling.end - ruling.start > _NARROW]


def _touching(line: list[Ruling]) -> list[Ruling]:
    at = sum(ruling.at for ruling in line) / len(line)
    spans: list[list[float]] = []
    for ruling in sorted(line, key=lambda ruling: ruling.start):
        if spans and ruling.start <= spans[-1][1] + _TOUCH:
            spans[-1][1] = max(spans[-1][1], ruling.end)
        else:
            spans.append([ruling.start, ruling.end])
    return [Ruling(start, end, at) for start, end in spans]


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
    middles = [(left + right) / 2 for left, right in pairwise(xs)]
    owner: dict[Place, Place] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        y = (top + bottom) / 2
        for column, x in enumerate(middles):
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
    for line in lines:  # noqa: SIM110 - asked for each place of a table
        if line.start <= at <= line.end:
            return True
    return False


def _outermost(lattices: list[Lattice]) -> list[Lattice]:
    """A table drawn inside a cell of another one gives its text to that cell."""
    return [one for one in lattices if not any(_inside(one.box, other.box) for other in lattices if other is not one)]


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer.left < inner.left and inner.right < outer.right and outer.top < inner.top and inner.bottom < outer.bottom
    )
