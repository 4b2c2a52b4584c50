"""Takes a file that somebody sends: it is kept and queued, known from before, or refused with the reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest import READERS, UNREAD, may_be_document
from pipeline.serve.house import House
from pipeline.serve.refusals import Refusal
from pipeline.serve.security.bodies import FILE
from pipeline.store import files, intake

__all__ = ["Taken", "take"]

_KINDS = {".gz": "gzip", ".heif": "heic"}  # names that are not those of their formats
_OPENED = frozenset(("zip", "eml"))  # read here, file by file


@dataclass(frozen=True, slots=True)
class Taken:
    """An upload: its number in the queue; None where the same bytes were read before, into these `documents`."""

    upload: int | None
    name: str
    documents: tuple[str, ...] = ()


def take(house: House, data: bytes, name: str, by: str) -> Taken:
    """Keeps and queues a file. `name` is what the sender calls it.

    Raises `Refusal` for one that is empty, too large or of a kind that is never read, `OutputError`.
    """
    shown = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    _refuse(data, shown)
    known = intake.read_before(house.database, hashlib.sha256(data).hexdigest(), house.queue.version)
    if known:
        return Taken(None, shown, known)
    upload = files.put(house.database, data, name, by, house.settings.now())
    house.queue.events.tell(upload.id, state=files.WAITING)
    house.queue.wake()
    return Taken(upload.id, upload.name)


def _refuse(data: bytes, name: str) -> None:
    """By the name alone: what the bytes say is found out where it can be stopped."""
    if not data:
        raise Refusal(422, "empty-file", "Tệp rỗng (0 byte). Hãy tải hoặc chép lại tệp gốc.")
    if len(data) > FILE:
        most = FILE // 2**20
        message = f"Tệp “{name}” lớn hơn {most} MB. Hãy chia nhỏ hoặc nén ảnh trong tệp rồi gửi lại."
        raise Refusal(413, "file-too-large", message)
    suffix = Path(name).suffix.lower()
    kind = _KINDS.get(suffix, suffix[1:])
    if kind in UNREAD and kind not in READERS and kind not in _OPENED:
        label, advice = UNREAD[kind]
        raise Refusal(415, "not-yet-supported", f"Đây là {label}, chương trình chưa đọc được. {advice}")
    if not may_be_document(Path(name)):
        message = "Không nhận ra loại tệp này. Hãy dùng văn bản .docx, .pdf hoặc .txt."
        raise Refusal(415, "unknown-format", message)
