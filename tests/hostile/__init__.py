"""Files made to do harm, each by code: what they are called, what makes them, and what they may end with.

`FILES` are all of them. A file is written by ``make(path)``, so that one of a gigabyte need not be held in memory.
"""

from __future__ import annotations

from hostile import archives, letters, pdfs, sheets, texts, word
from hostile.nouns import OK, STOPPED, Hostile

__all__ = ["FILES", "OK", "STOPPED", "Hostile"]

FILES: tuple[Hostile, ...] = (
    *archives.FILES, *word.FILES, *pdfs.FILES, *sheets.FILES, *letters.FILES, *texts.FILES
)  # fmt: skip
