"""Files made to do harm: each ends within its limits with a status and a named code, and costs no neighbour anything."""

from __future__ import annotations

import http.server
import io
import os
import random
import struct
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import xlsxwriter
from handmade import Page, _file, p, pdf, with_part, word

import pipeline
from pipeline.ingest import office
from pipeline.model import Directive
from pipeline.workers import Limits

LIMITS = Limits(quiet=45.0, seconds=60.0, memory=1024**3)
SECRET = "điều bí mật của máy này"
STOPPED = frozenset({"time-limit", "memory-limit"})
MB = 1024 * 1024
BILLION = b'<!DOCTYPE x [<!ENTITY a "giao">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
)
WORDS = (
    "Giao Ủy ban nhân dân xã chủ trì phối hợp với Phòng Văn hóa tham mưu báo cáo trước ngày 30/6/2026 hằng tháng quý II "
    "và các thôn, đơn vị liên quan; Công an Ban Chỉ huy Quân sự 100% hộ dân Điều 5 Nghị định số 12/2024/NĐ-CP về việc"
).split()


# ── packages ───────────────────────────────────────────────────────────────────────────────

W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
TEXT = "<w:p><w:r><w:t>Giao Công an xã %s</w:t></w:r></w:p>"


def docx(body: bytes, prolog: bytes = b"") -> bytes:
    return with_part(word(p("x")), "word/document.xml", prolog + W % body)


def xlsx(*cells: tuple[int, int, str], part: str = "", change: Callable[[bytes], bytes] = bytes) -> bytes:
    """A workbook with these cells, and one part of it changed."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, column, text in cells:
            sheet.write(row, column, text)
    if not part:
        return file.getvalue()
    return with_part(file.getvalue(), part, change(zipfile.ZipFile(file).read(part)))


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def lying(data: bytes, name: str, size: int) -> bytes:
    """A ZIP whose headers say that a member has that size when it is unpacked."""
    found, at = bytearray(data), -1
    while (at := data.find(name.encode(), at + 1)) >= 0:
        for mark, head, field in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
            if data[at - head : at - head + 4] == mark:
                found[at - head + field : at - head + field + 4] = struct.pack("<I", size)
    return bytes(found)


def nested_zip(depth: int) -> bytes:
    data, name = b"Giao", "a.txt"
    for level in range(depth):
        data, name = zipped({name: data}), f"{level}.zip"
    return data


def overlapping_zip() -> bytes:
    """Two thousand entries of the directory that all stand for one member."""
    data = zipped({"a.txt": b"giao " * 200_000})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    records = data[start:end] * 2000
    return data[:start] + records + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 2000, 2000, len(records), start, 0)


def nested_mail(depth: int) -> bytes:
    data = b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nGiao\r\n"
    for _ in range(depth):
        data = b"MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + data
    return data


# ── PDF and pictures ───────────────────────────────────────────────────────────────────────

CATALOG, PAGE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"


def pages_of(count: int, kids: bytes) -> bytes:
    return _file([CATALOG, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), PAGE])


def drawn(content: bytes, more: bytes = b"", resources: bytes = b"", *objects: bytes) -> bytes:
    """A PDF of one page with that content, its fourth object; `objects` follow."""
    page = PAGE[:-2] + b"/Contents 4 0 R/Resources<<%s>>>>" % resources
    return _file([CATALOG, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream(content, more), *objects])


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
IMAGE = b"/Type/XObject/Subtype/Image/Width 30000/Height 30000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A grey PNG that declares that size; `rows` are packed as they are."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def tiff(pages: int, side: int) -> bytes:
    """White pages that declare that size, all of them on one strip of 8 KB."""
    tags = ((256, side), (257, side), (258, 1), (259, 1), (262, 1), (273, 8), (278, side), (279, 8192))
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    start, size = 8 + 8192, 2 + len(entries) + 4
    nexts = [start + size * (page + 1) for page in range(pages - 1)] + [0]
    chain = b"".join(struct.pack("<H", len(tags)) + entries + struct.pack("<I", following) for following in nexts)
    return b"II*\0" + struct.pack("<I", start) + b"\xff" * 8192 + chain


# ── text ───────────────────────────────────────────────────────────────────────────────────


def prose(size: int, words_a_line: int) -> bytes:
    """Words of directives in any order."""
    chance = random.Random(20260305)
    words = chance.choices(WORDS, k=size // 5)
    lines = (" ".join(words[at : at + words_a_line]) + "." for at in range(0, len(words), words_a_line))
    return "\n".join(lines).encode()[:size].decode("utf-8", "ignore").encode()


def repeated(size: int) -> bytes:
    """For each word that some rule looks for, a paragraph of that word alone."""
    words = (
        "hằng tháng ", "Tổ chức ", "định kỳ ", "Ủy ban nhân dân xã ", "30/6/2026 ", "trước ngày ", "và ", "( ", "“", ", ",
        "số 12/KH-UBND ", "chủ trì, ", "phối hợp với ", "100 hộ ", "Điều ", "giao ",
    )  # fmt: skip
    return "\n".join(word * (size // len(word)) + "." for word in words).encode()


def rows(count: int, row: str) -> bytes:
    return ("|TT|Nhiệm vụ|Chủ trì|Thời gian|\n|---|---|---|---|\n" + f"{row}\n" * count).encode()


# (name of the file, what makes it, the codes that it may end with; "ok" where it is read)
CASES: list[tuple[str, Callable[[], bytes], set[str]]] = [
    # sizes after unpacking, as declared and as not
    ("bomb.docx", lambda: lying(with_part(word(p("x")), "a.bin", bytes(MB)), "a.bin", 600 * MB), {"too-large"}),
    ("bomb-part.docx", lambda: docx(b" " * (110 * MB)), {"too-large"}),
    ("bomb-lying.docx", lambda: lying(docx(b" " * (110 * MB)), "word/document.xml", 1000), {"truncated"}),
    ("bomb.xlsx", lambda: lying(with_part(xlsx((0, 0, "a")), "a.bin", bytes(MB)), "a.bin", 600 * MB), {"too-large"}),
    ("bomb.zip", lambda: lying(zipped({"a.txt": bytes(MB)}), "a.txt", 1100 * MB), {"too-large"}),
    ("bomb-lying.zip", lambda: lying(zipped({"a.txt": bytes(300 * MB)}), "a.txt", 1000), {"truncated"}),
    ("overlapping.zip", overlapping_zip, {"too-large"}),
    ("bomb.pdf", lambda: drawn(zlib.compress(zlib.compress(bytes(200 * MB))), b"/Filter[/FlateDecode/FlateDecode]"), {"no-text", *STOPPED}),
    # depth
    ("nested.zip", lambda: nested_zip(50), {"too-deep"}),
    ("nested-1000.eml", lambda: nested_mail(1000), {"too-deep"}),
    ("nested-50.eml", lambda: nested_mail(50), {"too-deep"}),
    ("tables.docx", lambda: docx(b"<w:tbl><w:tr><w:tc>" * 10_000 + b"</w:tc></w:tr></w:tbl>" * 10_000), {"truncated"}),
    ("tables.html", lambda: b"<html><body>" + b"<table><tr><td>" * 500 + b"Giao", {"ok"}),
    ("divs.html", lambda: b"<html><body>" + b"<div>" * 100_000 + b"Giao", {"truncated"}),
    ("lists.html", lambda: b"<html><body>" + b"<ul><li>" * 900 + b"Giao", {"ok"}),
    ("bullets.html", lambda: b"<html><body>" + b"<ul><li>" * 10_000 + b"Giao", {"truncated"}),
    ("numbers.txt", lambda: "".join(f"{'1.' * (1 + i % 60)} Giao Công an xã\n" for i in range(3000)).encode(), {"ok"}),
    ("brackets.pdf", lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 1_000_000 + b"\nendobj\ntrailer<</Root 1 0 R>>", {"truncated"}),
    # entities: LibreOffice and browsers refuse or ignore them, Office writes none
    ("billion.docx", lambda: docx(b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", BILLION), {"unsafe-xml"}),
    ("billion-16.docx", lambda: with_part(word(p("x")), "word/document.xml", ('<?xml version="1.0" encoding="UTF-16"?>' + (BILLION + W % b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>").decode()).encode("utf-16")), {"truncated", "unsafe-xml"}),
    ("billion.xlsx", lambda: xlsx((0, 0, "Giao"), part="xl/sharedStrings.xml", change=lambda old: old.replace(b"<sst", BILLION + b"<sst", 1).replace(b"Giao", b"&j;")), {"unsafe-xml"}),
    ("billion.html", lambda: BILLION + b"<html><body><p>Giao &j;</p><svg><text>&j;</text></svg></body></html>", {"ok"}),
    # pages, pixels, places
    ("kids-loop.pdf", lambda: pages_of(3, b"2 0 R 2 0 R 3 0 R"), {"truncated", "no-text", "page-not-read"}),
    ("many-pages.pdf", lambda: pages_of(100_000, b"3 0 R"), {"too-large"}),
    ("scanned-pages.pdf", lambda: pages_of(2900, b"3 0 R " * 2900), {"too-large"}),
    ("huge-page.pdf", lambda: pdf([Page(1e6, 1e6).text(85, 100, "Giao Công an")]), {"ok"}),
    ("huge-scan.pdf", lambda: pdf([Page(1e6, 1e6).picture(1.0)]), {"no-text"}),
    ("forms.pdf", lambda: drawn(b"/X Do", b"", b"/XObject<</X 5 0 R>>", stream(b"/X Do /X Do", FORM)), {"too-large"}),
    ("pixels.pdf", lambda: drawn(b"q 595 0 0 842 0 0 cm /I Do Q", b"", b"/XObject<</I 5 0 R>>", stream(zlib.compress(bytes(50_000_000)), IMAGE)), {"no-text", *STOPPED}),
    ("pixels.png", lambda: png(30_000, 30_000), {"too-large"}),
    ("bomb.png", lambda: png(12_000, 12_500, bytes(12_001 * 12_500)), {"no-text", *STOPPED}),
    ("strip.png", lambda: png(1_000_000, 1, bytes(1_000_001)), {"no-text"}),
    ("pixels.tif", lambda: tiff(1, 30_000), {"too-large"}),
    ("pages.tif", lambda: tiff(5000, 8), {"too-large"}),
    ("no-width.tif", lambda: struct.pack("<HHII", 254, 4, 1, 0).join(tiff(2, 8).rsplit(struct.pack("<HHII", 256, 4, 1, 8), 1)), {"truncated"}),
    ("corner.xlsx", lambda: xlsx((0, 0, "a"), (1_048_575, 16_383, "b")), {"too-large"}),
    ("strings.xlsx", lambda: xlsx((0, 0, "Giao"), part="xl/sharedStrings.xml", change=lambda old: old.replace(b'uniqueCount="1"', b'uniqueCount="2147483647"')), {"truncated"}),
    ("dimension.xlsx", lambda: xlsx((0, 0, "Giao"), part="xl/worksheets/sheet1.xml", change=lambda old: old.replace(b'<dimension ref="A1"', b'<dimension ref="A1:XFD1048576"')), {"ok"}),
    ("merged.xlsx", lambda: xlsx((0, 0, "Giao"), part="xl/worksheets/sheet1.xml", change=lambda old: old.replace(b"</sheetData>", b'</sheetData><mergeCells count="1">' + b'<mergeCell ref="A1:XFD1048576"/>' * 50_000 + b"</mergeCells>")), {"ok"}),
    ("spans.html", lambda: b"<html><body><table>" + b"<tr><td rowspan=65534 colspan=1000>a" * 2000, {"too-large"}),
    ("cells.docx", lambda: docx(b"<w:tbl>%s</w:tbl>" % (b"<w:tr>%s</w:tr>" % (b"<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 4) * 250_000)), {"too-large"}),
    # length: the stages are linear
    ("nothing.txt", lambda: bytes(1_000_000), {"unknown-format"}),
    ("long-line.txt", lambda: "Giao Công an xã tuần tra, ".encode() * 1_600_000, {"too-large"}),  # 50 MB
    ("prose.txt", lambda: prose(20_000_000, 40), {"too-large"}),
    ("sentences.txt", lambda: prose(1_000_000, 30), {"ok"}),
    ("one-word.txt", lambda: b"giao " * 100_000, {"ok"}),
    ("one-word-a-line.txt", lambda: b"giao\n" * 100_000, {"ok"}),  # all of it is one paragraph, cut in lines
    ("line-breaks.docx", lambda: docx(b"<w:p><w:r>%s</w:r></w:p>" % (b"<w:t>1</w:t><w:br/>" * 30_000)), {"ok"}),
    ("bullets.txt", lambda: b"- Giao Cong an tuan tra\n" * 10_000, {"ok"}),  # each asks whether its neighbours are orders
    ("paragraphs.docx", lambda: docx((TEXT % "tuần tra hằng tháng.").encode() * 10_000), {"ok"}),
    ("full-stops.txt", lambda: b"Giao " + b"." * 1_000_000 + b"a", {"ok"}),
    ("blanks.txt", lambda: b"Giao" + b" " * 3_000_000 + b"x", {"ok"}),
    ("brackets.txt", lambda: b"(" * 200_000, {"ok"}),
    ("repeated.txt", lambda: repeated(50_000), {"ok"}),
    ("rows.txt", lambda: rows(10_000, "|1|Tổ chức tuyên truyền cải cách hành chính|Công an xã|30/6/2026|"), {"ok"}),
    ("styles.docx", lambda: _chained_styles(20_000), {"ok"}),
]  # fmt: skip


def _chained_styles(count: int) -> bytes:
    """Each style based on the next."""
    styles = b"".join(
        b'<w:style w:type="paragraph" w:styleId="S%d"><w:basedOn w:val="S%d"/></w:style>' % (i, i + 1)
        for i in range(count)
    )
    root = b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:styles>' % styles
    paragraph = b'<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>Giao</w:t></w:r></w:p>'
    return with_part(docx(paragraph * 2000), "word/styles.xml", root)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Directive]]:
    """What became of all of them in one run, by file."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, make, _ in CASES:
        (folder / name).write_bytes(make())
    (folder / "neighbour.txt").write_text("Giao Công an xã tuần tra hằng tháng.", encoding="utf-8")
    result = pipeline.convert([folder], [], jobs=2, limits=LIMITS)
    assert not psutil.Process().children(recursive=True)
    found: dict[str, list[Directive]] = {}
    for directive in result.directives:
        found.setdefault(directive.document.split("/")[0], []).append(directive)
    return found


@pytest.mark.parametrize(("name", "codes"), [(name, codes) for name, _, codes in CASES])
def test_a_hostile_file_ends_with_a_named_code(name: str, codes: set[str], read: dict[str, list[Directive]]) -> None:
    for directive in read[name]:
        found = {error.code for error in directive.errors} or {"ok"}
        assert found <= codes, [error.detail[:300] for error in directive.errors]
        assert (directive.status == "ok") == (found == {"ok"})
        assert all(error.message and not error.message.isascii() for error in directive.errors)


def test_the_neighbour_is_read(read: dict[str, list[Directive]]) -> None:
    (neighbour,) = read["neighbour.txt"]
    assert [task.lead for task in neighbour.tasks] == [("Công an xã",)]


# ── nothing is fetched, nothing is written elsewhere, nobody else dies ─────────────────────


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server of this machine, and what it is asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """The test says it."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", paths
        server.shutdown()


def test_the_server_hears(asked: tuple[str, list[str]]) -> None:
    import urllib.request
    from urllib.error import HTTPError

    with pytest.raises(HTTPError):
        urllib.request.urlopen(f"{asked[0]}x")
    assert asked[1] == ["/x"]


SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
)
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def odt(body: str, prolog: str = "") -> bytes:
    """The least that LibreOffice takes for a text."""
    kind = "application/vnd.oasis.opendocument.text"
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f'{prolog}<office:document-content {SPACES} {XLINK} office:version="1.3">{text}</office:document-content>'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<manifest:manifest xmlns:manifest="{space}">{entries}</manifest:manifest>'
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped({name: part.encode() for name, part in parts.items()})


def prying(url: str) -> dict[str, bytes]:
    """Files that ask for what stands at an address, by name: as an entity, a picture, a style sheet, another text."""
    entity = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{url}">]>'
    words = "Giao Công an xã"
    link = f'xlink:href="{url}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    picture = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image {link}/></draw:frame>'
    section = f'<text:section text:name="s"><text:section-source {link}/><text:p>x</text:p></text:section>'
    fields = "".join(rf'{{\field{{\*\fldinst {verb} "{url}"}}{{\fldrslt x}}}}' for verb in ("INCLUDETEXT", "INCLUDEPICTURE"))
    page = f'<iframe src="{url}"></iframe><img src="{url}"><link rel="stylesheet" href="{url}">'
    return {
        "entity.docx": docx(f"<w:p><w:r><w:t>{words} &a;</w:t></w:r></w:p>".encode(), entity.encode()),
        "entity.html": f"{entity}<p>{words} &a;</p>{page}<svg><image href='{url}'/></svg>".encode(),
        "entity.odt": odt(f"<text:p>{words} &a;</text:p>", entity),
        "picture.odt": odt(f"<text:p>{words}{picture}</text:p>"),
        "section.odt": odt(f"{section}<text:p>{words}</text:p>"),
        "fields.rtf": rf"{{\rtf1 {{\*\template {url}}}{fields} Giao Cong an}}".encode(),
    }


@pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")
def test_nothing_is_fetched(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    (tmp_path / "in").mkdir()
    for place, url in (("here", secret.as_uri()), ("there", f"{asked[0]}x")):
        for name, data in prying(url).items():
            (tmp_path / "in" / f"{place}-{name}").write_bytes(data)
    result = pipeline.convert([tmp_path / "in"], [], jobs=2, limits=LIMITS)
    assert asked[1] == []
    assert not [directive.document for directive in result.directives if SECRET in directive.text]
    read = {directive.document.partition("-")[2] for directive in result.directives if directive.status == "ok"}
    assert read >= {"entity.html", "picture.odt", "section.odt", "fields.rtf"}, "they were refused, not read with care"


def test_names_lead_nowhere(tmp_path: Path) -> None:
    names = ("../../outside.txt", "/outside2.txt", "C:\\outside3.txt", "..", "con.txt", f"{'a' * 300}.txt", "\u202etxt.txt")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(zipped(dict.fromkeys(names, b"Giao Cong an xa")))
    result = pipeline.convert([tmp_path / "in"], [f"{tmp_path / 'out'}/"], jobs=1, limits=LIMITS)
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}
    assert all(path.resolve().is_relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*"))
    assert all(directive.status == "ok" for directive in result.directives)
    assert len(result.directives) >= 6


def test_a_dead_worker_costs_its_document_alone(tmp_path: Path) -> None:
    """A fault in PDFium ends the process that reads: here somebody kills it when the first page is done."""
    (tmp_path / "1.txt").write_text("Giao Công an xã tuần tra.", encoding="utf-8")
    (tmp_path / "2.tif").write_bytes(tiff(3, 200))
    (tmp_path / "3.txt").write_text("Giao Trạm Y tế báo cáo.", encoding="utf-8")

    def kill(name: str, done: int, total: int) -> None:
        for process in psutil.Process().children():
            process.kill()

    result = pipeline.convert([tmp_path], [], jobs=1, limits=LIMITS, pages=kill)
    assert [directive.status for directive in result.directives] == ["ok", "failed", "ok"]
    (error,) = result.directives[1].errors
    assert error.code == "worker-died"
    assert "Hãy" in error.message


STAND_IN = """#!/bin/sh
for given in "$@"; do
    [ "$last" = --outdir ] && out=$given && mkdir -p "$out"
    last=$given
done
for given in "$@"; do
    case $given in *.rtf)
        grep -q HANG "$given" && sleep 60
        cp "$(dirname "$0")/made.docx" "$out/$(basename "$given" .rtf).docx" ;;
    esac
done
"""


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
def test_a_file_that_hangs_a_batch_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("in", "bin", "temp"):
        (tmp_path / name).mkdir()
    (tmp_path / "bin" / "made.docx").write_bytes(word(p("Giao Công an xã tuần tra.")))
    program = tmp_path / "bin" / "soffice"
    program.write_text(STAND_IN, encoding="ascii")
    program.chmod(0o700)
    for name, words in (("1.rtf", "a"), ("2.rtf", "HANG"), ("3.rtf", "b")):
        (tmp_path / "in" / name).write_text(rf"{{\rtf1 {words}}}", encoding="ascii")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    result = pipeline.convert([tmp_path / "in"], [], jobs=1, limits=replace(LIMITS, quiet=4.0))
    assert [directive.status for directive in result.directives] == ["ok", "failed", "ok"]
    assert [error.code for error in result.directives[1].errors] == ["time-limit"]
    assert not list((tmp_path / "temp").iterdir()), "a process that was killed could not clean up after itself"
