"""What forms in forms come to is counted before PDFium draws them."""

from __future__ import annotations

import pytest
from hostile import pdfs

from pipeline.ingest.pdf import forms


def drawing(content: bytes, resources: bytes, *more: bytes) -> bytes:
    """A page with one form, its sixth object; `more` follow."""
    form = pdfs.stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + resources)
    return pdfs.page(pdfs.WORDS + b" /N Do", form, *more, resources=b"/XObject<</N 6 0 R>>")


LEAF = pdfs.stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
PICTURE = pdfs.stream(b"x", b"/Type/XObject/Subtype/Image/Width 1/Height 1")


@pytest.mark.parametrize(
    ("data", "most"),
    [
        (pdfs.page(), 0),
        (drawing(b"0 0 m 9 9 l S", b""), 0),
        (pdfs.nested_forms(3), 15),
        (pdfs.nested_forms(3, packed=False), 15),
        (drawing(b"/A Do /B Do /A Do", b"/Resources << /XObject << /A 7 0 R /B 8 0 R >> >>", LEAF, LEAF), 4),
        (drawing(b"/A Do /A Do", b"/Resources<</XObject 8 0 R>>", LEAF, b"<</A 7 0 R>>"), 3),
        (drawing(b"/A Do /A Do", b"/Resources 8 0 R", LEAF, b"<</XObject<</A 7 0 R>>>>"), 3),
        (drawing(b"/A Do /A Do", b"/Resources 8 0 R", LEAF, b"<</XObject 9 0 R>>", b"<</A 7 0 R>>"), 3),
        # one that draws itself once ends where PDFium ends
        (drawing(b"/N Do", b"/Resources<</XObject<</N 6 0 R>>>>"), 41),
        # pictures, and names that are nothing, draw no form
        (drawing(b"/A Do /A Do /X Do", b"/Resources<</XObject<</A 7 0 R>>>>", PICTURE), 0),
    ],
)
def test_how_many_forms_come_of_one(data: bytes, most: int) -> None:
    assert forms.most_drawn(data) == most


def test_too_many() -> None:
    assert forms.most_drawn(pdfs.nested_forms(30)) > forms.MOST
    assert forms.most_drawn(pdfs.looping_form()) > forms.MOST
    assert 1000 < forms.most_drawn(pdfs.nested_forms(12)) < forms.MOST
