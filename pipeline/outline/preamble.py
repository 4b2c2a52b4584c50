"""The preamble: what the document rests on (Căn cứ …, Thực hiện …), and who announces its content."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Block, Document
from pipeline.outline.issuers import announced
from pipeline.outline.titles import opens_item

_REACH = 40  # blocks; the longest list of Căn cứ met has 22
_BASIS = re.compile(
    r"(?:(?:[-–—+*]\s*)?(?:Căn cứ|Theo|Xét)|Thực hiện|Thi hành|Trên cơ sở|Tiếp theo|Để (?:triển khai|thực hiện"
    r"|kịp thời|tiếp tục|cụ thể)"
    r"|Triển khai|Nhằm)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Preamble:
    """The lines that the document rests on, and where it names the body that acts."""

    basis: tuple[str, ...]
    issuer: tuple[int, int] | None


def read_preamble(document: Document, body: int) -> Preamble:
    """The preamble that begins at block `body`; it ends at the first item, table, or "… như sau:"."""
    basis: list[str] = []
    resting = True
    for block in document.blocks[body : body + _REACH]:
        if not isinstance(block, Block):
            break
        text = document.text[block.start : block.end]
        resting = resting and _BASIS.match(text) is not None
        if opens_item(text) and not resting:
            break
        named = announced(text) if text.endswith(":") else None
        if resting:
            words = (text[: named[0]] if named else text).strip(" ,;:")
            basis.extend([words] if words else [])
        if named is not None:
            return Preamble(tuple(basis), (block.start + named[0], block.start + named[1]))
    return Preamble(tuple(basis), None)
