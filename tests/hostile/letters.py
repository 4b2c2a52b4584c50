"""E-mails, web pages and what LibreOffice reads."""

from __future__ import annotations

from hostile.nouns import MB, OK, SENTENCE, STOPPED, Hostile, zipped

NEEDED = frozenset({"program-missing"})  # where LibreOffice is not installed
OFFICE_NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MULTIPART = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n'


def nested_letters(depth: int) -> bytes:
    """Letters in letters."""
    data = b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nGiao\r\n"
    for _ in range(depth):
        data = b"MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + data
    return data


def nested_parts(depth: int) -> bytes:
    """Parts in parts of one letter."""
    heads = [MULTIPART % (b"b%d" % i, b"b%d" % i) for i in range(depth)]
    return b"".join(heads) + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + SENTENCE.encode() + b"\r\n"


def many_parts(count: int) -> bytes:
    """A letter with attachments by the thousand."""
    part = b'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\nGiao\r\n--b\r\n'
    return MULTIPART % (b"b", b"b") + part * count


def long_header(size: int) -> bytes:
    """A letter whose attachment has a name in a hundred thousand pieces, and headers without an end."""
    pieces = b"".join(b"; filename*%d*=%%41" % i for i in range(size // 20))
    addresses = b"To: " + b"a@b.example, (((" * (size // 16) + b"\r\n"
    head = b"MIME-Version: 1.0\r\n" + addresses
    return head + b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment" + pieces + b"\r\n\r\nGiao\r\n"


def odt(content: bytes) -> bytes:
    """A text document of OpenDocument."""
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    return zipped([("mimetype", kind.encode()), ("content.xml", content), ("META-INF/manifest.xml", manifest.encode())])


def odt_of(body: str, prolog: str = "") -> bytes:
    """A text document with this body."""
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    return odt(f'{prolog}<office:document-content {OFFICE_NS} office:version="1.3">{text}</office:document-content>'.encode())


_LAUGHS = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "giao">{_LAUGHS}]>'

FILES = (
    Hostile("letters-100.eml", lambda: nested_letters(100), frozenset({"too-deep"}), "letters in letters"),
    Hostile("parts-100.eml", lambda: nested_parts(100), OK, "parts in parts"),
    Hostile("parts-5000.eml", lambda: many_parts(5000), frozenset({"too-large"}), "5,000 attachments"),
    Hostile("headers.eml", lambda: long_header(MB), OK | frozenset({"truncated"}), "headers of a megabyte"),
    Hostile("tags.html", lambda: b"<html><body>" + b"<span>" * 100_000 + SENTENCE.encode(), frozenset({"truncated"}), "depth"),
    Hostile("unclosed.html", lambda: b"<html><body>" + b"<p><b><i><a href=x>Giao " * 50_000, OK | frozenset({"truncated"}), "tags that the parser must open again"),
    Hostile("attributes.html", lambda: b"<html><body><p " + b" ".join(b"a%d=1" % i for i in range(20_000)) + b">" + SENTENCE.encode(), OK, "attributes of one tag"),
    Hostile("groups.rtf", lambda: b"{\\rtf1 " + b"{\\b " * 3000 + b"Giao" + b"}" * 3001, NEEDED | OK | STOPPED | {"truncated"}, "groups in groups"),
    Hostile("laughs.odt", lambda: odt_of("<text:p>&j;</text:p>", LAUGHS), NEEDED | frozenset({"unsafe-xml", "truncated"}), "a billion words"),
    Hostile("entity.odt", lambda: odt_of(f"<text:p>{SENTENCE}&a;</text:p>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'), NEEDED | OK | frozenset({"unsafe-xml", "truncated"}), "a file of the machine"),
    Hostile("bomb.odt", lambda: odt(b" " * (600 * MB)), NEEDED | STOPPED | {"truncated"}, "600 MB of blanks"),
)  # fmt: skip
