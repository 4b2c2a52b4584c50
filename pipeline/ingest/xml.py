"""XML that a stranger wrote, in the packages of Word and Excel: no entities, no network."""

from __future__ import annotations

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.ingest.reading import truncated

HEAD = 4096  # bytes: a document type stands before the first element


def parse(data: bytes, what: str, part: str) -> etree._Element:
    """The root of a part, comments and processing instructions left out; `what` is as in `truncated`.

    Raises DocumentError ``truncated`` for a broken part, ``unsafe-xml`` for one that could declare entities.
    """
    refuse_entities(data, what, part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise truncated(what, f"{part}: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in UTF-16, or behind a long comment
        raise _unsafe(what, part)
    return root


def refuse_entities(data: bytes, what: str, part: str) -> None:
    """Raises DocumentError ``unsafe-xml`` where a part begins with a document type: Office writes none.

    That is where a few bytes are made to stand for a billion words, for a file of this machine or for an address.
    """
    if b"<!DOCTYPE" in data[:HEAD]:
        raise _unsafe(what, part)


def _unsafe(what: str, part: str) -> DocumentError:
    message = (
        f"Đây là {what} nhưng bên trong có khai báo thực thể XML, điều mà Word và Excel không bao giờ ghi: có thể là "
        "tệp độc hại. Hãy xin lại tệp từ nơi gửi."
    )
    return DocumentError("unsafe-xml", message, f"{part}: document type declaration")
