"""What the head of a document says, in the styles of government and Party, whole, flattened and missing."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from pipeline import ruleset
from pipeline.model import Block, Document, Line, Paragraph, Source
from pipeline.normalise import normalise
from pipeline.outline.headlines import headlines
from pipeline.outline.letterhead import Letterhead, read_letterhead
from pipeline.outline.titles import find_type

RULES = ruleset.load()


def document(*lines: str) -> Document:
    return normalise(Source("x.txt", "0" * 64, "text/plain", 1, tuple(Paragraph((Line(line),)) for line in lines)), ruleset.load())


def letterhead(read: Document) -> Letterhead:
    return read_letterhead(read, headlines(read), RULES)


def head(*lines: str) -> Letterhead:
    return letterhead(document(*lines))


def first_of_body(*lines: str) -> str:
    read = document(*lines)
    at = letterhead(read).body
    block = read.blocks[at] if at < len(read.blocks) else None
    return read.text[block.start : block.end] if isinstance(block, Block) else "(hết)"


MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
BODY = ["Thực hiện Chỉ thị số 14-CT/TU, Ủy ban nhân dân xã xây dựng kế hoạch như sau:", "I. MỤC ĐÍCH"]

GOVERNMENT = [
    "ỦY BAN NHÂN DÂN", "XÃ TÂN LỘC PHÚ", "Số: 18/KH-UBND", *MOTTO, "Tân Lộc Phú, ngày 14 tháng 01 năm 2026",
    "KẾ HOẠCH", "Chuyển đổi số xã Tân Lộc Phú năm 2026", *BODY,
]  # fmt: skip
PARTY = [
    "ĐẢNG BỘ TỈNH HOÀI GIANG", "ĐẢNG ỦY XÃ PHÚ VĨNH", "*", "Số 27-KH/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM",
    "Phú Vĩnh, ngày 03 tháng 11 năm 2025", "KẾ HOẠCH", "thực hiện Chỉ thị số 14-CT/TU về sinh hoạt chi bộ", *BODY,
]  # fmt: skip
LETTER = [
    "ỦY BAN NHÂN DÂN TỈNH HOÀI GIANG", "SỞ NỘI VỤ", "Số: 210/SNV-CCVC", "V/v rà soát trụ sở dôi dư", *MOTTO,
    "Hoài Giang, ngày 5 tháng 8 năm 2025", "Kính gửi:", "- Các sở, ban, ngành thuộc tỉnh;",
    "- Ủy ban nhân dân các xã, phường.", *BODY,
]  # fmt: skip
PARTY_LETTER = [
    "ĐẢNG BỘ TỈNH HOÀI GIANG", "ĐẢNG ỦY XÃ PHÚ VĨNH", "*", "Số      -CV/ĐU", "Phân công theo dõi", "các chi bộ thôn",
    "ĐẢNG CỘNG SẢN VIỆT NAM", "Phú Vĩnh, ngày     tháng 6 năm 2026", "Kính gửi: Các chi bộ trực thuộc,", *BODY,
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # government: two lines of one issuer, number with a colon
        (GOVERNMENT, ("kế hoạch", "18/KH-UBND", "Ủy ban nhân dân xã Tân Lộc Phú", "Tân Lộc Phú", dt.date(2026, 1, 14))),
        # Party: the parent stands above the issuer, no colon, hyphen before the type
        (PARTY, ("kế hoạch", "27-KH/ĐU", "Đảng ủy xã Phú Vĩnh", "Phú Vĩnh", dt.date(2025, 11, 3))),
        # công văn: no type line
        (LETTER, ("công văn", "210/SNV-CCVC", "Sở Nội vụ", "Hoài Giang", dt.date(2025, 8, 5))),
        # a Party công văn before it is signed: number and day are blank, nothing is invented
        (PARTY_LETTER, ("công văn", None, "Đảng ủy xã Phú Vĩnh", "Phú Vĩnh", None)),
        # the two columns on one line each
        (
            [
                "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ TÂN LỘC PHÚ Độc lập - Tự do - Hạnh phúc",
                "Số: 18/KH-UBND Tân Lộc Phú, ngày 14 tháng 01 năm 2026", *GOVERNMENT[6:],
            ],
            ("kế hoạch", "18/KH-UBND", "Ủy ban nhân dân xã Tân Lộc Phú", "Tân Lộc Phú", dt.date(2026, 1, 14)),
        ),
        # the whole letterhead on one line
        (
            [" ".join([GOVERNMENT[0], MOTTO[0], GOVERNMENT[1], MOTTO[1], GOVERNMENT[2], GOVERNMENT[5]]), *GOVERNMENT[6:]],
            ("kế hoạch", "18/KH-UBND", "Ủy ban nhân dân xã Tân Lộc Phú", "Tân Lộc Phú", dt.date(2026, 1, 14)),
        ),
        # a letter lost in extraction
        (
            ["UBND XÃ TÂN LỘC PHÚ", "Số: 3/KH-UBND", "CỘNG HÒA XàHỘI CHỦ NGHĨA VIỆT NAM", *GOVERNMENT[4:]],
            ("kế hoạch", "3/KH-UBND", "UBND xã Tân Lộc Phú", "Tân Lộc Phú", dt.date(2026, 1, 14)),
        ),
        # blank number, blank day: the electronic signature fills them in
        (
            ["UBND TỈNH HOÀI GIANG", "Số:        /TB-UBND", *MOTTO, "Hoài Giang, ngày     tháng 4 năm 2026", "THÔNG BÁO", "x"],
            ("thông báo", None, "UBND tỉnh Hoài Giang", "Hoài Giang", None),
        ),
        # the print of an electronic signature above the letterhead
        (
            ["Ký bởi: ỦY BAN NHÂN DÂN XÃ X", "Cơ quan: TỈNH Y", "Thời gian ký: 13/11/2025 15:53:50", *GOVERNMENT],
            ("kế hoạch", "18/KH-UBND", "Ủy ban nhân dân xã Tân Lộc Phú", "Tân Lộc Phú", dt.date(2026, 1, 14)),
        ),
        # a draft
        (
            ["DỰ THẢO", "UBND XÃ TÂN LỘC PHÚ", "Số:    /KH-UBND", *GOVERNMENT[3:]],
            ("kế hoạch", None, "UBND xã Tân Lộc Phú", "Tân Lộc Phú", dt.date(2026, 1, 14)),
        ),
        # the last line of the issuer begins like a type
        (
            ["UBND TỈNH HOÀI GIANG", "BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", "VÀ", "ĐỀ ÁN 06", "Số: 5/KH-BCĐ", *GOVERNMENT[3:]],
            ("kế hoạch", "5/KH-BCĐ", "Ban Chỉ đạo chuyển đổi số và Đề án 06", "Tân Lộc Phú", dt.date(2026, 1, 14)),
        ),
        # no letterhead: the sentence that announces the content names the issuer
        (["KẾ HOẠCH", "thực hiện Chỉ thị về đất đai", *BODY], ("kế hoạch", None, "Ủy ban nhân dân xã", None, None)),
        # place and date alone above the title
        (
            ["Phú Lộc, ngày 20 tháng 8 năm 2025", "KẾ HOẠCH", "Thực hiện Đề án số 15-ĐA/TU về Hội đồng nhân dân", *BODY],
            ("kế hoạch", None, "Ủy ban nhân dân xã", "Phú Lộc", dt.date(2025, 8, 20)),
        ),
        # the number below the type
        (["QUYẾT ĐỊNH", "Số: 7/QĐ-SYT", "Về việc lập tổ", "Điều 1. x"], ("quyết định", "7/QĐ-SYT", None, None, None)),
        # a day that the calendar lacks is no date
        (["Phú Lộc, ngày 31 tháng 02 năm 2025", "KẾ HOẠCH", "x"], ("kế hoạch", None, None, "Phú Lộc", None)),
        # nothing of the kind
        (["1. Rà soát hồ sơ.", "2. Báo cáo."], (None, None, None, None, None)),
        ([], (None, None, None, None, None)),
    ],
)  # fmt: skip
def test_letterheads(lines: list[str], expected: tuple[object, ...]) -> None:
    read = head(*lines)
    assert (read.type, read.number, read.issuer, read.place, read.date) == expected


@pytest.mark.parametrize(
    ("lines", "title", "body"),
    [
        (GOVERNMENT, "Chuyển đổi số xã Tân Lộc Phú năm 2026", BODY[0]),
        (PARTY, "thực hiện Chỉ thị số 14-CT/TU về sinh hoạt chi bộ", BODY[0]),
        # công văn: V/v is not part of the trích yếu
        (LETTER, "rà soát trụ sở dôi dư", BODY[0]),
        # a Party công văn has no V/v
        (PARTY_LETTER, "Phân công theo dõi các chi bộ thôn", BODY[0]),
        # a title over three lines, of which one begins with a capital
        (
            ["KẾ HOẠCH", "Triển khai thực hiện", "Nghị quyết số 11-NQ/TU của", "Ban Chấp hành Đảng bộ tỉnh", "Căn cứ Luật Đất đai;"],
            "Triển khai thực hiện Nghị quyết số 11-NQ/TU của Ban Chấp hành Đảng bộ tỉnh",
            "Căn cứ Luật Đất đai;",
        ),
        # the preamble begins with the same word as many titles
        (
            ["KẾ HOẠCH", "Thực hiện Chỉ thị số 9-CT/HU về trồng cây", "Thực hiện Chỉ thị số 9-CT/HU, xã lập kế hoạch sau:"],
            "Thực hiện Chỉ thị số 9-CT/HU về trồng cây",
            "Thực hiện Chỉ thị số 9-CT/HU, xã lập kế hoạch sau:",
        ),
        # type and title on one line, in capitals
        (["KẾ HOẠCH TỔNG KẾT NĂM 2025", "Căn cứ Luật Đất đai;"], "TỔNG KẾT NĂM 2025", "Căn cứ Luật Đất đai;"),
        # the title of a notice begins in its type line
        (
            ["THÔNG BÁO KẾT LUẬN", "của đồng chí Bí thư tại hội nghị giao ban", "Ngày 03/4, hội nghị đã họp."],
            "Kết luận của đồng chí Bí thư tại hội nghị giao ban",
            "Ngày 03/4, hội nghị đã họp.",
        ),
        # who decides stands between title and Căn cứ
        (
            ["QUYẾT ĐỊNH", "Về việc lập Tổ công tác", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN LỘC PHÚ", "Căn cứ Luật Tiếp công dân;"],
            "Về việc lập Tổ công tác",
            "Căn cứ Luật Tiếp công dân;",
        ),
        # the agenda of a meeting: labels follow at once
        (["CHƯƠNG TRÌNH HỘI NGHỊ", "Sơ kết công tác hè,", "triển khai năm học", "Thời gian: 8h00"], "Sơ kết công tác hè, triển khai năm học", "Thời gian: 8h00"),
        # what the annex belongs to is no part of its title
        (["ĐỀ CƯƠNG BÁO CÁO", "Sơ kết Nghị quyết", "(Kèm theo Công văn số 6-CV/HU)", "I. TÌNH HÌNH"], "Sơ kết Nghị quyết", "I. TÌNH HÌNH"),
        # a heading in capitals right below the title
        (["THÔNG BÁO", "Kết luận kiểm tra", "ĐÁNH GIÁ CHUNG", "Xã đã làm."], "Kết luận kiểm tra", "ĐÁNH GIÁ CHUNG"),
        # a công điện names its addressees with "điện"
        (["CÔNG ĐIỆN", "Về việc ứng phó bão", "UBND TỈNH HOÀI GIANG điện:", "- Các sở;", "- Các xã.", "Theo bản tin lúc 13h00, bão mạnh lên."],
         "Về việc ứng phó bão", "Theo bản tin lúc 13h00, bão mạnh lên."),
        # no letterhead at all
        (["1. Rà soát hồ sơ."], None, "1. Rà soát hồ sơ."),
    ],
)  # fmt: skip
def test_titles_and_where_the_body_begins(lines: list[str], title: str | None, body: str) -> None:
    assert head(*lines).title == title
    assert first_of_body(*lines) == body


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # one to a line
        (LETTER, ("Các sở, ban, ngành thuộc tỉnh", "Ủy ban nhân dân các xã, phường")),
        # on the line itself
        (PARTY_LETTER, ("Các chi bộ trực thuộc",)),
        # run together
        (["Kính gửi: - Sở Y tế; - Sở Nội vụ.", BODY[0]], ("Sở Y tế", "Sở Nội vụ")),
        # a bullet over two lines
        (
            ["Kính gửi:", "- Các cơ quan chuyên môn thuộc", "UBND tỉnh;", "- Công an tỉnh.", BODY[0]],
            ("Các cơ quan chuyên môn thuộc UBND tỉnh", "Công an tỉnh"),
        ),
        # the text behind an unclosed Kính gửi is not a second addressee
        (["Kính gửi: Sở Nội vụ", "Ủy ban nhân dân xã báo cáo như sau:"], ("Sở Nội vụ",)),
        # a plan has none
        (GOVERNMENT, ()),
    ],
)
def test_addressees(lines: list[str], expected: tuple[str, ...]) -> None:
    assert head(*lines).addressees == expected


def test_a_letter_without_number_is_a_letter() -> None:
    assert head("Kính gửi: Sở Nội vụ", "Xã báo cáo như sau:").type == "công văn"


def test_basis_lines_end_where_the_issuer_speaks() -> None:
    lines = [
        "Căn cứ Luật Đất đai;",
        "Theo đề nghị của Phòng Kinh tế,",
        "Ủy ban nhân dân xã ban hành Kế hoạch sau:",
        "I. A",
    ]
    assert head("KẾ HOẠCH", "x", *lines).basis == ("Căn cứ Luật Đất đai", "Theo đề nghị của Phòng Kinh tế")
    assert head("KẾ HOẠCH", "x", BODY[0]).basis == ("Thực hiện Chỉ thị số 14-CT/TU",)
    # a bullet that begins to direct work rests on nothing
    assert head("KẾ HOẠCH", "x", "- Thực hiện nghiêm Quy chế làm việc.").basis == ()


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Chuyển đổi số năm 2026", 2026),
        # the report of one year and the plan of the next
        ("Tổng kết năm 2025, nhiệm vụ năm 2026", 2026),
        # a term, a range, a horizon, a date, a law
        ("thực hiện Nghị quyết nhiệm kỳ 2025 - 2030", None),
        ("giai đoạn 2026-2030, tầm nhìn đến năm 2045", None),
        ("thực hiện Chỉ thị ngày 12 tháng 5 năm 2022", None),
        ("triển khai Luật Đất đai năm 2024", None),
        ("triển khai Luật Đất đai năm 2024, công tác năm 2026", 2026),
    ],
)
def test_the_year_of_a_plan(title: str, year: int | None) -> None:
    assert head("KẾ HOẠCH", title, "I. MỤC ĐÍCH").year == year


@pytest.mark.parametrize(
    ("lines", "number", "date"),
    [
        # the annex says which plan it belongs to
        (["KẾ HOẠCH", "x", "I. A", "(Kèm theo Kế hoạch số 85-KH/HU, ngày 04/11/2022 của Huyện ủy)"], "85-KH/HU", dt.date(2022, 11, 4)),
        # a letter that encloses somebody else's plan
        (["Kính gửi: Các xã", "Xã làm:", "1. A", "(Kèm theo Kế hoạch số 85-KH/TU, ngày 04/11/2022)"], None, None),
        (["I. A", "1. B", "2. C", "3. D", "4. E", "5. F", "(Đính kèm Kế hoạch số 85-KH/TU, ngày 04/11/2022)"], None, None),
        # still blank
        (["KẾ HOẠCH", "x", "I. A", "(Kèm theo Kế hoạch số      /KH-UBND ngày   /12/2025)"], None, None),
    ],
)  # fmt: skip
def test_a_number_that_only_the_annex_states(lines: list[str], number: str | None, date: dt.date | None) -> None:
    read = head(*lines)
    assert (read.number, read.date) == (number, date)


@pytest.mark.parametrize(
    "text",
    [
        # a sentence that begins with the word
        "Kế hoạch này được phổ biến đến chi bộ.",
        "Kế hoạch của xã",
        "KẾ HOẠCH gồm các phần sau:",
        # the number of a scheme
        "ĐỀ ÁN 06",
    ],
)
def test_what_is_no_type_line(text: str) -> None:
    assert find_type(text, RULES) is None


@pytest.mark.parametrize("lines", [GOVERNMENT, PARTY, LETTER, PARTY_LETTER])
def test_spans_hold_what_was_read(lines: list[str]) -> None:
    read = document(*lines)
    found = letterhead(read)
    for name in ("number", "place"):
        if name in found.spans:
            start, end = found.spans[name]
            assert read.text[start:end] == getattr(found, name)
    start, end = found.spans["title"]
    assert read.text[start:end].replace("\n", " ") == found.title
    start, end = found.spans["issuer"]
    assert read.text[start:end].replace("\n", " ").lower().endswith(str(found.issuer).lower())


SOUP = [
    *GOVERNMENT, *PARTY, *LETTER, *PARTY_LETTER, "Số:", "Số", "V/v", "V/v:", "ngày tháng năm", "Kính gửi", "điện:", "*", "…", ":",
    "(Kèm theo", "Kèm theo Kế hoạch số", "QUYẾT ĐỊNH:", "CỦA", "năm 2026", "Căn cứ", "Ký bởi:", "Thời gian ký", "KẾT LUẬN", "1.", "-",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_a_soup_of_letterheads_is_read_without_a_crash(seed: int) -> None:
    chance = random.Random(seed)
    lines = [chance.choice(SOUP) for _ in range(chance.randint(0, 40))]
    if seed % 3 == 0:
        lines = [" ".join(lines[at : at + 4]) for at in range(0, len(lines), 4)]
    read = document(*lines)
    found = letterhead(read)
    assert 0 <= found.body <= len(read.blocks)
    assert all(0 <= start < end <= len(read.text) for start, end in found.spans.values())
