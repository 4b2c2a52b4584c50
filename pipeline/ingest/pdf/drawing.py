"""What is drawn on a page beside its text: ruling lines and pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from pypdfium2 import raw

from pipeline.ingest.layout.page import Ruling
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.view import View
from pipeline.model import Box

_MAX_OBJECTS = 50_000  # page objects looked at for ruling lines; a map drawn with millions of strokes is no table
_MAX_SEGMENTS = 2_000  # segments of one path
_MAX_DEPTH = 4  # of forms in forms
_THIN = 3.0  # points: a filled rectangle thinner than this is a ruling line

Place = tuple[float, float]


class Drawing(NamedTuple):
    """Horizontal and vertical ruling lines, and the area of the pictures in square points.

    `formed` tells that there are forms among its objects, or more objects than were looked at.
    """

    horizontals: tuple[Ruling, ...]
    verticals: tuple[Ruling, ...]
    pictured: float
    formed: bool


def drawing_of(page: Any, view: View) -> Drawing:
    """What is drawn on a page of pypdfium2."""
    horizontals: list[Ruling] = []
    verticals: list[Ruling] = []
    pictured, formed = 0.0, False
    edges = (ctypes.c_float * 4)()
    start, size = ctypes.addressof(edges), ctypes.sizeof(ctypes.c_float)
    sides = tuple(range(start, start + 4 * size, size))
    found = _objects(calls.address(page), calls.page_count, calls.page_object)
    for kind, item in islice(found, _MAX_OBJECTS):
        if kind == raw.FPDF_PAGEOBJ_FORM:
            formed = True
            continue
        if not calls.bounds_of(item, *sides) or not math.isfinite(sum(edges)):
            continue  # an object without extent draws nothing
        box = view.box(*edges)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictured += (box.right - box.left) * (box.bottom - box.top)
            continue
        for begin, end in _edges(item, box, view):
            _add_ruling(begin, end, horizontals, verticals)
    return Drawing(tuple(horizontals), tuple(verticals), pictured, formed or next(found, None) is not None)


def _objects(
    parent: int, count: Callable[..., int], at: Callable[..., int], depth: int = _MAX_DEPTH
) -> Iterator[tuple[int, int]]:
    """(kind, object) of the paths, pictures and forms of a page or a form, those in forms too."""
    for index in range(count(parent)):
        item = at(parent, index)
        kind = calls.kind_of(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, item
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            yield kind, item
            if depth > 1:
                yield from _objects(item, calls.form_count, calls.form_object, depth - 1)


def _add_ruling(start: Place, end: Place, horizontals: list[Ruling], verticals: list[Ruling]) -> None:
    wide, high = abs(start[0] - end[0]), abs(start[1] - end[1])
    if not math.isfinite(wide + high):
        return
    if high <= 1.0 < wide:
        horizontals.append(Ruling(min(start[0], end[0]), max(start[0], end[0]), (start[1] + end[1]) / 2))
    elif wide <= 1.0 < high:
        verticals.append(Ruling(min(start[1], end[1]), max(start[1], end[1]), (start[0] + end[0]) / 2))


def _edges(item: int, box: Box, view: View) -> Sequence[tuple[Place, Place]]:
    """The straight edges of a path; a thin filled rectangle counts as the line that it is."""
    wide, high = box.right - box.left, box.bottom - box.top
    if min(wide, high) <= _THIN:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        return [((box.left, y), (box.right, y)) if wide >= high else ((x, box.top), (x, box.bottom))]
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    known = calls.draw_mode(item, ctypes.addressof(mode), ctypes.addressof(stroked))
    return list(_segments(item, view)) if known and stroked.value else []


def _segments(item: int, view: View) -> Iterator[tuple[Place, Place]]:
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    calls.matrix_of(item, ctypes.addressof(matrix))
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    first = last = None
    for index in range(min(calls.segment_count(item), _MAX_SEGMENTS)):
        segment = calls.segment(item, index)
        if not calls.point_of(segment, ctypes.addressof(x), ctypes.addressof(y)):
            continue
        here = view.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = calls.segment_kind(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield last, here
        if calls.closes(segment) and first is not None and first != here:
            yield here, first
        last = here
