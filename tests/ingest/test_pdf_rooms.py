"""The boxes of a page's characters, however many they are and whichever PDFium cannot tell."""

from __future__ import annotations

import ctypes
import itertools

import numpy as np
import pypdfium2
import pytest
from handmade import Page, pdf
from pypdfium2 import raw

from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.characters import Inks, Room, inks_of
from pipeline.ingest.pdf.view import View

ROW = "Ủy ban nhân dân xã giao các đơn vị thực hiện kế hoạch này đúng tiến độ"
FULL = range(40, 840, 14)  # heights of the rows of a page that holds more characters than a room
CHARACTERS = len(ROW.replace(" ", "")) * len(FULL)


def inks(page: Page) -> Inks:
    opened = pypdfium2.PdfDocument(pdf([page]))[0]
    found = inks_of(opened.get_textpage(), View(0, opened.get_bbox()), Room(), formed=False)
    assert found is not None
    return found


def page_of(heights: range) -> Page:
    page = Page()
    for y in heights:
        page.text(40, y, ROW, 12)
    return page


def test_a_page_may_have_more_characters_than_a_room() -> None:
    assert CHARACTERS > Room._SIZE
    opened = pypdfium2.PdfDocument(pdf([page_of(FULL)]))[0]
    text = opened.get_textpage()
    found = inks_of(text, View(0, opened.get_bbox()), Room(), formed=False)
    assert found is not None
    assert len(found.places) == CHARACTERS
    box = raw.FS_RECTF()
    for index, place in enumerate(found.places.tolist()):
        assert raw.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box))
        sides = found.lefts[index], found.rights[index], found.lows[index], found.highs[index]
        assert sides == (box.left, box.right, box.bottom, box.top)


def test_pages_don_t_write_into_each_other_s_boxes() -> None:
    """One room serves all pages of a document."""
    room = Room()
    document = pypdfium2.PdfDocument(pdf([Page().text(40, 100, ROW, 12), Page().text(90, 100, ROW, 12)]))
    first, second = (inks_of(page.get_textpage(), View(0, page.get_bbox()), room, formed=False) for page in document)
    assert first is not None
    assert second is not None
    assert second.lefts[0] - first.lefts[0] == pytest.approx(50, abs=0.01)


@pytest.mark.parametrize("told", [0, float("nan"), float("inf")], ids=["unknown", "nan", "infinite"])
def test_a_character_whose_box_is_not_known_is_left_out(monkeypatch: pytest.MonkeyPatch, told: float) -> None:
    """Its neighbours are not."""
    every = inks(Page().text(40, 100, ROW, 12))
    real, count = calls.char_box, itertools.count()

    def char_box(page: object, place: int, where: object) -> int:
        if next(count) != 3:
            return int(real(page, place, where))
        ctypes.cast(where, ctypes.POINTER(ctypes.c_float))[0] = told
        return int(told != 0)

    monkeypatch.setattr(calls, "char_box", char_box)
    left = inks(Page().text(40, 100, ROW, 12))
    assert left.places.tolist() == np.delete(every.places, 3).tolist()
    assert left.lefts.tolist() == np.delete(every.lefts, 3).tolist()
    assert len(left.owners) == len(left.places)
