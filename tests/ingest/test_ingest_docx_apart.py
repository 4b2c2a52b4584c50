"""Word documents: text boxes, notes, headers, and what is said of the parts that are not read."""

from __future__ import annotations

import pytest
from handmade import p, with_part, word

from pipeline.ingest import read_bytes
from pipeline.model import Aside, Paragraph, Source

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def source_of(*body: str) -> Source:
    return read_bytes("a.docx", word(*body))


def texts(*body: str) -> list[str]:
    return [block.text for block in source_of(*body).blocks if isinstance(block, Paragraph)]


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


def shape(text: str) -> str:
    """A text box of VML."""
    return f"<v:shape><v:textbox>{box(text)}</v:textbox></v:shape>"


def drawn(inside: str, properties: str = "") -> str:
    """A run with a drawing."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:pict>{inside}</w:pict></w:r>"


HARD = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"
GONE = "<w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr>"  # a paragraph mark deleted in a tracked change
WORD_ART = "<v:shape><v:textpath string='DỰ  THẢO'/></v:shape>"
GROUP = f"<v:group>{shape('một')}{shape('hai')}</v:group>"
TWICE = (
    f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box('DỰ THẢO')}</wps:txbx></w:drawing>"
    f"</mc:Choice><mc:Fallback><w:pict>{shape('DỰ THẢO')}</w:pict></mc:Fallback></mc:AlternateContent>"
)
TABLE = f"<w:tbl><w:tr><w:tc>{p('một')}</w:tc><w:tc>{p('hai')}</w:tc></w:tr></w:tbl>"

# ── text boxes ─────────────────────────────────────────────────────────────────────────────

# (body, paragraphs, why)
BOXES = [
    ([f"<w:p><w:r>{TWICE}<w:t>trước</w:t></w:r></w:p>", p("sau")], ["trước", "DỰ THẢO", "sau"], "of two forms one"),
    ([f"<w:p>{drawn(shape('x'))}</w:p>"], ["x"], "the old form alone"),
    ([f"<w:p>{drawn(GROUP)}</w:p>"], ["một", "hai"], "those of a group"),
    ([f"<w:p>{drawn(WORD_ART)}{run('x')}</w:p>"], ["x", "DỰ THẢO"], "WordArt"),
    ([f"<w:p>{drawn(shape('a'), '<w:vanish/>')}{run('x')}</w:p>"], ["x"], "a hidden one is not shown"),
    ([f"<w:p><w:del w:id='1' w:author='x'>{drawn(shape('a'))}</w:del>{run('x')}</w:p>"], ["x"], "nor is a deleted one"),
    (
        [f"<w:p>{GONE}{run('Rà ')}{drawn(shape('a'))}</w:p>", p("soát")],
        ["a", "Rà soát"],
        "its paragraph runs on into the next one, and it does not stand between them",
    ),
    ([f"<w:p>{drawn(shape('').replace(p(''), p('a') + p('b')))}</w:p>"], ["a", "b"], "two paragraphs"),
]


@pytest.mark.parametrize(("body", "expected", "why"), BOXES)
def test_text_boxes(body: list[str], expected: list[str], why: str) -> None:
    assert texts(*body) == expected, why


def test_a_table_in_a_text_box_is_a_table() -> None:
    assert source_of(f"<w:p>{drawn(shape('').replace(p(''), TABLE + p('')))}</w:p>").blocks == source_of(TABLE).blocks


# ── beside the body ────────────────────────────────────────────────────────────────────────


def test_footnotes_headers_and_comments_stand_apart() -> None:
    marks = "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='0'/></w:r>"
    body = f"<w:p>{run('Kế hoạch')}{marks}</w:p>"
    notes = (
        f"<w:footnotes xmlns:w='{NS}'><w:footnote w:type='separator' w:id='0'>{p('---')}</w:footnote>"
        f"<w:footnote w:id='2'>{p('Số 12')}</w:footnote><w:footnote w:id='3'>{p('đã xóa')}</w:footnote></w:footnotes>"
    )
    data = with_part(word(p("trang 1"), HARD, body), "word/footnotes.xml", notes.encode(), "footnotes")
    header = f"<w:hdr xmlns:w='{NS}'>{p('Dự thảo')}</w:hdr>"
    data = with_part(data, "word/header9.xml", header.encode(), "header")
    source = read_bytes("a.docx", data)
    assert source.asides == (Aside("footnote", "Số 12", 2), Aside("running-head", "Dự thảo", None))
    assert [block.text for block in source.blocks if isinstance(block, Paragraph)] == ["trang 1", "Kế hoạch"]


def test_endnotes_and_the_boxes_of_a_header_stand_apart_too() -> None:
    body = f"<w:p>{run('Kế hoạch')}<w:r><w:endnoteReference w:id='2'/></w:r></w:p>"
    notes = f"<w:endnotes xmlns:w='{NS}'><w:endnote w:id='2'>{p('Số 12')}</w:endnote></w:endnotes>"
    data = with_part(word(body), "word/endnotes.xml", notes.encode(), "endnotes")
    vml = "xmlns:v='urn:schemas-microsoft-com:vml'"
    header = f"<w:hdr xmlns:w='{NS}' {vml}><w:p>{drawn(WORD_ART)}</w:p></w:hdr>"
    data = with_part(data, "word/header9.xml", header.encode(), "header")
    assert read_bytes("a.docx", data).asides == (Aside("footnote", "Số 12", 1), Aside("running-head", "DỰ THẢO", None))


DIAGRAM = (
    "<d:dataModel xmlns:d='http://schemas.openxmlformats.org/drawingml/2006/diagram'"
    " xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:t>{}</a:t></d:dataModel>"
)
EMBEDDED = (
    "<w:p xmlns:o='urn:schemas-microsoft-com:office:office'><w:r><w:object><o:OLEObject ProgID='{}'/></w:object></w:r>"
    "</w:p>"
)


def test_what_is_not_read_is_said() -> None:
    def codes(data: bytes) -> list[str]:
        return [warning.code for warning in read_bytes("a.docx", data).warnings]

    assert codes(with_part(word(p("x")), "word/chunk.html", b"<p>a</p>", "aFChunk")) == ["embedded-part"]
    assert codes(with_part(word(p("x")), "word/d.xml", DIAGRAM.format("Bước 1").encode(), "diagramData")) == ["diagram"]
    assert codes(with_part(word(p("x")), "word/d.xml", DIAGRAM.format("").encode(), "diagramData")) == []
    assert codes(word(p("x"), EMBEDDED.format("Excel.Sheet.12"))) == ["embedded-file"]
    assert codes(word(p("x"), EMBEDDED.format("Equation.3"))) == []  # a formula holds no tasks


def test_tracked_changes_are_reported() -> None:
    source = source_of(f"<w:p><w:ins w:id='1' w:author='x'>{run('a')}</w:ins></w:p>")
    assert [warning.code for warning in source.warnings] == ["tracked-changes"]
    assert source_of(p("a")).warnings == ()
