"""Recognises what a file really is, by its bytes: a suffix is only a name that somebody typed."""

from __future__ import annotations

import io
import re
import zipfile

from pipeline.ingest.encodings import narrow
from pipeline.ingest.reading import truncated

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# (format, how its files begin)
MAGIC: tuple[tuple[str, bytes], ...] = (
    ("rtf", b"{\\rtf"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("jpeg", b"\xff\xd8\xff"),
    ("tiff", b"II*\x00"),
    ("tiff", b"MM\x00*"),
    ("gif", b"GIF8"),
    ("bmp", b"BM"),
    ("7z", b"7z\xbc\xaf\x27\x1c"),
    ("rar", b"Rar!\x1a\x07"),
    ("gzip", b"\x1f\x8b\x08"),
)

# (format, a stream name inside the OLE container; the container writes its names in UTF-16)
OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("encrypted-office", "EncryptedPackage"),
    ("doc", "WordDocument"),
    ("xls", "Workbook"),
    ("xls", "Book"),
    ("ppt", "PowerPoint Document"),
    ("msg", "__properties_version1.0"),
)

# (format, the part that only this kind of package has)
PACKAGE_PARTS: tuple[tuple[str, str], ...] = (
    ("docx", "word/document.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("xlsx", "xl/workbook.bin"),
    ("pptx", "ppt/presentation.xml"),
)
OPEN_DOCUMENT = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}

# What a page may begin with: programs that write "Word" and "Excel" files for download often leave out the head.
# The comments are taken once for all (atomic group): with them given back, a file of comments would take forever.
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|style|table|div|center|font|p)\b",
    re.IGNORECASE | re.DOTALL,
)
# (format, what stands at the beginning of its files, which are XML)
_XML = re.compile(rb"\A\s*<\?xml\b")
_XML_KINDS: tuple[tuple[str, bytes], ...] = (
    ("word-xml", b"schemas.microsoft.com/office/word/2003/wordml"),
    ("excel-xml", b"urn:schemas-microsoft-com:office:spreadsheet"),
)
_BOM = b"\xef\xbb\xbf"
_MAIL = re.compile(
    rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?"
    rb"(?:MIME-Version|Received|Message-ID|Return-Path):[^\r\n]*\r?\n",
    re.IGNORECASE,
)
_RELATED = re.compile(rb"^Content-Type:\s*(?:multipart/related|text/html)\b", re.IGNORECASE | re.MULTILINE)
_SENT = re.compile(rb"^(?:To|Cc|Bcc|Received|Message-ID|Return-Path|Delivered-To):", re.IGNORECASE | re.MULTILINE)
# Of the control characters, those that neither text nor the letters of TCVN3 (VN1) have.
_CONTROL = bytes((0, 3, 7, 8, 11, *range(14, 17), *range(24, 27), *range(28, 32), 127))
_PROBE = 1 << 16
_MAX_CONTROL_SHARE = 0.02  # a typed text has none; of random bytes, 16 of 256 are


def recognise(data: bytes) -> str:
    """The format of `data`: docx, pdf, text, doc, png, …; ``unknown`` where it is none that is known.

    Raises DocumentError ``truncated`` for a ZIP container (DOCX, XLSX, ODT) whose directory is gone.
    """
    head = data[:_PROBE]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # before PDF: one may stand in it as it is
        return _package(data)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(OLE):
        return _ole(data)
    for name, magic in MAGIC:
        if head.startswith(magic):
            return name
    if head[4:12] in (b"ftypheic", b"ftypmif1", b"ftypheix"):
        return "heic"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return _textual(head)


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in names else ""
    except Exception as error:  # zipfile raises a dozen kinds on hostile input: struct.error, zlib.error, ValueError …
        raise truncated("tệp nén kiểu Word/Excel (ZIP)", error) from error
    for name, part in PACKAGE_PARTS:
        if part in names:
            return name
    for kind, name in OPEN_DOCUMENT.items():
        if f"opendocument.{kind}" in mimetype:
            return name
    if "EncryptionInfo" in names:
        return "encrypted-office"
    # Word lets the main part have another name; the content types then still say what it is.
    return "docx" if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names) else "zip"


def _ole(data: bytes) -> str:
    for name, stream in OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return name
    return "ole"


def _textual(head: bytes) -> str:
    head = narrow(head).removeprefix(_BOM)
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        return next((name for name, sign in _XML_KINDS if sign in head), "xml")
    mail = _MAIL.match(head)
    if mail:
        return "mht" if _is_page(head) else "eml"
    control = len(head) - len(head.translate(None, _CONTROL))
    return "unknown" if control > _MAX_CONTROL_SHARE * len(head) else "text"


def _is_page(head: bytes) -> bool:
    """Whether a MIME message is a page saved in one file: it holds pictures beside the page, and was sent to nobody."""
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return _RELATED.search(headers) is not None and _SENT.search(headers) is None
