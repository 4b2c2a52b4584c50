"""Old Vietnamese encodings in text files and by themselves; the formats are in test_ingest_oldfonts.py."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import oldletters
import pytest
from oldletters import abc, viqr, vni

from pipeline.errors import DocumentError
from pipeline.ingest import read_bytes
from pipeline.ingest.encodings import OldText, decode, encoding_of, recognise, repair
from pipeline.ingest.formats import recognise as format_of

SENTENCES = oldletters.sentences()
TEXT = "\n".join(SENTENCES)
LETTERS = oldletters.LETTERS
CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "docs"
ENGLISH = (
    "The People's Committee of the commune shall, within 30 days, submit a plan to the district.\n"
    "It is to be signed. Do not reply to a.b@example.com; see e.g. the co-operative's e-mail.\n"
) * 20
FRENCH = (
    "La délégation a été reçue à Huế par les députés ; où est le procès-verbal ?\n"
    "Le comité « général » a arrêté : « dès l'été, élèves et maîtres révéleront leurs thèses ».\n"
) * 20


def test_the_sentences_have_all_letters_in_both_cases() -> None:
    assert len(SENTENCES) == 200
    assert len(set(LETTERS)) == 134
    assert set(LETTERS) <= set(TEXT)


# ── text files ─────────────────────────────────────────────────────────────────────────────

FILES: dict[str, tuple[Callable[[str], bytes], str]] = {
    "utf-8": (str.encode, "utf-8"),
    "utf-8 with a mark": (lambda text: text.encode("utf-8-sig"), "utf-8-sig"),
    "utf-16 with a mark, little endian": (lambda text: b"\xff\xfe" + text.encode("utf-16-le"), "utf-16"),
    "utf-16 with a mark, big endian": (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), "utf-16"),
    "utf-16-le": (lambda text: text.encode("utf-16-le"), "utf-16-le"),
    "utf-16-be": (lambda text: text.encode("utf-16-be"), "utf-16-be"),
    "decomposed": (lambda text: unicodedata.normalize("NFD", text).encode(), "utf-8"),
    "cp1258": (oldletters.cp1258, "cp1258"),
    "tcvn3": (lambda text: abc(text).encode("cp1252"), "tcvn3"),
    "vn1": (oldletters.vn1, "vn1"),
    "vni": (lambda text: vni(text).encode("cp1252"), "vni"),
    "viqr": (lambda text: viqr(text).encode("ascii"), "viqr"),
    # what a program makes of such a file that takes it for Western text
    "tcvn3 saved as utf-8": (lambda text: abc(text).encode(), "tcvn3"),
    "vni saved as utf-8": (lambda text: vni(text).encode(), "vni"),
    "vni saved as utf-16": (lambda text: vni(text).encode("utf-16"), "vni"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_text_file_in_any_encoding_says_the_same(name: str) -> None:
    write, encoding = FILES[name]
    data = write(TEXT)
    decoded = decode(data)
    assert decoded.text.split("\n") == SENTENCES
    assert decoded.encoding == encoding
    assert format_of(data) == "text"
    source = read_bytes("a.txt", data)
    assert [block.text for block in source.blocks] == SENTENCES
    old = not encoding.startswith("utf")
    assert [warning.code for warning in source.warnings] == ["old-encoding"] * old
    assert decoded.guessed == old


# An ABC font has no capitals with a tone; see the next test.
@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("tcvn3")])
def test_every_letter_by_itself(name: str) -> None:
    write, _ = FILES[name]
    text = "\n".join(f"{SENTENCES[3]}: {letter}, {letter} " for letter in LETTERS)
    assert decode(write(text)).text == text


def test_every_letter_of_the_abc_fonts() -> None:
    old = OldText()
    small, capitals = oldletters.SMALL, oldletters.SMALL.upper()
    assert old.read(abc(small), "tcvn3") == small
    assert old.read(abc("ĂÂĐÊÔƠƯ a"), "tcvn3") == "ĂÂĐÊÔƠƯ a"
    assert old.read(oldletters.abc_capitals(capitals), "tcvn3-capitals") == capitals


def test_every_letter_of_vni() -> None:
    assert OldText().read(vni(LETTERS), "vni") == LETTERS


# A few lines are enough where the bytes are no UTF-8; one or two words are not.
@pytest.mark.parametrize("name", ["cp1258", "tcvn3", "vn1", "vni"])
def test_a_short_file(name: str) -> None:
    text = "Kính gửi: Phòng Nội vụ\nBáo cáo trước ngày 15/6/2026"
    assert decode(FILES[name][0](text)).text == text


def test_a_full_stop_is_no_tone_in_viqr_as_people_type_it() -> None:
    typed = (
        "Thu+.c hie^.n ke^' hoa.ch cu?a Uy? ban nha^n da^n xa~.\n"
        "Ca'c ddo+n vi. ba'o ca'o tru+o+'c nga`y 15/6/2026. DDe^` nghi. pho^'i ho+.p cha(.t che~."
    )
    assert decode(typed.encode()).text == (
        "Thực hiện kế hoạch của Uỷ ban nhân dân xã.\n"
        "Các đơn vị báo cáo trước ngày 15/6/2026. Đề nghị phối hợp chặt chẽ."
    )


# ── what is no old encoding ────────────────────────────────────────────────────────────────

UNTOUCHED = {
    "English": ENGLISH,
    "French": FRENCH,
    "numbers": "12 345,6\t7·8 ± 0,5 µm\n" * 50,
    "bullets": "· Nội dung · Kế hoạch ·\n©®¶·¸¹\n· · ·\n" * 20,
    "bullets in English": "· the plan · © the office · § 5 «quoted» ±2 µm\n" * 30,
    "Vietnamese without its signs": "Uy ban nhan dan xa bao cao ket qua thuc hien ke hoach nam 2026.\n" * 20,
    "Vietnamese words that no other language needs a table for": "Lê Hà, Trà Vinh; có, và, là, cá\n" * 30,
    "message formats": "«%s» ist »%d« · %c·\n" * 40,
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_other_text_stays_as_it_is(name: str) -> None:
    text = UNTOUCHED[name]
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, "utf-8", False)
    assert repair(text) == text


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_no_document_of_the_corpus_is_taken_for_an_old_one(path: Path) -> None:
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    decoded = decode(path.read_bytes())
    assert not decoded.guessed
    assert decoded.text.replace("\r\n", "\n") == text
    # and each of them is recognised when it is written in one
    assert recognise(abc(text)) == "tcvn3"
    assert recognise(vni(text)) == "vni"
    assert recognise(viqr(text)) == "viqr"


REFUSED = {
    "French in Latin-1": FRENCH.replace("ế", "e").encode("latin-1"),
    "bytes of no language": bytes(range(0x80, 0x100)) * 40,
    "UTF-8 that breaks off in a letter": "Kế hoạch số".encode()[:-1],
    "UTF-16 that breaks off in a letter": b"\xff\xfeK\xd8\x00",
    "two words": "Uû ban".encode("cp1252"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_no_sense_is_refused(name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(REFUSED[name])
    assert caught.value.code == "encoding"
    assert "UTF-8" in caught.value.message


# ── fonts ──────────────────────────────────────────────────────────────────────────────────

FONTS = [
    (".VnTime", "tcvn3"),
    (".VnTimeH", "tcvn3-capitals"),
    (".VnArial Narrow", "tcvn3"),
    (".VnArial NarrowH", "tcvn3-capitals"),
    ("ABCDEF+.VnTimeH,Bold", "tcvn3-capitals"),  # as a PDF names a font of which it holds a part
    (".VnTimeH-Bold", "tcvn3-capitals"),
    ("VnTime", "tcvn3"),  # some programs drop the dot
    ("_VnTime", "tcvn3"),
    ("'.VnTime', serif", "tcvn3"),
    ("VNI-Times", "vni"),
    ("VNI-Helve-Condense", "vni"),
    ('"VNI Times"', "vni"),
    ("XYZABC+VNITimes-Bold", "vni"),
    ("Times New Roman", None),
    ("Vni", None),
    ("Vnuni", None),
    (".VnIcon", None),  # signs, no letters
    ("", None),
]


@pytest.mark.parametrize(("font", "encoding"), FONTS)
def test_what_the_name_of_a_font_promises(font: str, encoding: str | None) -> None:
    assert encoding_of(font) == encoding


# (what the file has, its encoding, what a reader sees, why)
RUNS = [
    ("§iÒu 5. Tæ chøc thùc hiÖn", "tcvn3", "Điều 5. Tổ chức thực hiện", ""),
    ("Uû ban nh©n d©n x·", "tcvn3-capitals", "UỶ BAN NHÂN DÂN XÃ", "a font that shows capitals"),
    ("CéNG HOµ X· HéI", "tcvn3", "CỘNG HOÀ XÃ HỘI", "capitals as far as the font has them"),
    ("UBND x· Hµ Thanh", "tcvn3", "UBND xã Hà Thanh", "one shouted word raises no other"),
    ("tr-íc ph-êng t- ph¸p", "tcvn3", "trước phường tư pháp", "a PDF made a hyphen of the soft one, which is ư"),
    ("tr−íc th¸ng; μ", "tcvn3", "trước tháng; à", "a PDF made a minus of it, and a Greek letter of µ"),
    ("tr\xadíc 12-15 kh«ng-thêi gian", "tcvn3", "trước 12-15 không-thời gian", "hyphens that are some"),
    ("QuyÕt ®Þnh sè 12/Q§-UBND", "tcvn3", "Quyết định số 12/QĐ-UBND", ""),
    ("· KÕ ho¹ch ®· duyÖt", "tcvn3", "· Kế hoạch đã duyệt", "a bullet is no ã"),
    ("\uf055\uf0fb ban nh\uf0a9n d\uf0a9n", "tcvn3", "Uỷ ban nhân dân", "codes in the private area"),
    ("Coäng hoøa xaõ hoäi", "vni", "Cộng hòa xã hội", ""),
    ("CỘNG HÒA", "vni", "CỘNG HÒA", "Unicode already"),
    ("Điều 5", "tcvn3", "Điều 5", "Unicode already"),
    (unicodedata.normalize("NFD", "tiếng"), "tcvn3", unicodedata.normalize("NFD", "tiếng"), "Unicode in two signs"),
    ("12.345,6 (100%)", "vni", "12.345,6 (100%)", "nothing to read"),
]


@pytest.mark.parametrize(("seen", "encoding", "shown", "why"), RUNS)
def test_a_run_in_an_old_font(seen: str, encoding: str, shown: str, why: str) -> None:
    assert OldText().read(seen, encoding) == shown, why


def test_words_that_are_vietnamese_either_way_follow_those_before_them() -> None:
    old, unicode = OldText(), OldText()
    assert old.read("KÕ ho¹ch", "tcvn3") == "Kế hoạch"
    assert old.read("mét sè", "tcvn3") == "một số"
    assert unicode.read("Kế hoạch", "tcvn3") == "Kế hoạch"
    assert unicode.read("có", "tcvn3") == "có"
    assert [bool(text.warnings) for text in (old, unicode)] == [True, False]


def test_only_the_old_lines_of_a_text_are_repaired() -> None:
    kept = ["Kế hoạch của Ủy ban nhân dân", "Lê Hà", "12.345", "The plan"]
    lines = [line for sentence in SENTENCES[:40] for line in (abc(sentence), *kept)]
    expected = [line for sentence in SENTENCES[:40] for line in (sentence, *kept)]
    found = repair("\n".join(lines)).split("\n")
    assert found[::5] == expected[::5]
    assert [found[at::5] for at in (1, 3, 4)] == [expected[at::5] for at in (1, 3, 4)]


def test_soups_are_read_without_an_error() -> None:
    """Text made of the signs of all encodings: nothing is raised, lines stay lines, TCVN3 keeps every place."""
    random = Random(1993)
    words = [*TEXT.split()[:60], *abc(TEXT).split()[:60], *vni(TEXT).split()[:60], *viqr(TEXT).split()[:60]]
    signs = [*map(chr, range(256)), *map(chr, range(0xF000, 0xF100)), *"\u0301\u031b\u2028\u2212\u2219\u03bc"]
    for _ in range(1500):
        parts = [random.choice(random.choice((words, words, signs))) for _ in range(random.randrange(60))]
        text = random.choice((" ", "")).join(parts)
        for encoding in ("tcvn3", "tcvn3-capitals", "vni", "viqr"):
            shown = OldText().read(text, encoding)
            assert shown.count("\n") == text.count("\n")
            assert not encoding.startswith("tcvn3") or len(shown) == len(text)
        assert repair(text).count("\n") == text.count("\n")
        with suppress(DocumentError):
            decode(text.encode("latin-1", "ignore"))
