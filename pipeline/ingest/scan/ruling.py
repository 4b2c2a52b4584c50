"""Drawn lines in a picture: found, told as ruling lines, and wiped out so that they are not read as letters."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.layout import Ruling
from pipeline.ingest.scan.picture import Picture, Pixels

_STROKE = 0.14  # inches: longer than any stroke of a letter
_SHORTEST = 0.3  # inches: a line of a table; dashes and drawn letters of a motto are shorter
_THICKEST = 0.04  # inches: thicker is a bar or a shadow
_GAP = 0.03  # inches that a line of a scan may be broken by
_POINTS = 72.0


def find_rulings(picture: Picture) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...], Pixels]:
    """Horizontal and vertical lines in points, and the grey levels of the page without them."""
    ink = cv2.adaptiveThreshold(picture.grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    across = _lines(ink, picture.dpi)
    down = _lines(np.ascontiguousarray(ink.T), picture.dpi).T
    clean = picture.grey.copy()
    clean[cv2.dilate(np.maximum(across, down), np.ones((3, 3), np.uint8)) > 0] = 255
    scale = _POINTS / picture.dpi
    horizontals = tuple(Ruling(x * scale, (x + w) * scale, (y + h / 2) * scale) for x, y, w, h in _boxes(across))
    verticals = tuple(Ruling(y * scale, (y + h) * scale, (x + w / 2) * scale) for x, y, w, h in _boxes(down))
    return horizontals, verticals, clean


def _lines(ink: NDArray[Any], dpi: int) -> NDArray[Any]:
    """The level lines of a picture of ink."""
    length, thickness, gap = round(_SHORTEST * dpi), round(_THICKEST * dpi), max(round(_GAP * dpi), 1)
    # Strokes first: closing gaps between letters would make a line of every row of serifs.
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_STROKE * dpi)), np.uint8))
    closed = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((3, gap), np.uint8))
    long = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    thick = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones((thickness, length), np.uint8))
    return np.asarray(long - thick)


def _boxes(lines: NDArray[Any]) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each line in pixels."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines.astype(np.uint8), connectivity=8)
    return [tuple(map(int, stats[i, :4])) for i in range(1, count)]  # type: ignore[misc]
