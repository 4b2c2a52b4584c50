"""Pictures of pages → pages of words: scans inside PDF files, and image files (PNG, JPEG, TIFF).

The drawn lines are found first; tables are read cell by cell, all other text as a page. What comes out is a page as any
other, its words with the confidence that tesseract has in them.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from pipeline.ingest.layout import Glyph, PageContent, lattices_of
from pipeline.ingest.layout.lattice import Lattice
from pipeline.ingest.reading import no_text
from pipeline.ingest.scan import tesseract
from pipeline.ingest.scan.picture import Picture, Pixels, prepare
from pipeline.ingest.scan.ruling import find_rulings
from pipeline.ingest.scan.tesseract import Read
from pipeline.ingest.scan.weight import bold_lines
from pipeline.model import Aside, Box

_POINTS = 72.0
_BORDER = 12  # pixels of paper around a cell, so that no letter touches the edge
_INSET = 3  # pixels from the middle of a ruling line to the inside of a cell
_LEAST_INK = 12  # pixels: less is dust
_LEAST_LETTER = 40  # pixels that hang together at 300 dpi: a full stop has 30, the number 1 has 150
_DARK = 140
_UNREADABLE = 0.6  # mean confidence: a page upside down or sideways has less, a bad scan more
_NOISE = 0.3  # confidence of what is no letter or digit: dust and parts of stamps
_COLOURED = 0.15  # of a word's place: that much stamp or signature over it makes it doubtful
_LEAST_STAMP = 0.0005  # of a page: less coloured ink is a pen stroke
_DOUBTED = 0.5  # confidence of a word under a stamp
_SAME_SIZE = 0.35  # letter heights that near to the page's usual one are that one
_LONGEST = 40  # times as long as wide: a chat put together of 20 screens; a strip of one pixel is no page


def recognise(pixels: Pixels, dpi: float | None, number: int) -> PageContent:
    """The page that a picture shows.

    Raises DocumentError ``program-missing``, ``time-limit``, ``ocr-failed``, or ``no-text`` for a strip.
    """
    high, wide = pixels.shape[:2]
    if max(high, wide) > _LONGEST * min(high, wide):
        raise no_text(f"Ảnh {wide} × {high} điểm quá hẹp so với chiều dài,", "Hãy cắt ảnh theo từng trang.")
    picture = prepare(pixels, dpi)
    found = [_page(picture, number)]
    # Upside down, or a table whose columns were taken for lines of text: the other directions, the likeliest first.
    for turn in (2, 1, 3) if picture.quarters == 0 else (3, 2, 1):
        if not found[0].glyphs or confidence_of(found[-1]) >= _UNREADABLE:
            break
        found.append(_page(prepare(pixels, dpi, (picture.quarters + turn) % 4), number))
    return max(found, key=confidence_of)


def confidence_of(content: PageContent) -> float:
    """The mean confidence of the words of a page, 0..1; 0 for a page without words."""
    return statistics.fmean([glyph.confidence or 0.0 for glyph in content.glyphs] or [0.0])


def _page(picture: Picture, number: int) -> PageContent:
    horizontals, verticals, clean = find_rulings(picture)
    high, wide = picture.grey.shape
    scale = _POINTS / picture.dpi
    content = PageContent(number, wide * scale, high * scale, (), horizontals, verticals, 1.0)
    lattices = lattices_of(content)
    crops = list(_crops(lattices, clean, scale))
    for lattice in lattices:  # what is left of its lines would be read as words
        left, top, right, bottom = _pixels(lattice.box, scale)
        clean[max(top - _INSET, 0) : bottom + _INSET, max(left - _INSET, 0) : right + _INSET] = 255
    words = tesseract.read([clean], picture.dpi, tesseract.PAGE)[0] if _has_ink(clean) else []
    bold = bold_lines(words, clean)
    cells = [_framed(crop) for _, _, _, crop in crops]
    for (_, left, top, _), found in zip(crops, tesseract.read(cells, picture.dpi, tesseract.CELL), strict=True):
        words.extend(_moved(word, left - _BORDER, top - _BORDER) for word in found)
    stamps = _stamps(picture, number) if number == 1 else ()
    glyphs = tuple(_glyphs(words, bold, picture, scale))
    return replace(content, glyphs=glyphs, asides=stamps, quarters=picture.quarters, tilt=picture.tilt)


def _stamps(picture: Picture, number: int) -> tuple[Aside, ...]:
    """What the coloured ink of a page says: a stamp may mark the document as secret."""
    if int(picture.ink.sum()) < _LEAST_STAMP * picture.ink.size:
        return ()
    shown = np.where(picture.ink > 0, 0, 255).astype(np.uint8)
    words = tesseract.read([shown], picture.dpi, tesseract.SPARSE)[0]
    text = " ".join(word.text for word in words if word.confidence >= _DOUBTED)
    return (Aside("stamp", text, number),) if text else ()


# ── tables ─────────────────────────────────────────────────────────────────────────────────


def _crops(lattices: Sequence[Lattice], clean: Pixels, scale: float) -> Iterator[tuple[Box, int, int, Pixels]]:
    """Each cell with ink in it: its box in points, its left and top edge in pixels, and what it shows."""
    for lattice in lattices:
        for box in lattice.cell_boxes():
            left, top, right, bottom = _pixels(box, scale)
            crop = clean[top + _INSET : bottom - _INSET, left + _INSET : right - _INSET]
            if crop.size and _has_letter(crop):
                yield box, left + _INSET, top + _INSET, crop.copy()


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(edge / scale) for edge in (box.left, box.top, box.right, box.bottom))
    return left, top, right, bottom


def _framed(crop: Pixels) -> Pixels:
    return np.pad(crop, _BORDER, constant_values=255)


def _moved(word: Read, right: int, down: int) -> Read:
    """A word of a cell at its place on the page; the lines of cells are counted for themselves."""
    return replace(
        word,
        line=-1,
        left=word.left + right,
        right=word.right + right,
        top=word.top + down,
        bottom=word.bottom + down,
        baseline=word.baseline + down,
    )


def _has_ink(grey: Pixels) -> bool:
    return int((grey < _DARK).sum()) > _LEAST_INK


def _has_letter(crop: Pixels) -> bool:
    """Whether a cell holds more than dust: tesseract reads words into noise where there is nothing else to read."""
    import cv2

    ink = (cv2.medianBlur(crop, 3) < _DARK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return bool((stats[1:, cv2.CC_STAT_AREA] >= _LEAST_LETTER).any())


# ── words ──────────────────────────────────────────────────────────────────────────────────


def _glyphs(words: Sequence[Read], bold: set[int], picture: Picture, scale: float) -> Iterator[Glyph]:
    """The words as glyphs of the page: one blank in front of each, letter heights evened out."""
    usual = statistics.median([word.height for word in words]) if words else 0.0
    index = 0
    for word in words:
        confidence = _doubted(word, picture)
        if confidence < _NOISE and not any(char.isalnum() for char in word.text):
            continue
        height = usual if abs(word.height - usual) <= _SAME_SIZE * usual else word.height
        edges = (word.left, word.top, word.right, word.bottom)
        box = Box(*(round(edge * scale, 2) for edge in edges))
        place = box, box.right, box.left, 1, word.baseline * scale
        size = round(height * scale, 1)
        yield Glyph(index, word.text, *place, size, word.line in bold, False, True, confidence=round(confidence, 2))
        index += 1


def _doubted(word: Read, picture: Picture) -> float:
    """The confidence in a word, lowered where a stamp or a signature lay over it."""
    place = picture.ink[int(word.top) : int(word.bottom) + 1, int(word.left) : int(word.right) + 1]
    covered = float(place.mean()) if place.size else 0.0
    return min(word.confidence, _DOUBTED) if covered > _COLOURED else word.confidence
