"""Which words of a picture are bold: their strokes are wider than those of most words of the page."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.scan.picture import Pixels
from pipeline.ingest.scan.tesseract import Read

_DARK = 140
_BOLDER = 1.22  # of the usual stroke; bold Times is 1.35 to 1.5 of plain, noise moves a word by up to 0.1
_MOST = 0.6  # of the words of a line: so many bold ones make a bold line


def bold_lines(words: Sequence[Read], grey: Pixels) -> set[int]:
    """The lines (`Read.line`) of which most words are set in bold. Linear in the picture."""
    ink = (grey < _DARK).astype(np.uint8)
    edge = ink - cv2.erode(ink, np.ones((3, 3), np.uint8))
    areas, outlines = cv2.integral(ink), cv2.integral(edge)
    strokes = {id(word): _sum(areas, word) / max(_sum(outlines, word), 1.0) for word in words if len(word.text) > 1}
    if not strokes:
        return set()
    usual = statistics.median(strokes.values())
    lines: dict[int, list[bool]] = defaultdict(list)
    for word in words:
        if id(word) in strokes:
            lines[word.line].append(strokes[id(word)] > _BOLDER * usual)
    return {line for line, bold in lines.items() if sum(bold) > _MOST * len(bold)}


def _sum(integral: NDArray[Any], word: Read) -> float:
    high, wide = integral.shape[0] - 1, integral.shape[1] - 1
    left, right = (min(max(int(edge), 0), wide) for edge in (word.left, word.right))
    top, bottom = (min(max(int(edge), 0), high) for edge in (word.top, word.bottom))
    return float(integral[bottom, right] - integral[top, right] - integral[bottom, left] + integral[top, left])
