"""Marks beside the letterhead: how secret, how urgent a document is; whether it is a draft, its number blank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.model import Block, Document, Meta, Warning
from pipeline.outline.headlines import NUMBER, Headline

_REACH = 40  # lines at the head of a document among which a mark stands
_SECRET = re.compile(r"(?:ĐỘ MẬT\s*:\s*)?(?P<mark>TUYỆT MẬT|TỐI MẬT|MẬT)")
_SECRET_STAMP = re.compile(r"\b(?P<mark>TUYET MAT|TOI MAT|MAT)\b")  # a stamp on a scan is read without its accents
_BARE_MARKS = {"TUYET MAT": "TUYỆT MẬT", "TOI MAT": "TỐI MẬT", "MAT": "MẬT"}
_DRAFT = re.compile(
    r"\(?\s*DỰ THẢO(?:\s+LẦN\s+(?:THỨ\s+)?\d*)?\s*\)?(?:\s*\(?Lần \d+\)?)?[\s,.:]*(?:NGÀY\s.{0,20})?", re.IGNORECASE
)
_URGENT = re.compile(r"HỎA TỐC(?: HẸN GIỜ)?|HOẢ TỐC(?: HẸN GIỜ)?|THƯỢNG KHẨN|KHẨN")
_EDGE = " \t|[](){}*_-–—.:"


def classification(document: Document, lines: Sequence[Headline]) -> str | None:
    """MẬT, TỐI MẬT or TUYỆT MẬT where a line at the head, a running head or a stamp says so and nothing else.

    `lines` are the `headlines` of the document.
    """
    recognised = any(piece.confidence is not None for piece in document.pieces[:1])
    for line in _head(document, lines):
        found = _SECRET.fullmatch(line.strip(_EDGE))
        if found is not None:
            return found["mark"]
        if recognised and line.strip(_EDGE).isupper() and (stamp := _SECRET_STAMP.fullmatch(_bare(line.strip(_EDGE)))):
            return _BARE_MARKS[stamp["mark"]]
    for aside in document.asides:
        if aside.kind == "stamp" and (stamp := _SECRET_STAMP.search(_bare(aside.text))):
            return _BARE_MARKS[stamp["mark"]]
        if aside.kind in ("running-head", "unreadable") and (found := _SECRET.fullmatch(aside.text.strip(_EDGE))):
            return found["mark"]
    return None


def urgency(document: Document) -> tuple[int, int] | None:
    """Where HỎA TỐC, THƯỢNG KHẨN or KHẨN stands on a line of its own at the head, as Decree 30/2020/NĐ-CP has it."""
    for block in document.blocks[:_REACH]:
        if isinstance(block, Block):
            found = _URGENT.fullmatch(document.text[block.start : block.end].strip(_EDGE))
            if found is not None:
                start = document.text.index(found.group(), block.start)
                return start, start + len(found.group())
    return None


def remarks(document: Document, headlines: Sequence[Headline], meta: Meta) -> tuple[Warning, ...]:
    """Warnings for a draft and for a number that nobody has filled in yet."""
    found = []
    lines = _head(document, headlines)
    if any(_DRAFT.fullmatch(line.strip(" *_")) for line in lines):
        found.append(Warning("draft", "Văn bản ghi DỰ THẢO. Hãy chờ bản ban hành trước khi giao việc.", 1))
    blank = (NUMBER.fullmatch(line) for line in lines)
    if meta.number is None and any(match and not match["number"].strip(" .…_")[:1].isdigit() for match in blank):
        message = "Số văn bản để trống hoặc không đọc được. Hãy ghi số theo bản gốc."
        found.append(Warning("blank-number", message, 1))
    return tuple(found)


def _head(document: Document, headlines: Sequence[Headline]) -> list[str]:
    """The lines at the head, those of a table that only places them too."""
    lines = [line.text for line in headlines[:_REACH]]
    if not lines:
        blocks = (block for block in document.blocks[:_REACH] if isinstance(block, Block))
        lines = [document.text[block.start : block.end] for block in blocks]
    return lines


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(char for char in plain if not unicodedata.combining(char))
