"""Word documents: XML that explodes, parts that point at themselves, structures that no person types."""

from __future__ import annotations

from collections.abc import Iterator

from handmade import p, with_part, word

from hostile.nouns import MB, OK, SENTENCE, Hostile, zipped

_NS = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
UNSAFE, BROKEN, LARGE = frozenset({"unsafe-xml"}), frozenset({"truncated"}), frozenset({"too-large"})
RUN = f"<w:r><w:t>{SENTENCE}</w:t></w:r>".encode()
PARAGRAPH = b"<w:p>%s</w:p>" % RUN


def docx(body: bytes, prolog: bytes = b"") -> bytes:
    """A package whose document has this body."""
    root = prolog + b"<w:document %s><w:body>%s</w:body></w:document>" % (_NS, body)
    return with_part(word(p("x")), "word/document.xml", root)


def entities(declared: str, used: str = "&a;") -> bytes:
    """A document with a document type, and a use of what that declares."""
    return docx(b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % used.encode(), f"<!DOCTYPE x [{declared}]>".encode())


def laughs() -> bytes:
    """Nine entities, each ten of the one before: a billion words."""
    rest = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    return entities(f'<!ENTITY a "giao">{rest}', "&j;")


def late() -> bytes:
    """The same type behind a comment that is longer than what a quick look would see."""
    prolog = b"<?xml version='1.0'?><!--%s--><!DOCTYPE x [<!ENTITY a 'giao'>]>" % (b"x" * MB)
    return docx(b"<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", prolog)


def related(*targets: tuple[str, str], parts: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    """A document with relations of these kinds to these targets, and more parts."""
    links = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    data = with_part(docx(PARAGRAPH), "word/_rels/document.xml.rels", rels.encode())
    for name, part in parts:
        data = with_part(data, name, part)
    return data


def spellings(name: str, count: int) -> Iterator[str]:
    """The name in that many mixtures of capitals: Word takes them for one part."""
    letters = [place for place, char in enumerate(name) if char.isalpha()]
    for number in range(count):
        chars = list(name)
        for bit, place in enumerate(letters):
            if number >> bit & 1:
                chars[place] = chars[place].upper()
        yield "".join(chars)


def head(size: int) -> bytes:
    """The part of a running head, of about that many bytes."""
    return b"<w:hdr %s>%s</w:hdr>" % (_NS, b"<w:p/>" * (size // 6))


def bullets(count: int) -> bytes:
    """Each bullet a level below the one before it."""
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>' for i in range(count)
    )
    numbering = (
        f"<w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    )
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{i}"/><w:numId w:val="1"/></w:numPr><w:ind w:left="{360 * i}"/></w:pPr>'
        f"<w:r><w:t>Giao Công an xã {i}</w:t></w:r></w:p>"
        for i in range(count)
    )
    root = f"<w:numbering {_NS.decode()}>{numbering}</w:numbering>".encode()
    return with_part(docx(body.encode()), "word/numbering.xml", root)


def circles() -> bytes:
    """Styles based on each other, list definitions that are each other's, a footnote that refers to itself."""
    style = b'<w:style w:type="paragraph" w:styleId="%s"><w:basedOn w:val="%s"/><w:link w:val="%s"/></w:style>'
    styles = b"<w:styles %s>%s%s</w:styles>" % (_NS, style % (b"A", b"B", b"A"), style % (b"B", b"A", b"B"))
    lists = b"".join(
        b'<w:abstractNum w:abstractNumId="%d"><w:numStyleLink w:val="L%d"/></w:abstractNum>'
        b'<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>' % (i, 3 - i, i, i)
        for i in (1, 2)
    )
    linked = b"".join(
        b'<w:style w:type="numbering" w:styleId="L%d"><w:pPr><w:numPr><w:numId w:val="%d"/></w:numPr></w:pPr></w:style>'
        % (i, i)
        for i in (1, 2)
    )
    properties = b'<w:pPr><w:pStyle w:val="A"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    note = b'<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = related(
        ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml"),
        parts=(
            ("word/styles.xml", styles.replace(b"</w:styles>", linked + b"</w:styles>")),
            ("word/numbering.xml", b"<w:numbering %s>%s</w:numbering>" % (_NS, lists)),
            ("word/footnotes.xml", b'<w:footnotes %s><w:footnote w:id="2"><w:p>%s%s</w:p></w:footnote></w:footnotes>'
             % (_NS, note, RUN)),
        ),
    )  # fmt: skip
    root = b"<w:document %s><w:body><w:p>%s%s%s</w:p></w:body></w:document>" % (_NS, properties, RUN, note)
    return with_part(data, "word/document.xml", root)


def cells(rows: int, columns: int, cell: bytes = b"<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>") -> bytes:
    """A table of that many cells."""
    return docx(b"<w:tbl>%s</w:tbl>" % ((b"<w:tr>%s</w:tr>" % (cell * columns)) * rows))


def tables(depth: int) -> bytes:
    """Tables in tables, a sentence in the innermost."""
    start, end = b"<w:tbl><w:tr><w:tc>", b"<w:p/></w:tc></w:tr></w:tbl>"
    return docx(start * depth + PARAGRAPH + end * depth)


SPAN = b'<w:tc><w:tcPr><w:gridSpan w:val="999999"/><w:vMerge%s/></w:tcPr><w:p/></w:tc>'
BOX = b"<w:p><w:r><w:pict><w:txbxContent>"
WRONG = (
    ("styles", "document.xml"), ("numbering", "../../../../etc/passwd"), ("footnotes", "/word/../word/document.xml"),
    ("header", "nowhere.xml"), ("comments", ""), ("footer", "%2e%2e/x.xml"), ("header", "_rels/document.xml.rels"),
    ("endnotes", "C:\\Windows\\win.ini"), ("officeDocument", "document.xml"), ("diagramData", "."),
)  # fmt: skip

FILES = (
    Hostile("deep.docx", lambda: docx(b"<w:sdt><w:sdtContent>" * 50_000 + b"</w:sdtContent></w:sdt>" * 50_000), BROKEN, "depth"),
    Hostile("laughs.docx", laughs, UNSAFE, "a billion words"),
    Hostile("quadratic.docx", lambda: entities(f"<!ENTITY a '{'giao ' * 20_000}'>", "&a;" * 20_000), UNSAFE, "2 GB of words"),
    Hostile("entity-file.docx", lambda: entities("<!ENTITY a SYSTEM 'file:///etc/hostname'>"), UNSAFE, "a file of the machine"),
    Hostile("entity-http.docx", lambda: entities("<!ENTITY % a SYSTEM 'http://127.0.0.1:9/x'> %a;", "x"), UNSAFE, "a call home"),
    Hostile("late.docx", late, UNSAFE, "a document type behind a comment"),
    Hostile("relations.docx", lambda: related(*WRONG), OK, "parts of the wrong kind, or of another package, or none"),
    Hostile("spellings.docx", lambda: related(*(("header", name) for name in spellings("headerofdocument.xml", 2000)), parts=(("word/headerofdocument.xml", head(MB)),)), OK, "a part that is read 2,000 times"),
    Hostile("circles.docx", circles, OK, "styles, lists and notes in circles"),
    Hostile("bullets.docx", lambda: bullets(10_000), OK, "10,000 levels"),
    Hostile("tables-20.docx", lambda: tables(20), OK, "tables in tables"),
    Hostile("tables-200.docx", lambda: tables(200), BROKEN | OK, "tables in tables"),
    Hostile("boxes.docx", lambda: docx(BOX * 55 + PARAGRAPH + b"</w:txbxContent></w:pict></w:r></w:p>" * 55), OK, "boxes in boxes"),
    Hostile("empty.docx", lambda: docx(b"<w:p/>" * 100_000 + PARAGRAPH), OK, "100,000 empty paragraphs"),
    Hostile("cells.docx", lambda: cells(1000, 1000), LARGE, "a million cells"),
    Hostile("spans.docx", lambda: docx(b"<w:tbl>%s</w:tbl>" % (b"<w:tr>%s</w:tr>" % (SPAN % b"" * 50) * 200) + PARAGRAPH), OK | LARGE, "places that no cell fills"),
    Hostile("runs.docx", lambda: docx(b"<w:p>%s</w:p>" % (b"<w:r><w:t>a </w:t></w:r>" * 300_000)), OK, "a run for each letter"),
    Hostile("parts.docx", lambda: zipped([("[Content_Types].xml", b"<x/>"), *((f"word/{i}.xml", b"<x/>") for i in range(60_000))]), BROKEN, "60,000 parts and no document"),
)  # fmt: skip
