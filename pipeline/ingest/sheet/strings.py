"""Strings that the cells of a workbook share: a thousand cells may each say that they hold one of a million letters.

calamine gives every cell a copy of its own, so what they come to is counted before it is asked.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Iterator

from pipeline.ingest.reading import LONGEST, too_long

__all__ = ["Shared"]

# Bytes that all cells together take from the shared strings. What has more is longer than `LONGEST`, if not for blanks:
# no character takes more than eight (``&#x1EA1;``).
MOST = 8 * LONGEST
_PART = "xl/sharedstrings.xml"  # as calamine looks for it, in letters of any case

_INSIDE = rb"(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+"
_STRING = re.compile(rb"<(?:\w{1,20}:)?si[\s/>]")
_TAG = re.compile(rb"<[^<>]*+>")
_CELL_OR_VALUE = re.compile(rb"<(?:\w{1,20}:)?(?:c(\s%s)?>|v(?:\s%s)?>([^<]*+))" % (_INSIDE, _INSIDE))
_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_HIDING = b"<!"  # a comment or CDATA, in which what looks like a tag is none; Excel writes neither


class Shared:
    """Counts what the cells of a workbook take from its shared strings."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = [info for info in archive.infolist() if info.filename.replace("\\", "/").lower() == _PART]
        self._size = max((info.file_size for info in self._parts), default=0)
        self._lengths: array[int] | None = None
        self._longest = 0
        self._taken = 0
        self._uncounted = 0  # bytes at most, of sheets that are too small to be looked at

    def take(self, sheet: bytes) -> None:
        """Counts the XML of a sheet. Raises DocumentError ``too-large`` where all of them come to more than `MOST`."""
        most = self._size * sheet.count(b"<")  # as if each tag were a cell with all strings
        if self._uncounted + most <= MOST:
            self._uncounted += most
            return
        lengths = self._measured()
        known = 0 if _HIDING in sheet else len(lengths)
        for value in _values(sheet):
            number = int(value) if value.isdigit() and len(value) < 10 else known
            self._taken += lengths[number] if number < known else self._longest
            if self._taken > MOST:
                raise too_long(f"more than {MOST} bytes of shared strings in cells")

    def _measured(self) -> array[int]:
        """Bytes of each string; of none where it cannot be told which is which: each then counts as the longest."""
        if self._lengths is None:
            self._lengths = array("Q")
            for info in self._parts:
                data = self._archive.read(info)
                found = array("Q", _lengths(data))
                self._longest = max(self._longest, *found, 0)
                self._lengths = found if len(self._parts) == 1 and _HIDING not in data else array("Q")
        return self._lengths


def _lengths(strings: bytes) -> Iterator[int]:
    start = None
    for match in _STRING.finditer(strings):
        if start is not None:
            yield len(_TAG.sub(b"", strings[start : match.start()]))
        start = match.start()
    if start is not None:
        yield len(_TAG.sub(b"", strings[start:]))


def _values(sheet: bytes) -> Iterator[bytes]:
    """The numbers of the strings that cells say they hold, as they are written."""
    shared = False
    for match in _CELL_OR_VALUE.finditer(sheet):
        if match[2] is None:
            shared = _SHARED.search(match[1] or b"") is not None
        elif shared:
            yield match[2].strip()
