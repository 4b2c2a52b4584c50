"""Ways to break a file, by the kind of file.

Each is a function of the bytes of a file, those of another file, and a `random.Random` that decides everything: equal
arguments give equal bytes.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from broken import pdf
from broken.general import BYTES, Change
from broken.markup import MARKUP
from broken.others import control_words, fields, lines, picture_words
from broken.packages import STRUCTURE, part

__all__ = ["CHANGES", "mutate"]

CHANGES: Mapping[str, tuple[Change, ...]] = {
    "text": (*BYTES, lines),
    "docx": (*BYTES, *STRUCTURE, *(part,) * 8),
    "xlsx": (*BYTES, *STRUCTURE, *(part,) * 8),
    "odt": (*BYTES, *STRUCTURE, *(part,) * 4),
    "pdf": (*BYTES, *pdf.STRUCTURE, *pdf.STRUCTURE, pdf.streams, pdf.streams),
    "scan": (*BYTES, *pdf.STRUCTURE),
    "html": (*BYTES, *MARKUP, *MARKUP),
    "zip": (*BYTES, *STRUCTURE, *STRUCTURE, *STRUCTURE),
    "eml": (*BYTES, fields, fields, fields),
    "rtf": (*BYTES, control_words, control_words),
    "doc": BYTES,
    "png": (*BYTES, picture_words, picture_words),
    "jpeg": (*BYTES, picture_words),
    "tiff": (*BYTES, picture_words, picture_words),
}


def mutate(kind: str, data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A broken form of `data`, a file of that kind; `other` is a file that it may be spliced with."""
    return chance.choice(CHANGES[kind])(data, other, chance)
