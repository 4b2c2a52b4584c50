"""Cells of a workbook that have a name of their own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from pipeline.ingest import xml
from pipeline.ingest.sheet.package import WHAT, parts

__all__ = ["Named", "named_cells"]

_PLACE = re.compile(r"(?P<sheet>'(?:[^']|'')+'|[^'!]+)!\$(?P<column>[A-Z]{1,3})\$(?P<row>\d{1,7})")


@dataclass(frozen=True, slots=True)
class Named:
    """A named cell: its sheet, its place counted from 0, and whether a formula stands in it and no value."""

    sheet: str
    row: int
    column: int
    formula: bool


def named_cells(data: bytes, names: Collection[str]) -> dict[str, Named]:
    """Those of the names that name one cell. `data` has passed `package.inspect`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        places = {}
        for node in xml.parse(archive.read("xl/workbook.xml"), WHAT, "xl/workbook.xml").iter("{*}definedName"):
            place = _PLACE.fullmatch(node.text or "")
            if node.get("name") in names and place is not None:
                places[str(node.get("name"))] = place
        sheets = parts(archive)
        return {
            name: found
            for name, place in places.items()
            if (sheet := place["sheet"].removeprefix("'").removesuffix("'").replace("''", "'")) in sheets
            and (found := _cell(archive, sheets[sheet], sheet, place)) is not None
        }


def _cell(archive: zipfile.ZipFile, part: str, sheet: str, place: re.Match[str]) -> Named | None:
    column = 0
    for letter in place["column"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    for cell in xml.parse(archive.read(part), WHAT, part).iter("{*}c"):
        if cell.get("r") == place["column"] + place["row"]:
            return Named(sheet, int(place["row"]) - 1, column - 1, cell.find("{*}f") is not None)
    return None
