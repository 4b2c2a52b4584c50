"""Whole pages: what stands around the document on a site, and HTML as Word, Google Docs and LibreOffice write it."""

from __future__ import annotations

import base64
import quopri
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

from pipeline.errors import DocumentError
from pipeline.ingest import office, read_bytes
from pipeline.model import Paragraph, Source

FORMATS = Path(__file__).resolve().parents[2] / "corpus" / "formats"
needs_libreoffice = pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")

LETTERHEAD = (
    "<table><tr><td><p align=center><b>ỦY BAN NHÂN DÂN<br>XÃ SUỐI TRONG</b></p><p>Số: 17/KH-UBND</p></td>"
    "<td><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p>Độc lập - Tự do - Hạnh phúc</p></td></tr></table>"
)
BODY = "<p>Căn cứ <a href=x>Luật Tổ chức chính quyền địa phương</a>;</p>" + "".join(
    f"<p>{number}. Phòng Kinh tế thực hiện nhiệm vụ thứ {number} trước ngày 30/6/2026.</p>" for number in range(1, 13)
)
DOCUMENT = LETTERHEAD + BODY


def read(body: str) -> Source:
    return read_bytes("a.html", (body if body.startswith("<html") else f"<html><body>{body}</body></html>").encode())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def kept(source: Source) -> list[str]:
    """The texts of all paragraphs, those of tables too."""
    found: list[str] = []
    for block in source.blocks:
        inside = [block] if isinstance(block, Paragraph) else [p for cell in block.cells for p in cell.paragraphs]
        found.extend(paragraph.text for paragraph in inside)
    return found


def asides(source: Source) -> list[tuple[str, str]]:
    return [(aside.kind, aside.text) for aside in source.asides]


WANTED = kept(read(DOCUMENT))

# ── what stands around the document ────────────────────────────────────────────────────────

MENU = "<ul class=menu><li><a href=1>Trang chủ</a></li><li><a href=2>Giới thiệu</a></li><li><a href=3>Văn bản</a></li></ul>"

# (page with {} for the document, what is set apart of it, why)
SITES = [
    ("<nav>Trang chủ</nav>{}", ["Trang chủ"], "an element of its own"),
    ("<header>Cổng thông tin</header>{}<footer>Bản quyền</footer>", ["Cổng thông tin", "Bản quyền"], "head and foot"),
    ("<div role=navigation>Trang chủ</div>{}", ["Trang chủ"], "by role"),
    (MENU + "{}", ["Trang chủ\nGiới thiệu\nVăn bản"], "a list of links"),
    (
        "{}<div><a href=1>Kế hoạch A</a> | <a href=2>Kế hoạch B</a> | <a href=3>Kế hoạch C</a></div>",
        ["Kế hoạch A | Kế hoạch B | Kế hoạch C"],
        "links without a list or a name",
    ),
    (
        "<div class=breadcrumb><a href=/>Trang chủ</a> › Văn bản</div>{}",
        ["Trang chủ › Văn bản"],
        "where the reader is in the site, by name",
    ),
    ("{}<div id=pageFooter>Địa chỉ: số 1</div>", ["Địa chỉ: số 1"], "a part of a name in capitals"),
    ("{}<div class='post-share box'>Chia sẻ</div>", ["Chia sẻ"], "one of two classes"),
    (
        "<div><div>Hôm nay: thứ hai</div><h1>Kế hoạch số 17</h1></div><div>{}</div>",
        ["Hôm nay: thứ hai", "Kế hoạch số 17"],
        "whatever stands in front of the element with the letterhead",
    ),
    (
        "<table><tr><td colspan=2>Cổng thông tin</td></tr><tr><td>Danh mục</td><td>{}</td></tr></table>",
        ["Cổng thông tin", "Danh mục"],
        "a site in a table",
    ),
    ("<div>{}</div><div>© 2026 Xã Suối Trong</div><p>Lượt xem: 3</p>", ["© 2026 Xã Suối Trong", "Lượt xem: 3"], "a foot"),
    ("<main>{}</main><div>Lượt truy cập: 12</div>", ["Lượt truy cập: 12"], "beside the main part"),
    ("{}<form><button>In</button><select><option>Chọn</select><textarea>x</textarea></form>", ["In", "Chọn", "x"], "controls"),
    ("{}<div style='display:none'>Tải ứng dụng</div>", ["Tải ứng dụng"], "hidden by style"),
    ("{}<div hidden>Tải ứng dụng</div>", ["Tải ứng dụng"], "hidden by an attribute"),
    ("{}<dialog>Tải ứng dụng</dialog>", ["Tải ứng dụng"], "a window that is closed"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "apart", "why"), SITES, ids=[why for *_, why in SITES])
def test_what_stands_around_the_document_is_set_apart(page: str, apart: list[str], why: str) -> None:
    source = read(page.format(DOCUMENT))
    assert kept(source) == WANTED, why
    assert sorted(text for _, text in asides(source)) == sorted(apart), why


@pytest.mark.parametrize("page", [page for page, *_ in SITES])
def test_no_word_of_a_page_is_lost(page: str) -> None:
    source = read(page.format(DOCUMENT))
    found = words("\n".join([*kept(source), *(aside.text for aside in source.asides)]))
    assert sorted(found) == sorted(words(re.sub(r"<[^>]*>", " ", page.format(DOCUMENT))))


# (page, why) of which every word belongs to the document
WHOLE = [
    (f"<div class=menu>{DOCUMENT}</div>", "a name that lies: all words are in it"),
    (f"<div class=header>{LETTERHEAD}</div>{BODY}", "a head that holds the letterhead"),
    (f"<article><header>{LETTERHEAD}</header>{BODY}<footer>Nơi nhận</footer></article>", "head and foot of an article"),
    (f"<body class='no-sidebar menu-closed'>{DOCUMENT}</body>", "what a class says of the whole page"),
    (f"<p>Xã Suối Trong</p>{DOCUMENT}", "words beside the letterhead"),
    (f"<div>{DOCUMENT}</div><div><p>PHỤ LỤC</p><p>Danh mục nhiệm vụ</p></div>", "an annex in an element of its own"),
    (
        f"<div class=WordSection1>{LETTERHEAD}<p>Quyết định</p></div><div class=WordSection2>{BODY * 3}</div>",
        "an annex that is longer than the document",
    ),
    (f"{BODY * 3}<div>Mẫu số 1 {LETTERHEAD}</div>", "the letterhead of a form behind a document without one"),
    (f"{DOCUMENT}<table><tr><td class=footer>Tổng<td>1<td>2<tr><td>3<td>4<td>5</table>", "a name inside a table"),
    (f"{DOCUMENT}<p><a href=1>Phụ lục 1</a>, <a href=2>2</a></p>", "two links are no menu"),
]


@pytest.mark.parametrize(("page", "why"), WHOLE, ids=[why for *_, why in WHOLE])
def test_what_belongs_to_the_document_stays(page: str, why: str) -> None:
    source = read(page)
    assert asides(source) == [], why
    assert sorted(words("\n".join(kept(source)))) == sorted(words(re.sub(r"<[^>]*>", " ", page))), why


# (letterhead, why) that a page may begin with
LETTERHEADS = [
    ("<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>", "the state"),
    ("<p>CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>", "the other place of the tone"),
    ("<p>Cộng hòa xã hội chủ nghĩa Việt Nam</p>", "small letters, alone in the line"),
    ("<p>UBND XÃ SUỐI TRONG &nbsp; CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>", "two columns in one line"),
    ("<p><b>CỘNG HÒA XÃ HỘI</b> <b>CHỦ NGHĨA VIỆT NAM</b></p>", "in pieces"),
    ("<p>Độc lập – Tự do – Hạnh phúc</p>", "the motto alone"),
    ("<p>ĐẢNG CỘNG SẢN VIỆT NAM</p>", "the Party"),
    ("<p><font face='.VnTimeH'>céng hoµ x· héi chñ nghÜa viÖt nam</font></p>", "an old font"),
]


@pytest.mark.parametrize(("letterhead", "why"), LETTERHEADS)
def test_letterheads_at_which_a_document_begins(letterhead: str, why: str) -> None:
    source = read(f"<div>Hôm nay: thứ hai</div><div>{letterhead}{BODY}</div>")
    assert asides(source) == [("navigation", "Hôm nay: thứ hai")], why


def test_a_sentence_about_the_state_is_no_letterhead() -> None:
    sentence = "<p>Nước Cộng hòa xã hội chủ nghĩa Việt Nam và Đảng Cộng sản Việt Nam lãnh đạo toàn diện.</p>"
    assert asides(read(f"<div>Hôm nay: thứ hai</div><div>{sentence}{BODY}</div>")) == []


def test_a_page_of_menus_says_so() -> None:
    with pytest.raises(DocumentError, match="trình đơn") as caught:
        read(f"<nav>{MENU}</nav>")
    assert caught.value.code == "no-text"


# ── programs that write HTML ───────────────────────────────────────────────────────────────

NUMBER = "<![if !supportLists]><span style='mso-list:Ignore'>{}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>"

# (what Word writes, paragraphs, asides, why)
WORD = [
    (f"<p class=MsoNormal style='mso-list:l0 level1 lfo1'>{NUMBER.format('1.')}Rà soát<o:p></o:p></p>", ["1. Rà soát"], [], "a number"),
    (
        f"<p class=MsoListParagraph><span style='font-family:Symbol'>{NUMBER.format('·')}</span>Rà soát</p>",
        ["- Rà soát"],
        [],
        "a bullet of Symbol",
    ),
    (
        f"<p class=MsoListParagraph><span style='font-family:Wingdings'>{NUMBER.format('Ø')}</span>Rà soát</p>",
        ["- Rà soát"],
        [],
        "a letter that Wingdings shows as an arrow",
    ),
    ("<p><font face=Symbol>\uf0b7</font> Rà soát</p>", ["- Rà soát"], [], "a sign in the private area"),
    (
        '<p>Số 17<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>/KH</p>'
        "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>"
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a> Chú thích</p></div></div>',
        ["Số 17/KH"],
        [("footnote", "[1] Chú thích")],
        "a footnote",
    ),
    (
        '<p>Hạn<a href="#_edn1">[i]</a></p><div><hr><div id=edn1><p>[i] Chú thích</p></div></div>',
        ["Hạn"],
        [("footnote", "[i] Chú thích")],
        "an endnote in filtered HTML",
    ),
    (
        "<p>Rà soát<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[A1]</a></span></p>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>Xem lại</p></div></div>",
        ["Rà soát"],
        [("comment", "Xem lại")],
        "a comment",
    ),
    ("<p>Rà <del>cũ</del><ins>soát</ins></p>", ["Rà soát"], [("deleted", "cũ")], "a tracked change"),
    ("<p>a<span style='display:none;mso-hide:all'>b</span></p>", ["a"], [("hidden", "b")], "hidden text"),
    ("<p>a</p><div style='mso-element:footer'><p>Trang 1</p></div>", ["a"], [("running-head", "Trang 1")], "a foot"),
    ("<p class=MsoNormal><span style='mso-tab-count:1'>&nbsp;&nbsp; </span>Kính gửi:</p>", ["Kính gửi:"], [], "a tab"),
    ("<p>Số:<span style='mso-spacerun:yes'>&nbsp;&nbsp; </span>/KH</p>", ["Số: /KH"], [], "a blank number"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted", "apart", "why"), WORD, ids=[why for *_, why in WORD])
def test_html_of_word(body: str, wanted: list[str], apart: list[tuple[str, str]], why: str) -> None:
    source = read(
        f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><div class=WordSection1>{body}</div></body></html>"
    )
    assert (kept(source), asides(source)) == (wanted, apart), why


def test_a_footnote_is_on_the_page_of_its_mark() -> None:
    mark, note = '<p>a<a href="#_ftn1">[1]</a></p>', "<div id=ftn1><p>Chú thích</p></div>"
    source = read(f"{mark}<p style='page-break-before:always'>b</p>{note}")
    assert [(aside.page, aside.text) for aside in source.asides] == [(1, "Chú thích")]


GOOGLE = """<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">
@import url(https://a.invalid/css);.lst-kix_a-0>li{counter-increment:lst-ctn-kix_a-0}.lst-kix_a-1>li{counter-increment:lst-ctn-kix_a-1}
ol.lst-kix_a-0{list-style-type:none}ol.lst-kix_a-1{list-style-type:none}ul.lst-kix_b-0{list-style-type:none}
.lst-kix_a-0>li:before{content:"" counter(lst-ctn-kix_a-0,upper-roman) ". "}.lst-kix_b-0>li:before{content:"\\0025cf   "}
.lst-kix_a-1>li:before{content:"" counter(lst-ctn-kix_a-0,decimal) "." counter(lst-ctn-kix_a-1,decimal) ". "}
.c1{font-weight:700}.c2{text-align:center}</style></head><body class="c9"><p class="c2"><span class="c1">KẾ HOẠCH</span>
<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>
<ol class="c3 lst-kix_a-0 start" start="1"><li class="c4"><span class="c1">MỤC ĐÍCH</span></li></ol>
<ol class="lst-kix_a-1 start" start="1"><li>Một</li><li>Hai</li></ol><ol class="lst-kix_a-0" start="2"><li>NHIỆM VỤ</li></ol>
<ol class="lst-kix_a-1 start" start="1"><li>Ba</li></ol><ul class="lst-kix_b-0 start"><li>Bốn</li></ul><hr>
<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Chú thích</span></p></div>
<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Xem lại</span></p></div></body></html>"""


def test_html_of_google_docs() -> None:
    """Its numbers stand in the style sheet alone."""
    source = read(GOOGLE)
    assert kept(source) == ["KẾ HOẠCH", "I. MỤC ĐÍCH", "1.1. Một", "1.2. Hai", "II. NHIỆM VỤ", "2.1. Ba", "- Bốn"]
    assert asides(source) == [("footnote", "[1] Chú thích"), ("comment", "[a]Xem lại")]
    first = source.blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.style.bold, first.style.alignment) == (True, "center")


# (content of CSS, what stands before the item, why)
CONTENTS = [
    ('"(" counter(a,lower-latin) ") "', "(c) ", "a letter in brackets"),
    ('"Điều " counter(a) ". "', "Điều 3. ", "words in front of the number, which keep their capitals"),
    ('"\\002d  "', "- ", "a sign by its code"),
    ('"\\0025cf   "', "- ", "any sign is a bullet"),
    ('"\\d800" counter(a) "\\ffffff"', "\ufffd3\ufffd ", "codes that are none"),
    ('""', "", "nothing"),
    ("url(a.png)", "", "a picture"),
]


@pytest.mark.parametrize(("content", "before", "why"), CONTENTS)
def test_numbers_that_stand_in_the_style_sheet(content: str, before: str, why: str) -> None:
    style = f"<style>ol.x{{list-style-type:none}} .x > li::before{{content:{content};counter-increment:a}}</style>"
    source = read(f"<html><head>{style}</head><body><ol class=x start=3><li>Rà soát</ol></body></html>")
    assert kept(source) == [f"{before}Rà soát"], why


def test_notes_and_running_heads_of_libreoffice() -> None:
    source = read(
        "<div title=header><p>Đầu trang</p></div><p>Kế hoạch<a class=sdfootnoteanc href='#sdfootnote1sym'><sup>1</sup></a></p>"
        "<div id=sdfootnote1><p><a class=sdfootnotesym href='#sdfootnote1anc'>1</a> Chú thích</p></div>"
        "<div title=footer><p>Trang <sdfield type=PAGE>1</sdfield></p></div>"
    )
    assert kept(source) == ["Kế hoạch"]
    assert asides(source) == [("running-head", "Đầu trang"), ("footnote", "1 Chú thích"), ("running-head", "Trang 1")]


@needs_libreoffice
def test_what_libreoffice_makes_of_a_docx_has_its_words(tmp_path: Path) -> None:
    originals = sorted(FORMATS.glob("*.docx"))[:6]
    profile = (tmp_path / "profile").as_uri()
    command = [str(office.find_program()), "--headless", f"-env:UserInstallation={profile}", "--convert-to", "html"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *map(str, originals)], check=True, capture_output=True, timeout=120
    )
    for original in originals:
        made = (tmp_path / f"{original.stem}.html").read_bytes()
        for name in ("a.html", "a.doc"):  # the bytes say what it is
            source = read_bytes(name, made)
            assert source.media_type == "text/html"
            wanted = kept(read_bytes("a.docx", original.read_bytes()))
            assert " ".join(kept(source)).split() == " ".join(wanted).split()


# ── bytes ──────────────────────────────────────────────────────────────────────────────────

TEXT = "Ủy ban nhân dân xã ban hành Kế hoạch rà soát thủ tục hành chính tại bộ phận một cửa"
CP1258 = "Phòng Kinh tế có trách nhiệm đôn đốc các đơn vị"  # with tones that have no letter of their own there


def cp1258(text: str) -> bytes:
    """Windows-1258: letters with a hat, a horn or a breve, and tones behind them."""
    tones = {"̀": b"\xcc", "́": b"\xec", "̉": b"\xd2", "̃": b"\xde", "̣": b"\xf2"}
    written = b""
    for char in text:
        base, tone = char, b""
        try:
            char.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = next(
                (letter, code)
                for mark, code in tones.items()
                for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
                if unicodedata.normalize("NFC", letter + mark) == char
            )
        written += base.encode("cp1258") + tone
    return written


def page(declared: str) -> str:
    return f"<html><head>{declared}<title>x</title></head><body><p>{{}}</p></body></html>"


META = '<meta http-equiv=Content-Type content="text/html; charset={}">'

# (bytes, text, why)
BYTES = [
    (page(META.format("utf-8")).format(TEXT).encode(), TEXT, "declared and true"),
    (page("").format(TEXT).encode(), TEXT, "UTF-8 that says nothing"),
    (page(META.format("windows-1252")).format(TEXT).encode(), TEXT, "UTF-8 declared as Western"),
    (page(META.format("windows-1258")).format(TEXT).encode(), TEXT, "UTF-8 declared as Windows-1258"),
    (page(META.format("unheard-of")).format(TEXT).encode(), TEXT, "an unknown name"),
    (page(META.format("utf-16")).format(TEXT).encode(), TEXT, "UTF-16, which it cannot be"),
    (page(META.format("rot13")).format(TEXT).encode(), TEXT, "the name of no encoding of text"),
    (b"\xef\xbb\xbf" + page(META.format("windows-1258")).format(TEXT).encode(), TEXT, "a mark goes before all"),
    (page(META.format("utf-16")).format(TEXT).encode("utf-16"), TEXT, "UTF-16 with a mark, as Word writes Unicode"),
    (
        page("<meta charset='windows-1258'>").format("{}").encode().replace(b"{}", cp1258(CP1258)),
        CP1258,
        "Windows-1258",
    ),
    (page("").format("{}").encode().replace(b"{}", cp1258(CP1258)), CP1258, "Windows-1258 that says nothing"),
    (page(META.format("utf-8")).format("{}").encode().replace(b"{}", cp1258(CP1258)), CP1258, "declared as UTF-8"),
    (b"<?xml version='1.0' encoding='utf-8'?>\n<!-- x -->\n" + page("").format(TEXT).encode(), TEXT, "XHTML"),
    (page(META.format("iso-8859-1")).format("Une ann\xe9e").encode("latin-1"), "Une ann\xe9e", "French stays French"),
]


@pytest.mark.parametrize(("data", "text", "why"), BYTES, ids=[why for *_, why in BYTES])
def test_bytes(data: bytes, text: str, why: str) -> None:
    source = read_bytes("a.doc", data)
    assert source.media_type == "text/html", why
    assert [word for line in kept(source) for word in line.split()] == text.split(), why


def test_a_page_with_a_few_broken_signs_is_read_with_a_warning() -> None:
    data = page(META.format("utf-8")).format(TEXT * 30).encode()
    source = read_bytes("a.html", data.replace("bộ".encode(), b"b\xff", 1))
    assert [warning.code for warning in source.warnings] == ["bad-characters"]


# ── pages saved in one file ────────────────────────────────────────────────────────────────


def archive(*parts: tuple[str, bytes], head: str = "") -> bytes:
    content = b"".join(b"--b\r\n" + headers.encode() + b"\r\n\r\n" + data + b"\r\n" for headers, data in parts)
    top = f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary=b\r\n\r\n'
    return top.encode() + content + b"--b--\r\n"


PAGE = page(META.format("utf-8")).format(TEXT).encode()
HTML = "Content-Type: text/html"
PICTURE = ("Content-Type: image/png\r\nContent-Location: a.png", b"\x89PNG")
FRAMES = (HTML, b"<html><frameset><frame src=sheet1.htm></frameset></html>")

# (bytes, why)
ARCHIVES = [
    (archive((HTML, PAGE), PICTURE), "as Word writes it"),
    (archive((HTML, PAGE), PICTURE, head="From: <Saved by Blink>\r\nSubject: x\r\n"), "as browsers write it"),
    (archive((f"{HTML}\r\nContent-Transfer-Encoding: base64", base64.encodebytes(PAGE))), "base64"),
    (
        archive((f"{HTML}\r\nContent-Transfer-Encoding: quoted-printable", quopri.encodestring(PAGE))),
        "quoted-printable",
    ),
    (archive(PICTURE, (HTML, PAGE)), "a picture in front of the page"),
    (archive(FRAMES, (HTML, PAGE)), "a workbook: the page of frames holds nothing"),
    (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + PAGE, "a page without pictures"),
]


@pytest.mark.parametrize(("data", "why"), ARCHIVES, ids=[why for *_, why in ARCHIVES])
@pytest.mark.parametrize("name", ["a.mht", "a.doc"])
def test_a_page_saved_in_one_file(data: bytes, why: str, name: str) -> None:
    source = read_bytes(name, data)
    assert (source.media_type, kept(source)) == ("multipart/related", [TEXT]), why


def test_a_saved_page_without_a_page() -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes("a.mht", archive(PICTURE))
    assert caught.value.code == "truncated"
