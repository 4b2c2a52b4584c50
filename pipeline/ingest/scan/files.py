"""Image files that show documents: PNG, JPEG, TIFF with several pages, and other formats that Pillow opens."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageOps, ImageSequence

from pipeline.errors import DocumentError
from pipeline.ingest.layout import PageContent, arrange, sheets_of
from pipeline.ingest.reading import Reading, Settings, no_text, truncated
from pipeline.ingest.scan.pages import Shown, recognise_pages, remarks
from pipeline.model import PageSize, Warning

MAX_PIXELS = 150_000_000  # of one picture as it is stored: A3 at 600 dpi has 70 million
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_UNKNOWN = PageSize(0.0, 0.0)  # of a page that could not be read
_LEAST_DPI = 72  # what a picture says of itself below that is not meant
_WHAT = "tệp ảnh"
_BROKEN = (OSError, ValueError, SyntaxError, EOFError)  # what Pillow raises on broken input


def read(data: bytes, settings: Settings) -> Reading:
    """Read the pages that an image file shows.

    Raises DocumentError ``truncated``, ``too-large``, ``no-text``, ``program-missing``, or ``ocr-off`` where pictures
    are not to be recognised.
    """
    if settings.ocr == "never":
        message = "Đây là ảnh chụp văn bản. Hãy bỏ --ocr never để nhận dạng chữ, hoặc xin bản .docx."
        raise DocumentError("ocr-off", message)
    try:
        image, count = _opened(data)
        found = list(recognise_pages(_frames(image), count, settings))
    except Image.DecompressionBombError as error:
        raise _too_large(str(error)) from error
    except _BROKEN as error:
        raise truncated(_WHAT, error) from error
    pages = [page for page in found if isinstance(page, PageContent)]
    errors = [page for page in found if isinstance(page, Warning)]
    if not pages:
        raise DocumentError(errors[0].code, errors[0].message, errors[0].detail)
    blocks, asides = arrange(sheets_of(pages))
    if not blocks:
        raise no_text("Ảnh này", "Hãy chụp hoặc quét lại cho rõ, hoặc xin bản .docx.")
    sizes = tuple(page.size if isinstance(page, PageContent) else _UNKNOWN for page in found)
    return Reading(tuple(blocks), count, tuple(asides), tuple(remarks(pages)), tuple(errors), sizes)


def _opened(data: bytes) -> tuple[Any, int]:
    """The picture, and how many pages it has."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is checked below
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        try:
            return image, getattr(image, "n_frames", 1)
        except TypeError as error:  # what Pillow raises for a page of a TIFF that does not say how wide it is
            raise ValueError(str(error)) from error


def _frames(image: Any) -> Iterator[Shown | Warning]:
    """Each page, or why it could not be had."""
    for number, frame in enumerate(ImageSequence.Iterator(image), 1):
        try:
            yield _shown(frame, number)
        except DocumentError as error:
            yield Warning(error.code, error.message, number, error.detail)
        except _BROKEN as error:
            fault = truncated(_WHAT, error)
            yield Warning(fault.code, fault.message, number, fault.detail)


def _shown(frame: Any, number: int) -> Shown:
    across, down = (float(value) for value in frame.info.get("dpi", (0, 0)))
    known = min(across, down) >= _LEAST_DPI
    taller = across / down if known else 1.0
    if frame.width * frame.height * max(taller, 1.0) > MAX_PIXELS:
        raise _too_large(f"{frame.width} × {frame.height} pixels, {across:g} × {down:g} dpi")
    flat = _on_paper(ImageOps.exif_transpose(frame))
    if not 0.9 < taller < 1.1:  # a fax has rows twice as far apart
        flat = flat.resize((flat.width, max(round(flat.height * taller), 1)))
    pixels = np.asarray(flat)
    dpi = across if across >= _LEAST_DPI else None
    return Shown(number, np.ascontiguousarray(pixels[:, :, ::-1] if pixels.ndim == 3 else pixels), dpi)


def _too_large(detail: str) -> DocumentError:
    return DocumentError("too-large", "Ảnh quá lớn để đọc. Hãy quét lại ở 300 dpi.", detail)


def _on_paper(image: Any) -> Any:
    """The picture in grey or in red, green and blue, what is transparent as white paper."""
    if image.mode in ("1", "L", "I", "I;16"):
        return image.convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")
