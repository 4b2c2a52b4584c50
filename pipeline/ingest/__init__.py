"""Bytes → `Source`: one small reader a format, chosen by what the file holds and not by its suffix.

To add a format: a module with ``read(data: bytes, settings: Settings) -> Reading`` and a line in `READERS`.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from pipeline import opening
from pipeline.errors import DocumentError
from pipeline.ingest import container
from pipeline.ingest.container import Member
from pipeline.ingest.encodings import repaired
from pipeline.ingest.formats import recognise
from pipeline.ingest.reading import LONGEST, Pictured, Reading, Settings, too_long
from pipeline.model import Source

__all__ = [
    "FOR_OFFICE",
    "LIMIT",
    "OPENED",
    "PICTURES",
    "READERS",
    "SUFFIXES",
    "UNREAD",
    "Contents",
    "Member",
    "Pictured",
    "Reading",
    "Settings",
    "is_candidate",
    "may_be_document",
    "open_document",
    "read",
    "read_bytes",
    "taken_out",
]

DEFAULT = Settings()
LIMIT = opening.LIMIT


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a container: the documents, and the names of the files that are none."""

    name: str
    members: tuple[Member, ...]
    passed_over: tuple[str, ...]

    @property
    def size(self) -> int:
        """The bytes of the documents when they are unpacked."""
        return sum(member.size for member in self.members)


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that is read: the module whose ``read`` does it (imported when first needed) and its media type."""

    module: str
    media_type: str


READERS: dict[str, Reader] = {
    "text": Reader("pipeline.ingest.text", "text/plain"),
    "docx": Reader("pipeline.ingest.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": Reader("pipeline.ingest.pdf", "application/pdf"),
    "doc": Reader("pipeline.ingest.office", "application/msword"),
    "rtf": Reader("pipeline.ingest.office", "application/rtf"),
    "odt": Reader("pipeline.ingest.office", "application/vnd.oasis.opendocument.text"),
    "word-xml": Reader("pipeline.ingest.office", "application/xml"),
    "xls": Reader("pipeline.ingest.office", "application/vnd.ms-excel"),
    "ods": Reader("pipeline.ingest.office", "application/vnd.oasis.opendocument.spreadsheet"),
    "excel-xml": Reader("pipeline.ingest.office", "application/xml"),
    "html": Reader("pipeline.ingest.web", "text/html"),
    "mht": Reader("pipeline.ingest.web.archive", "multipart/related"),
    "xlsx": Reader("pipeline.ingest.sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "png": Reader("pipeline.ingest.scan.files", "image/png"),
    "jpeg": Reader("pipeline.ingest.scan.files", "image/jpeg"),
    "tiff": Reader("pipeline.ingest.scan.files", "image/tiff"),
    "gif": Reader("pipeline.ingest.scan.files", "image/gif"),
    "bmp": Reader("pipeline.ingest.scan.files", "image/bmp"),
    "webp": Reader("pipeline.ingest.scan.files", "image/webp"),
}

CONTAINERS = frozenset({"zip", "eml"})

# Files that a search through a folder picks up; what is not read yet is picked up too, so that it is reported.
SUFFIXES = frozenset(
    ".txt .md .docx .docm .dotx .dotm .pdf .doc .dot .wps .rtf .odt .html .htm .xhtml .mht .mhtml "
    ".xlsx .xlsm .xltx .xltm .xls .ods .png .jpg .jpeg .tif .tiff .bmp .gif .webp .zip .eml "
    ".xlsb .ppt .pptx .odp .msg .rar .7z .gz .heic .heif".split()
)

# What a name promises of the work: LibreOffice, pictures that must be recognised, other files inside.
FOR_OFFICE = frozenset({".doc", ".dot", ".wps", ".rtf", ".odt", ".xls", ".ods"})
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"})
OPENED = frozenset({".zip", ".eml"})

_RESAVE = "Hãy mở bằng Word (hoặc LibreOffice) và lưu lại thành .docx."
_UNPACK = "Hãy giải nén rồi đưa các tệp bên trong vào, hoặc nén lại thành .zip."
_SLIDES = "Hãy chép phần cần đọc vào Word và lưu thành .docx."

# format → (what the officer calls it, what to do)
UNREAD: dict[str, tuple[str, str]] = {
    "ppt": ("bài trình chiếu PowerPoint đời cũ (.ppt)", _SLIDES),
    "pptx": ("bài trình chiếu PowerPoint (.pptx)", _SLIDES),
    "odp": ("bài trình chiếu OpenDocument (.odp)", _SLIDES),
    "ole": ("tệp Office đời cũ", _RESAVE),
    "msg": ("thư Outlook (.msg)", "Hãy lưu tệp đính kèm của thư ra riêng rồi đưa vào."),
    "eml": ("thư điện tử (.eml)", "Hãy dùng dondoc convert để đọc từng tệp đính kèm."),
    "zip": ("tệp nén ZIP", "Hãy dùng dondoc convert để đọc từng tệp bên trong."),
    "7z": ("tệp nén 7-Zip", _UNPACK),
    "rar": ("tệp nén RAR", _UNPACK),
    "gzip": ("tệp nén GZIP", _UNPACK),
    "xml": ("tệp XML", "Nếu đây là văn bản hoặc bảng tính, hãy mở bằng Word hoặc Excel rồi lưu thành .docx, .xlsx."),
    "heic": ("ảnh HEIC (chụp bằng điện thoại)", "Hãy đổi sang JPEG (trên điện thoại: Cài đặt > Camera > Định dạng)."),
}


def is_candidate(path: Path) -> bool:
    """Whether a search through a folder should pick this file up; hidden files and Word's lock files are not."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def read(path: Path, settings: Settings = DEFAULT) -> Source:
    """Read a document file. Raises DocumentError, and nothing else, when that cannot be done.

    A file that holds documents (ZIP, e-mail) raises ``container``: `open_document` tells what is in it.
    """
    found = open_document(path, (), settings)
    if isinstance(found, Source):
        return found
    message = f"Đây là tệp chứa {len(found.members)} tệp khác. Hãy dùng dondoc convert để đọc từng tệp bên trong."
    raise DocumentError("container", message, path.name)


def open_document(path: Path, inside: tuple[int, ...] = (), settings: Settings = DEFAULT) -> Source | Contents:
    """The document in a file, or what is in it where it is a container.

    `inside` leads to a member of a container: the `Member.index` at each depth. Raises DocumentError.
    """
    name, data = taken_out(path, inside)
    kind = _recognised(name, data)
    if kind not in CONTAINERS:
        return _read_as(kind, name, data, settings)
    members = container.members(data, kind)
    files = tuple(member for member in members if member.kind == "file" and may_be_document(Path(member.name)))
    wanted = files or tuple(member for member in members if member.kind == "letter")
    if not wanted:
        message = "Trong tệp này không có văn bản nào đọc được. Hãy kiểm tra lại."
        raise DocumentError("empty-container", message, ", ".join(member.name for member in members)[:500])
    return Contents(name, wanted, tuple(member.name for member in members if member not in wanted))


def taken_out(path: Path, inside: tuple[int, ...]) -> tuple[str, bytes]:
    """The name and the bytes of what `inside` leads to in a file, the file itself with none. Raises DocumentError."""
    name, data = path.name, _load(path)
    for depth, index in enumerate(inside, 1):
        kind = _recognised(name, data)
        if kind not in CONTAINERS or depth > container.DEPTH:
            raise DocumentError("too-deep", "Tệp nén lồng nhau quá sâu. Hãy giải nén rồi đưa vào.", f"{name}: {inside}")
        name = f"{name}/{container.member(data, kind, index).name}"
        data = container.extract(data, kind, index)
    return name, data


def may_be_document(path: Path) -> bool:
    """Whether a file among documents should be looked at: it may have no suffix, or, as ``1. Kế hoạch``, seem to."""
    return is_candidate(path) or re.fullmatch(r"\.(?=\d*[A-Za-z])[A-Za-z0-9]{1,5}", path.suffix) is None


def _load(path: Path) -> bytes:
    try:
        return opening.load(path)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _recognised(name: str, data: bytes) -> str:
    """The format of a file that is neither empty nor too large."""
    if not data:
        raise DocumentError("empty-file", "Tệp rỗng (0 byte). Hãy tải hoặc chép lại tệp gốc.", name)
    if len(data) > LIMIT:
        message = f"Tệp lớn hơn {LIMIT // 1024 // 1024} MB. Hãy tách văn bản ra khỏi phần ảnh, bản vẽ đính kèm."
        raise DocumentError("too-large", message, f"{name}: more than {LIMIT} bytes")
    return recognise(data)


def read_bytes(name: str, data: bytes, settings: Settings = DEFAULT) -> Source:
    """Read a document held in memory; `name` is the file name that messages and rows show."""
    return _read_as(_recognised(name, data), name, data, settings)


def _read_as(kind: str, name: str, data: bytes, settings: Settings) -> Source:
    reader = READERS.get(kind)
    if reader is None:
        raise _not_read(name, kind)
    with _uncollected():
        reading = repaired(_checked(_run(reader, data, settings)))
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=reader.media_type,
        pages=reading.pages,
        blocks=reading.blocks,
        asides=reading.asides,
        warnings=reading.warnings,
        errors=reading.errors,
        sizes=reading.sizes,
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """What a reader makes is kept and has no circles: to walk through it time and again is for nothing.

    Freezing and unfreezing leaves it among the old objects, which are looked through least.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not _frozen():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


@cache
def _frozen() -> bool:
    """Whether the program has frozen objects of its own. Asked once: Python counts them all, 5 ms in a worker."""
    return gc.get_freeze_count() > 0


def _checked(reading: Reading) -> Reading:
    """The reading of a document that is not too long. Raises DocumentError ``too-large``."""
    if reading.length > LONGEST:
        raise too_long(f"{reading.length} characters")
    return reading


def _run(reader: Reader, data: bytes, settings: Settings) -> Reading:
    """Call a reader; what it did not foresee still ends as a DocumentError, for a batch goes on at a bad file."""
    try:
        return cast(Reading, import_module(reader.module).read(data, settings))
    except (DocumentError, Pictured):
        raise
    except ModuleNotFoundError as error:
        message = (
            "Máy này chưa cài đủ thư viện để đọc loại tệp này. Hãy nhờ người phụ trách máy chạy "
            '`pip install "dondoc[all]"`; lệnh dondoc doctor cho biết còn thiếu gì.'
        )
        raise DocumentError("program-missing", message, f"{reader.module}: {error}") from error
    except Exception as error:
        message = (
            "Chương trình gặp lỗi ngoài dự kiến khi đọc tệp này. Hãy thử mở và lưu lại tệp bằng Word, "
            "hoặc gửi tệp cho người phụ trách phần mềm."
        )
        raise DocumentError("reader-failed", message, f"{reader.module}: {type(error).__name__}: {error}") from error


def _unreadable(path: Path, error: OSError | ValueError) -> DocumentError:
    if isinstance(error, FileNotFoundError):
        message = "Không tìm thấy tệp. Hãy kiểm tra lại tên và thư mục."
    elif isinstance(error, PermissionError):
        message = "Không có quyền đọc tệp, hoặc tệp đang bị chương trình khác khóa. Hãy đóng tệp hoặc xin quyền đọc."
    elif isinstance(error, IsADirectoryError):
        message = "Đây là thư mục, không phải tệp. Hãy chọn tệp ở bên trong."
    elif isinstance(error, opening.IrregularFileError):
        message = "Đây là ống dẫn hoặc thiết bị của hệ điều hành, không phải tệp. Hãy chọn tệp văn bản."
    else:
        message = "Hệ điều hành không đọc được tệp. Hãy chép tệp sang máy này rồi thử lại."
    return DocumentError("unreadable-file", message, f"{path}: {type(error).__name__}: {error}")


def _not_read(name: str, kind: str) -> DocumentError:
    if kind == "encrypted-office":
        message = "Tệp được đặt mật khẩu. Hãy mở bằng Word hoặc Excel, bỏ mật khẩu, lưu lại rồi thử lại."
        return DocumentError("password", message, f"{name}: OLE container with EncryptedPackage")
    if kind not in UNREAD:
        message = "Không nhận ra loại tệp này. Hãy dùng văn bản .docx, .pdf hoặc .txt."
        return DocumentError("unknown-format", message, name)
    label, advice = UNREAD[kind]
    suffix = Path(name).suffix.lower()
    really = "Tệp mang đuôi " + suffix + " nhưng thật ra là " if suffix and kind not in _kinds(suffix) else "Đây là "
    return DocumentError(
        "not-yet-supported", f"{really}{label}, chương trình chưa đọc được. {advice}", f"{name}: {kind}"
    )


def _kinds(suffix: str) -> tuple[str, ...]:
    """The formats that a suffix promises, as far as they are not read."""
    promised = {".doc": ("doc", "ole"), ".gz": ("gzip",), ".heif": ("heic",)}
    return promised.get(suffix, (suffix[1:],))
