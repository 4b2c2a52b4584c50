"""Lists of bodies are cut as a clerk would cut them."""

from __future__ import annotations

import random

import pytest

from pipeline import ruleset
from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.extract.units import read_list

RULES = ruleset.load()
WORDS = lexicon(RULES)


def names(text: str, *, closed: bool) -> list[str]:
    listed = read_list(text, tokens_of(text), 0, WORDS, closed=closed)
    return [unit.name for unit in listed.units] if listed else []


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("Sở Nội vụ", ["Sở Nội vụ"]),
        ("Sở Y tế, Sở Tư pháp và UBND các xã", ["Sở Y tế", "Sở Tư pháp", "UBND các xã"]),
        # "và" and commas inside the name of a field of work
        ("Sở Khoa học và Công nghệ; Sở Tài chính", ["Sở Khoa học và Công nghệ", "Sở Tài chính"]),
        ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Phòng Kinh tế, Hạ tầng và Đô thị, Công an phường", ["Phòng Kinh tế, Hạ tầng và Đô thị", "Công an phường"]),
        ("Văn phòng HĐND và UBND, Ban CHQS xã", ["Văn phòng HĐND và UBND", "Ban CHQS xã"]),
        ("Phòng Nông nghiệp và PTNT; Hạt Kiểm lâm", ["Phòng Nông nghiệp và PTNT", "Hạt Kiểm lâm"]),
        (
            "Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch huyện",
            ["Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch huyện"],
        ),
        # one name in small letters after the head
        (
            "Trung tâm Xúc tiến đầu tư, thương mại và du lịch tỉnh",
            ["Trung tâm Xúc tiến đầu tư, thương mại và du lịch tỉnh"],
        ),
        # plurals that share one head
        ("Các sở, ban, ngành và địa phương", ["Các sở, ban, ngành và địa phương"]),
        ("UBND các xã, phường, đặc khu; Công an tỉnh", ["UBND các xã, phường, đặc khu", "Công an tỉnh"]),
        ("Các chi, Đảng bộ trực thuộc", ["Các chi, Đảng bộ trực thuộc"]),
        # a plural with qualities of its own shares nothing
        ("các tổ chức chính trị - xã hội, cơ quan báo chí", ["các tổ chức chính trị - xã hội", "cơ quan báo chí"]),
        # every "các" begins anew
        (
            "Các địa phương, các cơ quan có nguồn thu ngân sách",
            ["Các địa phương", "các cơ quan có nguồn thu ngân sách"],
        ),
        # one more level, one more number
        ("Các đảng ủy xã, phường; Công an xã, phường", ["Các đảng ủy xã, phường", "Công an xã, phường"]),
        ("Tổ dân phố 3, 5, 9", ["Tổ dân phố 3, 5, 9"]),
        ("Hội Phụ nữ tỉnh, Tỉnh đoàn", ["Hội Phụ nữ tỉnh", "Tỉnh đoàn"]),
        ("Các trường mầm non, tiểu học, THCS", ["Các trường mầm non, tiểu học, THCS"]),
        ("Tổ đại biểu số 1, số 2; Đội Thuế số 3", ["Tổ đại biểu số 1, số 2", "Đội Thuế số 3"]),
        # a head that goes over into one named by its field
        (
            "Chi bộ Bệnh viện Đa khoa Vân Phú, Trưởng phòng Kinh tế",
            ["Chi bộ Bệnh viện Đa khoa Vân Phú", "Trưởng phòng Kinh tế"],
        ),
        ("Phòng Tổ chức đảng, đảng viên", ["Phòng Tổ chức đảng, đảng viên"]),
        # a branch is named with its bank, whatever the bank's name
        (
            "Kho bạc Nhà nước khu vực XI, Vinabank chi nhánh An Trạch",
            ["Kho bạc Nhà nước khu vực XI", "Vinabank chi nhánh An Trạch"],
        ),
        # verbs in capitals belong to the name
        ("Phòng Xây dựng và Kiểm tra văn bản", ["Phòng Xây dựng và Kiểm tra văn bản"]),
    ],
)
def test_cells(cell: str, units: list[str]) -> None:
    assert names(cell, closed=True) == units


@pytest.mark.parametrize(
    ("clause", "units"),
    [
        (
            "Thường trực HĐND, các Ban, các Tổ và đại biểu HĐND xã tăng cường",
            ["Thường trực HĐND", "các Ban", "các Tổ", "đại biểu HĐND xã"],
        ),
        (
            "Người đứng đầu cấp ủy, chính quyền, cơ quan, đơn vị chịu trách nhiệm",
            ["Người đứng đầu cấp ủy, chính quyền, cơ quan, đơn vị"],
        ),
        ("Các chi bộ trực thuộc tổ chức sinh hoạt", ["Các chi bộ trực thuộc"]),
        ("Các đơn vị cung cấp dịch vụ rà soát", ["Các đơn vị cung cấp dịch vụ"]),
        (
            "Văn phòng UBND tỉnh (Trung tâm Phục vụ hành chính công tỉnh) chủ trì",
            ["Văn phòng UBND tỉnh (Trung tâm Phục vụ hành chính công tỉnh)"],
        ),
        # what no list knows belongs to the name, up to the verb
        ("Phòng Nghiệp vụ, dự toán, pháp chế theo dõi dư luận", ["Phòng Nghiệp vụ, dự toán, pháp chế"]),
        (
            "Các Ban Quản lý dự án chuyên ngành, các chủ đầu tư đôn đốc nhà thầu",
            ["Các Ban Quản lý dự án chuyên ngành", "các chủ đầu tư"],
        ),
        # what picks out some of several bodies
        ("Các chủ đầu tư do Sở quản lý rà soát công trình", ["Các chủ đầu tư do Sở quản lý"]),
        ("03 thôn có ổ dịch phải kiểm tra đủ số hộ", ["03 thôn có ổ dịch"]),
        ("Các xã có trách nhiệm rà soát", ["Các xã"]),
        ("Mỗi tổ do một đồng chí lãnh đạo Sở làm tổ trưởng", ["Mỗi tổ"]),
        ("Công an xã lên phương án bảo vệ", ["Công an xã"]),
        # two persons, and one with a post
        (
            "đồng chí Bí thư Đảng ủy, đồng chí Chủ tịch Ủy ban nhân dân xã đối thoại",
            ["đồng chí Bí thư Đảng ủy", "đồng chí Chủ tịch Ủy ban nhân dân xã"],
        ),
        # a place, a number or a level closes a name, whatever word comes next
        ("Điện lực Cồn Vạn bó gọn cáp", ["Điện lực Cồn Vạn"]),
        ("Xí nghiệp Thoát nước số 4 thông cống", ["Xí nghiệp Thoát nước số 4"]),
        ("Trung tâm Kiểm soát bệnh tật tỉnh lấy mẫu", ["Trung tâm Kiểm soát bệnh tật tỉnh"]),
        ("Ban Chỉ đạo xóa nhà tạm, nhà dột nát xã phân công", ["Ban Chỉ đạo xóa nhà tạm, nhà dột nát xã"]),
        # a name with a verb in it that a level closes, and two bodies of which one looks like a verb
        ("Ban Quản lý dự án đầu tư xây dựng tỉnh làm việc", ["Ban Quản lý dự án đầu tư xây dựng tỉnh"]),
        ("Văn phòng Tỉnh ủy và Thanh tra tỉnh xử lý", ["Văn phòng Tỉnh ủy", "Thanh tra tỉnh"]),
        # what begins like a body and is none
        ("Tổ chức quán triệt Nghị quyết", []),
        ("Trường hợp cần thiết, báo cáo", []),
        ("Phòng, chống tham nhũng", []),
        ("Hội nghị trực tuyến", []),
        ("Ban hành kế hoạch", []),
        ("Thanh tra việc chấp hành", []),
        ("Báo cáo kết quả", []),
    ],
)
def test_running_text(clause: str, units: list[str]) -> None:
    assert names(clause, closed=False) == units


def test_names_are_the_words_at_their_offsets() -> None:
    text = "Giao Sở Y tế, các phòng, đơn vị thuộc Sở và UBND các xã triển khai"
    tokens = tokens_of(text)
    listed = read_list(text, tokens, 1, WORDS, opened=True)
    assert listed is not None
    assert [text[unit.start : unit.end] for unit in listed.units] == [unit.name for unit in listed.units]
    assert tokens[listed.after].word == "triển"


def test_soups_of_heads_and_joiners_never_raise() -> None:
    pieces = [
        *RULES.words("unit-head")[:60],
        *RULES.words("unit-group")[:40],
        "và",
        ",",
        ";",
        "(",
        ")",
        "-",
        "của",
        "các",
        "chủ trì",
        "xã",
        "&",
        ".",
    ]
    chance = random.Random(7)
    for _ in range(2000):
        text = " ".join(chance.choice(pieces) for _ in range(chance.randint(1, 25)))
        tokens = tokens_of(text)
        for closed in (False, True):
            listed = read_list(text, tokens, 0, WORDS, closed=closed)
            if listed is not None:
                assert 0 < listed.after <= len(tokens)
                assert all(text[unit.start : unit.end] == unit.name for unit in listed.units)
