"""HTML: words, lists, tables and looks as a browser shows them; what is empty, broken or hostile."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from pipeline.errors import DocumentError
from pipeline.ingest import grid, web
from pipeline.ingest.reading import Reading, Settings
from pipeline.ingest.web import markup
from pipeline.model import Paragraph, Table


def read(body: str, head: str = "<meta charset=utf-8>") -> Reading:
    return web.read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), Settings())


def shape(reading: Reading) -> list[object]:
    """Paragraphs as their text, tables as {(row, column): text}."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else {(cell.row, cell.column): "/".join(p.text for p in cell.paragraphs) for cell in block.cells}
        for block in reading.blocks
    ]


def texts(body: str, head: str = "<meta charset=utf-8>") -> list[object]:
    return shape(read(body, head))


def code_of(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        web.read(data, Settings())
    assert caught.value.message
    return caught.value.code


# ── words ──────────────────────────────────────────────────────────────────────────────────

# (body, texts, why)
WORDS = [
    ("<p>Kế hoạch</p><p>năm 2026</p>", ["Kế hoạch", "năm 2026"], "paragraphs"),
    ("Kế hoạch<div>năm 2026</div>hết", ["Kế hoạch", "năm 2026", "hết"], "words beside an element"),
    ("<p>Kế\n   hoạch\t số  17</p>", ["Kế hoạch số 17"], "line ends of the file are blanks"),
    ("<p>K<b>ế ho</b><i>ạch</i></p>", ["Kế hoạch"], "a word in pieces"),
    ("<p>Kế hoạch<br>năm 2026<br/><br>hết</p>", ["Kế hoạch\nnăm 2026\nhết"], "lines; blank ones go"),
    ("<p>Kế&nbsp;hoạch &amp; báo&#32;c&#225;o &lt;mật&gt; &#x1EA1;</p>", ["Kế hoạch & báo cáo <mật> ạ"], "entities"),
    ("<pre>a  b\n  c\n\nd</pre>", ["a b\nc\nd"], "lines that stand as they are"),
    ("<p style='white-space:pre-line'>a\nb</p>", ["a\nb"], "lines by style"),
    ("<p>Hết hạn ngày 3<sup>0</sup>/6</p>", ["Hết hạn ngày 30/6"], "a raised sign"),
    ("<p> &nbsp; </p><p>a</p><p></p>", ["a"], "blank paragraphs go"),
    ("<p style='text-transform:uppercase'>Kế hoạch</p>", ["KẾ HOẠCH"], "capitals by style"),
    ("<p>a<p>b<div>c<p>d", ["a", "b", "c", "d"], "elements that are not closed"),
    ("<p>a<!-- b -->c<script>d</script><style>e</style>f</p>", ["acf"], "comments, scripts and styles say nothing"),
    ("<p>a<!--[if gte mso 9]><p>b</p><![endif]-->c<![if !x]>d<![endif]></p>", ["acd"], "conditional comments of Word"),
    ("<dl><dt>Hạn</dt><dd>30/6</dd></dl>", ["Hạn", "30/6"], "a list of terms"),
    ("<details><summary>a</summary>b</details>", ["a", "b"], "a part that is folded up"),
    ("<p>a<o:p>b</o:p></p>", ["ab"], "an element that HTML does not know"),
]


@pytest.mark.parametrize(("body", "wanted", "why"), WORDS)
def test_words(body: str, wanted: list[object], why: str) -> None:
    assert texts(body) == wanted, why


# ── lists ──────────────────────────────────────────────────────────────────────────────────

# (body, texts, why)
LISTS = [
    ("<ol><li>a<li>b</ol>", ["1. a", "2. b"], "numbers"),
    ("<ol start=4><li>a<li>b</ol>", ["4. a", "5. b"], "another first number"),
    ("<ol><li>a<li value=7>b<li>c</ol>", ["1. a", "7. b", "8. c"], "a number in the middle"),
    ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"], "backwards"),
    ("<ol reversed start=9><li>a<li>b</ol>", ["9. a", "8. b"], "backwards from a number"),
    ("<ol type=a><li>a<li>b</ol>", ["a. a", "b. b"], "letters"),
    ("<ol type=A start=27><li>a</ol>", ["AA. a"], "letters past Z"),
    ("<ol type=I start=3><li>a<li>b</ol>", ["III. a", "IV. b"], "Roman"),
    ("<ol type=i start=9><li>a</ol>", ["ix. a"], "small Roman"),
    ("<ol type=I start=4000><li>a</ol>", ["4000. a"], "Roman numbers end at 3999"),
    ("<ol type=a start=0><li>a</ol>", ["0. a"], "there is no letter 0"),
    ("<ol start=x><li>a</ol>", ["1. a"], "a number that is none"),
    ("<ol style='list-style-type:upper-roman'><li>a</ol>", ["I. a"], "by style"),
    ("<ol style='list-style-type:decimal-leading-zero'><li>a</ol>", ["01. a"], "a zero in front"),
    ("<ol style='list-style-type:none'><li>1) a</ol>", ["1) a"], "none: the number was typed"),
    ("<ol type=disc><li>a</ol>", ["- a"], "an ordered list with bullets"),
    ("<ul><li>a<li>b</ul>", ["- a", "- b"], "bullets"),
    ("<ul><li>- a<li>+ b<li>• c</ul>", ["- a", "+ b", "• c"], "bullets that were typed too"),
    ("<ul style='list-style:none outside'><li>a</ul>", ["a"], "no bullets"),
    ("<ol><li>a<ul><li>b</ul><li>c</ol>", ["1. a", "- b", "2. c"], "a list in a list"),
    ("<ol><li>a<ol type=a><li>b<li>c</ol></ol>", ["1. a", "a. b", "b. c"], "numbers in numbers"),
    ("<ol><li>a</ol><ol><li>b</ol>", ["1. a", "1. b"], "two lists"),
    ("<ol><li><p>a</p><p>b</p></li></ol>", ["1. a", "b"], "the number stands before the first paragraph"),
    ("<ol><li></li><li>b</li></ol>", ["2. b"], "an empty item has a number and no words"),
    ("<ol><li><ol type=a><li>a</ol></ol>", ["1. a. a"], "a list that holds only another"),
    ("<ul><li><ul><li>a</ul></ul>", ["- a"], "the same with bullets"),
    ("<li>a", ["- a"], "an item outside any list"),
]


@pytest.mark.parametrize(("body", "wanted", "why"), LISTS)
def test_numbers_of_lists(body: str, wanted: list[object], why: str) -> None:
    assert texts(body) == wanted, why


# ── tables ─────────────────────────────────────────────────────────────────────────────────

ONE, TWO = "<tr><td>a<td>b<td>c", "<tr><td>d<td>e<td>f"
GRID = {(0, 0): "a", (0, 1): "b", (0, 2): "c", (1, 0): "d", (1, 1): "e", (1, 2): "f"}

# (body, blocks, why)
TABLES = [
    (f"<table>{ONE}{TWO}</table>", [GRID], "a table"),
    (f"<table><thead>{ONE}</thead><tbody>{TWO}</tbody></table>", [GRID], "with a head"),
    ("<table><caption>Bảng 1</caption><tr><td>a<td>b</table>", ["Bảng 1", {(0, 0): "a", (0, 1): "b"}], "its caption"),
    ("<table><tr><td>a<td>b<tr><td>c</table>", [{(0, 0): "a", (0, 1): "b", (1, 0): "c"}], "a row that is short"),
    (
        "<table><tr><td>a<td><tr><td><td>b</table>",
        [{(0, 0): "a", (1, 1): "b"}],
        "places that hold nothing",
    ),
    ("<table><tr><td>a<br>b<td>c<p>d</table>", [{(0, 0): "a/b", (0, 1): "c/d"}], "each line of a cell"),
    ("<table><tr><td>a<ul><li>b</ul><td>c</table>", [{(0, 0): "a/- b", (0, 1): "c"}], "a list in a cell"),
    (
        f"<table><tr><td>x<table>{ONE}{TWO}</table><td>một hai ba bốn năm sáu bảy</table>",
        [{(0, 0): "x/a/b/c/d/e/f", (0, 1): "một hai ba bốn năm sáu bảy"}],
        "a table in a cell gives its words",
    ),
    (f"<table><tr><td>x</td></tr>{ONE}{TWO}</table>", ["x", GRID], "a title in a row of its own"),
    (f"<table><tr><td colspan=3>x</td></tr>{ONE}{TWO}</table>", ["x", GRID], "a title over all columns"),
    ("<table><tr><td>a</td></tr></table>", ["a"], "a frame around words"),
    (f"<table><tr><td><table>{ONE}{TWO}</table></td><td>x</td></tr></table>", [GRID, "x"], "columns of a page"),
    (f"<table role=presentation>{ONE}</table>", ["a", "b", "c"], "a table that says that it is none"),
    ("<table><tr><td> <td>&nbsp;</table>a", ["a"], "a blank one"),
    ("<tr><td>a<td>b</table>c", ["a", "bc"], "cells outside any table"),
    ("<table>a<tr><td>b<td>c</table>", ["a", {(0, 0): "b", (0, 1): "c"}], "words between the cells"),
]


@pytest.mark.parametrize(("body", "wanted", "why"), TABLES)
def test_tables(body: str, wanted: list[object], why: str) -> None:
    assert texts(body) == wanted, why


def test_a_table_that_only_places_columns_is_opened() -> None:
    """One cell holds nearly all: no task table is like that."""
    long = "".join(f"<p>Nhiệm vụ thứ {number} của các đơn vị.</p>" for number in range(80))
    found = texts(f"<table><tr><td>Danh mục<td>{long}<td>Liên kết</table>")
    assert found[:2] == ["Danh mục", "Nhiệm vụ thứ 0 của các đơn vị."]
    assert (len(found), found[-1]) == (82, "Liên kết")


def spans(body: str) -> list[tuple[str, int, int, int, int]]:
    """(text, row, column, rows, columns) of each cell of the only table."""
    (table,) = read(body).blocks
    assert isinstance(table, Table)
    return [(c.paragraphs[0].text, c.row, c.column, c.row_span, c.column_span) for c in table.cells]


# (rows, cells, why)
SPANS = [
    (
        "<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d",
        [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2), ("c", 1, 1, 1, 1), ("d", 1, 2, 1, 1)],
        "a header of two levels",
    ),
    (
        "<tr><td>a<td rowspan=9>b<tr><td>c",
        [("a", 0, 0, 1, 1), ("b", 0, 1, 2, 1), ("c", 1, 0, 1, 1)],
        "more rows than there are",
    ),
    ("<tr><td rowspan=0>a<td>b<tr><td>c", [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1)], "0: all rows"),
    (
        "<tr><td>a<td>b<tr><td colspan=5>c<tr><td>d<td>e",
        [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 1, 2), ("d", 2, 0, 1, 1), ("e", 2, 1, 1, 1)],
        "more columns than there are",
    ),
    (
        "<tr><td>a<td rowspan=2>b<tr><td colspan=3>c<td>d",
        [("a", 0, 0, 1, 1), ("b", 0, 1, 2, 1), ("c", 1, 0, 1, 1), ("d", 1, 2, 1, 1)],
        "a cell that would reach into one that hangs down ends before it",
    ),
    (
        "<tr><td rowspan=-1 colspan=x>a<td colspan=0>b<tr><td>c<td colspan=99999999999>d",
        [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("d", 1, 1, 1, 1)],
        "numbers that are none",
    ),
    (
        "<tr><td>a<td><td>b<tr><td>c<td><td>d",
        [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("d", 1, 1, 1, 1)],
        "a column without words goes",
    ),
]


@pytest.mark.parametrize(("rows", "wanted", "why"), SPANS)
def test_cells_that_span(rows: str, wanted: list[object], why: str) -> None:
    assert spans(f"<table>{rows}</table>") == wanted, why


@pytest.mark.parametrize(
    "rows", ["<tr><td rowspan=65534 colspan=1000>a" * 2_500, "<tr>" + "<td colspan=1000>a" * 2_500]
)
def test_spans_that_would_fill_the_memory_are_refused(rows: str) -> None:
    assert code_of(f"<table>{rows}</table>".encode()) == "too-large"


def test_the_cells_of_a_table_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MAX_PLACES", 5)
    assert code_of(f"<table>{ONE}{TWO}</table>".encode()) == "too-large"


# ── looks ──────────────────────────────────────────────────────────────────────────────────

STYLES = "<style>.dam {font-weight: 700} p.giua, .x {text-align:center} @media print {.dam {font-weight: 400}}</style>"

# (body, bold, italic, alignment, heading, why)
LOOKS = [
    ("<h2>a</h2>", True, False, None, 2, "a heading"),
    ("<h1 align=center>a</h1>", True, False, "center", 1, "a heading in the middle"),
    ("<p><b>a</b></p>", True, False, None, None, "bold"),
    ("<p><strong>a</strong> <em>b</em></p>", False, False, None, None, "partly bold, partly italic"),
    ("<p><b>a</b> &nbsp;<i></i></p>", True, False, None, None, "blanks have no look"),
    ("<em><p>a</p></em>", False, True, None, None, "italic around it"),
    ("<strong><p style='font-weight:normal'>a</p></strong>", False, False, None, None, "bold taken back"),
    ("<p style='FONT-WEIGHT: bold !important'>a</p>", True, False, None, None, "by style"),
    ("<p style='font:italic bold 12.0pt/15pt \"Times New Roman\"'>a</p>", True, True, None, None, "in short"),
    ("<p class=dam>a</p>", True, False, None, None, "by class; what holds in print only does not count"),
    ("<p class='y x'>a</p>", False, False, "center", None, "one of two classes"),
    ("<p class=giua>a</p>", False, False, "center", None, "by tag and class"),
    ("<div class=giua>a</div>", False, False, None, None, "another tag with that class"),
    ("<center><p>a</p></center>", False, False, "center", None, "an old element"),
    ("<p align=right>a</p>", False, False, "right", None, "an old attribute"),
    ("<div style='text-align:justify'><p>a</p></div>", False, False, "justify", None, "from around it"),
]


@pytest.mark.parametrize(("body", "bold", "italic", "alignment", "heading", "why"), LOOKS)
def test_looks(body: str, bold: bool, italic: bool, alignment: str | None, heading: int | None, why: str) -> None:
    (paragraph,) = read(body, STYLES).blocks
    assert isinstance(paragraph, Paragraph)
    style = paragraph.style
    assert (style.bold, style.italic, style.alignment, style.heading) == (bold, italic, alignment, heading), why


def test_the_alignment_of_a_table_is_none_of_its_words() -> None:
    (table,) = read("<div align=center><table><tr><td>a<th>b</table></div>").blocks
    assert isinstance(table, Table)
    assert [cell.paragraphs[0].style.alignment for cell in table.cells] == [None, "center"]


# (body, pages of its paragraphs, why)
PAGES = [
    ("<p>a</p><p>b</p>", [1, 1], "one page"),
    ("<p>a</p><p style='page-break-before:always'>b</p>", [1, 2], "a break in front"),
    ("<p style='page-break-after:always'>a</p><p>b</p>", [1, 2], "a break behind"),
    ("<p>a</p><br style='page-break-before:always'><p>b</p>", [1, 2], "as Word writes it"),
    ("<div style='break-before:page'><p>a</p></div><p>b</p>", [1, 1], "no page in front of the first words"),
]


@pytest.mark.parametrize(("body", "pages", "why"), PAGES)
def test_pages(body: str, pages: list[int], why: str) -> None:
    found = read(body)
    assert [block.lines[0].page for block in found.blocks if isinstance(block, Paragraph)] == pages, why
    assert found.pages == max(pages)


# ── nothing, too much, broken ──────────────────────────────────────────────────────────────

# (bytes, code, why)
REFUSED = [
    (b"<html><body></body></html>", "no-text", "an empty page"),
    (b"<html><head><title>x</title></head>", "no-text", "a title alone"),
    (
        b"<html><body><script>document.write('x')</script></body></html>",
        "no-text",
        "a script that would write the page",
    ),
    (b"<html><body><img src=a.png></body></html>", "no-text", "a picture"),
    (b"<html><body><p style='display:none'>x</p></body></html>", "no-text", "hidden words"),
    (b"<html><frameset><frame src=a.htm></frameset></html>", "no-text", "frames"),
    (b"<html><body>" + b"<div>" * 5_000 + b"x", "truncated", "elements in elements that no program writes"),
]


@pytest.mark.parametrize(("data", "code", "why"), REFUSED, ids=[why for *_, why in REFUSED])
def test_refused(data: bytes, code: str, why: str) -> None:
    assert code_of(data) == code, why


def test_the_size_of_a_page_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_BYTES", 20)
    assert code_of(b"<html><body>" + b"x" * 20) == "too-large"


def test_a_page_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    assert shape(web.read(b"<html><body><p>a</p><table><tr><td>b<td>c</td><t", Settings())) == [
        "a",
        {(0, 0): "b", (0, 1): "c"},
    ]


@pytest.mark.parametrize("tags", ["<div>", "<b>", "<ul><li>", "<table><tr><td>"])
def test_deep_elements_are_read(tags: str) -> None:
    assert [str(text).removeprefix("- ") for text in texts(tags * 300 + "x")] == ["x"]


def steps(body: str) -> int:
    """How many lines of this program are run over a page: a measure of time that no other process disturbs."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        nonlocal count
        count += event == "line"
        return trace if "pipeline" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(body)
    finally:
        sys.settrace(before)
    return count


# (what is repeated, what stands before it, why)
REPEATED = [
    ("<p>Nhiệm vụ của các đơn vị</p>", "", "paragraphs"),
    ("Nhiệm vụ<br>", "", "lines"),
    ("<tr><td>1<td>Nhiệm vụ<td>Phòng", "<table>", "rows"),
    ("<td>1", "<table><tr>", "columns"),
    ("<tr><td rowspan=9>1<td>2", "<table>", "cells that hang down"),
    ("<table><tr><td>a<td>b<td>c</table>", "", "tables"),
    ("<li>Nhiệm vụ", "<ol>", "items"),
    ("<ol reversed><li>a</ol>", "", "lists"),
    ("<a href=x>Kế hoạch</a> ", "<p>x", "links"),
    ("<p hidden>a</p><p>b</p>", "", "hidden parts"),
    ("<div class=menu><p>a</p></div><p>b</p>", "", "menus by name"),
    ("<div><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></div>", "", "letterheads"),
    ("<div>", "<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>", "elements in elements"),
    ("<font face='.VnTime'>Uû</font><b>x</b>", "<p>", "changes of font"),
    (".a{b:c}", "<style>", "rules of style"),
]


@pytest.mark.parametrize(("repeated", "before", "why"), REPEATED, ids=[why for *_, why in REPEATED])
def test_the_time_grows_with_the_page(repeated: str, before: str, why: str) -> None:
    end = "</style><p>x" if before == "<style>" else "<p>x"
    once, four_times = (steps(before + repeated * count + end) for count in (100, 400))
    assert four_times < 4.5 * once, why
