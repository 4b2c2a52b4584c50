"""The numbers that Word shows and does not write into the text."""

from __future__ import annotations

import pytest
from handmade import listed, p, word
from numbering_markup import custom, level, numbering, one, rows

from pipeline.ingest import read_bytes
from pipeline.ingest.docx.spelling import spell
from pipeline.model import Paragraph, Table


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
    (level(0, "decimal", "%1.%2."), "x", "Word shows no label that asks for the counter of a deeper level"),
    (level(0, "lowerLetter", "%1)", "<w:isLgl/>"), "1) x", "legal numbers are digits"),
    (level(0, "bullet", "", "<w:lvlPicBulletId w:val='0'/>"), "- x", "a picture is a bullet too"),
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


def test_hidden_words_before_a_shown_mark_leave_the_number() -> None:
    hidden = p("ẩn", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>", "<w:vanish/>")
    assert texts(hidden, listed("x"), lists=OUTLINE) == ["I.", "II. x"]


def test_a_number_in_a_merged_cell_that_holds_words_is_kept_with_them() -> None:
    """Such words are not shown either, but they are not dropped."""
    table = rows(("<w:vMerge w:val='restart'/>" + listed("a"), p("b")), ("<w:vMerge/>" + listed("thừa"), p("c")))
    (found,) = read_bytes("a.docx", word(table, numbering=one("decimal", "%1."))).blocks
    assert isinstance(found, Table)
    assert [paragraph.text for paragraph in found.cells[0].paragraphs] == ["1. a", "2. thừa"]


def test_the_default_style_may_number() -> None:
    """It is then that of every paragraph that names none; what says "default" has three spellings."""
    style = (
        "<w:style w:type='paragraph' w:default='true' w:styleId='Goc'><w:name w:val='Goc'/>"
        "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    assert texts(p("x"), p("y"), lists=OUTLINE, styles=style) == ["I. x", "II. y"]


# (examples, counter, label, why)
CUSTOM = [
    ("001, 002, 003, ...", 12, "012", "digits"),
    ("a, b, c, d, đ, ...", 6, "e", "the Vietnamese order"),
    ("A, B, C, D, Đ, E, G, ...", 8, "H", "in capitals"),
    ("a, b, c, ...", 5, "e", "the Latin order where no đ is given"),
    ("α, β, γ, ...", 2, "β", "another alphabet, as far as it is given"),
    ("α, β, γ, ...", 9, "9", "and no further"),
    ("", 3, "3", "no examples"),
]


@pytest.mark.parametrize(("examples", "value", "text", "why"), CUSTOM)
def test_a_format_given_by_examples(examples: str, value: int, text: str, why: str) -> None:
    assert spell(value, "custom", examples) == text, why


def test_the_newer_format_goes_before_the_one_for_older_programs() -> None:
    assert texts(*(listed("x") for _ in range(6)), lists=custom("a, b, c, d, đ, ..."))[4:] == ["đ. x", "e. x"]


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
