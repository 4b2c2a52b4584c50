"""Saved web pages, and HTML that Word and other programs saved under the name of a document (.htm, .doc)."""

from __future__ import annotations

from pipeline.errors import DocumentError
from pipeline.ingest.reading import Reading, Settings, no_text
from pipeline.ingest.web.furniture import Furniture
from pipeline.ingest.web.looks import Stylesheet
from pipeline.ingest.web.markup import parse
from pipeline.ingest.web.walk import Walk


def read(data: bytes, settings: Settings) -> Reading:
    """Read an HTML page: its paragraphs and tables without what belongs to the site around them.

    Everything is on page 1 unless the file says where pages begin, as Word's HTML does. Menus, site heads and feet,
    controls, hidden parts and notes become asides, so that no word is lost. Raises DocumentError ``truncated``,
    ``too-large``, ``encoding``, ``empty-file`` or ``no-text``.
    """
    markup = parse(data)
    body = markup.root.find("body")
    if body is None:
        body = markup.root
    walk = Walk(body, Stylesheet.of(markup.root), Furniture(body))
    if not walk.blocks:
        raise _blank(walk, pictures=next(body.iter("img"), None) is not None)
    return Reading(tuple(walk.blocks), walk.page, tuple(walk.asides), markup.warnings or walk.warnings)


def _blank(walk: Walk, *, pictures: bool) -> DocumentError:
    if pictures:
        return no_text("Trang web này chỉ chứa ảnh,", "Hãy tải bản .docx hoặc .pdf của văn bản.")
    if walk.asides:
        what = "Ngoài trình đơn và phần ẩn, trang web này"
        return no_text(what, "Hãy mở trang có nội dung văn bản rồi lưu lại, hoặc chép vào Word.")
    return no_text("Trang web này", "Hãy mở trang có nội dung văn bản rồi lưu lại, hoặc chép vào Word.")
