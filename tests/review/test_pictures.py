"""A page as a picture: the right one, the right way up, never too large."""

from __future__ import annotations

import io
from pathlib import Path

import PIL.Image
import pytest

from pipeline.errors import DocumentError
from pipeline.review import pictures
from pipeline.review.pictures import png_of

PDF = Path(__file__).resolve().parents[2] / "corpus" / "formats" / "ctr-tinh-uy-nhan-luc-so.pdf"


def opened(data: bytes) -> PIL.Image.Image:
    image = PIL.Image.open(io.BytesIO(data))
    assert image.format == "PNG"
    return image


def test_a_page_of_a_pdf() -> None:
    first, second = png_of(PDF, 1, width=400), png_of(PDF, 2, width=400)
    assert opened(first).width == 400
    assert opened(first).height > 400
    assert first != second
    assert first == png_of(PDF, 1, width=400)


def scan(path: Path) -> Path:
    """Two pages, black in the left upper quarter of the first, and transparent elsewhere."""
    page = PIL.Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    page.paste((0, 0, 0, 255), (0, 0, 150, 100))
    page.save(path, save_all=True, append_images=[PIL.Image.new("RGBA", (300, 200), "red")])
    return path


def test_a_picture_lies_on_white_and_is_turned_as_it_was_read(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.tiff")
    straight = opened(png_of(path, 1, width=300))
    assert (straight.getpixel((10, 10)), straight.getpixel((290, 190))) == ((0, 0, 0), (255, 255, 255))
    turned = opened(png_of(path, 1, quarters=1, width=200))
    assert turned.size == (200, 300)
    assert (turned.getpixel((190, 10)), turned.getpixel((10, 10))) == ((0, 0, 0), (255, 255, 255))  # clockwise
    assert opened(png_of(path, 2)).getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("page", [0, 3, 99])
def test_a_page_that_is_not_there_is_told(page: int, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        png_of(scan(tmp_path / "a.tiff"), page)
    assert caught.value.code == "page-not-shown"
    with pytest.raises(DocumentError):
        png_of(PDF, page + 90 if page else 0)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\nbroken", b"words"])
def test_a_file_that_cannot_be_drawn_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(DocumentError):
        png_of(path, 1)


def test_no_picture_is_larger_than_the_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 10_000)
    for image in (opened(png_of(PDF, 1)), opened(png_of(scan(tmp_path / "a.tiff"), 1))):
        assert image.width * image.height <= 10_300  # rounded edges
    monkeypatch.setattr(pictures, "_LARGEST", 100)
    with pytest.raises(DocumentError):
        png_of(scan(tmp_path / "b.tiff"), 1)
