"""Whether a workbook still holds what it held: read from the files themselves, not from what a library made of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from pipeline.export.update.references import Growth
from pipeline.export.update.saving import parts_of, sheet_parts

__all__ = ["cells", "missing", "strings_of"]

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CLOSE = 1e-9  # days: a tenth of a millisecond, to which openpyxl rounds a time
Place = tuple[int, int]


def missing(
    old: bytes, new: bytes, changed: Mapping[str, Collection[Place]], growth: Growth | None
) -> Iterator[tuple[str, str]]:
    """What of `old` is no more in `new`: “cell” and “note”, each with its place.

    `changed` names the sheets that must be there still, each with the cells (line, column) that were written; `growth`
    says how far lines moved down.
    """
    from openpyxl.utils.cell import get_column_letter

    with ZipFile(BytesIO(old)) as before, ZipFile(BytesIO(new)) as after:
        parts, others = sheet_parts(before), sheet_parts(after)
        words, other_words = strings_of(before), strings_of(after)
        for title, places in changed.items():
            held = dict(cells(after, others[title], other_words))
            for (line, column), value in cells(before, parts[title], words):
                now = growth.line(line) if growth is not None and growth.sheet == title else line
                if (line, column) not in places and not _same(value, held.get((now, column))):
                    yield "cell", f"{title}!{get_column_letter(column)}{line}"
            here, there = _notes(before, parts[title]), _notes(after, others[title])
            for (line, column), note in here.items():
                now = growth.line(line) if growth is not None and growth.sheet == title else line
                if (line, column) not in places and note not in there.get((now, column), ""):
                    yield "note", f"{title}!{get_column_letter(column)}{line}"


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=CLOSE)
    return one == other


def cells(archive: ZipFile, part: str, strings: list[str]) -> Iterator[tuple[Place, object]]:
    """The cells of a sheet that hold something: words, a number, or that there is a formula."""
    from lxml import etree
    from openpyxl.utils.cell import coordinate_to_tuple

    with archive.open(part) as stream:
        for _, element in etree.iterparse(stream, tag=f"{_NS}c", resolve_entities=False):
            value = _value(element, strings)
            if value not in (None, ""):
                yield coordinate_to_tuple(element.get("r")), value
            element.clear()


def _notes(archive: ZipFile, part: str) -> dict[Place, str]:
    """The words of the notes of a sheet."""
    from lxml import etree
    from openpyxl.utils.cell import coordinate_to_tuple

    found = {}
    for name in parts_of(archive, part).get("comments", ()):
        with archive.open(name) as stream:
            for _, element in etree.iterparse(stream, tag=f"{_NS}comment", resolve_entities=False):
                found[coordinate_to_tuple(element.get("ref") or "")] = _text(element.find(f"{_NS}text"))
                element.clear()
    return found


def _value(element: Any, strings: list[str]) -> object:
    kind = element.get("t", "n")
    if element.find(f"{_NS}f") is not None:
        return ("formula",)
    if kind == "inlineStr":
        return _text(element.find(f"{_NS}is"))
    held = element.findtext(f"{_NS}v")
    if held is None:
        return None
    if kind == "s":
        return strings[int(held)]
    return float(held) if kind == "n" else (kind, held) if kind in {"b", "e"} else held


def strings_of(archive: ZipFile) -> list[str]:
    """The words that the cells of all sheets name by their number."""
    from lxml import etree

    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    with archive.open("xl/sharedStrings.xml") as stream:
        found = []
        for _, element in etree.iterparse(stream, tag=f"{_NS}si", resolve_entities=False):
            found.append(_text(element))
            element.clear()
        return found


def _text(element: Any) -> str:
    """The words of a string without its looks and without how it is spoken."""
    if element is None:
        return ""
    runs = [element, *element.findall(f"{_NS}r")]
    return "".join(one.findtext(f"{_NS}t") or "" for one in runs)
