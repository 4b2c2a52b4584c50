"""Looks into an Excel package before it is read: limits, and what python-calamine does not tell of a cell.

calamine gives values alone. How a cell shows its number (``50%``, ``06/2026``) and the error in it stand in the XML.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.ingest import grid, xml
from pipeline.ingest.reading import truncated
from pipeline.ingest.sheet.strings import Shared

WHAT = "tệp Excel (.xlsx)"

MAX_UNPACKED = 500 * 1024 * 1024  # bytes over all parts, as the directory of the ZIP declares them
MAX_PART = 100 * 1024 * 1024  # bytes of one XML part
MAX_ENTRIES = 10_000
MAX_ROWS, MAX_COLUMNS = 200_000, 1_000
MAX_STRINGS = 1_000_000  # that may be declared and not be there: 24 MB of room
_TABLE = "Bảng trong tệp Excel"

# What zipfile and zlib raise on broken input; NotImplementedError is a compression that Python does not know.
_ZIP_ERRORS = (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError, NotImplementedError, RuntimeError)
_BROKEN = (*_ZIP_ERRORS, zlib.error, struct.error)

_ROW_OR_CELL = re.compile(rb"<(?:\w{1,20}:)?(row|c)([\s/][^<>]*)?>")
_ATTRIBUTE = re.compile(rb"\b([rst])\s*=\s*[\"']([^\"']{0,20})[\"']")
_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_STRINGS = re.compile(rb"\buniqueCount\s*=\s*[\"'](\d{1,20})[\"']")
_ERROR = re.compile(rb"<(?:\w{1,20}:)?v>(#[^<]{1,20})</")

# Numbers of formats that need no definition, and what a format code shows of a date when quotes and colours are gone.
_BUILT_IN = {9: "percent", 10: "percent", 17: "month"}
_QUOTED = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")


@dataclass(slots=True)
class Marks:
    """What the XML of one sheet says: ``(row, column)``, counted from 0, → percent, month, year, or an error's text."""

    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class _Extent:
    """The rectangle that the filled cells of a sheet take up."""

    top: int = 1 << 30
    left: int = 1 << 30
    bottom: int = -1
    right: int = -1

    def take_in(self, row: int, column: int) -> None:
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)

    @property
    def places(self) -> int:
        return max(self.bottom - self.top + 1, 0) * max(self.right - self.left + 1, 0)


def inspect(data: bytes) -> dict[str, Marks]:
    """The marks of each sheet, by its name.

    Raises DocumentError ``truncated``, ``password``, ``too-large`` (calamine lays a sheet out from its first filled
    cell to its last: one stray word in the last cell would take 400 GB; for shared strings see `Shared`),
    ``unsafe-xml``, or ``not-yet-supported`` for the binary kind.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            return _sheets(archive)
    except _BROKEN as error:
        raise truncated(WHAT, error) from error


def _check(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    total, largest = sum(info.file_size for info in infos), max((info.file_size for info in infos), default=0)
    if any(info.flag_bits & 1 for info in infos):
        message = "Tệp Excel được đặt mật khẩu. Hãy bỏ mật khẩu rồi thử lại."
        raise DocumentError("password", message, "encrypted ZIP entry")
    if total > MAX_UNPACKED or largest > MAX_PART or len(infos) > MAX_ENTRIES:
        message = "Tệp Excel phình quá lớn khi giải nén. Hãy bỏ bớt ảnh, trang tính thừa hoặc xin lại tệp từ nơi gửi."
        raise DocumentError("too-large", message, f"{total} bytes unpacked in {len(infos)} entries, largest {largest}")
    if "xl/workbook.bin" in archive.namelist():
        message = "Đây là bảng tính Excel dạng nhị phân (.xlsb), chương trình chưa đọc được. Hãy lưu lại thành .xlsx."
        raise DocumentError("not-yet-supported", message, "xl/workbook.bin")
    for info in infos:
        if info.filename.endswith((".xml", ".rels")):
            with archive.open(info) as stream:
                _check_head(stream.read(xml.HEAD), info)


def _check_head(head: bytes, info: zipfile.ZipInfo) -> None:
    xml.refuse_entities(head, WHAT, info.filename)
    declared = _STRINGS.search(head)
    if declared is not None and int(declared[1]) > max(info.file_size, MAX_STRINGS):
        # calamine makes room for them at once, and ends the process where there is none
        raise truncated(WHAT, f"{info.filename}: {int(declared[1])} strings in {info.file_size} bytes")


def _sheets(archive: zipfile.ZipFile) -> dict[str, Marks]:
    shown = _formats(archive)
    found: dict[str, Marks] = {}
    places, strings = 0, Shared(archive)
    for name, part in parts(archive).items():
        content = archive.read(part)
        strings.take(content)
        found[name], extent = _scan(content, shown)
        if extent.bottom - extent.top >= MAX_ROWS or extent.right - extent.left >= MAX_COLUMNS:
            raise grid.too_large(
                _TABLE, f"{part}: filled from {extent.top, extent.left} to {extent.bottom, extent.right}"
            )
        places += extent.places
        if places > grid.MAX_PLACES:
            raise grid.too_large(_TABLE, f"{part}: more than {grid.MAX_PLACES} cells")
    return found


def parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    targets = {
        str(node.get("Id")): posixpath.normpath(posixpath.join("/xl", node.get("Target") or ""))[1:]
        for node in _xml(archive, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    names = set(archive.namelist())
    found = {}
    for sheet in _xml(archive, "xl/workbook.xml").iter("{*}sheet"):
        # The namespace of r:id differs in the strict variant of the format.
        relation = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        part = targets.get(relation)
        if part in names:
            found[str(sheet.get("name"))] = str(part)
    return found


def _xml(archive: zipfile.ZipFile, part: str) -> etree._Element:
    return xml.parse(archive.read(part), WHAT, part)


# ── how cells show their numbers ───────────────────────────────────────────────────────────


def _formats(archive: zipfile.ZipFile) -> Mapping[int, str]:
    """The number of each cell style that shows a percentage, a month or a year, and which."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = _xml(archive, "xl/styles.xml")
    codes = {node.get("numFmtId"): node.get("formatCode") or "" for node in root.iter("{*}numFmt")}
    known = {str(number): shown for number, shown in _BUILT_IN.items()}
    known.update({number: shown for number, code in codes.items() if number and (shown := _shown_by(code))})
    styles = root.find("{*}cellXfs")
    numbers = enumerate(node.get("numFmtId") for node in styles) if styles is not None else ()
    return {at: known[number] for at, number in numbers if number in known}


def _shown_by(code: str) -> str | None:
    """What a format code shows when it shows less than its value: percent, month, year."""
    bare = _QUOTED.sub("", code.lower()).partition(";")[0]
    if "%" in bare:
        return "percent"
    if "y" not in bare or any(sign in bare for sign in "dhs"):
        return None
    return "month" if "m" in bare else "year"


# ── the cells of a sheet ───────────────────────────────────────────────────────────────────


def _scan(xml: bytes, shown: Mapping[int, str]) -> tuple[Marks, _Extent]:
    """The marks of a sheet and the rectangle of its filled cells. A cell that does not say its place is the next."""
    marks, extent = Marks(), _Extent()
    row = column = -1
    opened: tuple[int, int, int] | None = None  # the cell with an error that was met last, and where its content begins
    for match in _ROW_OR_CELL.finditer(xml):
        _note_error(marks, xml, opened, match.start())
        opened = None
        said = match[2] or b""
        found = dict(_ATTRIBUTE.findall(said))
        if match[1] == b"row":
            row, column = _integer(found.get(b"r"), row + 2) - 1, -1
            continue
        column += 1
        place = _REFERENCE.fullmatch(found.get(b"r", b""))
        if place is not None:
            row, column = int(place[2]) - 1, _column(place[1])
        if said.endswith(b"/"):
            continue  # a format without a value
        extent.take_in(row, column)
        if found.get(b"t") == b"e":
            opened = row, column, match.end()
        kind = shown.get(_integer(found.get(b"s"), 0))
        if kind is not None:
            marks.shown[row, column] = kind
    _note_error(marks, xml, opened, len(xml))
    return marks, extent


def _note_error(marks: Marks, xml: bytes, opened: tuple[int, int, int] | None, end: int) -> None:
    if opened is not None:
        row, column, start = opened
        value = _ERROR.search(xml, start, end)
        marks.errors[row, column] = value[1].decode("utf-8", "replace") if value else "#"


def _integer(value: bytes | None, default: int) -> int:
    return int(value) if value is not None and value.isdigit() else default


def _column(letters: bytes) -> int:
    """``A`` is 0, ``AA`` 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
