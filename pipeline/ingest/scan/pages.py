"""Many pictures of pages, several at a time, in order; one that fails costs no other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from pipeline.errors import DocumentError
from pipeline.ingest.layout import PageContent
from pipeline.ingest.reading import Pictured, Settings
from pipeline.ingest.scan import confidence_of, recognise, tesseract
from pipeline.ingest.scan.memory import Memory, key_of, memory_of
from pipeline.ingest.scan.picture import Pixels
from pipeline.model import Warning

MAX_PAGES = 400  # half an hour of one process; no directive is that long
_LOW = 0.75  # mean confidence of a page; clean scans have 0.9 and more


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as a picture: its number from 1, its pixels, and its dots per inch where they are known."""

    number: int
    pixels: Pixels
    dpi: float | None


def recognise_pages(
    pictures: Iterable[Shown | Warning], total: int, settings: Settings
) -> Iterator[PageContent | Warning]:
    """The page that each picture shows, in order, or why that one could not be had or read.

    Pictures are taken from the iterable one by one as room for them is made, by the thread that called; the programs
    run beside each other. Raises DocumentError ``program-missing`` before any, ``too-large`` for too many pages, and
    `Pictured` where the settings say that this can wait.
    """
    lacking = tesseract.missing()
    if lacking is not None:
        raise lacking
    if total > MAX_PAGES:
        message = f"Bản quét có {total} trang, quá {MAX_PAGES} trang. Hãy tách thành nhiều tệp."
        raise DocumentError("too-large", message, f"{total} pages to recognise")
    if settings.later:
        raise Pictured(total)
    memory = memory_of(settings.journal)
    waiting: deque[Future[PageContent | Warning]] = deque()
    done = 0
    with ThreadPoolExecutor(settings.programs) as threads:
        for picture in pictures:
            waiting.append(threads.submit(_recognised, picture, memory))
            if len(waiting) > settings.programs:
                yield waiting.popleft().result()
                done += 1
                settings.tell(done, total)
        for future in waiting:
            yield future.result()
            done += 1
            settings.tell(done, total)


def _recognised(picture: Shown | Warning, memory: Memory) -> PageContent | Warning:
    if isinstance(picture, Warning):
        return picture
    key = key_of(picture.pixels, picture.dpi, picture.number)
    page = memory.find(key)
    if page is not None:
        return page
    try:
        page = recognise(picture.pixels, picture.dpi, picture.number)
    except DocumentError as error:
        return Warning(error.code, error.message, picture.number, error.detail)
    memory.keep(key, page)
    return page


def remarks(pages: Iterable[PageContent]) -> list[Warning]:
    """What a person should know of recognised pages: that they were, and which of them are doubtful."""
    found = []
    numbers = [page.number for page in pages if page.glyphs]
    if numbers:
        message = f"Đã nhận dạng chữ từ ảnh ở {len(numbers)} trang. Hãy đối chiếu số, ngày, tên với bản gốc."
        found.append(Warning("ocr", message, numbers[0]))
    for page in pages:
        if page.glyphs and confidence_of(page) < _LOW:
            message = f"Trang {page.number} quét mờ hoặc nhiễu, chữ nhận dạng chưa chắc. Hãy đối chiếu kỹ với bản gốc."
            found.append(Warning("ocr-low-confidence", message, page.number))
    return found
