"""One page as a picture, against tesseract on the same picture with the same settings.

Ours prepares the picture, looks for the lines of tables, and doubts what lies under stamps; tesseract is the rest.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import cv2
import pypdfium2

from benchmarks.documents import text_pdf
from benchmarks.measure import Figure, compared, take_turns
from pipeline.ingest import read_bytes
from pipeline.ingest.scan import tesseract
from pipeline.ingest.scan.picture import DPI


def run(small: bool) -> list[Figure]:
    """Pages a second. Raises SystemExit where tesseract or its Vietnamese is missing."""
    lacking = tesseract.missing()
    if lacking is not None:
        raise SystemExit(lacking.message)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        picture = folder / "page.png"
        _draw(text_pdf(folder, 5 if small else 24), picture)
        data = picture.read_bytes()
        seconds = take_turns(
            {"ours": lambda: read_bytes("page.png", data), "tesseract": lambda: _recognise(picture)},
            rounds=1 if small else 3,
            clock=time.perf_counter,
        )
    what, raw_name = f"page as a picture, {DPI} dpi", "tesseract on the same picture"
    return [compared(what, "pages/s", 1, seconds["ours"], raw_name, seconds["tesseract"])]


def _draw(source: Path, picture: Path) -> None:
    document = pypdfium2.PdfDocument(source)
    pixels = document[0].render(scale=DPI / 72, grayscale=True).to_numpy()
    _, packed = cv2.imencode(".png", pixels)
    picture.write_bytes(packed.tobytes())
    document.close()


def _recognise(picture: Path) -> None:
    command = [tesseract.find_program() or "tesseract", str(picture), str(picture.with_suffix("")), "-l", "vie"]
    command += ["--psm", str(tesseract.PAGE), "--dpi", str(DPI), "hocr"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
