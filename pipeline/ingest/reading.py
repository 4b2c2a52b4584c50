"""What a reader is told and hands back, and the errors that every reader speaks of in the same words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.model import Aside, PageSize, Paragraph, Table, Warning

LONGEST = 10_000_000  # characters of a document: 3,000 pages, a minute or two of the stages that follow


def _silent(done: int, total: int) -> None:
    """Nobody wants to hear how far a reader has come."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are to be read.

    `ocr` is auto (pages whose words cannot be had otherwise), never or always; `programs` is how many programs may
    run at once for one document; `converted` is the DOCX or XLSX that was made of the file beforehand. `tell` is called
    with the pages done and the pages there are, by readers that take long over one. With `later`, a document of which
    pages would have to be recognised raises `Pictured` instead. Where there is the `journal` of a run, pages that were
    recognised are kept beside it.
    """

    ocr: str = "auto"
    programs: int = 1
    converted: Path | None = None
    tell: Callable[[int, int], None] = _silent
    later: bool = False
    journal: Path | None = None


class Pictured(Exception):
    """Pages of a document would have to be recognised, and it was asked to be put off then: how many are there."""

    def __init__(self, pages: int) -> None:
        super().__init__(pages)
        self.pages = pages


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of one file: blocks in reading order, what stands apart from them, and what a person should know.

    `errors` name what could not be read of a file whose other parts could: the document is then read in part.
    """

    blocks: tuple[Paragraph | Table, ...]
    pages: int = 1
    asides: tuple[Aside, ...] = ()
    warnings: tuple[Warning, ...] = ()
    errors: tuple[Warning, ...] = ()
    sizes: tuple[PageSize, ...] = ()

    @property
    def length(self) -> int:
        """The characters in all blocks. Walks through them."""
        cells = (cell for block in self.blocks if isinstance(block, Table) for cell in block.cells)
        tables = (paragraph for cell in cells for paragraph in cell.paragraphs)
        paragraphs = (block for block in self.blocks if isinstance(block, Paragraph))
        return sum(len(line.text) for paragraph in chain(paragraphs, tables) for line in paragraph.lines)


def truncated(what: str, error: Exception | str) -> DocumentError:
    """The error for a file that begins like `what` (``tệp Word``, ``tệp PDF``) and is broken inside."""
    detail = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    message = (
        f"Đây là {what} nhưng nội dung bị hỏng hoặc thiếu (thường do tải về, chép hay gửi chưa xong). "
        "Hãy tải hoặc xin lại tệp gốc rồi thử lại."
    )
    return DocumentError("truncated", message, detail)


def too_long(detail: str) -> DocumentError:
    """The error for a document of more than `LONGEST` characters."""
    message = f"Văn bản dài hơn {LONGEST // 1_000_000} triệu ký tự. Hãy chỉ giữ phần cần đọc, hoặc tách nhỏ."
    return DocumentError("too-large", message, detail)


def no_text(what: str, advice: str) -> DocumentError:
    """The error for a sound file in which there is nothing to read."""
    return DocumentError("no-text", f"{what} không có chữ nào để đọc. {advice}")
