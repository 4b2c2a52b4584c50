"""Files that hold documents: ZIP archives and e-mails. They are taken apart one document at a time, within limits."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from pathlib import PurePosixPath

from pipeline.errors import DocumentError
from pipeline.ingest.reading import truncated

MAX_MEMBERS = 2_000  # documents of one archive; a province sends 120 communes at a time
MAX_UNPACKED = 1024 * 1024 * 1024  # bytes over all members, as the directory of the ZIP declares them
MAX_MEMBER = 200 * 1024 * 1024  # bytes of one member: all of it is held in memory
DEPTH = 3  # archives within archives; an e-mail in a ZIP with a ZIP attached is met, deeper is not
_NAME_LENGTH = 120  # characters
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/\u202a-\u202e\u2066-\u2069]+')
_UTF8_NAME = 0x800  # flag of the ZIP format: the name is UTF-8


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container: its place there, and its name without folders and without what no name may hold."""

    index: int
    name: str


def members(data: bytes, kind: str) -> tuple[Member, ...]:
    """The files in a container (`kind` is zip or eml), in its order; folders and files of the system left out.

    Raises DocumentError ``truncated`` or ``too-large``.
    """
    return tuple(_archived(data) if kind == "zip" else _attached(data))


def extract(data: bytes, kind: str, index: int) -> bytes:
    """The bytes of one member. Raises DocumentError ``truncated``, ``password`` or ``too-large``."""
    return _unpacked(data, index) if kind == "zip" else _attachment(data, index)


def clean(name: str) -> str:
    """The last part of a path that a stranger wrote, fit to be shown and to name a file on any system."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    short = _UNSAFE.sub(" ", last).strip(" .")
    suffix = PurePosixPath(short).suffix
    return short if len(short) <= _NAME_LENGTH else short[: _NAME_LENGTH - len(suffix)] + suffix


# ── ZIP ────────────────────────────────────────────────────────────────────────────────────


def _archived(data: bytes) -> Iterator[Member]:
    infos = _directory(data)
    if len(infos) > 20 * MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        message = "Tệp nén quá lớn khi giải nén, có thể là tệp độc hại. Hãy giải nén và chỉ đưa vào văn bản cần đọc."
        raise DocumentError("too-large", message, f"{len(infos)} entries")
    count = 0
    for index, info in enumerate(infos):
        name = clean(_decoded(info))
        of_system = name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini") or "__MACOSX" in info.filename
        if info.is_dir() or not name or of_system:
            continue
        count += 1
        if count > MAX_MEMBERS:
            message = f"Tệp nén có hơn {MAX_MEMBERS} tệp. Hãy chia thành nhiều tệp nén."
            raise DocumentError("too-large", message, f"more than {MAX_MEMBERS} members")
        yield Member(index, name)


def _directory(data: bytes) -> Sequence[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except Exception as error:  # zipfile raises a dozen kinds on hostile input
        raise truncated("tệp nén ZIP", error) from error


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name; programs of Windows write UTF-8 without saying so, and Python then reads it in the code page of DOS."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _unpacked(data: bytes, index: int) -> bytes:
    info = _directory(data)[index]
    if info.flag_bits & 1:
        message = "Tệp nén được đặt mật khẩu. Hãy giải nén bằng mật khẩu rồi đưa các tệp bên trong vào."
        raise DocumentError("password", message, "encrypted ZIP entry")
    if info.file_size > MAX_MEMBER:
        message = f"Tệp trong gói nén lớn hơn {MAX_MEMBER // 1024 // 1024} MB. Hãy tách nhỏ văn bản."
        raise DocumentError("too-large", message, f"{info.file_size} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(info) as stream:
            return stream.read(MAX_MEMBER + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise truncated("tệp nén ZIP", error) from error


# ── e-mail ─────────────────────────────────────────────────────────────────────────────────


def _attached(data: bytes) -> Iterator[Member]:
    for index, (name, _) in enumerate(_parts(data)):
        yield Member(index, name)


def _attachment(data: bytes, index: int) -> bytes:
    _, part = _parts(data)[index]
    spoken = part.get_content_maintype() in ("text", "message")
    content = part.get_content() if spoken else part.get_payload(decode=True)
    if isinstance(content, EmailMessage):
        return content.as_bytes()
    if isinstance(content, str):
        return content.encode("utf-8")
    if not isinstance(content, bytes):
        raise truncated("thư điện tử", f"part {index} of type {part.get_content_type()}")
    return content


def _parts(data: bytes) -> list[tuple[str, MIMEPart]]:
    """The attachments with their names; of a letter without any, its own text."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        found: list[tuple[str, MIMEPart]] = []
        for number, part in enumerate(message.iter_attachments(), 1):
            kind = "eml" if part.get_content_type() == "message/rfc822" else "bin"
            found.append((clean(part.get_filename() or "") or f"dinh-kem-{number}.{kind}", part))
        if not found:
            body = message.get_body(preferencelist=("plain", "html"))
            suffix = "txt" if body is None or body.get_content_subtype() == "plain" else "html"
            found = [] if body is None else [(f"noi-dung-thu.{suffix}", body)]
    except (ValueError, LookupError, AttributeError, IndexError, KeyError, TypeError) as error:
        raise truncated("thư điện tử", error) from error  # the standard library's parser of headers has such faults
    return found[:MAX_MEMBERS]
