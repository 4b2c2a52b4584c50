"""Which documents a text cites, in both grammars of numbers, with the date and issuer that stand around them."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from pipeline.model import Citation
from pipeline.outline.citations import find_citations


def cites(text: str) -> tuple[Citation, ...]:
    return find_citations(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        # government: type and issuer; with the year; without a type; with a unit; a joint one
        ("Kế hoạch số 154/KH-UBND", "154/KH-UBND"),
        ("Nghị định số 30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("Nghị quyết số 202/2025/QH15", "202/2025/QH15"),
        ("Công văn 4503/TCT", "4503/TCT"),
        ("Tờ trình số 65/TTr-CAT-PC06", "65/TTr-CAT-PC06"),
        ("Thông tư liên tịch số 01/2014/TTLT-BNV-BTC", "01/2014/TTLT-BNV-BTC"),
        ("Nghị quyết 30c/NQ-CP", "30c/NQ-CP"),
        ("Chỉ thị số 19/CT-TTg", "19/CT-TTg"),
        ("Công văn số 12/SNV-CCHC&VTLT", "12/SNV-CCHC&VTLT"),
        # Party: hyphen before the type
        ("Quy định số 127-QĐ/TW", "127-QĐ/TW"),
        ("Kế hoạch số 13-KH/ĐU", "13-KH/ĐU"),
        ("Công văn số 402-CV/VPĐU", "402-CV/VPĐU"),
        ("Chương trình số 27-CTr/TU", "27-CTr/TU"),
        # blanks and long dashes as people type them
        ("Kế hoạch số 89 –KH/ĐU", "89-KH/ĐU"),
        ("Quyết định số 217 - QĐ / TW", "217-QĐ/TW"),
        ("Quyết định số: 15 / QĐ-UBND", "15/QĐ-UBND"),
        ("Hướng dẫn số 05—HD/BTCTU", "05-HD/BTCTU"),
        # the type in small letters, before it only "số", in a bracket, without any of these
        ("theo quyết định 7/QĐ-UBND", "7/QĐ-UBND"),
        ("văn bản (số 7/SNV-VP)", "7/SNV-VP"),
        ("giao tại 57-NQ/TW", "57-NQ/TW"),
        # what follows is not part of the number
        ("Kế hoạch số 154/KH-UBND - Sở Tư pháp", "154/KH-UBND"),
        ("Kế hoạch số 154/KH-UBND.", "154/KH-UBND"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert [cite.number for cite in cites(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        # dates, months, fractions, hours, measures
        "trực 24/7, ngày 3/4, tháng 02/2025, ngày 20/3/2026",
        "đạt 3/4 số xã; khoảng 02-04 cuộc; mức 5/10",
        # short repeats of a document that was cited before
        "Chỉ thị số 53, Đề án 06, Nghị quyết 57, Chỉ thị 14",
        # a number that is not filled in yet
        "Kế hoạch số      /KH-UBND ngày    /12/2025",
        # forms have numbers of their own
        "theo Biểu số 02/BC-UBND, Mẫu số 01/TTHC, Phụ lục số 3/KH-UBND",
        # a code without a word that says it is a number, and no type in it
        "tổ máy 12/AB, phòng 3/VP",
        # people, and a law that is not named
        "Luật sư Lò Văn Tám; theo quy định của Luật; pháp luật",
        "",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cites(text) == ()


@pytest.mark.parametrize(
    ("text", "date", "issuer"),
    [
        # government without a comma, Party with one
        ("Kế hoạch số 1/KH-UBND ngày 20/3/2026 của Ủy ban nhân dân tỉnh về đất đai", dt.date(2026, 3, 20), "Ủy ban nhân dân tỉnh"),
        ("Chỉ thị số 1-CT/TW, ngày 26/10/2025 của Bộ Chính trị về giải trình", dt.date(2025, 10, 26), "Bộ Chính trị"),
        # in words, with dots, with hyphens, in a bracket
        ("Quyết định số 1/QĐ-UBND ngày 12 tháng 5 năm 2022", dt.date(2022, 5, 12), None),
        ("Quyết định số 1/QĐ-UBND ngày 12.5.2022", dt.date(2022, 5, 12), None),
        ("Quyết định số 1/QĐ-UBND (ngày 12-5-2022)", dt.date(2022, 5, 12), None),
        # a day that the calendar lacks
        ("Quyết định số 1/QĐ-UBND ngày 31/02/2022 của Sở Y tế", None, "Sở Y tế"),
        # the date behind the issuer
        ("Kế hoạch số 1-KH/TU của Tỉnh ủy ngày 5/3/2026", dt.date(2026, 3, 5), "Tỉnh ủy"),
        # the issuer ends before what the document does
        ("Nghị quyết số 1/NQ-CP của Chính phủ ban hành Chương trình tổng thể", None, "Chính phủ"),
        ("Quyết định số 1/QĐ-SYT của Sở Y tế phê duyệt Đề án", None, "Sở Y tế"),
        ("Điều 17 Nghị định số 1/NĐ-CP của Chính phủ cơ sở dữ liệu quốc gia", None, "Chính phủ"),
        # “và” and commas inside a name, and behind it
        ("Quyết định số 1/QĐ-X của Sở Văn hóa, Thể thao và Du lịch, Sở Y tế thực hiện", None, "Sở Văn hóa, Thể thao và Du lịch"),
        ("Kế hoạch số 1/KH-SGDĐT của Sở Giáo dục và Đào tạo và Kế hoạch của xã", None, "Sở Giáo dục và Đào tạo"),
        ("Kế hoạch số 1/KH-X của Tỉnh ủy, bảo đảm tiến độ", None, "Tỉnh ủy"),
        # a group that is named for its work
        ("Công văn 1/TCT của Tổ công tác triển khai Đề án 06, Chuyển đổi số gắn với cải cách về việc rà soát", None,
         "Tổ công tác triển khai Đề án 06, Chuyển đổi số gắn với cải cách"),
        # a plenum with its bracket
        ("Kết luận số 1-KL/TW của Hội nghị lần thứ Tư Ban Chấp hành Trung ương Đảng (khóa XIII) về xây dựng", None,
         "Hội nghị lần thứ Tư Ban Chấp hành Trung ương Đảng (khóa XIII)"),
        # a bracket that was opened before the citation
        ("(Kế hoạch số 1/KH-SYT của Sở Y tế) và Báo cáo", None, "Sở Y tế"),
        # the issuer before the number
        ("Chỉ thị của Bộ Chính trị số 1-CT/TW, ngày 9/4/2026", dt.date(2026, 4, 9), "Bộ Chính trị"),
        ("Theo đề nghị của Công an tỉnh tại Tờ trình số 1/TTr-CAT ngày 01/8/2025", dt.date(2025, 8, 1), "Công an tỉnh"),
        ("Ngày 18/8/2025, Sở Xây dựng có Văn bản số 1/SXD-QLN đề nghị", dt.date(2025, 8, 18), "Sở Xây dựng"),
        ("Bộ Chính trị đã ban hành Nghị quyết số 1-NQ/TW về khoa học", None, "Bộ Chính trị"),
        # "của" that names no body
        ("Quyết định số 1/QĐ-UBND của các cấp", None, None),
    ],
)  # fmt: skip
def test_dates_and_issuers(text: str, date: dt.date | None, issuer: str | None) -> None:
    (cite,) = cites(text)
    assert (cite.date, cite.issuer) == (date, issuer)


def test_an_enumeration_shares_its_issuer() -> None:
    text = "Nghị quyết số 57-NQ/TW, 59-NQ/TW và 68-NQ/TW của Bộ Chính trị"
    assert [(c.number, c.issuer) for c in cites(text)] == [(f"{n}-NQ/TW", "Bộ Chính trị") for n in (57, 59, 68)]
    text = "Công văn 7/TCT ngày 07/7/2025 và Công văn số 9/TCT ngày 16/7/2025 của Tổ công tác về việc rà soát"
    assert [(c.date, c.issuer) for c in cites(text)] == [
        (dt.date(2025, 7, 7), "Tổ công tác"),
        (dt.date(2025, 7, 16), "Tổ công tác"),
    ]
    # a semicolon sets the next one apart
    assert [c.issuer for c in cites("Quyết định số 1/QĐ-UBND; Kế hoạch số 2/KH-SYT của Sở Y tế")] == [None, "Sở Y tế"]


def test_a_document_is_cited_once() -> None:
    text = "Kế hoạch số 1-KH/TU của Tỉnh ủy.\nKế hoạch số 1 - KH/TU, ngày 5/3/2026 của Ban Thường vụ Tỉnh ủy."
    (cite,) = cites(text)
    # the first mention stands, a later one fills in what it left out
    assert (cite.number, cite.date, cite.issuer, cite.start) == ("1-KH/TU", dt.date(2026, 3, 5), "Tỉnh ủy", 0)


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "Luật Tổ chức chính quyền địa phương", dt.date(2025, 6, 16)),
        ("(Luật Đất đai (ngày 18/01/2024))", "Luật Đất đai", dt.date(2024, 1, 18)),
        # the year belongs to the title
        ("theo Luật Phòng, chống ma túy năm 2025.", "Luật Phòng, chống ma túy năm 2025", None),
        # commas inside the title, and behind it
        ("Luật Cán bộ, công chức", "Luật Cán bộ, công chức", None),
        ("Luật Thực hành tiết kiệm, chống lãng phí và các văn bản hướng dẫn", "Luật Thực hành tiết kiệm, chống lãng phí", None),
        ("triển khai Luật Đầu tư công, bảo đảm tiến độ", "Luật Đầu tư công", None),
        ("quy định tại Luật Dược và Nghị định hướng dẫn", "Luật Dược", None),
        # resolutions of a plenum or a congress
        (
            "thực hiện Nghị quyết Hội nghị lần thứ hai Ban Chấp hành Trung ương Đảng khóa XIV về chống lãng phí, tiêu cực. Xã",
            "Nghị quyết Hội nghị lần thứ hai Ban Chấp hành Trung ương Đảng khóa XIV về chống lãng phí, tiêu cực",
            None,
        ),
        ("Nghị quyết Đại hội Đảng bộ xã lần thứ I được cụ thể hóa", "Nghị quyết Đại hội Đảng bộ xã lần thứ I", None),
    ],
)  # fmt: skip
def test_documents_cited_by_title(text: str, title: str, date: dt.date | None) -> None:
    (cite,) = cites(text)
    assert (cite.number, cite.title, cite.date) == (None, title, date)


def test_a_law_with_a_number_is_one_citation() -> None:
    (cite,) = cites("Luật Cán bộ, công chức số 80/2025/QH15 ngày 24/6/2025")
    assert (cite.number, cite.title, cite.date) == ("80/2025/QH15", None, dt.date(2025, 6, 24))


def test_a_law_with_and_without_its_year_is_one_citation() -> None:
    assert [c.title for c in cites("Luật Đất đai.\nLuật Đất đai năm 2024.")] == ["Luật Đất đai"]


def test_spans_are_offsets_of_the_whole_text() -> None:
    text = "Mở đầu.\nTheo Kế hoạch số 1/KH-UBND ngày 20/3/2026 của Sở Y tế về thuốc.\nHết Quyết định số 2/QĐ-UBND."
    start = text.index("\n") + 1
    (cite,) = find_citations(text, start, text.index("\n", start))
    assert text[cite.start : cite.end] == "Kế hoạch số 1/KH-UBND ngày 20/3/2026 của Sở Y tế"


def test_a_citation_does_not_run_into_the_next_line() -> None:
    (cite,) = cites("Kế hoạch số 1/KH-UBND của\nSở Y tế")
    assert (cite.issuer, cite.end) == (None, len("Kế hoạch số 1/KH-UBND"))


SOUP = (
    "Kế hoạch|số|1/KH-UBND|12-CT/TU|,|;|và|của|Bộ Chính trị|Sở Y tế|ngày|ngày 3/4/2025|ngày 31/02/2025|Luật|Luật Đất đai|(|)|"
    "(khóa XIII)|về|tại|có|Nghị quyết Hội nghị|30/2020/NĐ-CP|-|–|/|“|”|năm 2026|\n|số 5|Tổ công tác|triển khai|Đề án 06|Mẫu|...|&|57-NQ/TW,"
).split("|")


@pytest.mark.parametrize("seed", range(200))
def test_a_soup_of_citations_is_read_without_a_crash(seed: int) -> None:
    chance = random.Random(seed)
    text = " ".join(chance.choice(SOUP) for _ in range(chance.randint(0, 60)))
    found = cites(text)
    assert all(0 <= cite.start < cite.end <= len(text) for cite in found)
    assert all("\n" not in text[cite.start : cite.end] for cite in found)
    assert [cite.start for cite in found] == sorted(cite.start for cite in found)
    assert len({(cite.number, cite.title) for cite in found}) == len(found)
