"""A page of a PDF file or of a picture as PNG: what the left pane shows behind the boxes of the words.

Called in a process that can be stopped (`pipeline.workers`): PDFium is not safe in threads, and a page may be made to
take for ever.
"""

from __future__ import annotations

import io
import math
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline.errors import DocumentError

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MOST_PIXELS", "WIDTH", "png_of"]

WIDTH = 1100  # pixels: two columns on a wide screen, and words of 13 points still sharp
MOST_PIXELS = 12_000_000  # of the picture that is made
_LARGEST = 150_000_000  # pixels of one that is opened: A3 at 600 dpi has 70 million
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_QUARTERS = ("", "ROTATE_270", "ROTATE_180", "ROTATE_90")  # Pillow turns the other way


def png_of(file: Path | bytes, page: int, quarters: int = 0, tilt: float = 0.0, width: int = WIDTH) -> bytes:
    """The page, from 1, of a file that was read before, or of its bytes, `width` pixels wide, as PNG.

    It is turned as its words were read: `quarters` and `tilt` as in `pipeline.model.PageSize`. Raises `DocumentError`.
    """
    import PIL.Image

    try:
        with _opened(file) as stream:
            is_pdf = b"%PDF-" in stream.read(1024)
        image = _of_pdf(file, page, width, quarters) if is_pdf else _of_picture(file, page)
        if quarters % 4:
            image = image.transpose(PIL.Image.Transpose[_QUARTERS[quarters % 4]])
        return _packed(image, width, tilt)
    except (OSError, ValueError, SyntaxError, EOFError, PIL.Image.DecompressionBombError) as error:
        raise _not_shown(page, error) from error


def _opened(file: Path | bytes) -> BinaryIO:
    return io.BytesIO(file) if isinstance(file, bytes) else file.open("rb")


def _of_pdf(file: Path | bytes, page: int, width: int, quarters: int) -> Image:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(file) as document:
            if not 1 <= page <= len(document):
                raise _not_shown(page, f"{len(document)} pages")
            opened = document[page - 1]
            across, down = opened.get_size()
            asked = width / max(down if quarters % 2 else across, 1.0)
            scale = min(asked, math.sqrt(MOST_PIXELS / max(across * down, 1.0)))
            found: Image = opened.render(scale=scale, may_draw_forms=False).to_pil().copy()
            opened.close()
            return found
    except pypdfium2.PdfiumError as error:
        raise _not_shown(page, error) from error


def _of_picture(file: Path | bytes, page: int) -> Image:
    import PIL.Image
    import PIL.ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)  # the limit here is our own
        with _opened(file) as stream, PIL.Image.open(stream, formats=_FORMATS) as image:
            if not 1 <= page <= int(getattr(image, "n_frames", 1)):
                raise _not_shown(page, "no such frame")
            image.seek(page - 1)
            if image.width * image.height > _LARGEST:
                raise _not_shown(page, f"{image.width} × {image.height} pixels")
            across, down = (float(value) for value in image.info.get("dpi", (1, 1)))
            flat = PIL.ImageOps.exif_transpose(image).convert("RGBA")
    paper = PIL.Image.new("RGBA", flat.size, "white")
    found: Image = PIL.Image.alpha_composite(paper, flat).convert("RGB")
    taller = across / down if across > 0 and down > 0 else 1.0
    if 0.9 < taller < 1.1 or taller > 4:
        return found
    return found.resize((found.width, max(round(found.height * taller), 1)))  # a fax: rows twice as far apart


def _packed(image: Image, width: int, tilt: float) -> bytes:
    """As PNG, brought to the width or to what `MOST_PIXELS` allow, and straightened."""
    import PIL.Image

    high = max(round(image.height * width / max(image.width, 1)), 1)
    fewer = min(1.0, math.sqrt(MOST_PIXELS / (width * high)))
    size = (max(round(width * fewer), 1), max(round(high * fewer), 1))
    shown: Any = image if image.size == size else image.resize(size)
    if tilt:
        shown = shown.convert("RGB").rotate(tilt, PIL.Image.Resampling.BICUBIC, fillcolor="white")
    stream = io.BytesIO()
    shown.convert("RGB").save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def _not_shown(page: int, error: Exception | str) -> DocumentError:
    detail = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    message = f"Không vẽ được trang {page} của văn bản này. Hãy xem phần chữ, hoặc mở tệp gốc."
    return DocumentError("page-not-shown", message, detail)
