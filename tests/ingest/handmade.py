"""Builds the files that the tests read: a PDF written by hand, a Word document with raw XML in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.oxml import parse_xml

CHAR = 0.5  # width of every character in the handmade PDFs, of the font size
_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# ── PDF ────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Page:
    """A page with text and lines; places are in points from the top left corner, as the program has them."""

    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    ops: list[tuple] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 14, bold: bool = False) -> Page:
        """Text with its baseline at `y`, each character half as wide as `size`."""
        self.ops.append(("text", x, y, text, size, bold, (1, 0, 0, 1)))
        return self

    def spread(self, x: float, y: float, text: str, size: float = 14) -> Page:
        """One piece of text in which blanks are only gaps that the pen jumps over."""
        self.ops.append(("spread", x, y, text, size))
        return self

    def turned(self, x: float, y: float, text: str, size: float = 14) -> Page:
        """Text that runs upwards."""
        self.ops.append(("text", x, y, text, size, False, (0, 1, -1, 0)))
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """A ruling line."""
        self.ops.append(("line", x0, y0, x1, y1))
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Page:
        """All lines of a table."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def picture(self, share: float) -> Page:
        """A picture over this share of the page."""
        self.ops.append(("picture", share))
        return self

    def wide(self, text: str, size: float = 14) -> float:
        """Width of a text in points."""
        return len(text) * CHAR * size


def pdf(pages: list[Page], names: tuple[str, str] = ("HandSerif", "HandSerif-Bold"), marks: str = "") -> bytes:
    """A PDF of these pages; the letters are in no font file, only their codes and widths are.

    `names` are those of the plain and the bold font; `marks` are characters that take no room.
    """
    chars = sorted({char for page in pages for op in page.ops if op[0] in ("text", "spread") for char in op[3]})
    code = {char: index + 1 for index, char in enumerate(chars)}
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(data: bytes, more: bytes = b"") -> int:
        return add(b"<<%s/Length %d>>stream\n" % (more, len(data)) + data + b"\nendstream")

    lines = "\n".join(f"<{index:04x}> <{char.encode('utf-16-be').hex()}>" for char, index in code.items())
    cmap = stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
        b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + f"{len(code)} beginbfchar\n{lines}\nendbfchar\n".encode()
        + b"endcmap end end"
    )
    fonts = []
    narrow = "".join(f"{code[char]}[0]" for char in marks if char in code)
    for name in names:
        descriptor = add(
            b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[0 -200 500 800]/ItalicAngle 0"
            b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>" % name.encode()
        )
        child = add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/FontDescriptor %d 0 R/DW 500/W[%s]>>" % (name.encode(), descriptor, narrow.encode())
        )
        fonts.append(
            add(
                b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
                % (name.encode(), child, cmap)
            )
        )
    image = stream(b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
    for page in pages:
        content = stream("\n".join(_operator(page, op, code) for op in page.ops).encode())
        kids.append(
            add(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Rotate %d/Contents %d 0 R"
                b"/Resources<</Font<</F0 %d 0 R/F1 %d 0 R>>/XObject<</I %d 0 R>>>>>>"
                % (page.width, page.height, page.rotate, content, *fonts, image)
            )
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _file(objects)


def _operator(page: Page, op: tuple, code: dict[str, int]) -> str:
    if op[0] == "line":
        _, x0, y0, x1, y1 = op
        return f"0.5 w {x0} {page.height - y0} m {x1} {page.height - y1} l S"
    if op[0] == "picture":
        return f"q {page.width} 0 0 {page.height * op[1]} 0 0 cm /I Do Q"
    if op[0] == "spread":
        _, x, y, text, size = op
        jump = int(1000 * CHAR)
        steps = " ".join(f"-{jump}" if char == " " else f"<{code[char]:04x}>" for char in text)
        return f"BT /F0 {size} Tf 1 0 0 1 {x} {page.height - y} Tm [{steps}] TJ ET"
    _, x, y, text, size, bold, (a, b, c, d) = op
    codes = "".join(f"{code[char]:04x}" for char in text)
    return f"BT /F{int(bold)} {size} Tf {a} {b} {c} {d} {x} {page.height - y} Tm <{codes}> Tj ET"


def _file(objects: list[bytes], trailer: bytes = b"") -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)


def western_pdf(font: str, lines: list[bytes], size: float = 9) -> bytes:
    """A page of lines in one font of 256 characters that says of them only that they are those of Windows."""
    shown = b"".join(b"<%s> Tj T* " % line.hex().encode() for line in lines)
    content = b"BT /F0 %g Tf %g TL 1 0 0 1 50 780 Tm %s ET" % (size, 2 * size, shown)
    name = font.encode()
    return _file(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F0 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/TrueType/BaseFont/%s/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255"
            b"/Widths[%s]/FontDescriptor 6 0 R>>" % (name, b" ".join([b"500"] * 224)),
            b"<</Type/FontDescriptor/FontName/%s/Flags 32/FontBBox[0 -200 500 800]/ItalicAngle 0"
            b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>" % name,
        ]
    )


def locked_pdf() -> bytes:
    """A PDF that asks for a password: its encryption entry fits no password that a reader tries by itself."""
    encrypt = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"11" * 32,
        b"22" * 32,
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return _file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page], encrypt)


# ── Word ───────────────────────────────────────────────────────────────────────────────────


def xml(markup: str) -> str:
    """Markup with the namespaces that it needs."""
    end = markup.index(">") if not markup.startswith("<w:p/>") else 4
    if markup[end - 1] == "/":
        end -= 1
    spaces = (
        f' xmlns:w="{_NS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    return markup[:end] + spaces + markup[end:]


def word(*body: str, numbering: str = "", styles: str = "") -> bytes:
    """A .docx with these body elements; `numbering` replaces the list definitions, `styles` are added."""
    document = docx.Document()
    _fill(document, body, numbering, styles)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _fill(document: Document, body: tuple[str, ...], numbering: str, styles: str) -> None:
    element = document.element.body
    section = element.sectPr
    for markup in body:
        section.addprevious(parse_xml(xml(markup)))
    if numbering:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        for child in parse_xml(xml(f"<w:numbering>{numbering}</w:numbering>")):
            root.append(child)
    for style in parse_xml(xml(f"<w:styles>{styles}</w:styles>")):
        document.styles.element.append(style)


def with_part(data: bytes, name: str, content: bytes, relation: str = "") -> bytes:
    """A package with one more part, or another one in its place, related to the document as `relation`."""
    source = zipfile.ZipFile(io.BytesIO(data))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            kept = source.read(entry)
            if entry == "word/_rels/document.xml.rels" and relation:
                kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation}"
                link = f'<Relationship Id="rIdNew" Type="{kind}" Target="{name.removeprefix("word/")}"/>'
                kept = kept.replace(b"</Relationships>", link.encode() + b"</Relationships>")
            if entry != name:
                target.writestr(entry, kept)
        target.writestr(name, content)
    return file.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph with one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def listed(text: str, level: int = 0, num: int = 1) -> str:
    """A paragraph of a list."""
    return p(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{num}'/></w:numPr>")
