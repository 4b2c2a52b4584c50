"""How a page is held: from PDF space, whose origin is the lower left corner, to the page as a person reads it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Box

Side = Sequence[float]


class View:
    """A page turned by quarter turns clockwise. Its own axes run to the right and down; `start` and `head` are its
    top left corner on them.
    """

    def __init__(self, turns: int, box: tuple[float, float, float, float]) -> None:
        """The page of which `box` is shown: left, bottom, right and top edge in PDF space."""
        left, right, bottom, top = min(box[::2]), max(box[::2]), min(box[1::2]), max(box[1::2])
        self.turns = turns
        self.size = (top - bottom, right - left) if turns % 2 else (right - left, top - bottom)
        self.start, self.head = ((left, -top), (bottom, left), (-right, bottom), (-top, -right))[turns]

    def height(self, x: float, y: float) -> float:
        """How far below the top of the page a place in PDF space is."""
        return (-y, x, y, -x)[self.turns] - self.head

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place in PDF space, in points from the top left corner."""
        return (x, y, -x, -y)[self.turns] - self.start, self.height(x, y)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle in PDF space, rounded to hundredths of a point."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        x0, y0, x1, y1 = round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def sides(self, lefts: Side, bottoms: Side, rights: Side, tops: Side) -> tuple[Side, Side, Side, Side]:
        """The left, right, upper and lower edges on the axes of the page, of rectangles in PDF space."""
        if self.turns == 1:
            return bottoms, tops, lefts, rights
        if self.turns == 2:
            return _turned(rights), _turned(lefts), bottoms, tops
        if self.turns == 3:
            return _turned(tops), _turned(bottoms), _turned(rights), _turned(lefts)
        return lefts, rights, _turned(tops), _turned(bottoms)


def _turned(side: Side) -> list[float]:
    return [-edge for edge in side]
