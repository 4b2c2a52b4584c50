"""ZIP archives and e-mails: what is in them, under which names, and files that lie about it."""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.errors import DocumentError
from pipeline.ingest import Contents, container, open_document, read
from pipeline.ingest.container import clean, extract, members
from pipeline.model import Source

TEXT = "Kế hoạch\n1. Văn phòng rà soát thủ tục.\n".encode()


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with these entries, in this order, also where two have one name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def renamed(data: bytes, name: bytes, flags: int = 0) -> bytes:
    """A ZIP of one entry, whose name is these bytes (as many as before); `flags` say how they are meant."""
    place = data.index(b"PK\x01\x02")
    size = int.from_bytes(data[place + 28 : place + 30], "little")
    assert size == len(name)
    out = bytearray(data)
    out[30 : 30 + size] = name
    out[place + 46 : place + 46 + size] = name
    for at in (6, place + 8):
        out[at : at + 2] = flags.to_bytes(2, "little")
    return bytes(out)


def named(data: bytes, kind: str = "zip") -> list[str]:
    return [member.name for member in members(data, kind)]


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(DocumentError) as caught:
        action()
    assert caught.value.message
    return caught.value.code


# ── names ──────────────────────────────────────────────────────────────────────────────────

# (path, what it becomes, why)
PATHS = [
    ("KH 17.docx", "KH 17.docx", ""),
    ("Xã A/KH.docx", "Xã A/KH.docx", "the folder tells whose plan it is"),
    ("Xã A\\KH.docx", "Xã A/KH.docx", "Windows"),
    ("/etc/passwd", "etc/passwd", "no root"),
    ("C:\\Users\\a\\KH.docx", "Users/a/KH.docx", "no drive"),
    ("../../x.docx", "x.docx", "no way up"),
    ("a/../../b/./KH.docx", "a/b/KH.docx", "no way up in the middle"),
    ("a/b/c/d/e/KH.docx", "c/d/e/KH.docx", "the innermost folders are enough"),
    ("Số: 17?.docx", "Số 17 .docx", "signs that Windows does not allow"),
    ("KH\u202excod.exe", "KH xcod.exe", "a sign that turns the rest around, to hide a suffix"),
    ("KH.docx ", "KH.docx", "no blank at the end"),
    ("con.docx", "_con.docx", "a device of Windows"),
    ("Contents.docx", "Contents.docx", "no device"),
    (unicodedata.normalize("NFD", "Kế hoạch.docx"), "Kế hoạch.docx", "macOS takes letters apart"),
    ("\x00\x01", "", "nothing is left"),
    ("..", "", "nothing is left"),
    ("ế" * 200 + ".docx", "ế" * 48 + ".docx", "150 bytes; a file system takes 255"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "wanted", "why"), PATHS)
def test_a_name_is_made_fit(path: str, wanted: str, why: str) -> None:
    assert clean(path) == wanted, why


# (bytes of the name, flags, name, why)
ENCODED = [
    ("Kế hoạch.docx".encode(), 0x800, "Kế hoạch.docx", "UTF-8 that says so"),
    ("Kế hoạch.docx".encode(), 0, "Kế hoạch.docx", "UTF-8 that does not"),
    (b"K\xea\xec hoa\xf2ch.docx", 0, "Kế hoạch.docx", "the code page of Vietnamese Windows"),
    (b"\x9abersicht \x81ber.docx", 0, "Übersicht über.docx", "the code page of DOS"),
    (b"KH 17.docx", 0, "KH 17.docx", "plain"),
]


@pytest.mark.parametrize(("raw", "flags", "name", "why"), ENCODED)
def test_the_encoding_of_a_name_in_a_zip(raw: bytes, flags: int, name: str, why: str) -> None:
    data = renamed(zipped(("x" * len(raw), TEXT), method=zipfile.ZIP_STORED), raw, flags)
    assert named(data) == [name], why


# ── ZIP ────────────────────────────────────────────────────────────────────────────────────


def test_members_in_order_without_folders_and_files_of_the_system() -> None:
    data = zipped(
        ("b.docx", b"2"),
        ("Xã A/", b""),
        ("Xã A/a.docx", b"1"),
        ("rong\\", b""),
        ("Xã A/~$a.docx", b"lock"),
        ("Xã A/.DS_Store", b"x"),
        ("__MACOSX/Xã A/._a.docx", b"x"),
        ("Thumbs.db", b"x"),
        ("hinh/desktop.ini", b"x"),
    )
    assert named(data) == ["b.docx", "Xã A/a.docx"]
    assert [extract(data, "zip", member.index) for member in members(data, "zip")] == [b"2", b"1"]


def test_two_entries_of_one_name_are_two_members() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.txt", b"one"), ("a.txt", b"two"))
    assert named(data) == ["a.txt", "a.txt"]
    assert [extract(data, "zip", member.index) for member in members(data, "zip")] == [b"one", b"two"]


def test_a_link_is_no_document() -> None:
    link = zipfile.ZipInfo("a.docx")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert [member.kind for member in members(zipped((link, b"../../etc/passwd")), "zip")] == ["other"]


def test_an_empty_archive_has_no_members() -> None:
    assert members(zipped(), "zip") == ()


def flagged(data: bytes) -> bytes:
    """A ZIP whose directory says that its entry is encrypted."""
    out = bytearray(data)
    out[out.index(b"PK\x01\x02") + 8] |= 1
    return bytes(out)


def said(data: bytes, size: int) -> bytes:
    """A ZIP whose directory says that its entry has this size when unpacked."""
    out, place = bytearray(data), data.index(b"PK\x01\x02")
    out[place + 24 : place + 28] = size.to_bytes(4, "little")
    return bytes(out)


def damaged(data: bytes) -> bytes:
    """A ZIP with bytes of its entry changed."""
    return data[:50] + bytes(8) + data[58:]


def compressed_by(data: bytes, method: int) -> bytes:
    """A ZIP whose entry says that it is compressed in this way."""
    out, place = bytearray(data), data.index(b"PK\x01\x02")
    out[8:10] = out[place + 10 : place + 12] = method.to_bytes(2, "little")
    return bytes(out)


LONG = zlib.compress(TEXT) * 200

# (archive, code, why); none of them is known as bad before it is unpacked
BAD_ENTRIES = [
    (flagged(zipped(("a.txt", TEXT))), "password", "encrypted"),
    (said(zipped(("a.txt", TEXT)), container.MAX_MEMBER + 1), "too-large", "a bomb that says so"),
    (said(zipped(("a.txt", bytes(10_000_000))), 1000), "truncated", "a bomb that lies: no more than it says comes out"),
    (damaged(zipped(("a.txt", LONG))), "truncated", "bytes that cannot be unpacked"),
    (damaged(zipped(("a.txt", LONG), method=zipfile.ZIP_STORED)), "truncated", "a wrong checksum"),
    (compressed_by(zipped(("a.txt", TEXT)), 99), "not-yet-supported", "a compression that Python does not know"),
]


@pytest.mark.parametrize(("data", "code", "why"), BAD_ENTRIES, ids=[why for *_, why in BAD_ENTRIES])
def test_a_bad_entry_is_listed_and_says_why_it_cannot_be_had(data: bytes, code: str, why: str) -> None:
    assert named(data) == ["a.txt"]
    assert code_of(lambda: extract(data, "zip", 0)) == code, why


def test_an_archive_that_would_fill_the_disk_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_UNPACKED", 1_000_000)
    data = zipped(*((f"{number}.txt", bytes(300_000)) for number in range(4)))
    assert len(data) < 10_000
    assert code_of(lambda: members(data, "zip")) == "too-large"


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_MEMBERS", 3)
    four = [(f"{number}.txt", TEXT) for number in range(4)]
    assert len(members(zipped(*four[:3]), "zip")) == 3
    assert code_of(lambda: members(zipped(*four), "zip")) == "too-large"


def test_a_broken_directory_is_a_broken_archive() -> None:
    assert code_of(lambda: members(zipped(("a.txt", TEXT))[:-10], "zip")) == "truncated"


# ── e-mail ─────────────────────────────────────────────────────────────────────────────────


def mail(*parts: bytes, kind: str = "mixed", head: bytes = b"") -> bytes:
    """An e-mail put together of parts, each with its headers."""
    top = b"From: a@example.invalid\r\nTo: b@example.invalid\r\nSubject: KH\r\nMIME-Version: 1.0\r\n" + head
    return top + multipart(*parts, kind=kind)


def multipart(*parts: bytes, kind: str = "mixed", boundary: bytes = b"=_1") -> bytes:
    content = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return (
        b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind.encode(), boundary)
        + content
        + b"--%s--\r\n" % boundary
    )


def part(headers: str, content: bytes = TEXT) -> bytes:
    return headers.replace("\n", "\r\n").encode("utf-8") + b"\r\n\r\n" + content


PLAIN = part("Content-Type: text/plain; charset=utf-8", "Kính gửi anh".encode())
PAGE = part("Content-Type: text/html; charset=utf-8", "<p>Kính gửi anh</p>".encode())
FILE = part("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=KH.docx")
LOGO = part("Content-Type: image/png\nContent-Disposition: inline; filename=logo.png\nContent-ID: <a>", b"x")

# (headers of an attachment, its name, why)
NAMES = [
    ("Content-Disposition: attachment; filename=KH.docx", "KH.docx", "plain"),
    ("Content-Disposition: attachment; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch.docx", "Kế hoạch.docx", "RFC 2231"),
    (
        "Content-Disposition: attachment; filename*0*=UTF-8''K%E1%BA%BF; filename*1=\" hoach.docx\"",
        "Kế hoach.docx",
        "RFC 2231 in pieces",
    ),
    (
        'Content-Disposition: attachment; filename="=?utf-8?B?S+G6vyBob+G6oWNo?=\n =?utf-8?B?LmRvY3g=?="',
        "Kế hoạch.docx",
        "RFC 2047 in two lines, where it does not belong, as Outlook writes it",
    ),
    ('Content-Type: application/msword; name="=?windows-1258?Q?K=EA=EC?=.doc"', "Kế.doc", "the name of the type"),
    ('Content-Disposition: attachment; filename="Kế hoạch.docx"', "Kế hoạch.docx", "UTF-8 as it is"),
    ('Content-Disposition: attachment; filename="../../x.docx"', "x.docx", "a way up"),
    ("Content-Type: application/pdf\nContent-Disposition: attachment", "dinh-kem-2", "no name: its bytes say what it is"),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "name", "why"), NAMES)
def test_the_name_of_an_attachment(headers: str, name: str, why: str) -> None:
    data = mail(PLAIN, part(headers))
    assert [member.name for member in members(data, "eml") if member.kind == "file"] == [name], why


# (headers, bytes in the e-mail, why)
PACKED = [
    ("Content-Transfer-Encoding: base64", b"S+G6vw==\r\n", "base64"),
    ("Content-Transfer-Encoding: quoted-printable", b"K=E1=BA=\r\n=BF", "quoted-printable with a soft line end"),
    ("Content-Transfer-Encoding: 8bit", "Kế".encode(), "as it is"),
    ("Content-Transfer-Encoding: unheard-of", "Kế".encode(), "an unknown one is as it is"),
]


@pytest.mark.parametrize(("headers", "content", "why"), PACKED)
@pytest.mark.parametrize("kind", ["application/octet-stream", "text/plain; charset=us-ascii"])
def test_the_bytes_of_an_attachment(headers: str, content: bytes, why: str, kind: str) -> None:
    data = mail(
        PLAIN, part(f"Content-Type: {kind}\nContent-Disposition: attachment; filename=a.txt\n{headers}", content)
    )
    assert extract(data, "eml", 1) == "Kế".encode(), why


# (e-mail, (name, kind) of its members, why)
LETTERS = [
    (mail(PLAIN, FILE), [("noi-dung-thu.txt", "letter"), ("KH.docx", "file")], "a letter with a file"),
    (mail(head=PLAIN)[: mail(head=PLAIN).index(b"Content-Type: multipart")], [("noi-dung-thu.txt", "letter")], "a letter"),
    (mail(PLAIN, PAGE, kind="alternative"), [("noi-dung-thu.html", "letter")], "of two forms the page"),
    (mail(PLAIN, PLAIN), [("noi-dung-thu.txt", "letter")] * 2, "words before and behind a picture"),
    (
        mail(multipart(PLAIN, multipart(PAGE, LOGO, kind="related", boundary=b"=_3"), kind="alternative", boundary=b"=_2"), FILE),
        [("noi-dung-thu.html", "letter"), ("logo.png", "other"), ("KH.docx", "file")],
        "a logo among the words is no document",
    ),
    (
        mail(part("Content-Type: image/jpeg\nContent-Disposition: inline; filename=a.jpg\nContent-ID: <a>", bytes(200_000))),
        [("a.jpg", "file")],
        "a picture among the words that is as large as the photo of a page",
    ),
    (
        mail(part("Content-Type: image/jpeg\nContent-Disposition: attachment; filename=a.jpg\nContent-ID: <a>", b"x")),
        [("a.jpg", "file")],
        "a small picture that was attached",
    ),
    (
        mail(multipart(PLAIN, FILE, boundary=b"=_2"), part("Content-Type: application/pkcs7-signature; name=smime.p7s"), kind="signed"),
        [("noi-dung-thu.txt", "letter"), ("KH.docx", "file"), ("smime.p7s", "file")],
        "signed: what was signed is one part",
    ),
    (mail(part("Content-Type: text/calendar")), [("dinh-kem-1", "other")], "an invitation"),
    (mail(part("Content-Type: text/plain", b" \r\n"), FILE), [("KH.docx", "file")], "a letter without words"),
    (mail(), [], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "wanted", "why"), LETTERS, ids=[why for *_, why in LETTERS])
def test_what_is_in_an_email(data: bytes, wanted: list[tuple[str, str]], why: str) -> None:
    assert [(member.name, member.kind) for member in members(data, "eml")] == wanted, why


def test_an_attached_email_is_a_member_with_its_own() -> None:
    inner = "Subject: Kế\r\nMIME-Version: 1.0\r\n".encode() + multipart(FILE, boundary=b"=_2")
    outer = mail(PLAIN, b"Content-Type: message/rfc822\r\n\r\n" + inner)
    (member,) = (member for member in members(outer, "eml") if member.kind == "file")
    assert member.name == "dinh-kem-2.eml"
    taken = extract(outer, "eml", member.index)
    assert [below.name for below in members(taken, "eml")] == ["KH.docx"]
    assert extract(taken, "eml", 0).split() == TEXT.split()


def test_a_letter_in_utf8_is_marked_whatever_its_page_says() -> None:
    """A page that was windows-1258 before the e-mail program made it UTF-8."""
    page = '<html><head><meta charset="windows-1258"></head><body>Kế hoạch</body></html>'.encode()
    taken = extract(mail(part("Content-Type: text/html; charset=utf-8", page)), "eml", 0)
    assert taken.startswith(b"\xef\xbb\xbf<html>")


def test_many_parts_in_parts_end_as_an_error_or_a_list() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(5_000))
    data = b"MIME-Version: 1.0\r\n" + deep + FILE
    try:
        assert isinstance(members(data, "eml"), tuple)
    except DocumentError as error:
        assert error.code == "too-deep"


# ── documents in them ──────────────────────────────────────────────────────────────────────


def opened(data: bytes, folder: Path, inside: tuple[int, ...] = ()) -> Source | Contents:
    path = folder / "a.zip"
    path.write_bytes(data)
    return open_document(path, inside)


def test_what_may_be_a_document_is_offered_and_the_rest_named(tmp_path: Path) -> None:
    data = zipped(
        ("KH.docx", TEXT), ("nhac.mp3", b"x"), ("khong duoi", TEXT), ("1. Kế hoạch", TEXT), ("KH.2026", TEXT), ("a.json", b"x")
    )  # fmt: skip
    found = opened(data, tmp_path)
    assert isinstance(found, Contents)
    assert [member.name for member in found.members] == ["KH.docx", "khong duoi", "1. Kế hoạch", "KH.2026"]
    assert found.passed_over == ("nhac.mp3", "a.json")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped(), "nothing in it"),
        (zipped(("Xã A/", b"")), "folders alone"),
        (zipped(("nhac.mp3", b"x")), "no documents"),
        (mail(LOGO), "an e-mail with a logo alone"),
    ],
)
def test_a_container_without_documents(data: bytes, why: str, tmp_path: Path) -> None:
    assert code_of(lambda: opened(data, tmp_path)) == "empty-container", why


def test_a_letter_is_read_where_it_brings_no_document(tmp_path: Path) -> None:
    alone = opened(mail(PLAIN), tmp_path)
    with_file = opened(mail(PLAIN, FILE), tmp_path)
    assert isinstance(alone, Contents)
    assert isinstance(with_file, Contents)
    assert ([member.name for member in alone.members], alone.passed_over) == (["noi-dung-thu.txt"], ())
    assert [member.name for member in with_file.members] == ["KH.docx"]
    assert with_file.passed_over == ("noi-dung-thu.txt",)


def test_a_member_is_read_under_its_whole_name(tmp_path: Path) -> None:
    data = zipped(("thu.eml", mail(part("Content-Disposition: attachment; filename=KH.txt"))))
    found = opened(data, tmp_path, (0, 0))
    assert isinstance(found, Source)
    assert (found.name, found.media_type) == ("a.zip/thu.eml/KH.txt", "text/plain")


def test_archives_in_archives_to_a_depth(tmp_path: Path) -> None:
    data = TEXT
    for number in range(container.DEPTH + 1):
        data = zipped((f"{number}.zip" if number else "a.txt", data))
    at_limit = opened(data, tmp_path, (0,) * container.DEPTH)
    assert isinstance(at_limit, Contents)
    assert code_of(lambda: opened(data, tmp_path, (0,) * (container.DEPTH + 1))) == "too-deep"


def test_reading_a_container_as_a_document_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("a.txt", TEXT), ("b.txt", TEXT)))
    with pytest.raises(DocumentError, match=r"chứa 2 tệp khác.*dondoc convert") as caught:
        read(path)
    assert caught.value.code == "container"


def test_an_email_of_the_standard_library(tmp_path: Path) -> None:
    """As another program writes it, with all that a header may have."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.invalid", "b@example.invalid", "Kế hoạch tháng 6"
    message.set_content("Kính gửi anh")
    message.add_attachment(TEXT, maintype="text", subtype="plain", filename="Kế hoạch số 17 của Ủy ban nhân dân xã.txt")
    found = opened(bytes(message), tmp_path, (1,))
    assert isinstance(found, Source)
    assert found.name == "a.zip/Kế hoạch số 17 của Ủy ban nhân dân xã.txt"
    assert len(found.blocks) == 2
