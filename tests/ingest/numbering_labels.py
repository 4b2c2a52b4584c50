"""Cases of automatic numbers: what a label looks like."""

from __future__ import annotations

from handmade import listed, p
from numbering_markup import (
    DECIMAL,
    OUTLINE,
    Case,
    abstract,
    custom,
    items,
    level,
    marked,
    num,
    number,
    numbering,
    one,
    starts,
    style,
    styled,
)

CAPITALS = "<w:caps/>"
RUN = "<w:r><w:t>x</w:t></w:r>"

FORMATS = [
    Case("digits", "1. x|2. x|3. x", DECIMAL, items("000")),
    Case("a list that begins late", "5. x|6. x", one("decimal", "%1.", start=5), items("00")),
    Case("a list that begins with nought", "0. x|1. x", one("decimal", "%1.", start=0), items("00")),
    Case("a year", "2026. x|2027. x", one("decimal", "%1.", start=2026), items("00")),
    Case(
        "no format is said: digits",
        "1. x|2. x",
        numbering("<w:lvl w:ilvl='0'><w:start w:val='1'/><w:lvlText w:val='%1.'/><w:suff w:val='space'/></w:lvl>"),
        items("00"),
    ),
    Case("no start is said: nought", "0. x", DECIMAL.replace("<w:start w:val='1'/>", ""), items("0")),
    Case("an unknown format: digits", "1. x|2. x", one("aFormatOfTheFuture", "%1."), items("00")),
    Case("two digits", "09. x|10. x|11. x", one("decimalZero", "%1.", start=9), items("000")),
    Case("small letters: Word has no đ", "c) x|d) x|e) x|f) x", one("lowerLetter", "%1)", start=3), items("0000")),
    Case("behind z the letter is doubled", "z) x|aa) x|bb) x", one("lowerLetter", "%1)", start=26), items("000")),
    Case("then it stands three times", "zz) x|aaa) x", one("lowerLetter", "%1)", start=52), items("00")),
    Case("capital letters", "A. x|B. x|C. x", one("upperLetter", "%1."), items("000")),
    Case("capital letters behind Z", "Z. x|AA. x", one("upperLetter", "%1.", start=26), items("00")),
    Case("Roman numbers", "I. x|II. x|III. x|IV. x|V. x", one("upperRoman", "%1."), items("00000")),
    Case("Roman numbers beyond twelve", "XII. x|XIII. x|XIV. x", one("upperRoman", "%1.", start=12), items("000")),
    Case("Roman forty", "xxxix) x|xl) x|xli) x", one("lowerRoman", "%1)", start=39), items("000")),
    Case("Roman ninety-nine", "XCIX. x|C. x", one("upperRoman", "%1.", start=99), items("00")),
    Case("a Roman year", "MCMXCIX. x|MM. x", one("upperRoman", "%1.", start=1999), items("00")),
    Case("in circles", "① x|② x", one("decimalEnclosedCircle", "%1"), items("00")),
    Case("three digits", "001. x|002. x", custom("001, 002, 003, ..."), items("00")),
    Case("four digits", "0001. x|0002. x", custom("0001, 0002, 0003, ..."), items("00")),
    Case("five digits", "00001. x", custom("00001, 00002, 00003, ..."), items("0")),
    Case("an unknown custom format of digits", "1. x|2. x", custom("1, 2, 3, ..."), items("00")),
    Case(
        "Vietnamese words; LibreOffice knows none and shows digits",
        "Phần bốn x|Phần năm x",
        one("vietnameseCounting", "Phần %1", start=4),
        items("00"),
        drawn="Phần 4 x|Phần 5 x",
    ),
]

TEXTS = [
    Case("Điều", "Điều 1. x|Điều 2. x", one("decimal", "Điều %1."), items("00")),
    Case("Chương", "Chương I x|Chương II x", one("upperRoman", "Chương %1"), items("00")),
    Case("a step", "Bước 1: x", one("decimal", "Bước %1:"), items("0")),
    Case("in brackets", "(1) x|(2) x", one("decimal", "(%1)"), items("00")),
    Case("a stroke", "1/ x", one("decimal", "%1/"), items("0")),
    Case("a dash and a number", "- 1 x", one("decimal", "- %1"), items("0")),
    Case("a percent sign that asks for nothing", "1% x", one("decimal", "%1%"), items("0")),
    Case("a label without a counter", "Mục x|Mục x", one("none", "Mục"), items("00")),
    Case("a counter in no format", "Mục x", one("none", "Mục %1"), items("0")),
    Case("no label", "x|x", one("decimal", ""), items("00")),
    Case("a blank behind it", "1. x", one("decimal", "%1.", "<w:suff w:val='space'/>"), items("0")),
    Case("nothing behind it", "1.x", one("decimal", "%1.", "<w:suff w:val='nothing'/>"), items("0")),
    Case("nothing behind its blank", "Điều 1. x", one("decimal", "Điều %1. ", "<w:suff w:val='nothing'/>"), items("0")),
    Case("four levels", "1. x|1.1. x|1.1.1. x|1.1.1.1. x", numbering(*OUTLINE), items("0123")),
    Case(
        "the levels of a plan",
        "I. x|1. x|1.1. x|a) x|- x",
        numbering(
            level(0, "upperRoman", "%1."),
            level(1, "decimal", "%2."),
            level(2, "decimal", "%2.%3."),
            level(3, "lowerLetter", "%4)"),
            level(4, "bullet", "-"),
        ),
        items("01234"),
    ),
    Case(
        "each counter in the format of its own level",
        "A x|A.1 x|A.1.a x",
        numbering(level(0, "upperLetter", "%1"), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%1.%2.%3")),
        items("012"),
    ),
    Case(
        "from the inner to the outer",
        "1 x|a1 x",
        numbering(level(0, "decimal", "%1"), level(1, "lowerLetter", "%2%1")),
        items("01"),
    ),
    Case(
        "a level without a format takes what parts it along",
        "Mục x|1. x",
        numbering(level(0, "none", "Mục"), level(1, "decimal", "%1.%2.")),
        items("01"),
    ),
    Case(
        "a bullet counts for nothing in a number below it",
        "1. x|1.1. x|– x|1.1.1. x",
        numbering(*OUTLINE[:2], level(2, "bullet", "–"), level(3, "decimal", "%1.%2.%3%4.")),
        items("0123"),
    ),
    Case(
        "legal numbers: digits for what is above, two digits stay (Word's own list Article/Section); "
        "LibreOffice came to know them in a later version than 7.4",
        "Điều I. x|Mục 1.01 x",
        numbering(level(0, "upperRoman", "Điều %1."), level(1, "decimalZero", "Mục %1.%2", "<w:isLgl/>")),
        items("01"),
        drawn="Điều I. x|Mục I.01 x",
    ),
    Case("capitals of the label", "ĐIỀU 1. x", one("decimal", "Điều %1.", look=CAPITALS), items("0")),
    Case("capitals of the mark", "ĐIỀU 1. x", one("decimal", "Điều %1."), (marked(CAPITALS, RUN),)),
    Case(
        "capitals of the style",
        "ĐIỀU 1. X",
        one("decimal", "Điều %1."),
        (styled("A"),),
        style("A", number(0, 1), run=CAPITALS),
    ),
    Case(
        "capitals of the style, not of the label",
        "Điều 1. X",
        one("decimal", "Điều %1.", look="<w:caps w:val='0'/>"),
        (styled("A"),),
        style("A", number(0, 1), run=CAPITALS),
    ),
    Case(
        "a hidden label; LibreOffice 7.4 draws it",
        "x|x",
        one("decimal", "%1.", look="<w:vanish/>"),
        items("00"),
        drawn="1. x|2. x",
    ),
]

# Offices follow the order a b c d đ e g h, for which Word has no format: they type đ, or give it a list of its own.
D_BAR = "<w:abstractNum w:abstractNumId='1'>" + level(0, "none", "đ)") + "</w:abstractNum>"
LETTERS = abstract(0, level(0, "lowerLetter", "%1)"))
VIETNAMESE = [
    Case(
        "đ is typed, the list goes on behind it",
        "c) x|d) x|đ) x|e) x",
        LETTERS + num(1, starts(0, 3)),
        (*items("00"), p("đ) x"), *items("0")),
    ),
    Case(
        "đ is a list of its own, f is left out by a new start",
        "d) x|đ) x|e) x|g) x|h) x",
        LETTERS + D_BAR + num(1, starts(0, 4)) + num(2, of=1) + num(3, starts(0, 7)),
        (*items("0"), *items("0", 2), *items("0"), *items("00", 3)),
    ),
]

BULLETS = [
    Case(
        "a bullet of Symbol",
        "- x",
        one("bullet", "\uf0b7", look="<w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/>"),
        items("0"),
    ),
    Case(
        "a bullet of Wingdings",
        "- x",
        one("bullet", "\uf0a7", look="<w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>"),
        items("0"),
    ),
    Case(
        "a letter that Wingdings shows as a sign",
        "- x",
        one("bullet", "v", look="<w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>"),
        items("0"),
    ),
    Case("the o of Courier New", "- x", one("bullet", "o", look="<w:rFonts w:ascii='Courier New'/>"), items("0")),
    Case("a round bullet of Unicode", "- x", one("bullet", "•"), items("0")),
    Case("a hyphen", "- x", one("bullet", "-"), items("0")),
    Case("a dash", "– x", one("bullet", "–"), items("0")),
    Case("a plus", "+ x", one("bullet", "+"), items("0")),
    Case("an asterisk", "* x", one("bullet", "*"), items("0")),
    Case("a bullet without a sign", "x", one("bullet", ""), items("0")),
    Case("a bullet always stands off", "- x", one("bullet", "-", "<w:suff w:val='space'/>"), (listed("x"),)),
]

CASES = [*FORMATS, *TEXTS, *VIETNAMESE, *BULLETS]
