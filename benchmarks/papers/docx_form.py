"""A paper as Word document: the parts of the package written at once, for a run makes thousands of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from benchmarks.papers.model import Line, Look, Paper, Table

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = ("document.main", "styles", "numbering", "header")
_BREADTH = 9350  # twentieths of a point: of the page between its margins
_SET = {
    Look.TITLE: "<w:b/>", Look.HEADING: "<w:b/>", Look.NOTE: "<w:i/>", Look.BASIS: "<w:i/>", Look.BODY: "",
}  # fmt: skip
_CENTRED = (Look.TITLE, Look.NOTE)
# Kind of counter → how Word calls it, how it shows it.
_KINDS = {"roman": ("upperRoman", "%1."), "decimal": ("decimal", "%1."), "letter": ("lowerLetter", "%1)")}

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part.split(".")[0]}.xml" ContentType="{_MAIN}.{part}+xml"/>' for part in _PARTS
    )
    + "</Types>"
)
_PACKAGE_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{part}" Target="{part}.xml"/>'
        for place, part in enumerate(_PARTS[1:], start=1)
    )
    + "</Relationships>"
)
# Set as offices set it: LibreOffice puts some 2,000 letters on a page, as many as real ones have (see `pdf_form`).
_STYLES = (
    f'{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" '
    'w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="120" w:line="360" w:lineRule="exact"/></w:pPr></w:style></w:styles>'
)
_PAGE_NUMBER = (
    f'{_HEAD}<w:hdr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:fldSimple w:instr="PAGE"><w:r><w:t>2</w:t></w:r>'
    "</w:fldSimple></w:p></w:hdr>"
)
_SECTION = (
    f'<w:sectPr><w:headerReference xmlns:r="{_OFFICE}" w:type="default" r:id="rId3"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/>'
    "<w:titlePg/></w:sectPr>"
)


def docx(paper: Paper) -> bytes:
    """The bytes of the package; members carry no clock."""
    writer = _Writer(paper.counted)
    body = "".join(writer.everything(paper))
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _PACKAGE_RELATIONS,
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{body}{_SECTION}</w:body></w:document>",
        "word/header.xml": _PAGE_NUMBER,
        "word/numbering.xml": writer.numbering(),
        "word/styles.xml": _STYLES,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Writer:
    """Writes blocks. Where Word counts, a list begins at each first label: a numbering instance of its own."""

    def __init__(self, counted: bool) -> None:
        self._counted = counted
        self._lists: list[str] = []  # kind of each list, in the order of its instance
        self._open: dict[str, int] = {}  # kind → its instance that goes on

    def everything(self, paper: Paper) -> Iterator[str]:
        """Letterhead, body, closing, annex."""
        yield _side_by_side(paper.left, paper.right)
        yield from map(self._block, paper.body)
        yield _side_by_side(paper.recipients, paper.signature)
        for place, block in enumerate(paper.annex):
            yield self._block(block, new_page=place == 0)

    def numbering(self) -> str:
        """The part that says how the lists of the document count."""
        shapes = "".join(
            f'<w:abstractNum w:abstractNumId="{place}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{shape}"/><w:suff w:val="space"/><w:lvlText w:val="{label}"/></w:lvl></w:abstractNum>'
            for place, (shape, label) in enumerate(_KINDS.values())
        )
        lists = "".join(
            f'<w:num w:numId="{place}"><w:abstractNumId w:val="{list(_KINDS).index(kind)}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for place, kind in enumerate(self._lists, start=1)
        )
        return f"{_HEAD}<w:numbering {_W}>{shapes}{lists}</w:numbering>"

    def _block(self, block: Line | Table, *, new_page: bool = False) -> str:
        if isinstance(block, Table):
            return _table(block)
        instance = self._instance(block.label) if self._counted else 0
        properties = "<w:pageBreakBefore/>" if new_page else ""
        if instance:
            properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{instance}"/></w:numPr>'
        if block.look in _CENTRED:
            properties += '<w:jc w:val="center"/>'
        return _paragraph(block.text if instance else block.typed, properties, _SET[block.look])

    def _instance(self, label: str) -> int:
        """The list that this label is counted in; 0 for bullets and labels that Word need not count."""
        kind = _kind(label)
        if not kind:
            return 0
        if label in ("I.", "1.", "a)"):
            self._lists.append(kind)
            self._open[kind] = len(self._lists)
        return self._open[kind]


def _kind(label: str) -> str:
    if label.endswith(")"):
        return "letter"
    if not label.endswith("."):
        return ""
    return "decimal" if label[:-1].isdigit() else "roman" if label[:-1].isalpha() else ""


def _paragraph(words: str, properties: str, look: str) -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{look}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
    )


def _side_by_side(left: Sequence[str], right: Sequence[str]) -> str:
    cells = []
    for side, breadth in ((left, 4000), (right, _BREADTH - 4000)):
        lines = "".join(_paragraph(line, '<w:jc w:val="center"/>', "<w:b/>" if line.isupper() else "") for line in side)
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{breadth}" w:type="dxa"/></w:tcPr>{lines}</w:tc>')
    return f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{''.join(cells)}</w:tr></w:tbl><w:p/>"


def _table(table: Table) -> str:
    sides = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in "top left bottom right insideH insideV".split())
    rows = []
    for place, row in enumerate(table.rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if place == 0 else ""
        cells = (f"<w:tc><w:tcPr/>{_paragraph(cell, '', '<w:b/>' if place == 0 else '')}</w:tc>" for cell in row)
        rows.append(f"<w:tr>{head}{''.join(cells)}</w:tr>")
    grid = '<w:gridCol w:w="1870"/>' * len(table.rows[0])
    borders = f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{borders}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"
