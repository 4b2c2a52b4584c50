"""Cases of automatic numbers: which paragraphs have one."""

from __future__ import annotations

from handmade import listed, p
from numbering_markup import (
    DECIMAL,
    OUTLINE,
    Case,
    items,
    level,
    marked,
    num,
    number,
    numbering,
    rows,
    style,
    styled,
)

LIST = numbering(*OUTLINE, nums=num(1) + num(2))
RUN = "<w:r><w:t>x</w:t></w:r>"
HIDDEN = "<w:vanish/>"

# ── styles ─────────────────────────────────────────────────────────────────────────────────

NUMBERED = style("A", number(None, 1))
BASED = style("H1", number(0, 1)) + style("H2", number(1), "H1") + style("H3", number(2), "H2")

# The headings of a law, each a style that a level names: Chương, Điều, khoản, điểm.
LAW = numbering(
    level(0, "upperRoman", "Chương %1", "<w:pStyle w:val='Chuong'/>"),
    level(1, "decimal", "Điều %2.", "<w:pStyle w:val='Dieu'/>"),
    level(2, "decimal", "%3.", "<w:pStyle w:val='Khoan'/>"),
    level(3, "lowerLetter", "%4)", "<w:pStyle w:val='Diem'/>"),
)
LAW_STYLES = "".join(
    style(name, f"{number(depth or None, 1)}<w:outlineLvl w:val='{depth}'/>")
    for depth, name in enumerate(("Chuong", "Dieu", "Khoan", "Diem"))
)

STYLES = [
    Case("a style that numbers", "1. x|2. x", DECIMAL, (styled("A"), styled("A")), NUMBERED),
    Case("a style based on it", "1. x|2. x", DECIMAL, (styled("A"), styled("B")), NUMBERED + style("B", "", "A")),
    Case(
        "based on one that is based on it",
        "1. x",
        DECIMAL,
        (styled("C"),),
        NUMBERED + style("B", "", "A") + style("C", "", "B"),
    ),
    Case("a style with a level", "1.1. x", LIST, (styled("A"),), style("A", number(1, 1))),
    Case(
        "a level alone, the list from the base",
        "1. x|1.1. x|1.1.1. x|2. x",
        LIST,
        tuple(map(styled, ("H1", "H2", "H3", "H1"))),
        BASED,
    ),
    Case("a paragraph that says its level only", "1. x|1.1. x", LIST, (styled("H1"), styled("H1", number(1))), BASED),
    Case(
        "a paragraph that says its list only", "1. x|1.1. x", LIST, (styled("H1"), styled("H2", number(None, 2))), BASED
    ),
    Case("a paragraph that says both", "1. x|1.1.1. x", LIST, (styled("H1"), styled("H1", number(2, 1))), BASED),
    Case(
        "a paragraph without the number of its style",
        "1. x|x|2. x",
        DECIMAL,
        (styled("A"), styled("A", number(0, 0)), styled("A")),
        NUMBERED,
    ),
    Case(
        "a style without the number of its base",
        "1. x|x|2. x",
        DECIMAL,
        (styled("A"), styled("B"), styled("A")),
        NUMBERED + style("B", number(None, 0), "A"),
    ),
    Case(
        "a list that is not there",
        "1. x|x|2. x",
        DECIMAL,
        (styled("A"), styled("A", number(0, 77)), styled("A")),
        NUMBERED,
    ),
    Case(
        "the headings of a law",
        "Chương I x|Điều 1. x|1. x|a) x|b) x|2. x|Điều 2. x|1. x|Chương II x",
        LAW,
        tuple(map(styled, ("Chuong", "Dieu", "Khoan", "Diem", "Diem", "Khoan", "Dieu", "Khoan", "Chuong"))),
        LAW_STYLES,
    ),
    Case(
        "a level names its style, which says none: the standard lets the level win; LibreOffice takes the first level",
        "1. x|1.1. x",
        numbering(OUTLINE[0], level(1, "decimal", "%1.%2.", "<w:pStyle w:val='B'/>")),
        (styled("A"), styled("B")),
        NUMBERED + style("B", number(None, 1)),
        drawn="1. x|2. x",
    ),
    Case(
        "a table style does not number",
        "x|x",
        DECIMAL,
        (rows((p("x"),), look="<w:tblStyle w:val='T'/>"), p("x")),
        f"<w:style w:type='table' w:styleId='T'><w:name w:val='T'/><w:pPr>{number(0, 1)}</w:pPr></w:style>",
    ),
]

# ── tables and boxes ───────────────────────────────────────────────────────────────────────

LOW = p("") + p("x")  # one line below the number beside it, so that they make two lines of the page
OPEN, GOES_ON = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline"
    " xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'>"
    "<wp:extent cx='2000000' cy='1000000'/><wp:docPr id='1' name='b'/>"
    "<a:graphic xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>"
    "<a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp>"
    "<wps:cNvSpPr txBox='1'/><wps:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='2000000' cy='1000000'/></a:xfrm>"
    "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
    "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)

TABLES = [
    Case("a list in the cells of a table", "1. x|2. x", DECIMAL, (rows((listed("x"),), (listed("x"),)), p(""))),
    Case(
        "a list before, in and behind a table",
        "1. x|2. x|3. x",
        DECIMAL,
        (listed("x"), rows((listed("x"),)), listed("x")),
    ),
    Case(
        "a column of numbers alone",
        "1.|x|2.|x",
        DECIMAL,
        (rows((listed(""), LOW), (listed(""), LOW)), p("")),
    ),
    Case(
        "numbers from the left to the right",
        "1. x|2. x|3. x",
        DECIMAL,
        (rows((listed("x"), p("") + listed("x")), (listed("x"), p(""))), p("")),
    ),
    Case(
        "a table in a table",
        "1. x|2. x|3. x",
        DECIMAL,
        (rows((listed("x") + rows((listed("x"),)) + listed("x"),)), p("")),
    ),
    Case(
        "a number below a merged cell is not shown, but counts",
        "1.|x|x|3.|x",
        DECIMAL,
        (rows((OPEN + listed(""), LOW), (GOES_ON + listed(""), p("x")), (listed(""), LOW)), p("")),
    ),
    Case("text boxes count apart", "1. x|2. x|1. x|2. x", DECIMAL, (*items("00"), BOX.format("".join(items("00"))))),
]

# ── what stands there and what does not ────────────────────────────────────────────────────

BY = "w:id='1' w:author='a' w:date='2026-01-01T00:00:00Z'"
GONE = f"<w:del {BY}><w:r><w:delText>y</w:delText></w:r></w:del>"
CONTROL = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"

SHOWN = [
    Case("a number without words", "1. x|2.|3. x", DECIMAL, (*items("0"), listed(""), *items("0"))),
    Case(
        "a number before a bookmark",
        "1.|2. x",
        DECIMAL,
        (marked("", "<w:bookmarkStart w:id='0' w:name='b'/><w:bookmarkEnd w:id='0'/>"), *items("0")),
    ),
    Case(
        "an empty paragraph that ends a section has none",
        "1. x|2. x",
        DECIMAL,
        (
            *items("0"),
            f"<w:p><w:pPr>{number(0, 1)}<w:sectPr><w:type w:val='continuous'/></w:sectPr></w:pPr></w:p>",
            *items("0"),
        ),
    ),
    Case(
        "a soft break makes no new item",
        "1. x|y|2. x",
        DECIMAL,
        (marked("", "<w:r><w:t>x</w:t><w:br/><w:t>y</w:t></w:r>"), *items("0")),
    ),
    Case(
        "a hidden paragraph takes no number; LibreOffice hides and counts it",
        "1. x|2. x",
        DECIMAL,
        (*items("0"), marked(HIDDEN, f"<w:r><w:rPr>{HIDDEN}</w:rPr><w:t>y</w:t></w:r>"), *items("0")),
        drawn="1. x|3. x",
    ),
    Case("a deleted paragraph", "1. x|2. x", DECIMAL, (*items("0"), marked(f"<w:del {BY}/>", GONE), *items("0"))),
    Case("deleted words, kept mark", "1. x|2.|3. x", DECIMAL, (*items("0"), marked("", GONE), *items("0"))),
    Case("a deleted mark joins two items", "1. xx|2. x", DECIMAL, (marked(f"<w:del {BY}/>", RUN), *items("00"))),
    Case(
        "an inserted paragraph",
        "1. x|2. x",
        DECIMAL,
        (marked(f"<w:ins {BY}/>", f"<w:ins {BY}>{RUN}</w:ins>"), *items("0")),
    ),
    Case(
        "the number that a paragraph had before a change",
        "1. x|x|2. x",
        DECIMAL,
        (
            *items("0"),
            f"<w:p><w:pPr><w:pPrChange {BY}><w:pPr>{number(0, 1)}</w:pPr></w:pPrChange></w:pPr>{RUN}</w:p>",
            *items("0"),
        ),
    ),
    Case(
        "a list in a content control",
        "1. x|2. x|3. x",
        DECIMAL,
        (*items("0"), CONTROL.format(items("0")[0]), *items("0")),
    ),
    Case("words in a content control", "1. x", DECIMAL, (marked("", CONTROL.format(RUN)),)),
    Case(
        "a bookmark around a list",
        "1. x|2. x",
        DECIMAL,
        ("<w:bookmarkStart w:id='0' w:name='b'/>", *items("00"), "<w:bookmarkEnd w:id='0'/>"),
    ),
]

CASES = [*STYLES, *TABLES, *SHOWN]
