"""Forms that are drawn in forms: thirty, each of which draws the next one twice, come to a thousand million.

PDFium takes them all in when it opens the page, 1.5 KB each, and asks nobody. So what they come to is counted before,
from the bytes of the file. Where that cannot be told (names in object streams, encrypted files) the limits of the
process that reads are what is left.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

__all__ = ["MOST", "most_drawn"]

MOST = 50_000  # forms that come of one, with those in them: 75 MB in PDFium; in our corpus four
_DEPTH = 40  # of forms in forms: what is deeper PDFium does not draw
_HEAD = 16_384  # bytes of a dictionary, of a form or of what it draws
_CONTENT = 8_000_000  # bytes of the contents of all forms, unpacked

_OBJECT = re.compile(rb"obj\s{0,9}<<")
_NUMBER = re.compile(rb"(\d{1,9})\s{1,9}\d{1,5}\s{1,9}\Z")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_RESOURCES = re.compile(rb"/Resources\s+(\d{1,9})\s+\d{1,5}\s+R")
_XOBJECT = re.compile(rb"/XObject\s+(\d{1,9})\s+\d{1,5}\s+R")
_XOBJECTS = re.compile(rb"/XObject\s*<<([^<>]*)>>")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d{1,9})\s+\d{1,5}\s+R")
_DO = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_FILTER = re.compile(rb"/[A-Za-z0-9]+(?:Decode|Crypt)\b")


def most_drawn(data: bytes) -> int:
    """How many forms come of the one that most come of; with more than `MOST`, at least so many."""
    if b"/Form" not in data:
        return 0
    return max(_counted(_Forms(data).drawn()).values(), default=0)


class _Forms:
    """The forms of a file, and what they draw."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._heads = dict(_heads(data))
        self._forms = {number for number, head in self._heads.items() if _FORM.search(data, *head)}
        self._known: dict[int, dict[bytes, int]] = {}  # of a dictionary that many may share

    def drawn(self) -> dict[int, Counter[int]]:
        """Each form that draws others, and how often it draws which."""
        found = {}
        left = _CONTENT
        for number in self._forms:
            start, end = self._heads[number]
            named = [self._names(start, end), *map(self._shared, _numbers(_RESOURCES, self._data, start, end))]
            if not any(named):
                continue
            content, taken = _content(self._data, start, end, left)
            left -= taken
            others = (names[name] for name in _DO.findall(content) for names in named if name in names)
            found[number] = Counter(others)
        return found

    def _shared(self, number: int) -> dict[bytes, int]:
        if number not in self._known:
            self._known[number] = self._names(*self._heads.get(number, (0, 0)))
        return self._known[number]

    def _names(self, start: int, end: int) -> dict[bytes, int]:
        """The names of forms in a dictionary of resources, or of a form that holds its own."""
        places = [match.span(1) for match in _XOBJECTS.finditer(self._data, start, end)]
        places += [self._heads.get(other, (0, 0)) for other in _numbers(_XOBJECT, self._data, start, end)]
        pairs = (match for place in places for match in _NAMED.finditer(self._data, *place))
        return {match[1]: int(match[2]) for match in pairs if int(match[2]) in self._forms}


def _heads(data: bytes) -> Iterator[tuple[int, tuple[int, int]]]:
    """The number of each object, and where its dictionary begins and ends; as far as it is of interest here."""
    start = number = 0
    for match in chain(_OBJECT.finditer(data), [None]):
        here = len(data) if match is None else match.start()
        if start:
            most = min(start + _HEAD, here)  # not past the next one: a million of them may begin and none end
            ends = (data.find(word, start, most) for word in (b"endobj", b"stream"))
            yield number, (start, min((end for end in ends if end >= 0), default=most))
        said = match and _NUMBER.search(data, max(here - 24, 0), here)
        start, number = (match.end(), int(said[1])) if match and said else (0, 0)


def _numbers(pattern: re.Pattern[bytes], data: bytes, start: int, end: int) -> Iterator[int]:
    return (int(match[1]) for match in pattern.finditer(data, start, end))


def _content(data: bytes, start: int, end: int, most: int) -> tuple[bytes, int]:
    """What a form draws, as far as it can be unpacked, and the bytes that were looked at for it, packed or unpacked."""
    begin = data.find(b"\n", end, end + 10) + 1
    if not begin or most <= 0:
        return b"", 0
    close = data.find(b"endstream", begin, begin + most)
    found = data[begin : close if close >= 0 else begin + most]
    taken = len(found)
    for one in _FILTER.findall(data, start, end):
        if not _FLATE.fullmatch(one):
            return b"", taken
        try:
            found = zlib.decompressobj().decompress(found, most)
        except zlib.error:
            return b"", taken
        taken = max(taken, len(found))
    return found, taken


def _counted(inside: Mapping[int, Counter[int]]) -> Mapping[int, int]:
    """How many forms come of each that draws others, itself counted; in the end as deep as PDFium goes."""
    count = dict.fromkeys(inside, 1)
    for _ in range(_DEPTH):
        deeper = {
            form: 1 + sum(times * count.get(other, 1) for other, times in drawn.items())
            for form, drawn in inside.items()
        }
        if deeper == count or max(deeper.values(), default=0) > MOST:
            return deeper
        count = deeper
    return count
