"""Opens a Word package: which part holds what, with limits that a hostile file cannot get past."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.ingest import xml
from pipeline.ingest.reading import truncated

MAX_UNPACKED = 500 * 1024 * 1024  # bytes over all parts, as the directory of the ZIP declares them
_LARGEST_SHARED = 1024 * 1024  # bytes of a style sheet that is kept for the next document; Word's own has 30,000
MAX_PART = 100 * 1024 * 1024  # bytes of one XML part: its tree takes a multiple of that

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SECTION = W + "sectPr"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"

# The strict variant of the format has the same elements in another namespace.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
_WHAT = "tệp Word (.docx)"

# What zipfile and zlib raise on broken input; NotImplementedError is a compression that Python does not know.
_ZIP_ERRORS = (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Package:
    """The parsed parts of a document. A kind that the file lacks is None or empty."""

    document: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    notes: tuple[etree._Element, ...] = ()  # footnotes, endnotes
    heads: tuple[etree._Element, ...] = ()  # headers, footers
    comments: tuple[etree._Element, ...] = ()
    diagrams: tuple[etree._Element, ...] = ()  # SmartArt
    unread: tuple[str, ...] = field(default=())  # parts embedded as another document


def open_package(data: bytes) -> Package:
    """Parse the parts that hold text.

    Raises DocumentError ``truncated`` for a broken container or part, ``too-large`` past a limit, ``password``,
    ``unsafe-xml``.
    """
    import struct
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
            return _parse(archive)
    except (*_ZIP_ERRORS, zlib.error, struct.error) as error:
        raise truncated(_WHAT, error) from error


def _check_size(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    if total > MAX_UNPACKED:
        message = "Tệp Word phình quá lớn khi giải nén, có thể là tệp độc hại. Hãy xin lại tệp từ nơi gửi."
        raise DocumentError("too-large", message, f"{total} bytes unpacked, limit {MAX_UNPACKED}")
    if any(info.flag_bits & 1 for info in infos):
        raise DocumentError(
            "password", "Tệp nén được đặt mật khẩu. Hãy bỏ mật khẩu rồi thử lại.", "encrypted ZIP entry"
        )


def _parse(archive: zipfile.ZipFile) -> Package:
    names = {name.lower(): name for name in archive.namelist()}
    main = next((t for kind, t in _relations(archive, names, "") if kind == "officeDocument"), "word/document.xml")
    if main.lower() not in names:
        main = "word/document.xml"
    document = _part(archive, names, main)
    if document is None:
        raise truncated(_WHAT, f"no part {main}")
    found: dict[str, list[etree._Element]] = {}
    unread = []
    for kind, target in dict.fromkeys(_relations(archive, names, main)):
        if kind == "aFChunk":
            unread.append(target)
        if kind in ("styles", "numbering", "footnotes", "endnotes", "header", "footer", "comments", "diagramData"):
            part = _part(archive, names, target, parse=_style_sheet if kind == "styles" else _parsed)
            if part is not None:
                found.setdefault(kind, []).append(part)
    return Package(
        document,
        styles=next(iter(found.get("styles", ())), None),
        numbering=next(iter(found.get("numbering", ())), None),
        notes=(*found.get("footnotes", ()), *found.get("endnotes", ())),
        heads=(*found.get("header", ()), *found.get("footer", ())),
        comments=tuple(found.get("comments", ())),
        diagrams=tuple(found.get("diagramData", ())),
        unread=tuple(unread),
    )


def _relations(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> list[tuple[str, str]]:
    """(kind, part name) for each relation of `part` inside the package; the package itself is ``""``."""
    folder, name = posixpath.split(part)
    root = _part(archive, names, posixpath.join(folder, "_rels", f"{name}.rels"))
    if root is None:
        return []
    relations = []
    for node in root:
        target, kind = node.get("Target"), node.get("Type")
        if target and kind and node.get("TargetMode") != "External":
            found = posixpath.normpath(posixpath.join("/", folder, target))[1:]
            # A part is one part in whatever capitals it is named, and is not parsed again for each.
            relations.append((kind.rsplit("/", 1)[-1], names.get(found.lower(), found)))
    return relations


def _parsed(data: bytes, part: str) -> etree._Element:
    return xml.parse(data, _WHAT, part)


@lru_cache(maxsize=8)
def _shared_sheet(data: bytes, part: str) -> etree._Element:
    return _parsed(data, part)


def _style_sheet(data: bytes, part: str) -> etree._Element:
    """The documents of an office come of a few templates: their style sheet, often the longest part, is parsed once."""
    return _shared_sheet(data, part) if len(data) <= _LARGEST_SHARED else _parsed(data, part)


def _part(
    archive: zipfile.ZipFile,
    names: dict[str, str],
    name: str,
    parse: Callable[[bytes, str], etree._Element] = _parsed,
) -> etree._Element | None:
    """The root of an XML part, None where the package has no such part (Word itself forgives that)."""
    real = names.get(name.lower())
    if real is None:
        return None
    if archive.getinfo(real).file_size > MAX_PART:
        message = "Văn bản Word quá dài để đọc. Hãy tách thành nhiều tệp."
        raise DocumentError("too-large", message, f"{real}: more than {MAX_PART} bytes")
    data = archive.read(real)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return parse(data, real)


def children(node: etree._Element) -> list[etree._Element]:
    """The children of a node; a slice costs half of what going through them does."""
    return node[:]  # type: ignore[index, return-value]


def by_tag(node: etree._Element | None) -> dict[str, etree._Element]:
    """The children of a node, gone through once; of two with one tag the first counts."""
    return {} if node is None else {child.tag: child for child in reversed(children(node))}


def attribute(node: etree._Element | None, name: str = "val") -> str | None:
    """The ``w:…`` attribute of a node that may not be there."""
    return None if node is None else node.get(W + name)


def number(node: etree._Element | None, name: str = "val") -> int | None:
    """The ``w:…`` attribute as an integer, None where it is missing or not one."""
    value = attribute(node, name)
    return int(value) if value and len(value) < 10 and value.lstrip("-").isdecimal() else None


def switched_on(node: etree._Element | None) -> bool | None:
    """A Word toggle: ``<w:b/>`` is True, ``<w:b w:val="0"/>`` False, None where nothing is said."""
    if node is None:
        return None
    return node.get(W + "val", "1").lower() not in ("0", "false", "off", "none")
