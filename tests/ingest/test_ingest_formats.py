"""What a file is, and what the officer is told about one that cannot be read."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from handmade import Page, locked_pdf, p, pdf, with_part, word

from pipeline.errors import DocumentError
from pipeline.ingest import READERS, SUFFIXES, UNREAD, Settings, is_candidate, read, read_bytes
from pipeline.ingest.docx import package as docx_package
from pipeline.ingest.formats import OLE, recognise

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def package(**parts: str) -> bytes:
    """A ZIP with these parts; ``__`` in a name stands for a slash, ``_`` for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def ole(stream: str) -> bytes:
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(64)


SLIDES = package(ppt__presentation_xml="x")

# (bytes, format, why the row is here)
KINDS = [
    ("Kế hoạch".encode(), "text", "plain UTF-8"),
    (b"\xff\xfe" + "Kế hoạch".encode("utf-16-le"), "text", "UTF-16 is full of zero bytes and still text"),
    (b"\n\n%PDF-1.7", "pdf", "some writers put something in front of the signature"),
    (PNG, "png", ""),
    (b"\xff\xd8\xff\xe0", "jpeg", ""),
    (b"II*\x00", "tiff", "little endian"),
    (b"MM\x00*", "tiff", "big endian"),
    (b"{\\rtf1\\ansi", "rtf", ""),
    (b"<!DOCTYPE html><p>x", "html", ""),
    (b"<?xml version='1.0'?>\n<!-- luu tu web -->\n<HTML>", "html", "XHTML with a comment in front"),
    (b"\xef\xbb\xbf\r\n<html>", "html", "a byte order mark"),
    ("\ufeff<html>".encode("utf-16-le"), "html", "UTF-16"),
    ("\ufeff<html>".encode("utf-16-be"), "html", "UTF-16 the other way round"),
    (b"<meta charset=utf-8><table><tr><td>1</td></tr></table>", "html", "a table for download, without a head"),
    (b"<p class=MsoNormal>x", "html", "a part of a page"),
    (b"<pay> 12", "text", "no tag of HTML"),
    (b"<!---->" * 9_000 + b"x", "text", "comments that lead to nothing: read at once, not 2^9000 times"),
    (b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">', "word-xml", ""),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "excel-xml", "saved as .xls"),
    (b'<?xml version="1.0"?><svg/>', "xml", "no document; its tags are no text"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b", "mht", "a page saved by Word"),
    (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=b\r\n\r\n", "mht", ""),
    (b"To: a@b.invalid\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n", "eml", "a letter"),
    (b"Received: from a\r\n\tby b\r\nMIME-Version: 1.0\r\n\r\nx", "eml", "folded header line"),
    ("Số: 12/KH-UBND\nGiao: Văn phòng\n".encode(), "text", "label lines are no mail header"),
    (ole("WordDocument"), "doc", "Word 97-2003"),
    (ole("EncryptedPackage"), "encrypted-office", "a .docx with a password is an OLE file"),
    (ole("Workbook"), "xls", ""),
    (ole("Chưa biết"), "ole", "an OLE file of another program"),
    (package(xl__workbook_xml="x"), "xlsx", ""),
    (package(ppt__presentation_xml="x"), "pptx", ""),
    (package(mimetype="application/vnd.oasis.opendocument.text"), "odt", ""),
    (package(a_txt="x"), "zip", "a ZIP of documents is no document"),
    (package(a_pdf="%PDF-1.7", b_txt="x"), "zip", "a PDF that stands in a ZIP as it is: the other files would be lost"),
    (word(p("x")), "docx", ""),
    (random.Random(7).randbytes(4000), "unknown", "random bytes"),
]


@pytest.mark.parametrize(("data", "kind", "why"), KINDS)
def test_a_format_is_known_by_its_bytes(data: bytes, kind: str, why: str) -> None:
    assert recognise(data) == kind, why


# (name, bytes, code, words that the message must have, why)
BAD = [
    ("a.docx", b"", "empty-file", "rỗng", "an upload that failed"),
    ("a.txt", b" \r\n\t\n", "empty-file", "khoảng trắng", "only blanks"),
    ("a.txt", "trước ngày".replace("ước", "").encode("cp1258"), "encoding", "UTF-8", "Windows-1258"),
    ("a.txt", "Résumé des délibérations".encode("cp1252"), "encoding", "TCVN3", "the code page of another language"),
    ("a.txt", b"\xff\xfeK\xd8\x00", "encoding", "Unicode", "UTF-16 that breaks off inside a character"),
    ("a.pdf", SLIDES, "not-yet-supported", "đuôi .pdf nhưng thật ra là bài trình chiếu", "slides renamed"),
    ("a.pptx", SLIDES, "not-yet-supported", "Đây là bài trình chiếu", "slides that say so"),
    ("a.png", PNG, "truncated", "tệp ảnh", "a picture that breaks off"),
    ("a.xlsx", package(xl__workbook_xml="x"), "truncated", "Excel", "a workbook without sheets"),
    ("a.rar", b"Rar!\x1a\x07\x00", "not-yet-supported", "giải nén", ""),
    ("a.zip", package(a_txt="x"), "not-yet-supported", "từng tệp", "no document in itself"),
    ("a.htm", b"<html><body>", "no-text", "", "a page without words"),
    ("a.bin", random.Random(1).randbytes(999), "unknown-format", ".docx", "random bytes"),
    ("a.docx", ole("EncryptedPackage"), "password", "mật khẩu", "a Word file with a password"),
    ("a.pdf", locked_pdf(), "password", "mật khẩu", "a PDF with a password"),
    ("a.docx", word(p("Kế hoạch"))[:-200], "truncated", "tải", "the directory at the end of the ZIP is gone"),
    ("a.docx", package(word__document_xml="<w:document"), "truncated", "hỏng", "XML that breaks off"),
    ("a.docx", package(word__document_xml="<a/>"), "truncated", "hỏng", "XML that is no document"),
    ("a.pdf", b"%PDF-1.7\n1 0 obj\n<</Type", "truncated", "hỏng", "a PDF that breaks off at once"),
    ("a.pdf", pdf([Page().picture(1.0), Page().picture(1.0)]), "no-text", "OCR", "a scan"),
    ("a.docx", word("<w:p/>"), "no-text", "không có chữ", "a blank Word file"),
]


@pytest.mark.parametrize(("name", "data", "code", "words", "why"), BAD)
def test_a_bad_file_gives_a_code_and_says_what_to_do(name: str, data: bytes, code: str, words: str, why: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(name, data)
    assert caught.value.code == code, why
    assert words in caught.value.message, why


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_UNPACKED", 1_000_000)
    bomb = with_part(word(p("x")), "word/media/image1.bin", bytes(2_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(DocumentError) as caught:
        read_bytes("bomb.docx", bomb)
    assert caught.value.code == "too-large"


def test_entities_that_multiply_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    laughs = f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><w:document xmlns:w="{ns}"><w:body><w:p><w:r><w:t>&l11;</w:t>'
    laughs += "</w:r></w:p></w:body></w:document>"
    with pytest.raises(DocumentError) as caught:
        read_bytes("a.docx", package(word__document_xml=laughs))
    assert caught.value.code == "unsafe-xml"


def test_tables_in_tables_thousands_deep_end_as_an_error() -> None:
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    deep = "<w:tbl><w:tr><w:tc>" * 600 + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 600
    data = package(word__document_xml=f'<w:document xmlns:w="{ns}"><w:body>{deep}</w:body></w:document>')
    with pytest.raises(DocumentError) as caught:
        read_bytes("a.docx", data)
    assert caught.value.code == "truncated"


def test_a_file_past_the_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("pipeline.ingest.LIMIT", 10)
    path = tmp_path / "a.txt"
    path.write_text("Hơn mười byte", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert caught.value.code == "too-large"


@pytest.mark.parametrize(
    ("error", "words"),
    [(PermissionError(13, "denied"), "quyền"), (OSError(5, "I/O error"), "Hệ điều hành")],
)
def test_a_file_that_may_not_be_read(
    error: OSError, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr("pipeline.opening._without_waiting", refuse)
    with pytest.raises(DocumentError) as caught:
        read(tmp_path / "a.docx")
    assert caught.value.code == "unreadable-file"
    assert words in caught.value.message


def test_a_missing_file_a_folder_and_an_impossible_name(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.docx", tmp_path, Path("a\0b.docx")):
        with pytest.raises(DocumentError) as caught:
            read(path)
        assert caught.value.code == "unreadable-file"


def test_a_fault_in_a_reader_ends_as_a_document_error_with_its_detail(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: bytes, __: Settings) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("pipeline.ingest.text.read", broken)
    with pytest.raises(DocumentError) as caught:
        read_bytes("a.txt", b"x")
    assert caught.value.code == "reader-failed"
    assert "IndexError: list index out of range" in caught.value.detail


def test_read_names_the_source_after_the_file_and_hashes_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "KH 85.docx"  # the suffix lies; the content counts
    path.write_bytes("Kế hoạch".encode())
    source = read(path)
    assert (source.name, source.media_type, source.pages) == ("KH 85.docx", "text/plain", 1)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source == read_bytes("KH 85.docx", path.read_bytes())


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("KH.docx", True),
        ("KH.PDF", True),  # Windows is often in capitals
        ("anh.jpeg", True),  # not read yet, but to be reported rather than passed over
        ("~$KH.docx", False),  # the lock file of a document that is open in Word
        (".KH.docx", False),
        ("KH.json", False),
        ("KH", False),
    ],
)
def test_what_a_folder_search_picks_up(name: str, wanted: bool) -> None:
    assert is_candidate(Path("thư mục") / name) is wanted


def test_every_format_that_is_read_has_its_suffix() -> None:
    assert {".docx", ".pdf", ".txt", ".md"} <= SUFFIXES
    suffixes = {f".{name}" for name in READERS} - {".text", ".word-xml", ".excel-xml"}  # the last two say .doc and .xls
    assert suffixes <= SUFFIXES


@pytest.mark.parametrize("kind", UNREAD)
def test_a_format_that_is_not_read_is_picked_up_and_says_what_to_do(kind: str) -> None:
    label, advice = UNREAD[kind]
    assert label
    assert advice.startswith(("Hãy ", "Nếu "))
    assert advice.endswith(".")
    of_suffix = {"gzip": ".gz", "ole": ".doc"}.get(kind, f".{kind}")
    assert of_suffix in SUFFIXES or kind == "xml"  # most XML files of a folder are no documents
