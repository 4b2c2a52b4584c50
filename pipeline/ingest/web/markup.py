"""The bytes of a page as a tree: which encoding they are in, and limits that a hostile page cannot get past."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import lxml.html
from lxml import etree

from pipeline.errors import DocumentError
from pipeline.ingest.encodings import BYTES, LOST, decode, encoding_of, old_encoding, wide
from pipeline.ingest.reading import truncated
from pipeline.letters import composed
from pipeline.model import Warning

MAX_BYTES = 50 * 1024 * 1024  # the tree takes ten times that; a saved directive has 0.1 to 2 MB
_WHAT = "trang web (.html)"

_HEAD = 4096  # bytes in which a page must say its encoding; browsers look at 1024
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml\b[^>]{0,300}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What programs write that know nothing better. It holds for the old fonts, whose codes it passes on as they are.
_LATIN = frozenset({"cp1252", "iso8859-1", "ascii", "x-user-defined"})
_WORDS_TELL = frozenset({"tcvn3", "vni", "viqr"})  # these are read when the words stand in their lines
# A font by its name in CSS or in <font face>. If it is an old one, each run of text says how it is to be read.
_FONT = re.compile(
    rb"(?:\bface\s*=|\bfont(?:-family)?\s*:)(?:[\s\"']|&quot;)*([^\s\"'<>;&][^\"'<>;&]{0,60})", re.IGNORECASE
)
_TAG = re.compile(rb"<[^<>]*>")
_CODE = re.compile(rb"<(/?)(?:script|style)\b", re.IGNORECASE)

# What a browser shows for the codes 128 to 159 of a page that says ISO-8859-1 or nothing that is known.
_WINDOWS = {code: codecs.decode(bytes([code]), "cp1252", "ignore") or chr(code) for code in range(128, 160)}
_GAVE_UP = frozenset({"ERR_RESOURCE_LIMIT", "ERR_INTERNAL_ERROR", "ERR_NO_MEMORY"})


@dataclass(frozen=True, slots=True)
class Markup:
    """The tree of a page, and what a person should know of its encoding."""

    root: etree._Element
    warnings: tuple[Warning, ...]


def parse(data: bytes) -> Markup:
    """The tree of a page.

    Raises DocumentError ``too-large``, ``encoding``, or ``truncated`` where the parser gives up: elements in elements
    2,048 deep, which no program writes.
    """
    if len(data) > MAX_BYTES:
        message = f"Trang web lớn hơn {MAX_BYTES // 1024**2} MB. Hãy chép phần văn bản vào Word và lưu thành .docx."
        raise DocumentError("too-large", message, f"{len(data)} bytes, limit {MAX_BYTES}")
    text, warnings = _decoded(data)
    text = composed(text.replace("\x00", ""))
    # UTF-8 given from outside goes before what the page says of itself.
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:  # nothing but blanks
        raise DocumentError("empty-file", "Tệp không có chữ nào. Hãy kiểm tra lại tệp gốc.", str(error)) from error
    for entry in parser.error_log:  # the parser drops what it gives up on
        if entry.type_name in _GAVE_UP:
            raise truncated(_WHAT, f"{entry.type_name}: {entry.message}")
    return Markup(root, warnings)


# ── encoding ───────────────────────────────────────────────────────────────────────────────


def _decoded(data: bytes) -> tuple[str, tuple[Warning, ...]]:
    """The text of the page: by its byte order mark, UTF-8 where it is valid, what it declares, or by its words."""
    if data.startswith(_BOMS) or wide(data):
        return decode(data).text, ()
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    declared = _declaration(data)
    if lost and declared is not None and declared not in _LATIN and declared != "utf-8":
        try:
            return data.decode(declared), ()
        except UnicodeDecodeError:
            declared = None  # it says what it is not: go by the bytes, as for one that says nothing
    if lost > LOST * (len(text) - len(text.encode("ascii", "ignore"))):
        return _in_bytes(data, declared)
    if lost:
        message = f"Trang có {lost} ký tự hỏng, hiện thành \ufffd. Hãy đối chiếu với bản gốc."
        return text, (Warning("bad-characters", message),)
    return text, ()


def _names_old_font(data: bytes) -> bool:
    return any(encoding_of(name.decode("latin-1")) for name in set(_FONT.findall(data)))


def _declaration(data: bytes) -> str | None:
    """The Python name of the encoding that the page declares, None where it declares none that is known."""
    found = _DECLARED.search(data[:_HEAD])
    if found is None:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    if name == "x-user-defined":
        return name
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    # A declaration that can be read byte by byte stands in no UTF-16.
    return None if codec.name.startswith(("utf-16", "utf-32")) or not _is_text(codec) else codec.name


def _is_text(codec: codecs.CodecInfo) -> bool:
    return getattr(codec, "_is_text_encoding", True)  # rot13, zip and the like are none


def _in_bytes(data: bytes, declared: str | None) -> tuple[str, tuple[Warning, ...]]:
    """A page that is not UTF-8 and declares Latin or nothing."""
    latin = data.decode("latin-1").translate(_WINDOWS)
    if _names_old_font(data):
        return latin, ()
    try:
        found = decode(_words(data)).encoding
    except DocumentError:
        if declared in _LATIN:
            return latin, ()  # no Vietnamese: the page means what it declares
        raise
    if found in _WORDS_TELL:
        return latin, ()
    if found in BYTES:
        return BYTES[found](data), (old_encoding(),)
    return data.decode(found, "replace"), ()  # only scripts and tags are broken


def _words(data: bytes) -> bytes:
    """The page without its tags and scripts, whose English would count against Vietnamese."""
    first, *rest = _CODE.split(data)
    behind = (part for slash, part in zip(rest[::2], rest[1::2], strict=True) if slash)
    return _TAG.sub(b" ", b" <".join((first, *behind)))
