"""Pages saved in one file (.mht, .mhtml): a MIME message with the page and its pictures, as Word and browsers write."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message

from pipeline.ingest import web
from pipeline.ingest.reading import Reading, Settings, truncated

_WHAT = "trang web lưu một tệp (.mht)"


def read(data: bytes, settings: Settings) -> Reading:
    """Read the page of a saved web page. Raises DocumentError ``truncated`` where there is none, and as `web.read`."""
    message = message_from_bytes(data, policy=policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    # A workbook saved so begins with a page of frames that holds nothing; its sheets follow.
    page = next((part for part in pages if b"<frameset" not in _bytes(part)[:4096].lower()), None)
    if page is None:
        raise truncated(_WHAT, "no part of type text/html")
    return web.read(_bytes(page), settings)


def _bytes(part: Message) -> bytes:
    """The page as it was before it was packed; what it says of its encoding holds, not what the message says."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
