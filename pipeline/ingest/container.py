"""Files that hold documents: ZIP archives and e-mails. They are taken apart one document at a time, within limits."""

from __future__ import annotations

import codecs
import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from pathlib import PurePosixPath
from typing import Any, cast

from pipeline.errors import DocumentError
from pipeline.ingest.reading import truncated
from pipeline.ingest.syllables import shares

MAX_MEMBERS = 2_000  # documents of one archive; a province sends 120 communes at a time
MAX_UNPACKED = 1024 * 1024 * 1024  # bytes over all members, as the directory of the ZIP declares them
MAX_MEMBER = 200 * 1024 * 1024  # bytes of one member: all of it is held in memory
DEPTH = 3  # archives within archives; an e-mail in a ZIP with a ZIP attached is met, deeper is not
_FOLDERS = 3  # the innermost ones tell whose document it is
_NAME_SIZE = 150  # bytes in UTF-8 of one part of a name; file systems take 255
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # devices of Windows
_OF_SYSTEM = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})
_UTF8_NAME = 0x800  # flag of the ZIP format: the name is UTF-8
_UNIX = 3  # the system of a ZIP entry whose attributes are those of Unix
_LOGO = 100_000  # bytes of a picture in the words of an e-mail: a logo has less, the photo of a page more
_HEADER = 10_000  # characters of a header that is asked for: a file name in pieces has at most a thousand
_WHAT_ZIP, _WHAT_MAIL = "tệp nén ZIP", "thư điện tử"


class _Bounded(EmailPolicy):
    """Headers no longer than any mail program writes: the parser of the standard library takes the square of that."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """The header as `EmailPolicy` reads it. Raises ValueError for one that is too long."""
        if len(value) > _HEADER:
            raise ValueError(f"header {name} of {len(value)} characters")
        return super().header_fetch_parse(name, value)


_MAIL = cast("EmailPolicy[EmailMessage]", _Bounded())


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container: its place there, and its path without what no name may hold.

    `kind` is file, letter (the words of an e-mail, to be read where it brings no document) or other: what can be none.
    `size` is the bytes that the directory of a ZIP declares for it; 0 in an e-mail, where it has no more than that.
    """

    index: int
    name: str
    kind: str = "file"
    size: int = 0


def members(data: bytes, kind: str) -> tuple[Member, ...]:
    """What is in a container (`kind` is zip or eml), in its order; folders and files of the system left out.

    Raises DocumentError ``truncated`` or ``too-large``.
    """
    found = tuple(_archived(data) if kind == "zip" else _enclosed(data))
    if len(found) > MAX_MEMBERS:
        message = f"Tệp chứa hơn {MAX_MEMBERS} tệp khác. Hãy chia thành nhiều tệp nén."
        raise DocumentError("too-large", message, f"{len(found)} members")
    return found


def member(data: bytes, kind: str, index: int) -> Member:
    """The member at that place. Raises as `members`, and DocumentError ``truncated`` where there is none."""
    found = next((one for one in members(data, kind) if one.index == index), None)
    if found is None:
        raise truncated(_WHAT_ZIP if kind == "zip" else _WHAT_MAIL, f"no member {index}")
    return found


def extract(data: bytes, kind: str, index: int) -> bytes:
    """The bytes of one member. Raises DocumentError ``truncated``, ``password`` or ``too-large``."""
    return _unpacked(data, index) if kind == "zip" else _content(_parts(data)[index])


def clean(name: str) -> str:
    """A path that a stranger wrote, fit to be shown and to name a file on any system; empty where nothing is left.

    Neither a root nor a way up stays: of ``C:\\a\\..\\..\\b.docx`` that is ``a/b.docx``.
    """
    parts = re.split(r"[/\\]+", unicodedata.normalize("NFC", re.sub(r"^[A-Za-z]:", "", name)))
    kept = [safe for part in parts if (safe := " ".join(_UNSAFE.sub(" ", part).split()).rstrip(" ."))]
    return "/".join(_short(part) for part in kept[-_FOLDERS - 1 :])


def _short(part: str) -> str:
    if _RESERVED.fullmatch(part):
        return f"_{part}"
    if len(part.encode()) <= _NAME_SIZE:
        return part
    suffix = PurePosixPath(part).suffix[:10]
    return part.encode()[: _NAME_SIZE - len(suffix.encode())].decode("utf-8", "ignore") + suffix


# ── ZIP ────────────────────────────────────────────────────────────────────────────────────


def _archived(data: bytes) -> Iterator[Member]:
    infos = _directory(data)
    if len(infos) > 20 * MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        message = "Tệp nén quá lớn khi giải nén, có thể là tệp độc hại. Hãy giải nén và chỉ đưa vào văn bản cần đọc."
        raise DocumentError("too-large", message, f"{len(infos)} entries")
    for index, info in enumerate(infos):
        said = _named(info)
        name = clean(said)
        if not name or said.endswith(("/", "\\")) or _is_of_system(name):
            continue
        # A link holds only the path of another file.
        is_link = info.create_system == _UNIX and stat.S_ISLNK(info.external_attr >> 16)
        yield Member(index, name, "other" if is_link else "file", info.file_size)


def _is_of_system(name: str) -> bool:
    parts = name.split("/")
    return parts[-1].startswith((".", "~$")) or not _OF_SYSTEM.isdisjoint(parts)


def _directory(data: bytes) -> Sequence[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except Exception as error:  # zipfile raises a dozen kinds on hostile input
        raise truncated(_WHAT_ZIP, error) from error


def _named(info: zipfile.ZipInfo) -> str:
    """The name. Programs of Windows write UTF-8 or their code page and say neither; Python then takes that of DOS."""
    if info.flag_bits & _UTF8_NAME or info.orig_filename.isascii():
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeError:
        return info.orig_filename
    for encoding in ("utf-8", "cp1258"):
        name = raw.decode(encoding, "replace")
        if "\ufffd" not in name and (encoding == "utf-8" or _is_vietnamese(name)):
            return name
    return info.orig_filename


def _is_vietnamese(name: str) -> bool:
    _, possible, accented = shares((PurePosixPath(name).stem,))
    return possible == 1 and accented > 0


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
            return stream.read(MAX_MEMBER + 1)  # zipfile gives no more than the directory declares
    except NotImplementedError as error:
        message = "Tệp nén dùng kiểu nén mà chương trình chưa biết. Hãy giải nén rồi đưa các tệp bên trong vào."
        raise DocumentError("not-yet-supported", message, str(error)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise truncated(_WHAT_ZIP, error) from error


# ── e-mail ─────────────────────────────────────────────────────────────────────────────────


def _enclosed(data: bytes) -> Iterator[Member]:
    """The attachments, and the words of the letter itself."""
    for index, part in enumerate(_parts(data)):
        if not _is_letter(part):
            yield Member(index, _name(index, part), "other" if _is_ornament(part) else "file")
        elif _content(part).strip():
            yield Member(index, f"noi-dung-thu.{'txt' if part.get_content_subtype() == 'plain' else 'html'}", "letter")


def _parts(data: bytes) -> list[MIMEPart]:
    """The parts of an e-mail that hold something, in order; an attached e-mail is one."""
    try:
        found: list[MIMEPart] = []
        waiting: list[MIMEPart] = [message_from_bytes(data, policy=_MAIL)]
        while waiting:
            part = waiting.pop()
            if part.get_content_maintype() == "multipart":
                waiting.extend(reversed(_below(part)))
            else:
                for name in ("Content-Disposition", "Content-ID"):
                    part.get(name)  # a header is read when it is asked for: here its faults are this letter's
                found.append(part)
    except RecursionError as error:
        message = "Thư chứa thư lồng nhau quá sâu. Hãy lưu tệp đính kèm cần đọc ra riêng rồi đưa vào."
        raise DocumentError("too-deep", message, str(error)) from error
    except Exception as error:  # the parser of headers in the standard library has faults of many kinds
        raise truncated(_WHAT_MAIL, error) from error
    return found


def _below(part: MIMEPart) -> list[MIMEPart]:
    """What a part is put together of. A letter in two forms is taken as the web page, which keeps its tables."""
    parts = list(part.iter_parts())
    if part.get_content_subtype() == "alternative" and any(
        form.get_content_type() in ("text/html", "multipart/related") for form in parts
    ):
        return [form for form in parts if form.get_content_type() != "text/plain" or not _is_letter(form)]
    return parts


def _is_letter(part: MIMEPart) -> bool:
    kind = part.get_content_type()
    return kind in ("text/plain", "text/html") and not part.get_filename() and not part.is_attachment()


def _is_ornament(part: MIMEPart) -> bool:
    """A logo among the words, an invitation, a receipt: parts that the sender did not attach."""
    if part.get_content_maintype() == "image" and part.get("Content-ID") and not part.is_attachment():
        return len(_content(part)) < _LOGO
    kind = part.get_content_type()
    return not part.get_filename() and kind != "message/rfc822" and kind.startswith(("text/", "message/"))


def _name(index: int, part: MIMEPart) -> str:
    """The name that the sender gave; a part without one is recognised by what it holds."""
    suffix = ".eml" if part.get_content_type() == "message/rfc822" else ""
    return clean(part.get_filename() or "") or f"dinh-kem-{index + 1}{suffix}"


def _content(part: MIMEPart) -> bytes:
    """The bytes of a part.

    Their encoding is left to the reader, but for a letter in UTF-8: a page may say of itself what it was before it was
    sent.
    """
    try:
        if part.get_content_type() == "message/rfc822":
            return bytes(part.get_payload(0))  # type: ignore[arg-type]
        content = part.get_payload(decode=True)
    except Exception as error:  # as above
        raise truncated(_WHAT_MAIL, error) from error
    if not isinstance(content, bytes):
        raise truncated(_WHAT_MAIL, f"a part of type {part.get_content_type()}")
    marked = _is_letter(part) and part.get_content_charset() in ("utf-8", "utf8")
    return codecs.BOM_UTF8 + content if marked else content
