"""Files broken in hundreds of ways: a reader gives a Source or a DocumentError of its own, never a fault."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable

import pytest
from handmade import Page, listed, p, pdf, with_part, word
from PIL import Image

from pipeline.errors import DocumentError
from pipeline.ingest import Settings, read_bytes
from pipeline.ingest.docx import package
from pipeline.model import Source, Warning

ROUNDS = 100  # the long run is corpus/mutate.py
TABLE = (
    "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:br w:type='page'/><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)


def a_word_file() -> bytes:
    return word(p("Kế hoạch", "<w:jc w:val='center'/>", "<w:b/>"), listed("một"), listed("hai", 1), TABLE)


def a_pdf() -> bytes:
    page = Page().text(85, 100, "Căn cứ Kế hoạch của Đảng ủy xã").grid([85, 200, 400], [150, 180, 210])
    return pdf([page.text(90, 170, "TT").text(210, 170, "Nhiệm vụ"), Page().text(85, 90, "Giao Văn phòng theo dõi")])


def a_text() -> bytes:
    return "# Kế hoạch\n\n**Giao** *Văn phòng*\n| a | b |\n|---|---|\n| 1 | 2 |\n\f- x".encode()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a stretch cut out or doubled, or the end cut off."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(max(len(found), 1))
        match chance.randrange(4):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + chance.randrange(1, 60)]
            case 2:
                found[at:at] = found[max(at - chance.randrange(1, 60), 0) : at]
            case _:
                found = found[: max(at, 1)] if chance.random() < 0.2 else found
    return bytes(found)


def outcome(name: str, data: bytes) -> str:
    """The code of the error, or ``ok``. Pages without their fonts would be recognised, which takes seconds each."""
    try:
        source = read_bytes(name, data, Settings(ocr="never"))
    except DocumentError as error:
        assert error.message, error.code
        assert error.code != "reader-failed", error.detail
        return error.code
    assert isinstance(source, Source)
    return "ok"


@pytest.mark.parametrize("make", [a_text, a_word_file, a_pdf])
def test_broken_bytes(make: Callable[[], bytes]) -> None:
    chance, data = random.Random(20260305), make()
    outcomes = {outcome("a", mutated(data, chance)) for _ in range(ROUNDS)}
    assert len(outcomes) > 1, "the mutations never hurt anything: they test nothing"


def test_broken_xml_inside_a_sound_package() -> None:
    """Byte changes break the ZIP check sum at once; these reach the walk itself."""
    chance, data = random.Random(8), a_word_file()
    names = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/_rels/document.xml.rels")
    parts = {name: _part(data, name) for name in names}
    outcomes = {
        outcome("a.docx", with_part(data, name, mutated(parts[name], chance)))
        for name in names
        for _ in range(ROUNDS // 4)
    }
    assert {"ok", "truncated"} <= outcomes


def test_strange_values_in_sound_xml() -> None:
    """Attribute values out of any range, in XML that is well formed."""
    chance, data = random.Random(9), a_word_file()
    values = ("", "-1", "0", "99999999999999999999", "x", "１", "1e9", "٣", "-", "restart")
    names = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
    parts = {name: _part(data, name).split(b'w:val="') for name in names}
    outcomes = []
    for _ in range(ROUNDS):
        name = chance.choice(names)
        pieces = list(parts[name])
        for place in chance.sample(range(1, len(pieces)), min(4, len(pieces) - 1)):
            pieces[place] = chance.choice(values).encode() + pieces[place][pieces[place].index(b'"') :]
        outcomes.append(outcome("a.docx", with_part(data, name, b'w:val="'.join(pieces))))
    assert set(outcomes) == {"ok"}


def _part(data: bytes, name: str) -> bytes:
    import io
    import zipfile

    assert package.open_package(data).document is not None
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


# ── what the runs of corpus/mutate.py found: a broken page is no broken document ───────────


def two_pages(kid: bytes) -> bytes:
    """A PDF whose second page is the object `kid`."""
    data = pdf([Page().text(85, 100, "Giao Công an xã"), Page().text(85, 100, "Giao Trạm Y tế")])
    last = re.findall(rb"\d+ 0 R(?=\])", data[data.index(b"/Kids[") :])[0]
    assert len(kid) == len(last), "the places of the objects would move"
    return data.replace(b" %s]" % last, b" %s]" % kid, 1)


def test_a_pdf_page_that_cannot_be_opened_is_named() -> None:
    source = read_bytes("a.pdf", two_pages(b"99 0 R"))
    assert [(error.code, error.page) for error in source.errors] == [("page-not-read", 2)]
    assert "1 trang (2)" in source.errors[0].message
    assert "Giao Công an xã" in str(source.blocks)
    assert source.pages == 2


def test_a_pdf_of_which_no_page_can_be_opened_is_broken() -> None:
    data = re.sub(rb"/Kids\[[^\]]*\]", lambda found: b"/Kids[99 0 R]".ljust(len(found.group())), two_pages(b"99 0 R"))
    assert outcome("a.pdf", data) == "truncated"


def test_a_picture_that_cannot_be_unpacked_costs_its_page() -> None:
    """The second of three pages says that it is packed by LZW, and is not."""
    from pipeline.ingest.scan import files

    file = io.BytesIO()
    first, *more = [Image.new("L", (64, 64), 255) for _ in range(3)]
    first.save(file, "TIFF", save_all=True, append_images=more)
    data = bytearray(file.getvalue())
    place = [found.start() for found in re.finditer(rb"\x03\x01\x03\x00\x01\x00\x00\x00", data)][1]
    data[place + 8] = 5
    found = list(files._frames(Image.open(io.BytesIO(data))))
    assert [getattr(page, "code", "") for page in found] == ["", "truncated", ""]
    assert isinstance(found[1], Warning)
    assert found[1].page == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],  # cut inside a letter
        lambda data: data[:100].replace("ế".encode(), b"\xe1\xba?", 1) + data[100:],
        lambda data: b"\xef\xbb\xbf" + data[:-1],
        lambda data: data.decode().encode("utf-16")[:-1],
    ],
)
def test_a_broken_letter_is_no_unknown_encoding(damage: Callable[[bytes], bytes]) -> None:
    source = read_bytes("a.txt", damage("Kế hoạch: giao Công an xã tuần tra ở địa bàn các thôn của xã ạ".encode()))
    assert "Công an xã tuần tra" in str(source.blocks)
    assert [warning.code for warning in source.warnings] == ["bad-characters"]
    assert "\ufffd" in str(source.blocks)
