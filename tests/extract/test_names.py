"""Names of bodies end where they end, whatever verbs, commas and small words they hold; and not later.

`names.tsv` holds sentences, headings and cells with the bodies that must be read, those that lead and those that coordinate.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline import ruleset
from pipeline.extract.actors import read_actors, unit_title
from pipeline.extract.fields import field_end, needs_verb, role_behind
from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.extract.subjects import is_short_form
from pipeline.extract.units import read_whole

RULES = ruleset.load()
WORDS = lexicon(RULES)
with (Path(__file__).parent / "names.tsv").open(encoding="utf-8") as stream:
    ROWS = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(kind: str, text: str) -> tuple[list[str], list[str]]:
    if kind == "sentence":
        actors = read_actors(text, 0, len(text), RULES)
        with_them = [name for claim in actors.coordinating for name in claim.names]
        return list(actors.lead.names) if actors.lead else [], with_them
    if kind == "heading":
        title = unit_title(text, 0, len(text), RULES)
        return list(title.names) if title else [], []
    listed = read_whole(text, tokens_of(text), 0, WORDS)
    return [unit.name for unit in listed.units] if listed else [], []


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_names_are_read_whole(row: dict[str, str]) -> None:
    wanted = tuple([name for name in row[column].split(";") if name] for column in ("bodies", "coordinating"))
    assert read(row["read"], row["text"]) == wanted


def test_there_are_many_names() -> None:
    assert len(ROWS) > 200


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Phòng Quản lý đất đai rà soát", "Quản lý đất đai"),
        # in small letters it names a team, where something shows that it is over
        ("Tổ quản lý trật tự đô thị nhắc nhở", "quản lý trật tự đô thị"),
        ("Tổ quản lý trật tự đô thị và Công an xã", "quản lý trật tự đô thị"),
        ("Tổ quản lý trật tự đô thị chặt chẽ hơn", "quản lý trật tự đô thị"),
        # … and of an institution it is what it does
        ("Sở quản lý đất đai", ""),
        ("Ban hướng dẫn thủ tục, hồ sơ", ""),
    ],
)
def test_known_fields(text: str, field: str) -> None:
    tokens = tokens_of(text)
    assert " ".join(token.word for token in tokens[1 : field_end(tokens, 1, WORDS)]) == field


@pytest.mark.parametrize(
    ("text", "index", "inside"),
    [
        ("Phòng Cây trồng bản địa chủ trì", 2, True),  # a syllable is no field
        ("Điện lực Huế sửa đường dây, bàn giao", 3, False),  # no further verb says what it does
        ("Tổ Tin phải nộp giáo án", 2, False),
        ("Khoa Nhi khám cho trẻ, phát thuốc", 2, False),  # a syllable that the rules know
        ("Quỹ Hỗ trợ nuôi ong mật cho vay", 3, True),  # a verb waits for its object
        ("Phòng Tổng hợp tham mưu báo cáo", 3, False),  # a verb that the rules know as a field
        ("Quỹ Hỗ trợ chủ trì", 3, False),
    ],
)
def test_verbs_inside_names(text: str, index: int, inside: bool) -> None:
    tokens = tokens_of(text)
    behind = 2 if tokens[0].word == "Điện" else 1
    assert needs_verb(tokens, index, behind, WORDS) is inside


@pytest.mark.parametrize(
    ("text", "index", "role"),
    [
        ("Cục Điều phối giống cây bản địa chịu trách nhiệm", 3, 7),
        ("Cục Điều phối giống cây bản địa, chủ trì", 3, None),  # a comma ends what a name can be
        ("Cục Điều phối cho Sở Tài chính chủ trì", 3, None),  # a body of its own
        ("Cục Điều phối theo kế hoạch chủ trì", 3, None),
        ("Cục Điều phối chủ trì", 3, None),  # nothing between
    ],
)
def test_roles_behind_names(text: str, index: int, role: int | None) -> None:
    assert role_behind(tokens_of(text), index, WORDS) == role


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Khám sức khỏe học đường (KSKHĐ)", True),
        ("Kiểm tra văn hóa và thể thao (VHTT)", True),  # "và" has no letter
        ("Khám cho người già (TYT)", False),  # a body
        ("Rà soát hồ sơ (Hồ sơ)", False),  # no letters
    ],
)
def test_letters_in_brackets(text: str, short: bool) -> None:
    tokens = tokens_of(text)
    opened = next(k for k, token in enumerate(tokens) if token.word == "(")
    assert is_short_form(tokens, opened + 1) is short
