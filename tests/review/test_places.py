"""The boxes over a page lie on its words, however the page was turned to be read."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import PIL.Image
import pypdfium2
import pytest

import pipeline
from pipeline.ingest.scan import tesseract
from pipeline.review.pictures import png_of
from pipeline.review.view import view_of

PDF = Path(__file__).resolve().parents[2] / "corpus" / "formats" / "cv-dang-uy-xa-phan-cong.pdf"
DARK = 140  # of 255
DPI = 150
SLACK = 1.5  # points that the page draws around a box


def ink_in_boxes(path: Path) -> float:
    """The share of the ink of the first page that lies in the boxes of its words."""
    view = view_of(pipeline.read(path))
    size = view.sizes[0]
    with PIL.Image.open(io.BytesIO(png_of(path, 1, size.quarters, size.tilt))) as image:
        ink = np.asarray(image.convert("L")) < DARK
        across, down = image.width / size.width, image.height / size.height
    inside = np.zeros_like(ink)
    for place in view.places[0]:
        rows = slice(max(round((place.top - SLACK) * down), 0), round((place.bottom + SLACK) * down))
        inside[rows, max(round((place.left - SLACK) * across), 0) : round((place.right + SLACK) * across)] = True
    assert inside.mean() < 0.5  # boxes over everything would hold all ink
    return float((ink & inside).sum() / ink.sum())


def page_of(rotation: int, path: Path) -> Path:
    """The first page alone, shown turned clockwise by so many degrees."""
    with pypdfium2.PdfDocument(PDF) as document, pypdfium2.PdfDocument.new() as made:
        made.import_pages(document, [0])
        made[0].set_rotation(rotation)
        made.save(path)
    return path


def scan_of(askew: float, path: Path, rotation: int = 0) -> Path:
    """The first page as a scanner shows it that pulls it in askew, by degrees clockwise."""
    with pypdfium2.PdfDocument(PDF) as document:
        page = document[0].render(scale=DPI / 72, grayscale=True).to_pil()
    page = page.rotate(rotation, expand=True)
    page.rotate(-askew, PIL.Image.Resampling.BICUBIC, fillcolor=255).save(path, dpi=(DPI, DPI), resolution=DPI)
    return path


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_of_a_page_that_is_shown_turned(rotation: int, tmp_path: Path) -> None:
    assert ink_in_boxes(page_of(rotation, tmp_path / "a.pdf")) > 0.95


@pytest.mark.skipif(tesseract.find_program() is None, reason="tesseract is not installed")
@pytest.mark.parametrize(
    ("name", "askew", "rotation"),
    [
        ("a.png", 0.0, 0),
        ("a.png", 2.0, 0),  # half an inch over the breadth of a page: a line and more
        ("a.pdf", -1.5, 0),
        ("a.png", 1.0, 90),
    ],
)
def test_boxes_of_a_scan_that_was_straightened(name: str, askew: float, rotation: int, tmp_path: Path) -> None:
    assert ink_in_boxes(scan_of(askew, tmp_path / name, rotation)) > 0.9
