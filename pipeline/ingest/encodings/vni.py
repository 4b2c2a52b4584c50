"""VNI as Unicode: a letter and the mark behind it become one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.encodings import tables

_LETTERS = tables.vni()
_MARKS = frozenset(tables.VNI_MARKS)
_SIGNS = re.compile(f"[aeouyôöAEOUYÔÖ][{tables.VNI_MARKS}]|[ìíæóòîôöñÌÍÆÓÒÎÔÖÑ]")


def decode(text: str) -> str:
    """Text of a VNI font, seen as cp1252 or Latin-1, as Unicode. Signs that make no letter stay."""
    return _SIGNS.sub(_letter, text)


def signs(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what `decode` puts there) for each place of the text that it looks at."""
    return ((*found.span(), _letter(found)) for found in _SIGNS.finditer(text))


def is_mark(char: str) -> bool:
    """Whether VNI draws this character over or under the one before it: both are one letter, and one place."""
    return char in _MARKS


def _letter(found: re.Match[str]) -> str:
    signs = found.group()
    return _LETTERS.get(signs) or _LETTERS.get(signs[0], signs[0]) + signs[1:]
