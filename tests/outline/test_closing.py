"""Nơi nhận and the signature: in either order, in two columns, with and without a name, before an annex."""

from __future__ import annotations

import random

import pytest

from pipeline import ruleset
from pipeline.model import Block, Cell, Document, Line, Paragraph, Source, Table
from pipeline.normalise import normalise
from pipeline.outline.closing import Closing, read_closing

RULES = ruleset.load()


def paragraph(line: str) -> Paragraph:
    return Paragraph((Line(line),))


def document(*lines: str | Table) -> Document:
    blocks = tuple(line if isinstance(line, Table) else paragraph(line) for line in lines)
    return normalise(Source("x.txt", "0" * 64, "text/plain", 1, blocks), ruleset.load())


def closing(*lines: str | Table) -> Closing:
    return read_closing(document(*lines), 0, RULES)


def cut(*lines: str | Table) -> tuple[list[str], list[str]]:
    """The lines before and behind the closing; a table shows as its first words."""
    read = document(*lines)
    found = read_closing(read, 0, RULES)
    words = [read.text[b.start : b.end].split("\n")[0] for b in read.blocks]
    return words[: found.start], words[found.end :]


TABLE = Table(
    2, 2, tuple(Cell(row, column, (paragraph(f"ô {row} {column}"),)) for row in range(2) for column in range(2))
)
END: str | Table = "Trên đây là Kế hoạch của xã./."
LIST = ["Nơi nhận:", "- Thường trực Đảng ủy;", "- Các phòng thuộc xã;", "- Lưu: VT."]
ENTRIES = ("Thường trực Đảng ủy", "Các phòng thuộc xã", "Lưu: VT")
SIGNED = ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Thị Bích Hạnh"]


@pytest.mark.parametrize(
    "lines",
    [
        # as most files have it
        [END, *LIST, *SIGNED],
        # the signature in the left column, or read first
        [END, *SIGNED, *LIST],
        # the two columns row by row, each line by itself
        [END, LIST[0], SIGNED[0], LIST[1], SIGNED[1], LIST[2], LIST[3], SIGNED[2]],
        # and run together
        [END, "Nơi nhận: KT. CHỦ TỊCH", "- Thường trực Đảng ủy; PHÓ CHỦ TỊCH", LIST[2], "- Lưu: VT. Lò Thị Bích Hạnh"],
        # no bullets
        [END, "Nơi nhận:", "Thường trực Đảng ủy;", "Các phòng thuộc xã;", "Lưu: VT.", *SIGNED],
        # all entries on one line
        [END, "Nơi nhận: - Thường trực Đảng ủy; - Các phòng thuộc xã; - Lưu: VT.", *SIGNED],
        # a scan lost an accent
        [END, "Nơi nhân:", *LIST[1:], *SIGNED],
        # why somebody receives it is not part of the entry
        [END, LIST[0], "- Thường trực Đảng ủy (để báo cáo);", "- Các phòng thuộc xã “để thực hiện”;", LIST[3], *SIGNED],
        # a brace over two lines that ended up below
        [END, *LIST, "- } (để báo cáo),", *SIGNED],
        # the print of the electronic signature
        [END, *LIST, *SIGNED[:2], "Ký bởi: Ủy ban nhân dân xã", "Thời gian ký: 13/11/2025 15:53", SIGNED[2]],
        # the mark that it was signed
        [END, *LIST, *SIGNED[:2], "(Đã ký)", SIGNED[2]],
        # the whole post on one line
        [END, *LIST, "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", SIGNED[2]],
    ],
)
def test_the_same_closing_in_many_shapes(lines: list[str]) -> None:
    found = closing(*lines)
    assert found.recipients == ENTRIES
    assert (found.signer_title, found.signer) == ("PHÓ CHỦ TỊCH", "Lò Thị Bích Hạnh")
    assert cut(*lines) == ([END], [])


@pytest.mark.parametrize(
    ("lines", "post", "name"),
    [
        # Party marks
        (["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", "Vi Văn Tám"], "PHÓ BÍ THƯ THƯỜNG TRỰC", "Vi Văn Tám"),
        # two marks above the post
        (["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Vi Tám"], "PHÓ CHÁNH VĂN PHÒNG", "Vi Tám"),
        # no mark
        (["GIÁM ĐỐC", "Vi Văn Tám"], "GIÁM ĐỐC", "Vi Văn Tám"),
        # the post over two lines
        (["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "THƯỜNG TRỰC", "Vi Văn Tám"], "PHÓ BÍ THƯ THƯỜNG TRỰC", "Vi Văn Tám"),
        # the authority over two lines
        (["TM. BAN CHỈ ĐẠO", "CHUYỂN ĐỔI SỐ", "TRƯỞNG BAN", "Vi Văn Tám"], "TRƯỞNG BAN", "Vi Văn Tám"),
        # a post that the person holds elsewhere
        (["TM. BAN CHỈ ĐẠO", "PHÓ TRƯỞNG BAN", "PHÓ CHỦ TỊCH UBND TỈNH", "Vi Văn Tám"], "PHÓ TRƯỞNG BAN", "Vi Văn Tám"),
        # ranks are no part of a name
        (["KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ", "Thượng tá Vi Văn Tám"], "PHÓ TRƯỞNG CÔNG AN XÃ", "Vi Văn Tám"),
        (["GIÁM ĐỐC", "PGS.TS. Vi Văn Tám"], "GIÁM ĐỐC", "Vi Văn Tám"),
        # but Ông and Danh are surnames
        (["GIÁM ĐỐC", "Ông Thị Lụa"], "GIÁM ĐỐC", "Ông Thị Lụa"),
        (["GIÁM ĐỐC", "Danh Sóc Kha"], "GIÁM ĐỐC", "Danh Sóc Kha"),
        # names of the highlands
        (["CHỦ TỊCH", "K'Brẻo Y Ksor H'Mai"], "CHỦ TỊCH", "K'Brẻo Y Ksor H'Mai"),
        # a name in capitals
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "VI VĂN TÁM"], "CHỦ TỊCH", "VI VĂN TÁM"),
        # not signed yet
        (["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "PHÓ CHỦ TỊCH", None),
    ],
)  # fmt: skip
def test_posts_and_names(lines: list[str], post: str, name: str | None) -> None:
    for shown in ([END, *LIST, *lines], [END, *lines]):
        found = closing(*shown)
        assert (found.signer_title, found.signer) == (post, name)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        # commas of the Party; the last without a colon
        (["- Các chi bộ trực thuộc,", "- Lưu Văn phòng Đảng ủy."], ("Các chi bộ trực thuộc", "Lưu Văn phòng Đảng ủy")),
        # an entry over two lines
        (["- Thành viên Tổ giúp việc", "(Sở Y tế, Sở Nội vụ,", "Sở Tư pháp);", "- Lưu: VT."],
         ("Thành viên Tổ giúp việc (Sở Y tế, Sở Nội vụ, Sở Tư pháp)", "Lưu: VT")),
        # one that no mark closes, before the next bullet
        (["- Ban Nội chính Tỉnh ủy", "- Lưu VPĐU."], ("Ban Nội chính Tỉnh ủy", "Lưu VPĐU")),
        # brackets that name somebody stay
        (["- Chủ tịch, PCT UBND tỉnh (Đ/c Tám);", "- Lưu: VT, KT (02b)."], ("Chủ tịch, PCT UBND tỉnh (Đ/c Tám)", "Lưu: VT, KT (02b)")),
        # the short form of why
        (["- Sở Y tế (b/c);", "- Trạm Y tế (t/h);", "- Lưu: VT."], ("Sở Y tế", "Trạm Y tế", "Lưu: VT")),
        # a department whose short name looks like a mark of authority
        (["- Như trên;", "- Lưu: VT, KT."], ("Như trên", "Lưu: VT, KT")),
    ],
)  # fmt: skip
def test_entries(entries: list[str], expected: tuple[str, ...]) -> None:
    assert closing(END, "Nơi nhận:", *entries, *SIGNED).recipients == expected


@pytest.mark.parametrize(
    ("lines", "behind"),
    [
        # annexes: a heading, a table, a plan that a decision issues
        ([*LIST, *SIGNED, "PHỤ LỤC", "DANH MỤC NHIỆM VỤ"], ["PHỤ LỤC", "DANH MỤC NHIỆM VỤ"]),
        ([*LIST, *SIGNED, TABLE], ["ô 0 0"]),
        ([*LIST, *SIGNED, "KẾ HOẠCH", "Kiểm tra năm 2026"], ["KẾ HOẠCH", "Kiểm tra năm 2026"]),
        # the annex has a Nơi nhận of its own: the first one counts
        ([*LIST, *SIGNED, "Mẫu báo cáo", "Nơi nhận:", "- Sở Y tế;"], ["Mẫu báo cáo", "Nơi nhận:", "- Sở Y tế;"]),
        # no name, then a heading in capitals
        ([*LIST, *SIGNED[:2], "PHỤ LỤC I", "1. Rà soát."], ["PHỤ LỤC I", "1. Rà soát."]),
        # no signature at all
        ([*LIST, "ĐỀ CƯƠNG BÁO CÁO"], ["ĐỀ CƯƠNG BÁO CÁO"]),
    ],
)
def test_where_the_closing_ends(lines: list[str | Table], behind: list[str]) -> None:
    assert cut(END, *lines) == ([END], behind)
    assert closing(END, *lines).recipients == ENTRIES


def test_an_annex_before_the_closing_stays_in_the_body() -> None:
    lines = [END, "PHỤ LỤC", TABLE, *LIST, *SIGNED]
    assert cut(*lines) == ([END, "PHỤ LỤC", "ô 0 0"], [])
    assert closing(*lines).recipients == ENTRIES


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["1. Rà soát hồ sơ.", "2. Báo cáo."],
        # where papers are handed in, as a labelled line of the body
        ["1. Hồ sơ", "Nơi nhận: Bộ phận Một cửa của xã", "Thời hạn: 5 ngày."],
        # a heading that is a post, over work
        ["Nhiệm vụ cụ thể như sau:", "TRƯỞNG CÁC PHÒNG", "Rà soát hồ sơ tồn đọng."],
        # one that decides, over the first Căn cứ
        ["Về việc lập Tổ công tác", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ", "Căn cứ Luật Tiếp công dân;"],
    ],
)
def test_what_is_no_closing(lines: list[str]) -> None:
    found = closing(*lines)
    assert (found.recipients, found.signer_title, found.signer) == ((), None, None)
    assert found.start == found.end == len(document(*lines).blocks)


def test_spans_hold_what_was_read() -> None:
    read = document(END, *LIST, *SIGNED)
    found = read_closing(read, 0, RULES)
    assert {name: read.text[start:end] for name, (start, end) in found.spans.items()} == {
        "recipients": "\n".join(LIST),
        "signer_title": "PHÓ CHỦ TỊCH",
        "signer": "Lò Thị Bích Hạnh",
    }


SOUP: list[str | Table] = [
    END, *LIST, *SIGNED, *LIST, *SIGNED, "T/M BAN THƯỜNG VỤ", "TL.", "Q.", "}", "{ (để báo cáo)", "Nơi nhận", "Nơi nhận: -", "(Đã ký)",
    "Đại tá", "ThS.", "PHỤ LỤC", "Ký bởi:", "- ", "Lưu", "I. NỘI DUNG", "KẾ HOẠCH", "nối tiếp dòng trên", "Nơi nhận: KT. CHỦ TỊCH", TABLE,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_a_soup_of_closings_is_read_without_a_crash(seed: int) -> None:
    chance = random.Random(seed)
    lines = [chance.choice(SOUP) for _ in range(chance.randint(0, 40))]
    read = document(*lines)
    found = read_closing(read, chance.randint(0, len(read.blocks)), RULES)
    assert 0 <= found.start <= found.end <= len(read.blocks)
    assert all(0 <= start < end <= len(read.text) for start, end in found.spans.values())
    # Nothing that lies outside the closing is taken from the tree.
    assert all(isinstance(block, Block) for block in read.blocks[found.start : found.end])
