"""The numbers that Word shows and does not write into the text."""

from __future__ import annotations

import pytest
from handmade import listed, p, word

from pipeline.ingest import read_bytes
from pipeline.ingest.docx.numbering import spell
from pipeline.model import Paragraph


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>{more}"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
    )


def numbering(*levels: str, nums: str = "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>") -> str:
    return f"<w:abstractNum w:abstractNumId='0'>{''.join(levels)}</w:abstractNum>{nums}"


def texts(*body: str, lists: str, styles: str = "") -> list[str]:
    blocks = read_bytes("a.docx", word(*body, numbering=lists, styles=styles)).blocks
    return [block.text for block in blocks if isinstance(block, Paragraph)]


OUTLINE = numbering(
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "decimal", "%2.%3."),
    level(3, "lowerLetter", "%4)"),
)


def test_levels_count_on_and_begin_anew_under_the_next_heading() -> None:
    body = [listed("x", depth) for depth in (0, 1, 2, 2, 1, 3, 3, 0, 1)]
    labels = [text.removesuffix(" x") for text in texts(*body, lists=OUTLINE)]
    assert labels == ["I.", "1.", "1.1.", "1.2.", "2.", "a)", "b)", "II.", "1."]


def test_a_level_above_that_was_never_used_shows_its_start() -> None:
    assert texts(listed("x", 2), lists=OUTLINE) == ["1.1. x"]


# (level definition, label, why)
LABELS = [
    (level(0, "decimal", "%1."), "1. x", "one blank, though Word puts a tab there"),
    (level(0, "decimal", "Điều %1. ", "<w:suff w:val='nothing'/>"), "Điều 1. x", "the blank is in the label already"),
    (level(0, "decimal", "%1.", "<w:suff w:val='nothing'/>"), "1.x", "no blank where Word shows none"),
    (level(0, "decimalZero", "%1"), "01 x", ""),
    (level(0, "upperLetter", "%1.", start=4), "D. x", "Word counts a b c d, not a b c d đ"),
    (level(0, "lowerRoman", "(%1)", start=9), "(ix) x", ""),
    (level(0, "decimal", "%1.", start=5), "5. x", "a list may begin late"),
    (level(0, "none", "Mục"), "Mục x", "a label without a counter"),
    (level(0, "none", ""), "x", "no label at all"),
    (level(0, "bullet", "\uf0b7"), "- x", "Symbol"),
    (level(0, "bullet", "\uf0a7"), "- x", "Wingdings"),
    (level(0, "bullet", "o"), "- x", "Courier New"),
    (level(0, "bullet", "•"), "- x", ""),
    (level(0, "bullet", "+"), "+ x", "the sign of a deeper item in directives"),
    (level(0, "bullet", "–"), "– x", "a dash that somebody typed"),
    (level(0, "vietnameseCounting", "Thứ %1,", start=21), "Thứ hai mươi mốt, x", "spelled"),
]


@pytest.mark.parametrize(("definition", "text", "why"), LABELS)
def test_a_label(definition: str, text: str, why: str) -> None:
    assert texts(listed("x"), lists=numbering(definition)) == [text], why


def test_legal_numbering_shows_digits_for_a_roman_level_above() -> None:
    lists = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", "<w:isLgl/>"))
    assert texts(listed("x"), listed("y", 1), lists=lists) == ["I. x", "1.1. y"]


def test_a_level_that_never_restarts() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "decimal", "%2)", "<w:lvlRestart w:val='0'/>"))
    body = [listed("x", depth) for depth in (0, 1, 0, 1)]
    assert texts(*body, lists=lists) == ["1. x", "1) x", "2. x", "2) x"]


def test_two_lists_of_one_definition_count_together_unless_one_starts_anew() -> None:
    nums = (
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/>"
        "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride></w:num>"
    )
    lists = numbering(level(0, "decimal", "%1."), nums=nums)
    body = [listed("x", num=num) for num in (1, 2, 3, 3)]
    assert texts(*body, lists=lists) == ["1. x", "2. x", "7. x", "8. x"]


def test_an_override_may_bring_a_level_of_its_own() -> None:
    own = f"<w:lvlOverride w:ilvl='0'>{level(0, 'lowerLetter', '%1)')}</w:lvlOverride>"
    nums = f"<w:num w:numId='1'><w:abstractNumId w:val='0'/>{own}</w:num>"
    assert texts(listed("x"), lists=numbering(level(0, "decimal", "%1."), nums=nums)) == ["a) x"]


STYLES = (
    "<w:style w:type='paragraph' w:styleId='Muc'><w:name w:val='Muc'/>"
    "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='MucCon'><w:name w:val='Muc con'/><w:basedOn w:val='Muc'/></w:style>"
)


def test_a_number_comes_through_the_style_and_the_style_it_is_based_on() -> None:
    body = [p("một", "<w:pStyle w:val='Muc'/>"), p("hai", "<w:pStyle w:val='MucCon'/>")]
    assert texts(*body, lists=OUTLINE, styles=STYLES) == ["I. một", "II. hai"]


def test_number_zero_takes_the_number_of_the_style_away() -> None:
    none = "<w:pStyle w:val='Muc'/><w:numPr><w:ilvl w:val='0'/><w:numId w:val='0'/></w:numPr>"
    assert texts(p("một", none), lists=OUTLINE, styles=STYLES) == ["một"]


def test_a_level_names_the_style_that_it_numbers() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)", "<w:pStyle w:val='Muc'/>"))
    assert texts(p("x", "<w:pStyle w:val='Muc'/>"), lists=lists, styles=STYLES) == ["a) x"]


def test_an_empty_numbered_paragraph_shows_its_number() -> None:
    """The column of numbers in an annex table is often nothing else."""
    assert texts(listed(""), listed("x"), lists=OUTLINE) == ["I.", "II. x"]


def test_a_paragraph_whose_mark_was_deleted_takes_no_number() -> None:
    deleted = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del w:id='1' w:author='a'/>"
        "</w:rPr></w:pPr><w:r><w:t xml:space='preserve'>Rà soát </w:t></w:r></w:p>"
    )
    assert texts(deleted, listed("quy hoạch"), lists=OUTLINE) == ["I. Rà soát quy hoạch"]


def test_a_list_that_is_not_defined_gives_no_number() -> None:
    assert texts(listed("x", num=99), lists=OUTLINE) == ["x"]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (27, "lowerLetter", "aa"),  # Word doubles the letter; it does not count like a spreadsheet
        (53, "lowerLetter", "aaa"),
        (0, "lowerLetter", "0"),
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (-1, "upperRoman", "-1"),
        (10**9, "upperRoman", "1000000000"),  # a hostile start must not write a million letters
        (10, "vietnameseCounting", "mười"),
        (11, "vietnameseCounting", "mười một"),
        (15, "vietnameseCounting", "mười lăm"),
        (20, "vietnameseCounting", "hai mươi"),
        (100, "vietnameseCounting", "100"),
        (3, "decimalEnclosedParen", "(3)"),
        (3, "aFormatOfTheFuture", "3"),
    ],
)
def test_spelling(value: int, form: str, text: str) -> None:
    assert spell(value, form) == text
