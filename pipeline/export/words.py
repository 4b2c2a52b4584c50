"""Words of a document made fit for what holds them: hostile ones stay words, and what does not fit is seen cut."""

from __future__ import annotations

import re

__all__ = ["for_cell", "for_line", "legal", "shortened", "storable"]

CELL_LIMIT = 32767  # UTF-16 units, Excel's own
_HALVES = re.compile("[\ud800-\udfff]")
# What XML 1.0 does not allow in a cell, and lone surrogates, which UTF-8 cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Beside those, what some reader of lines takes for the end of one (RFC 5545 allows no control character but the tab).
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def storable(words: str) -> str:
    """The words with ``?`` for what UTF-8 cannot hold (half a surrogate pair), as the JSON of a document has them."""
    return _HALVES.sub("?", words)


def for_cell(words: str, cut: str) -> str:
    """The words without what a cell of a workbook cannot hold; a text past Excel's limit ends in the mark `cut`."""
    return shortened(legal(words), cut)


def legal(words: str) -> str:
    """The words without the characters that a cell cannot hold."""
    return _ILLEGAL.sub("", words)


def shortened(words: str, cut: str) -> str:
    """Legal words, of a text past Excel's limit the first ones and the mark `cut`."""
    if 2 * len(words) <= CELL_LIMIT or _units(words) <= CELL_LIMIT:
        return words
    room = CELL_LIMIT - _units(cut)
    return words.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + cut


def for_line(words: str) -> str:
    """The words without control characters but the tab and the line feed."""
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
