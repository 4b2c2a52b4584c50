"""Speaks to tesseract, a program: pictures of text in, words with their places and confidence out.

Tesseract is called as a program with one thread a process: several of its own threads make it four times slower
(measured: 1.6 s a page with one, 7 s with those of two cores).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from pipeline import opening
from pipeline.errors import DocumentError

if TYPE_CHECKING:
    from pipeline.ingest.scan.picture import Pixels

LANGUAGE = "vie"
SECONDS = 90  # a picture; a page takes 2 to 4
PAGE, CELL, SPARSE = 4, 6, 11  # page segmentation: a column of lines of different sizes; one block; words anywhere
_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)")  # where tesseract is installed there, off the PATH
_NUMBERS = re.compile(r"(bbox|baseline|x_size|x_wconf) ([-\d. ]+)")
_FOLDER = re.compile(r'"(.+)"')  # 'List of available languages in "/usr/share/tesseract-ocr/5/tessdata/" (2):'
_X = "{http://www.w3.org/1999/xhtml}"
_complete: set[str] = set()  # programs that have the language: what lacks is asked again, somebody may install it


@dataclass(frozen=True, slots=True)
class Read:
    """A word that was recognised: edges in pixels from the top left, its line's baseline there and letter height.

    `confidence` is 0..1 as tesseract gives it; `line` counts the lines of the picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    height: float
    confidence: float
    line: int


def find_program() -> str | None:
    """Tesseract on this machine: on the PATH, or where Windows installs it."""
    found = shutil.which("tesseract")
    if found is not None or sys.platform != "win32":
        return found
    folders = (Path(os.environ[name]) for name in _WINDOWS if name in os.environ)
    places = (folder / "Tesseract-OCR" / "tesseract.exe" for folder in folders)
    return next((str(place) for place in places if place.is_file()), None)


def languages(program: str) -> frozenset[str]:
    """The languages that tesseract has data for. Empty where it cannot say."""
    return frozenset(_told(program, "--list-langs").split()[1:])


def version() -> str:
    """What the words depend on that it recognises: tesseract and its libraries, and its data for Vietnamese."""
    program = find_program()
    if program is None:
        return ""
    folder = _FOLDER.search(_told(program, "--list-langs"))
    data = Path(folder[1]) / f"{LANGUAGE}.traineddata" if folder else None
    digest = opening.sha256_of(data) if data is not None else ""
    return f"{_told(program, '--version')} {digest}"


def _told(program: str, option: str) -> str:
    done = subprocess.run([program, option], capture_output=True, check=False, timeout=SECONDS)
    return done.stdout.decode("utf-8", "replace")


def missing() -> DocumentError | None:
    """What is lacking for recognising Vietnamese on this machine, None where nothing is."""
    program = find_program()
    if program in _complete:
        return None
    if program is None:
        message = (
            "Trang quét cần tesseract để nhận dạng chữ mà máy chưa có. Hãy cài tesseract với tiếng Việt "
            "(Debian: apt install tesseract-ocr tesseract-ocr-vie)."
        )
        return DocumentError("program-missing", message, "tesseract")
    if LANGUAGE not in languages(program):
        message = (
            "Tesseract trên máy chưa có dữ liệu tiếng Việt. Hãy cài thêm "
            "(Debian: apt install tesseract-ocr-vie; Windows: chép vie.traineddata vào thư mục tessdata)."
        )
        return DocumentError("program-missing", message, "tesseract: vie.traineddata")
    _complete.add(program)
    return None


def read(pictures: Sequence[Pixels], dpi: int, segmentation: int) -> list[list[Read]]:
    """The words of each picture, in the order that tesseract reads them.

    All pictures go through one call, so that the language is loaded once. Raises DocumentError ``program-missing``,
    ``time-limit`` or ``ocr-failed``.
    """
    if not pictures:
        return []
    program = find_program()
    lacking = missing() if program is None else None
    if program is None or lacking is not None:
        raise lacking or DocumentError("program-missing", "tesseract", "")
    import cv2

    with tempfile.TemporaryDirectory(prefix="dondoc-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        names = []
        for place, picture in enumerate(pictures):
            path = folder / f"{place}.png"
            _, packed = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
            path.write_bytes(packed.tobytes())
            names.append(str(path))
        (folder / "list.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
        source = names[0] if len(names) == 1 else str(folder / "list.txt")
        _run(program, source, folder / "out", dpi, segmentation, SECONDS + len(pictures))
        made = folder / "out.hocr"
        if not made.is_file():
            raise DocumentError("ocr-failed", _FAILED, "no hOCR was written")
        found = list(_pages(made.read_bytes()))
    if len(found) != len(pictures):
        raise DocumentError("ocr-failed", _FAILED, f"{len(found)} pages recognised of {len(pictures)}")
    return found


_FAILED = "Tesseract không nhận dạng được trang này. Hãy cài lại tesseract hoặc xin bản .docx."


def _run(program: str, source: str, target: Path, dpi: int, segmentation: int, seconds: int) -> None:
    command = [program, source, str(target), "-l", LANGUAGE, "--psm", str(segmentation), "--dpi", str(dpi), "hocr"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=seconds, env=environment
        )
    except subprocess.TimeoutExpired as error:
        message = f"Nhận dạng chữ một trang quá {seconds} giây. Hãy quét lại rõ hơn hoặc xin bản .docx."
        raise DocumentError("time-limit", message, str(error)) from error
    if done.returncode:
        detail = done.stderr.decode("utf-8", "replace").strip()[-500:]
        raise DocumentError("ocr-failed", _FAILED, f"exit {done.returncode}: {detail}")


# ── hOCR ───────────────────────────────────────────────────────────────────────────────────


def _pages(data: bytes) -> Iterator[list[Read]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    for page in etree.fromstring(data, parser).iter(_X + "div"):
        if page.get("class") == "ocr_page":
            yield list(_words(page))


def _words(page: etree._Element) -> Iterator[Read]:
    lines = (node for node in page.iter(_X + "span") if node.get("class", "") != "ocrx_word")
    for number, line in enumerate(lines):
        facts = _facts(line)
        (left, _, _, bottom), height = facts["bbox"], facts["x_size"][0]
        slope, rise = facts.get("baseline", [0.0, 0.0])
        for node in line.iter(_X + "span"):
            text = "".join(str(part) for part in node.itertext()).strip()
            if node.get("class") != "ocrx_word" or not text:
                continue
            own = _facts(node)
            x0, y0, x1, y1 = own["bbox"]
            baseline = bottom + rise + slope * ((x0 + x1) / 2 - left)
            yield Read(text, x0, y0, x1, y1, baseline, height, own["x_wconf"][0] / 100, number)


def _facts(node: etree._Element) -> dict[str, list[float]]:
    return {name: [float(n) for n in values.split()] for name, values in _NUMBERS.findall(node.get("title", ""))}
