"""A page as a picture: coloured ink taken out, brought to one resolution, turned upright and straightened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

DPI = 300  # tesseract's best; 200 loses marks of small letters
MAX_PIXELS = 40_000_000  # of a page at that resolution: A3 is 17 million, A1 is 70 million and read at less
_A4 = 8.27  # inches: the width that a picture without a resolution is taken to have
_COLOURED = 70  # of 255: how far the channels of a coloured stroke lie apart
_DARK = 128
_MOST_COLOUR = 0.5  # of all ink: a page with more than that is written in colour
_WIDEST = 5.0  # degrees of skew that are looked for
_SIDEWAYS = 3.0  # times as sharp across as along: the columns of a dense table come to 2.4
_LEAST = 0.08  # degrees: less is left alone, for turning blurs

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Picture:
    """Grey levels (rows by columns, 0 is black) at `dpi`; `ink` marks where coloured strokes were taken out.

    `quarters` is how often it was turned clockwise, `tilt` by how many degrees the other way after that.
    """

    grey: Pixels
    dpi: int
    ink: Pixels
    quarters: int = 0
    tilt: float = 0.0


def prepare(pixels: Pixels, dpi: float | None, quarters: int | None = None) -> Picture:
    """The picture of a page (rows by columns, grey or blue-green-red) ready for reading, its skew taken out.

    `dpi` None stands for a picture that does not say: it is taken to show a sheet of A4. It is turned clockwise by so
    many `quarters`; None: by one where its lines of text seem to run up or down.
    """
    grey, ink = _without_colour(pixels)
    high, wide = grey.shape
    dpi = dpi or min(high, wide) / _A4
    scale = DPI / dpi
    scale = min(scale, (MAX_PIXELS / (high * wide)) ** 0.5)
    if not 0.98 < scale < 1.02:
        size = (max(round(wide * scale), 1), max(round(high * scale), 1))
        way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        grey, ink = _resized(grey, size, way), _resized(ink, size, cv2.INTER_NEAREST)
    if quarters is None:
        quarters = int(_sideways(grey))
    grey, ink = turned(grey, quarters), turned(ink, quarters)
    angle = round(skew(grey), 2)
    if abs(angle) < _LEAST:
        angle = 0.0
    if angle:
        grey, ink = _straightened(grey, angle, 255), _straightened(ink, angle, 0)
    return Picture(grey, round(dpi * scale), ink, quarters, angle)


def _resized(pixels: Pixels, size: tuple[int, int], way: int) -> Pixels:
    return np.asarray(cv2.resize(pixels, size, interpolation=way), np.uint8)


def turned(pixels: Pixels, quarters: int) -> Pixels:
    """The picture turned clockwise by so many quarter turns."""
    return np.ascontiguousarray(np.rot90(pixels, -quarters))


# ── colour ─────────────────────────────────────────────────────────────────────────────────


def _without_colour(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """Grey levels in which stamps and signatures in red or blue are paper, and where those were.

    The brightest channel of a pixel is what paper shows through coloured ink; black stays black in all of them. A page
    whose text itself is coloured is only made grey.
    """
    if pixels.ndim == 2:
        return pixels, np.zeros_like(pixels)
    first, second, third = cv2.split(pixels)  # numpy's maximum over the last axis takes ten times as long
    brightest = np.asarray(cv2.max(cv2.max(first, second), third), np.uint8)
    darkest = np.asarray(cv2.min(cv2.min(first, second), third), np.uint8)
    ink = (brightest - darkest > _COLOURED).astype(np.uint8)
    coloured, black = int(ink.sum()), int((brightest < _DARK).sum())
    if not coloured or coloured > _MOST_COLOUR * (coloured + black):
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8), np.zeros_like(brightest)
    return np.ascontiguousarray(brightest), ink


# ── direction ──────────────────────────────────────────────────────────────────────────────


def _small(grey: Pixels, longest: int) -> NDArray[Any]:
    """Ink as 1, paper as 0, in a picture of at most `longest` pixels a side."""
    scale = longest / max(grey.shape)
    size = (max(round(grey.shape[1] * scale), 8), max(round(grey.shape[0] * scale), 8))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    level, _ = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = (small <= min(level, 200)).astype(np.float32)
    margin = max(size) // 50  # the shadow of the sheet's edge is the strongest line of many scans
    ink[:margin], ink[-margin:], ink[:, :margin], ink[:, -margin:] = 0, 0, 0, 0
    return ink


def _sharpness(ink: NDArray[Any]) -> float:
    """How much the rows of a picture differ from each other: most where lines of text lie level."""
    profile = ink.sum(axis=1)
    return float(np.square(np.diff(profile)).sum())


def _sideways(grey: Pixels) -> bool:
    """Whether lines of text run up or down the page."""
    ink = _small(grey, 1000)
    ink -= cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 60)))  # drawn lines have no direction of reading
    ink -= cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((60, 1)))
    across = np.ascontiguousarray(ink.T)
    if _SIDEWAYS * _sharpness(across) < _sharpness(ink):
        return False
    return _level_sharpness(across) > _SIDEWAYS * _level_sharpness(ink)  # askew, neither way is sharp


def _level_sharpness(ink: NDArray[Any]) -> float:
    return _sharpness(_straightened(ink, _angle(ink), 0))


def skew(grey: Pixels) -> float:
    """By how many degrees the lines of text fall to the right: the turn that makes them level, to 0.05 degrees."""
    ink = _small(grey, 1200)
    if ink.sum() < 50:
        return 0.0
    found = _angle(ink)
    return found if abs(found) < _WIDEST else 0.0


def _angle(ink: NDArray[Any]) -> float:
    """The turn by which its rows differ most."""
    found = _best(ink, np.arange(-_WIDEST, _WIDEST + 0.5, 0.5))
    for step in (0.1, 0.05):
        found = _best(ink, np.arange(found - 5 * step, found + 6 * step, step))
    return found


def _best(ink: NDArray[Any], angles: NDArray[Any]) -> float:
    return max((_sharpness(_straightened(ink, float(a), 0)), -abs(float(a)), float(a)) for a in angles)[2]


def _straightened(pixels: NDArray[Any], angle: float, paper: int) -> NDArray[Any]:
    high, wide = pixels.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    return cv2.warpAffine(
        pixels, matrix, (wide, high), flags=cv2.INTER_LINEAR if paper == 0 else cv2.INTER_CUBIC, borderValue=paper
    )
