"""Word documents: what counts as text, how it looks, where it stands; tables as grids."""

from __future__ import annotations

import gc

import pytest
from handmade import p, with_part, word

from pipeline.ingest import read_bytes
from pipeline.model import Paragraph, Source, Style, Table

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def source_of(*body: str, styles: str = "") -> Source:
    return read_bytes("a.docx", word(*body, styles=styles))


def lines(*body: str, styles: str = "") -> list[tuple[str, ...]]:
    blocks = source_of(*body, styles=styles).blocks
    return [tuple(line.text for line in block.lines) for block in blocks if isinstance(block, Paragraph)]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


WINGDINGS, SYMBOL = (f"<w:rFonts w:ascii='{font}' w:hAnsi='{font}'/>" for font in ("Wingdings", "Symbol"))
HIDING = "<w:style w:type='character' w:styleId='An'><w:name w:val='An'/><w:rPr><w:vanish/></w:rPr></w:style>"
BEGIN, SEPARATE, END = (f"<w:fldChar w:fldCharType='{kind}'/>" for kind in ("begin", "separate", "end"))

# (inside of a paragraph, its lines, why)
INLINE = [
    (run("Rà ") + run("soát"), ("Rà soát",), "a word cut into runs"),
    (run("a") + f"<w:ins w:id='1' w:author='x'>{run('b')}</w:ins>" + run("c"), ("abc",), "inserted text counts"),
    (run("a") + "<w:del w:id='1'><w:r><w:delText>b</w:delText></w:r></w:del>", ("a",), "deleted text does not"),
    (
        f"<w:moveFrom w:id='1'>{run('a')}</w:moveFrom><w:moveTo w:id='2'>{run('b')}</w:moveTo>",
        ("b",),
        "moved text once",
    ),
    (f"<w:hyperlink w:anchor='x'>{run('trang')}</w:hyperlink>", ("trang",), "a link"),
    (f"<w:sdt><w:sdtContent>{run('ô')}</w:sdtContent></w:sdt>", ("ô",), "a content control"),
    (run("a") + run("b", "<w:vanish/>"), ("a",), "hidden text"),
    (run("a") + run("b", "<w:vanish w:val='0'/>"), ("ab",), "not hidden after all"),
    (run("kế hoạch", "<w:caps/>"), ("KẾ HOẠCH",), "shown in capitals"),
    (run("một") + "<w:r><w:br/><w:t>hai</w:t></w:r>", ("một", "hai"), "a soft break parts lines, not paragraphs"),
    ("<w:r><w:t>một</w:t><w:tab/><w:t>hai</w:t></w:r>", ("một\thai",), "a tab"),
    ("<w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>KH</w:t></w:r>", ("12-KH",), "a hyphen that does not break"),
    ("<w:r><w:sym w:font='Wingdings' w:char='F0D8'/><w:t>x</w:t></w:r>", ("-x",), "a bullet typed as a symbol"),
    ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t>5</w:t></w:r>", ("≥5",), "a sign that means something"),
    (
        f"<w:r>{BEGIN}<w:instrText>PAGE</w:instrText>{SEPARATE}<w:t>7</w:t>{END}<w:t> tr.</w:t></w:r>",
        ("7 tr.",),
        "a field",
    ),
    (f"<w:r>{BEGIN}<w:instrText>X</w:instrText><w:t>ẩn</w:t></w:r>", None, "an instruction shows nothing"),
    ("<w:fldSimple w:instr='DATE'>" + run("05/3") + "</w:fldSimple>", ("05/3",), "a simple field"),
    (run("\uf0b7 mục"), ("- mục",), "a bullet of a private font, typed as text"),
    ("<w:r><w:sym w:font='Wingdings' w:char='76'/><w:t>x</w:t></w:r>", ("-x",), "its code without the private area"),
    ("<w:r><w:sym w:font='MS Gothic' w:char='2610'/><w:t>Có</w:t></w:r>", ("☐Có",), "a sign of Unicode is itself"),
    ("<w:r><w:t>A </w:t><w:sym w:font='Wingdings' w:char='F0E0'/><w:t> B</w:t></w:r>", ("A → B",), "Word's arrow"),
    ("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>", ("✓",), "a tick alone says yes, a dash would say no"),
    ("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:t> mục</w:t></w:r>", ("- mục",), "before words it is a bullet"),
    (run("v", WINGDINGS) + run(" mục"), ("- mục",), "a letter that its font shows as a bullet"),
    (run("\uf076", WINGDINGS) + run(" vụ"), ("- vụ",), "the same in the private area; the letters beside it stay"),
    (run("a \uf0b3 5", SYMBOL), ("α ≥ 5",), "letters that Symbol shows as Greek"),
    (f"<w:smartTag w:element='place'>{run('Hà Nội')}</w:smartTag>", ("Hà Nội",), "a smart tag"),
    (f"<w:customXml w:element='x'>{run('a')}</w:customXml>", ("a",), "marked for another program"),
    (f"<w:dir w:val='ltr'>{run('a')}</w:dir>", ("a",), "with a direction of writing"),
    (
        f"<w:ruby><w:rt>{run('âm')}</w:rt><w:rubyBase>{run('chữ')}</w:rubyBase></w:ruby>",
        ("chữ",),
        "small letters above the line",
    ),
    ("<w:r><w:t>một</w:t><w:cr/><w:t>hai</w:t></w:r>", ("một", "hai"), "the older soft break"),
    ("<w:r><w:t>phối</w:t><w:softHyphen/><w:t>hợp</w:t></w:r>", ("phốihợp",), "where a word may be parted"),
    (
        f"<w:commentRangeStart w:id='1'/>{run('a')}<w:commentRangeEnd w:id='1'/><w:r><w:commentReference w:id='1'/></w:r>",
        ("a",),
        "a comment is not part of the text",
    ),
    (
        f"<w:r>{BEGIN}<w:instrText>IF </w:instrText>{BEGIN}<w:instrText>REF a</w:instrText>{SEPARATE}<w:t>1</w:t>{END}"
        f"<w:instrText> = 1</w:instrText>{SEPARATE}<w:t>đúng</w:t>{END}</w:r>",
        ("đúng",),
        "a field in the instruction of another one",
    ),
    (run("a") + run("b", "<w:rStyle w:val='An'/>"), ("a",), "hidden through a character style"),
    ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", ("x=1",), "a formula"),
]


@pytest.mark.parametrize(("inside", "expected", "why"), INLINE)
def test_what_counts_as_text(inside: str, expected: tuple[str, ...] | None, why: str) -> None:
    found = lines(f"<w:p>{inside}</w:p>", p("sau"), styles=HIDING)
    assert found == ([expected] if expected else []) + [("sau",)], why


def test_an_open_field_does_not_swallow_the_paragraphs_behind_it() -> None:
    opened = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>"
    assert lines(opened, p("một"), p("hai")) == [("một",), ("hai",)]


def test_paragraphs_and_tables_inside_content_controls_and_empty_paragraphs() -> None:
    control = (
        f"<w:sdt><w:sdtContent>{p('một')}<w:sdt><w:sdtContent>{p('hai')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    )
    assert lines("<w:p/>", control, p("  "), p("ba")) == [("một",), ("hai",), ("ba",)]


# ── looks ──────────────────────────────────────────────────────────────────────────────────

STYLES = (
    "<w:style w:type='paragraph' w:styleId='Dam'><w:name w:val='Dam'/><w:pPr><w:jc w:val='center'/></w:pPr>"
    "<w:rPr><w:b/><w:sz w:val='28'/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='DamCon'><w:name w:val='Dam con'/><w:basedOn w:val='Dam'/></w:style>"
    "<w:style w:type='character' w:styleId='Nghieng'><w:name w:val='Nghieng'/><w:rPr><w:i/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='H2'><w:name w:val='heading 2'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='H2Con'><w:name w:val='Muc lon'/><w:basedOn w:val='H2'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Vong'><w:name w:val='Vong'/><w:basedOn w:val='Vong'/></w:style>"
)

# (paragraph, attributes of the style, why)
LOOKS = [
    (p("x", run="<w:b/>"), {"bold": True}, "bold by itself"),
    (f"<w:p>{run('x', '<w:b/>')}{run(' ')}{run('y', '<w:b/>')}</w:p>", {"bold": True}, "a blank need not be bold"),
    (f"<w:p>{run('x', '<w:b/>')}{run('y')}</w:p>", {"bold": False}, "a word in bold makes no bold paragraph"),
    (p("x", "<w:pStyle w:val='Dam'/>"), {"bold": True, "alignment": "center", "size": 14.0}, "through its style"),
    (p("x", "<w:pStyle w:val='DamCon'/>"), {"bold": True, "alignment": "center"}, "through the base of its style"),
    (p("x", "<w:pStyle w:val='Dam'/>", "<w:b w:val='0'/>"), {"bold": False}, "the run takes it back"),
    (p("x", "", "<w:rStyle w:val='Nghieng'/>"), {"italic": True}, "through a character style"),
    (p("x", "<w:jc w:val='both'/>"), {"alignment": "justify"}, ""),
    (p("x", "<w:jc w:val='end'/>"), {"alignment": "right"}, "the newer name of right"),
    (p("x", "<w:outlineLvl w:val='0'/>"), {"heading": 1}, "an outline level"),
    (p("x", "<w:outlineLvl w:val='9'/>"), {"heading": None}, "level 9 is Word's name for body text"),
    (p("x", "<w:pStyle w:val='H2'/>"), {"heading": 2}, "a heading by the name of its style"),
    (p("x", "<w:pStyle w:val='H2Con'/>"), {"heading": 2}, "by the style that its own is based on"),
    (p("x", "<w:pStyle w:val='Vong'/>"), {"bold": False}, "a style based on itself ends"),
]


@pytest.mark.parametrize(("body", "expected", "why"), LOOKS)
def test_how_a_paragraph_looks(body: str, expected: dict[str, object], why: str) -> None:
    (block,) = source_of(body, styles=STYLES).blocks
    assert isinstance(block, Paragraph)
    assert isinstance(block.style, Style)
    assert {name: getattr(block.style, name) for name in expected} == expected, why


# ── pages ──────────────────────────────────────────────────────────────────────────────────

HARD = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"
NOTED = "<w:lastRenderedPageBreak/>"


def noted(text: str) -> str:
    return f"<w:p><w:r>{NOTED}<w:t>{text}</w:t></w:r></w:p>"


# (body, pages of the paragraphs, why)
PAGES = [
    ((p("a"), noted("b"), noted("c")), [1, 2, 3], "breaks that Word noted"),
    ((p("a"), HARD, p("b")), [1, 2], "a break that a person typed"),
    ((p("a"), HARD, noted("b")), [1, 2], "Word notes a hard break too: it counts once"),
    ((p("a"), p("b", "<w:pageBreakBefore/>")), [1, 2], "a paragraph that begins a page"),
    ((p("a"), HARD, p("b", "<w:pageBreakBefore/>")), [1, 2], "at the top of a page already"),
    ((p("a", "<w:sectPr/>"), p("b")), [1, 2], "a section begins a page"),
    ((p("a"), f"<w:p><w:r><w:t>b</w:t>{NOTED}<w:t>c</w:t></w:r></w:p>", p("d")), [1, 1, 2], "a break in a paragraph"),
]


@pytest.mark.parametrize(("body", "expected", "why"), PAGES)
def test_pages(body: tuple[str, ...], expected: list[int], why: str) -> None:
    source = source_of(*body)
    found = [block.lines[0].page for block in source.blocks if isinstance(block, Paragraph)]
    assert (found, source.pages) == (expected, max(expected)), why


# ── tables ─────────────────────────────────────────────────────────────────────────────────


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table_of(*rows: str) -> Table:
    (table,) = source_of(f"<w:tbl>{''.join(rows)}</w:tbl>").blocks
    assert isinstance(table, Table)
    return table


def spots(table: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {(c.row, c.column): ("|".join(q.text for q in c.paragraphs), c.row_span, c.column_span) for c in table.cells}


WIDE = "<w:gridSpan w:val='2'/>"
OPEN, GOES_ON = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
DELETED = "<w:del w:id='1' w:author='x'/>"
ACROSS, GOES_ACROSS = "<w:hMerge w:val='restart'/>", "<w:hMerge/>"


def control(inside: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def test_a_two_row_header_and_a_cell_merged_over_tasks() -> None:
    table = table_of(
        row(cell("TT", OPEN), cell("Cơ quan", WIDE)),
        row(cell("", GOES_ON), cell("Chủ trì"), cell("Phối hợp")),
        row(cell("1"), cell("Văn phòng", OPEN), cell("")),
        row(cell("2"), cell("", GOES_ON), cell("Công an")),
    )
    assert (table.rows, table.columns) == (4, 3)
    assert spots(table) == {
        (0, 0): ("TT", 2, 1),
        (0, 1): ("Cơ quan", 1, 2),
        (1, 1): ("Chủ trì", 1, 1),
        (1, 2): ("Phối hợp", 1, 1),
        (2, 0): ("1", 1, 1),
        (2, 1): ("Văn phòng", 2, 1),
        (3, 0): ("2", 1, 1),
        (3, 2): ("Công an", 1, 1),
    }


# (rows, places, why)
GRIDS = [
    (
        (row(cell("a"), cell("b")), row(cell("c"), properties="<w:gridBefore w:val='1'/>")),
        {(0, 0): ("a", 1, 1), (0, 1): ("b", 1, 1), (1, 1): ("c", 1, 1)},
        "a row that begins further right",
    ),
    (
        (row(cell("a"), cell("b")), row(cell("x"), cell("y"), properties=DELETED)),
        {(0, 0): ("a", 1, 1), (0, 1): ("b", 1, 1)},
        "a row deleted in a tracked change",
    ),
    (
        (row(cell("a"), cell("b", GOES_ON)),),
        {(0, 0): ("a", 1, 1), (0, 1): ("b", 1, 1)},
        "a merge that goes on from nothing keeps its text",
    ),
    (
        (row(cell("a", OPEN), cell("b")), row(cell("thừa", GOES_ON), cell("c"))),
        {(0, 0): ("a|thừa", 2, 1), (0, 1): ("b", 1, 1), (1, 1): ("c", 1, 1)},
        "text in the hidden part of a merge is not dropped",
    ),
    (
        (row(cell("a", "<w:hMerge w:val='restart'/>"), cell("b", "<w:hMerge/>"), cell("c")),),
        {(0, 0): ("a|b", 1, 2), (0, 2): ("c", 1, 1)},
        "the old way to merge across",
    ),
    (
        (row(cell("a", "<w:gridSpan w:val='999999999'/>"), cell("b")),),
        {(0, 0): ("a", 1, 63), (0, 63): ("b", 1, 1)},
        "a span that no table can have",
    ),
    (
        (row(cell("a", OPEN), cell("b")), row(cell("c"), cell("d")), row(cell("e", GOES_ON), cell("f"))),
        {
            (0, 0): ("a", 1, 1),
            (0, 1): ("b", 1, 1),
            (1, 0): ("c", 1, 1),
            (1, 1): ("d", 1, 1),
            (2, 0): ("e", 1, 1),
            (2, 1): ("f", 1, 1),
        },
        "a merge ends where a cell of its own stands",
    ),
    (
        (row(cell("a", WIDE + OPEN), cell("b")), row(cell("", GOES_ON), cell("c"), cell("d"))),
        {(0, 0): ("a", 2, 1), (0, 2): ("b", 1, 1), (1, 1): ("c", 1, 1), (1, 2): ("d", 1, 1)},
        "a merge that goes on narrower leaves its neighbour a place",
    ),
    (
        (row(cell("a", OPEN), cell("b"), cell("c")), row(cell("", WIDE + GOES_ON), cell("d"))),
        {(0, 0): ("a", 2, 1), (0, 1): ("b", 1, 1), (0, 2): ("c", 1, 1), (1, 2): ("d", 1, 1)},
        "a merge that goes on wider",
    ),
    (
        (
            row(cell("a", ACROSS + OPEN), cell("", GOES_ACROSS), cell("b")),
            row(cell("", ACROSS + GOES_ON), cell("", GOES_ACROSS), cell("c")),
        ),
        {(0, 0): ("a", 2, 2), (0, 2): ("b", 1, 1), (1, 2): ("c", 1, 1)},
        "merged across the old way, and down",
    ),
    (
        (row(cell("a"), cell("gone", "<w:cellDel w:id='1' w:author='x'/>"), cell("b")),),
        {(0, 0): ("a", 1, 1), (0, 1): ("b", 1, 1)},
        "a cell deleted in a tracked change",
    ),
    (
        (row(cell("a"), cell("b"), properties="<w:ins w:id='1' w:author='x'/>"),),
        {(0, 0): ("a", 1, 1), (0, 1): ("b", 1, 1)},
        "a row that was inserted",
    ),
    (
        (control(row(cell("a"), cell("b"))), f"<w:tr>{cell('c')}{control(cell('d'))}</w:tr>"),
        {(0, 0): ("a", 1, 1), (0, 1): ("b", 1, 1), (1, 0): ("c", 1, 1), (1, 1): ("d", 1, 1)},
        "a content control around a row, and around a cell",
    ),
]


@pytest.mark.parametrize(("rows", "expected", "why"), GRIDS)
def test_grids(rows: tuple[str, ...], expected: dict[tuple[int, int], tuple[str, int, int]], why: str) -> None:
    assert spots(table_of(*rows)) == expected, why


def test_a_deleted_paragraph_mark_before_a_table_or_at_the_end_loses_no_words() -> None:
    deleted = f"<w:p><w:pPr><w:rPr>{DELETED}</w:rPr></w:pPr>{run('đầu')}</w:p>"
    first, table, last = source_of(deleted, f"<w:tbl>{row(cell('a'), cell('b'))}</w:tbl>", deleted).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(last, Paragraph)
    assert (first.text, spots(table)[0, 0][0], last.text) == ("đầu", "a", "đầu")


def test_a_table_in_a_content_control_and_one_that_was_deleted() -> None:
    table = f"<w:tbl>{row(cell('a'), cell('b'))}</w:tbl>"
    gone = f"<w:tbl>{row(cell('c'), properties=DELETED)}{row(cell('d'), properties=DELETED)}</w:tbl>"
    (found,) = source_of(control(table), gone).blocks
    assert isinstance(found, Table)
    assert sorted(spots(found)) == [(0, 0), (0, 1)]


def test_a_frame_of_one_cell_is_opened_and_a_table_in_a_cell_gives_its_paragraphs() -> None:
    inner = f"<w:tbl>{row(cell('trong 1'), cell('trong 2'))}</w:tbl>"
    framed = f"<w:tbl><w:tr><w:tc>{p('khung')}{inner}{p('')}</w:tc></w:tr></w:tbl>"
    first, second = source_of(framed).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Table)
    outer = table_of(f"<w:tr><w:tc>{p('a')}{inner}{p('b')}</w:tc>{cell('c')}</w:tr>")
    assert spots(outer)[0, 0] == ("a|trong 1|trong 2|b", 1, 1)


def test_the_cells_of_a_row_that_runs_over_the_page_end_are_not_added_up() -> None:
    """As Word notes it: the second cell goes back to the row's page, the next row is on the page reached before."""

    def over(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t>{NOTED}<w:t>{text}</w:t></w:r></w:p></w:tc>"

    def back(text: str) -> str:
        return f"<w:tc>{noted(text)}</w:tc>"

    rows = row(cell("1"), over("a"), back("b")), row(cell("2"), cell("c")), row(back("3"), cell("d"))
    source = source_of(f"<w:tbl>{''.join(rows)}</w:tbl>", p("sau"))
    table, after = source.blocks
    assert isinstance(table, Table)
    assert isinstance(after, Paragraph)
    assert {c.paragraphs[0].text: c.paragraphs[0].lines[0].page for c in table.cells if c.column == 0} == {
        "1": 1,
        "2": 2,
        "3": 3,
    }
    assert after.lines[0].page == 3


# ── the package ───────────────────────────────────────────────────────────────────────────


def test_the_strict_variant_of_the_format_is_read_too() -> None:
    usual = f'<w:document xmlns:w="{NS}"><w:body>{p("Kế hoạch")}</w:body></w:document>'
    strict = usual.replace(NS, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    data = with_part(word(p("x")), "word/document.xml", strict.encode())
    (block,) = read_bytes("a.docx", data).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Kế hoạch"


def test_relations_to_parts_that_are_not_there_are_forgiven_as_word_does() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{name}" Type="{kind}/{name}" Target="{target}"/>'
        for name, target in (("image", "NULL"), ("styles", "gone.xml"), ("footnotes", "../../../up.xml"))
    )
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )
    data = with_part(word(p("Kế hoạch")), "word/_rels/document.xml.rels", relations.encode())
    (block,) = read_bytes("a.docx", data).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "Kế hoạch"


def test_a_file_that_was_read_leaves_no_tree_to_the_collector() -> None:
    data = word(*(p(f"Mục {number}", run="<w:b/>") for number in range(50)))
    read_bytes("a.docx", data)
    gc.collect()
    gc.disable()
    try:
        read_bytes("a.docx", data)
        assert gc.collect() == 0
    finally:
        gc.enable()
