"""How a page is held: from PDF space, whose origin is the lower left corner, to the page as a person reads it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box

Floats = NDArray[np.float64]


class View:
    """A page turned by quarter turns clockwise. Its own axes run to the right and down; `start` and `head` are its
    top left corner on them. `upwards` tells whether heights grow upwards on the axis that `sides` has them on.
    """

    def __init__(self, turns: int, box: tuple[float, float, float, float]) -> None:
        """The page of which `box` is shown: left, bottom, right and top edge in PDF space."""
        left, right, bottom, top = min(box[::2]), max(box[::2]), min(box[1::2]), max(box[1::2])
        self.turns = turns
        self.upwards = turns in (0, 3)
        self.size = (top - bottom, right - left) if turns % 2 else (right - left, top - bottom)
        self.start, self.head = ((left, -top), (bottom, left), (-right, bottom), (-top, -right))[turns]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place in PDF space, in points from the top left corner."""
        along, down = ((x, -y), (y, x), (-x, y), (-y, -x))[self.turns]
        return along - self.start, down - self.head

    def height(self, x: float, y: float) -> float:
        """How far below the top of the page a place in PDF space is."""
        return (-y, x, y, -x)[self.turns] - self.head

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of 32-bit numbers in PDF space, in hundredths of a point."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        return Box(round(x0 * 100) / 100, round(y0 * 100) / 100, round(x1 * 100) / 100, round(y1 * 100) / 100)

    def sides(
        self, lefts: Floats, bottoms: Floats, rights: Floats, tops: Floats
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """The edges of rectangles in PDF space as the page is held: where they begin and end, and two heights."""
        return (
            (lefts, rights, bottoms, tops),
            (bottoms, tops, lefts, rights),
            (-rights, -lefts, bottoms, tops),
            (-tops, -bottoms, lefts, rights),
        )[self.turns]
