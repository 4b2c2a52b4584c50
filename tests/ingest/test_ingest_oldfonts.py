"""Old Vietnamese fonts in the formats that have fonts, and old encodings in those that tell of none."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pytest
import xlsxwriter
from handmade import CHAR, Page, p, pdf, western_pdf, with_part, word
from oldletters import MARKS, abc, abc_capitals, sentences, viqr, vni

from pipeline.ingest import office, oldword, read_bytes
from pipeline.model import Line, Paragraph, Source

SENTENCES = sentences()
Write = Callable[[str], str]


def lines(source: Source) -> list[Line]:
    """The lines of paragraphs and cells."""
    found: list[Line] = []
    for block in source.blocks:
        inside = [block] if isinstance(block, Paragraph) else [q for cell in block.cells for q in cell.paragraphs]
        found.extend(line for paragraph in inside for line in paragraph.lines)
    return found


def texts(source: Source) -> list[str]:
    return [line.text for line in lines(source)]


def warned(source: Source) -> bool:
    """Whether the officer is told of an old encoding, and once only."""
    codes = [warning.code for warning in source.warnings]
    assert codes.count("old-encoding") <= 1
    return "old-encoding" in codes


# ── Word ───────────────────────────────────────────────────────────────────────────────────


def font(name: str) -> str:
    """The run properties that name a font."""
    return f"<w:rFonts w:ascii='{name}' w:hAnsi='{name}'/>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{escape(text)}</w:t></w:r>"


def in_abc(text: str) -> str:
    """A paragraph as it was typed: titles in the font of capitals."""
    if text.isupper():
        return p(escape(abc_capitals(text)), run=font(".VnTimeH"))
    return p(escape(abc(text)), run=font(".VnTime"))


def in_vni(text: str) -> str:
    return p(escape(vni(text)), run=font("VNI-Times"))


def in_vni_by_sign(text: str) -> str:
    """A paragraph in which each sign is a run of its own, so that a mark never stands in the run of its letter."""
    signs = enumerate(vni(text))
    return f"<w:p>{''.join(run(sign, font('VNI-Times') + '<w:b/>' * (at % 2)) for at, sign in signs)}</w:p>"


def in_any_font(text: str) -> str:
    return p(escape(abc(text)))


@pytest.mark.parametrize("write", [in_abc, in_vni, in_vni_by_sign, in_any_font])
def test_a_word_document_in_an_old_font(write: Write) -> None:
    source = read_bytes("a.docx", word(*map(write, SENTENCES)))
    assert texts(source) == SENTENCES
    assert warned(source)


def test_only_some_runs_are_old() -> None:
    """Word by word: an ABC font, Unicode, VNI, Unicode in an old font."""
    styles = [(abc, font(".VnTime")), (str, font("Arial")), (vni, font("VNI-Helve")), (str, font(".VnTime"))]
    # Words that an ABC font has no capitals for, and those that are Vietnamese either way, are tested elsewhere.
    plain = [sentence for sentence in SENTENCES if not sentence.isupper()]
    paragraphs = []
    for sentence in plain:
        runs = [run(sentence[:20], styles[1][1])]
        for at, word_ in enumerate(re.findall(r"\s*\S+", sentence[20:])):
            write, properties = styles[at % 4 if any(ord(char) > 0x102 for char in word_) else 1]
            runs += [run(write(word_), properties), run(" ", font("Arial"))]
        paragraphs.append(f"<w:p>{''.join(runs)}</w:p>")
    source = read_bytes("a.docx", word(*paragraphs))
    assert [" ".join(text.split()) for text in texts(source)] == plain
    assert warned(source)


TITLE = "Tổ chức thực hiện kế hoạch"
FONT = font(".VnTime")
PARAGRAPH_STYLE = f"<w:style w:type='paragraph' w:styleId='Old'><w:name w:val='Old'/><w:rPr>{FONT}</w:rPr></w:style>"
DERIVED = "<w:style w:type='paragraph' w:styleId='New'><w:name w:val='New'/><w:basedOn w:val='Old'/></w:style>"
CHARACTER_STYLE = f"<w:style w:type='character' w:styleId='C'><w:name w:val='C'/><w:rPr>{FONT}</w:rPr></w:style>"
THEME = "<w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime' w:asciiTheme='minorHAnsi' w:hAnsiTheme='minorHAnsi'/>"
OLD, NEW = "<w:pStyle w:val='Old'/>", "<w:pStyle w:val='New'/>"

# (paragraph, styles, whether it is in an old font, why)
FONTS = [
    (p(abc(TITLE), run=FONT), "", True, "the run says so"),
    (p(abc(TITLE), run="<w:rFonts w:ascii='.VnTime'/>"), "", False, "hAnsi is of the theme; signs above ASCII are set in it"),
    (p(abc(TITLE), run="<w:rFonts w:hAnsi='.VnTime'/>"), "", True, ""),
    (p(abc(TITLE), run="<w:rFonts w:ascii='.VnTime' w:hAnsi='Arial'/>"), "", False, ""),
    (p(abc(TITLE), OLD), PARAGRAPH_STYLE, True, "the paragraph style"),
    (p(abc(TITLE), NEW), PARAGRAPH_STYLE + DERIVED, True, "the style that it is based on"),
    (p(abc(TITLE), run="<w:rStyle w:val='C'/>"), CHARACTER_STYLE, True, "the character style"),
    (p(abc(TITLE), OLD, run=font("Arial")), PARAGRAPH_STYLE, False, "the run goes before the style"),
    (p(abc(TITLE), OLD, run=THEME), PARAGRAPH_STYLE, False, "a theme font goes before a name beside it"),
    (p(abc(TITLE), run="<w:rFonts w:cs='.VnTime' w:eastAsia='.VnTime'/>"), "", False, "fonts of other scripts"),
]  # fmt: skip


@pytest.mark.parametrize(("paragraph", "styles", "old", "why"), FONTS)
def test_the_font_that_applies(paragraph: str, styles: str, old: bool, why: str) -> None:
    source = read_bytes("a.docx", word(paragraph, styles=styles))
    assert texts(source) == [TITLE if old else abc(TITLE)], why
    assert warned(source) == old


def test_the_font_of_the_whole_document() -> None:
    data = word(p(abc(TITLE)), p("Unicode đã có sẵn", run=font("Arial")))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = package.read("word/styles.xml").decode("utf-8")
    changed = re.sub(r"(<w:rPrDefault>.*?)<w:rFonts[^>]*/>", rf"\1{FONT}", styles, count=1, flags=re.DOTALL)
    assert changed != styles
    source = read_bytes("a.docx", with_part(data, "word/styles.xml", changed.encode()))
    assert texts(source) == [TITLE, "Unicode đã có sẵn"]


NUMBERING = (
    "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
    f"<w:lvlText w:val='{abc('Điều')} %1.'/>{{}}</w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
)
NUMBER = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"

# (paragraph, numbering, text, why)
DETAILS = [
    (p(abc("Thực hiện"), NUMBER, FONT), NUMBERING.format(f"<w:rPr>{FONT}</w:rPr>"), "Điều 1. Thực hiện", "its own font"),
    (p(abc("Thực hiện"), f"{NUMBER}<w:rPr>{FONT}</w:rPr>", FONT), NUMBERING.format(""), "Điều 1. Thực hiện", "that of the mark"),
    (p(abc("Thực hiện"), run=FONT + "<w:caps/>"), "", "THỰC HIỆN", "capitals that Word shows"),
    (f"<w:p><w:r><w:rPr>{FONT}</w:rPr><w:t>tr</w:t><w:softHyphen/><w:t>{abc('ớc')}</w:t></w:r></w:p>", "", "trước",
     "LibreOffice writes the ư of an ABC font as a soft hyphen"),
    (f"<w:p>{run('ph', font('Arial'))}<w:r><w:softHyphen/></w:r>{run('ố')}</w:p>", "", "phố", "a soft hyphen that is one"),
    (p("".join(chr(0xF000 + ord(char)) for char in abc("quyết")), run=FONT), "", "quyết", "codes in the private area"),
    (p("\uf0b7 " + abc("Kế hoạch"), run=FONT), "", "· Kế hoạch", "a bullet is no ã"),
    (f"<w:tbl><w:tr><w:tc>{p(abc('Đơn vị'), run=FONT)}</w:tc></w:tr></w:tbl>", "", "Đơn vị", "a cell"),
]  # fmt: skip


@pytest.mark.parametrize(("paragraph", "numbering", "text", "why"), DETAILS)
def test_details_of_old_fonts_in_word(paragraph: str, numbering: str, text: str, why: str) -> None:
    source = read_bytes("a.docx", word(p("Kế hoạch"), paragraph, p(abc("Quyết định"), run=FONT), numbering=numbering))
    assert texts(source) == ["Kế hoạch", text, "Quyết định"], why


def test_a_document_made_unicode_that_kept_its_old_font() -> None:
    lines_ = ["Kế hoạch của Ủy ban nhân dân xã", "Có", "Trà Vinh", "Lê Hà"]  # all but the first could be either
    source = read_bytes("a.docx", word(*(p(line, run=FONT) for line in lines_)))
    assert texts(source) == lines_
    assert not warned(source)


# ── files of Word and its kin that are converted first ─────────────────────────────────────

needs_libreoffice = pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")
WRITERS: dict[str, Callable[[int, str], str]] = {
    "abc": lambda at, text: p(escape(abc(text)), run=FONT),  # titles typed without the font of capitals
    "capitals": lambda at, text: in_abc(text),
    "vni": lambda at, text: in_vni(text),
    "mixed": lambda at, text: p(escape(abc(text)), run=FONT) if at % 3 else p(escape(text)),
}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each kind of document as .doc, .rtf and .odt."""
    folder = tmp_path_factory.mktemp("converted")
    for name, write in WRITERS.items():
        (folder / f"{name}.docx").write_bytes(word(*(write(at, text) for at, text in enumerate(SENTENCES))))
    for suffix in ("doc", "rtf", "odt"):
        command = [str(office.find_program()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--convert-to", suffix, "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
@pytest.mark.parametrize("name", WRITERS)
def test_fonts_stay_when_a_file_is_converted(name: str, suffix: str, converted: Path) -> None:
    source = read_bytes(f"a.{suffix}", (converted / f"{name}.{suffix}").read_bytes())
    assert texts(source) == SENTENCES
    assert warned(source)


@needs_libreoffice
@pytest.mark.parametrize("name", ["abc", "vni", "mixed"])
@pytest.mark.parametrize("program", ["catdoc", "antiword"])
def test_programs_that_tell_of_no_fonts(
    program: str, name: str, converted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    monkeypatch.setattr(office, "find_program", lambda: None)
    monkeypatch.setattr(oldword, "find_program", lambda: program)
    data = _as_word_writes((converted / f"{name}.doc").read_bytes())
    source = read_bytes("a.doc", data)
    assert [text for text in texts(source) if text] == SENTENCES
    assert warned(source)


def _as_word_writes(data: bytes) -> bytes:
    """A .doc of LibreOffice, which makes a conditional hyphen of the ư of an ABC font, with the character of Word."""
    start = data.find(SENTENCES[0][:2].encode("utf-16-le"))
    text = data[start:].split(bytes(4), 1)[0]
    changed = re.sub(rb"(?s)..", lambda pair: pair.group().replace(b"\x1f\x00", b"\xad\x00"), text)
    return data[:start] + changed + data[start + len(text) :]


# ── PDF ────────────────────────────────────────────────────────────────────────────────────


def printed(write: Write, names: tuple[str, str], marks: str = "") -> bytes:
    """The sentences as a PDF, those in capitals in the second font."""
    pages = []
    for first in range(0, len(SENTENCES), 40):
        pages.append(Page())
        for at, text in enumerate(SENTENCES[first : first + 40]):
            pages[-1].text(50, 60 + at * 18, write(text), 9, bold=text.isupper())
    return pdf(pages, names, marks)


@pytest.fixture(scope="module")
def plain() -> Source:
    """What is read of the sentences in Unicode."""
    return read_bytes("a.pdf", printed(str, ("HandSerif", "HandSerif-Bold")))


def _in_abc(text: str) -> str:
    return abc_capitals(text) if text.isupper() else abc(text)


PRINTED = {
    "ABC": (_in_abc, ("ABCDEF+.VnTime", ".VnTimeH"), ""),
    "ABC without its capitals": (abc, (".VnTime", ".VnTime,Bold"), ""),
    "VNI": (vni, ("VNI-Times", "VNI-Times,Bold"), ""),
    "VNI with marks that take no room": (vni, ("VNI-Times", "VNI-Times,Bold"), MARKS),
    "ABC, the name says nothing": (abc, ("F1", "F2"), ""),
    "VNI, the name says nothing": (vni, ("F1", "F2"), MARKS),
    "VIQR": (viqr, ("F1", "F2"), ""),
    "only the capitals are old": (lambda text: _in_abc(text) if text.isupper() else text, ("HandSerif", ".VnTimeH"), ""),
    "and the name says nothing": (lambda text: abc(text) if text.isupper() else text, ("F1", "F2"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_a_pdf_in_an_old_font(name: str, plain: Source) -> None:
    source = read_bytes("a.pdf", printed(*PRINTED[name]))
    assert texts(source) == texts(plain)
    assert " ".join(texts(source)).split() == " ".join(SENTENCES).split()
    assert warned(source)
    for line in lines(source):
        assert [line.text[word.start : word.end] for word in line.words] == line.text.split()


def test_words_keep_their_places(plain: Source) -> None:
    """The marks of VNI take no room here, so all stands where it does in Unicode."""
    source = read_bytes("a.pdf", printed(*PRINTED["VNI with marks that take no room"]))
    boxes, wanted = ([word.box for line in lines(of) for word in line.words] for of in (source, plain))
    assert [box.left for box in boxes] == [box.left for box in wanted]
    # PDFium measures the letters of a font that is not in the file by those of one of its own, where æ (which is ỉ) is
    # wide; but no word reaches over the blank behind it.
    assert all(abs(box.right - want.right) < CHAR * 9 for box, want in zip(boxes, wanted, strict=True))


def test_a_unicode_pdf_is_left_alone(plain: Source) -> None:
    assert " ".join(texts(plain)).split() == " ".join(SENTENCES).split()
    assert not warned(plain)


@pytest.mark.parametrize("name", [".VnTime", "F1"])
def test_a_font_that_has_only_the_codes_of_windows(name: str) -> None:
    """PDFium gives its soft hyphen, which is ư, as a hyphen."""
    wanted = [
        "Căn cứ Chương trình công tác; xét đề nghị của Phòng Tư pháp phường, thư ký hội đồng",
        "1. Thực hiện nhiệm vụ được giao, báo cáo trước ngày 15-6-2026 theo Công văn số 12/UBND-VX",
        "2. Các cơ quan, đơn vị rà soát và trả lời kiến nghị của cử tri trong tháng 9",
    ]
    source = read_bytes("a.pdf", western_pdf(name, [abc(line).encode("cp1252") for line in wanted]))
    assert " ".join(texts(source)).split() == " ".join(wanted).split()


# ── web pages and workbooks ────────────────────────────────────────────────────────────────


def page(body: Sequence[str], head: str = "") -> str:
    return f"<html><head>{head}<title>x</title></head><body>{''.join(body)}</body></html>"


def _entities(text: str) -> str:
    return escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")


WEB: dict[str, bytes] = {
    "fonts in style": page([f"<p style=\"font-family:.VnTime\">{escape(abc(s))}</p>" for s in SENTENCES]).encode(),
    "fonts in style, as Word quotes them": page(
        [f"<p style='font-family:\".VnTime\",\"serif\"'>{escape(abc(s))}</p>" for s in SENTENCES]
    ).encode("cp1252"),
    "font tags": page(
        [f"<p><font face='.VnTimeH'>{escape(abc_capitals(s))}</font></p>" if s.isupper() else
         f"<p><font face=\".VnTime\">{escape(abc(s))}</font></p>" for s in SENTENCES]
    ).encode("cp1252"),
    "a style sheet": page(
        [f"<p>{escape(vni(s))}</p>" for s in SENTENCES], "<style>p { font-family: VNI-Times, serif }</style>"
    ).encode(),
    "entities": page([f"<p><font face='VNI-Times'>{_entities(vni(s))}</font></p>" for s in SENTENCES]).encode(),
    "bytes and no font": page([f"<p>{escape(abc(s))}</p>" for s in SENTENCES]).encode("cp1252"),
    "bytes of VNI and no font": page([f"<p>{escape(vni(s))}</p>" for s in SENTENCES]).encode("cp1252"),
    "entities and no font": page([f"<p>{_entities(abc(s))}</p>" for s in SENTENCES]).encode(),
    "saved as UTF-8, no font": page([f"<p>{escape(abc(s))}</p>" for s in SENTENCES]).encode(),
    "VIQR": page([f"<p>{escape(viqr(s))}</p>" for s in SENTENCES]).encode(),
    "some of it": page(
        [f"<p><font face='.VnTime'>{escape(abc(s))}</font></p>" if at % 3 else f"<p>{escape(s)}</p>"
         for at, s in enumerate(SENTENCES)]
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", WEB)
def test_a_web_page_in_an_old_encoding(name: str) -> None:
    source = read_bytes("a.html", WEB[name])
    assert texts(source) == SENTENCES
    assert warned(source)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_web_page_in_unicode(encoding: str) -> None:
    data = page([f"<p>{escape(sentence)}</p>" for sentence in SENTENCES]).encode(encoding)
    source = read_bytes("a.html", data)
    assert source.media_type == "text/html"
    assert texts(source) == SENTENCES
    assert not warned(source)


def workbook(write: Callable[[int, str], str]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("KH")
        for at, text in enumerate(SENTENCES):
            sheet.write_row(at, 0, [at + 1, write(at, text)])
    return stream.getvalue()


CELLS: dict[str, Callable[[int, str], str]] = {
    "abc": lambda at, text: abc(text),
    "vni": lambda at, text: vni(text),
    "viqr": lambda at, text: viqr(text),
    "some of them": lambda at, text: abc(text) if at % 3 else text,
    "unicode": lambda at, text: text,
}


@pytest.mark.parametrize("name", CELLS)
def test_cells_of_a_workbook(name: str) -> None:
    source = read_bytes("a.xlsx", workbook(CELLS[name]))
    assert [text for text in texts(source) if not text.isdecimal()] == SENTENCES
    assert warned(source) == (name != "unicode")
