"""Reads the names of bodies in a sentence and cuts lists of them as a clerk would."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.fields import field_end
from pipeline.extract.lexicon import Lexicon, Token
from pipeline.extract.name_ends import ends_closed, name_end, stretched
from pipeline.extract.names import begins_name, counted_bodies, ends_bare

# Behind the name of a person a comma goes on with the post: "đồng chí A, Phó Bí thư Đảng ủy" is one.
_PERSONS = ("đồng chí", "đ/c", "ông", "bà")
# What a body is besides, behind its name and one of these marks.
_ASIDE = frozenset({"-", "–", "("})
_LONGEST_ASIDE = 16  # tokens
_BESIDES = (
    "cơ quan thường trực",
    "cơ quan chủ trì",
    "cơ quan đầu mối",
    "thường trực ban chỉ đạo",
    "bộ phận thường trực",
    "bộ phận giúp việc",
    "chủ đầu tư",
)
_CALLED = frozenset({"sau", "dưới", "viết", "gọi"})  # "(sau đây gọi là …)", "(viết tắt là …)", "(gọi chung là …)"
# The last words of nouns that a field of work follows in small letters ("lực lượng dân quân tự vệ").
_SMALL_TEAMS = frozenset({"tổ", "đội", "nhóm", "lượng"})
_SCHOOLS = 14  # tokens back to the word "trường" that kinds of schools share
_EACH = frozenset({"mỗi", "từng"})  # what "có" behind them says is no part of the name
_JOINERS = frozenset({",", "và", ";", "&", "/", "hoặc"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A body as written: ``text[start:end]``."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class UnitList:
    """One or more bodies in a row, and the index of the first token behind them."""

    units: tuple[Unit, ...]
    after: int


def read_list(
    text: str, tokens: list[Token], index: int, words: Lexicon, *, closed: bool = False, opened: bool = False
) -> UnitList | None:
    """The list of bodies that begins at a token, or None where none does.

    `closed` is for cells and labelled lines, which hold nothing but bodies: there a verb does not end a name.
    `opened` says that a rule has opened a scope right before: there a plain noun may begin a name.
    """
    if opened and not begins_name(tokens, index, words, after_joiner=True, closed=closed):
        return None
    units: list[Unit] = []
    shared = False  # the last name ends in a plural that the next noun may share
    while (begun := _name(text, tokens, index, words, closed=closed, shared=shared or opened)) is not None:
        unit, index, plural = begun
        if unit.name.lower().startswith(_PERSONS):
            index = _behind_post(text, tokens, index, words)
        else:
            index = _behind_apposition(text, tokens, index, words, unit.name, closed=closed)
        opened = False
        units.append(unit) if not shared else _extend(text, units, unit)
        step = _joiner(tokens, index, words, closed=closed)
        if step is None:
            break
        separator, following = step
        shared = plural and separator != ";" and _shares_head(tokens, following, words)
        shared = shared or _names_places(tokens, index, following, words)
        shared = shared or _goes_on_alike(tokens, index, following, words)
        shared = shared or (units[-1].name.lower().startswith(_PERSONS) and _is_post(tokens, following, words))
        if not shared and not begins_name(tokens, following, words, after_joiner=True, closed=closed):
            break
        index, opened = following, True
    if not units:
        return None
    return UnitList(tuple(units), index)


def read_whole(text: str, tokens: list[Token], index: int, words: Lexicon) -> UnitList | None:
    """The bodies that a stretch consists of, nothing else; separators may be of any kind. None where it holds more."""
    units: list[Unit] = []
    while index < len(tokens):
        listed = read_list(text, tokens, index, words, closed=True)
        if listed is not None:
            units.extend(listed.units)
            index = listed.after
        elif tokens[index].word[0].isalnum():
            return None
        else:
            index += 1
    return UnitList(tuple(units), index) if units else None


def _is_post(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether the post of the person before stands at `index`, and not a further person."""
    return words.person.match(tokens, index) > 0 and not tokens[index].low.startswith(("đồng", "đ/c", "ông", "bà"))


def _behind_post(text: str, tokens: list[Token], index: int, words: Lexicon) -> int:
    """The token behind the post that a dash adds to a person: "Đồng chí A - Phó Bí thư Đảng ủy | phụ trách"."""
    if index >= len(tokens) or tokens[index].low not in {"-", "–"}:
        return index
    post = _name(text, tokens, index + 1, words, closed=False, shared=True)
    return post[1] if post is not None else index


def _behind_apposition(text: str, tokens: list[Token], index: int, words: Lexicon, name: str, *, closed: bool) -> int:
    """The token behind what a dash or a bracket says of a body, or `index` where nothing does.

    "Sở Nội vụ - Cơ quan Thường trực Ban Chỉ đạo", "Công an tỉnh (cơ quan đầu mối)", "Sở Y tế (sau đây gọi là Sở)".
    """
    if index >= len(tokens) or tokens[index].low not in _ASIDE:
        return index
    besides = " ".join(token.low for token in tokens[index + 1 : index + 5]).startswith(_BESIDES)
    if tokens[index].low == "(":
        if not besides and not _is_remark(tokens, index + 1, words, name, closed=closed):
            return index
        inside = range(index, min(index + _LONGEST_ASIDE, len(tokens)))
        return next((k + 1 for k in inside if tokens[k].low == ")"), index)
    if not besides:
        return index
    title = _name(text, tokens, index + 1, words, closed=False, shared=True)
    return title[1] if title is not None else index


def _is_remark(tokens: list[Token], index: int, words: Lexicon, name: str, *, closed: bool) -> bool:
    """Whether a bracket says how a body is called, or, where names stand alone, what it does or who of it is meant."""
    if index >= len(tokens):
        return False
    token = tokens[index]
    if token.low in _CALLED or name.startswith(f"{token.word} "):
        return True
    return closed and token.word.islower() and (words.acts(tokens, index) or token.low in {"đồng", "đ/c"})


def _extend(text: str, units: list[Unit], more: Unit) -> None:
    first = units[-1]
    units[-1] = Unit(first.start, more.end, text[first.start : more.end])


def _names_places(tokens: list[Token], index: int, following: int, words: Lexicon) -> bool:
    """Whether a comma goes on with a list of places ("UBND các phường Đông Lĩnh, Nam Lĩnh")."""
    body = words.head.match(tokens, following) and not _is_place(tokens, following, words)
    if body or not tokens[following].capital:
        return False
    plural = next((k for k in range(index - 1, max(index - 14, -1), -1) if tokens[k].low == "các"), None)
    return plural is not None and bool(words.level.match(tokens, plural + 1)) and plural + 2 < index


def _is_place(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether two syllables in capitals, and no more, stand at `index`: "Bản Liền", "Trường Sơn" begin like bodies."""
    pair, after = tokens[index : index + 2], index + 2
    if len(pair) < 2 or not all(token.word.istitle() and token.word.isalpha() for token in pair):
        return False
    return after >= len(tokens) or not tokens[after].word.isalnum() or words.size(tokens, after) > 1


def _goes_on_alike(tokens: list[Token], index: int, following: int, words: Lexicon) -> bool:
    """Whether a comma goes on with a further level, number or kind of school ("Công an xã, phường", "Tổ 3, 5, 9")."""
    last, token = tokens[index - 1], tokens[following]
    if last.word.isdecimal():
        numbered = following + int(token.low == "số")
        ends = numbered + 1 >= len(tokens) or not tokens[numbered + 1].word[0].isalnum() or token.low == "số"
        return ends and numbered < len(tokens) and tokens[numbered].word.isdecimal()
    if token.word.isupper() and words.group.match(tokens, following):
        return True
    if token.word.islower() and words.school.match(tokens, following):
        return any(before.low == "trường" for before in tokens[max(index - _SCHOOLS, 0) : index])
    level = words.level.match(tokens, following)
    bare = last.word.islower() and token.word.islower() and words.level.match(tokens, index - 1) == 1
    after = following + level
    return bool(level) and bare and not (after < len(tokens) and tokens[after].capital)


def _joiner(tokens: list[Token], index: int, words: Lexicon, *, closed: bool) -> tuple[str, int] | None:
    """The separator at `index` and the token behind it (", và" counts as one)."""
    if index >= len(tokens) or tokens[index].low not in _JOINERS:
        return None
    if tokens[index].low == ";" and not closed:
        return None
    separator = tokens[index].low
    index += 1
    if index < len(tokens) and tokens[index].low == "và":
        index += 1
    return (separator, index) if index < len(tokens) else None


def _shares_head(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether the noun at `index` goes on with a plural ("các sở, ban, ngành")."""
    if words.plural.match(tokens, index):
        return False
    size = words.group.match(tokens, index)
    if not size:
        return False
    # "Các chi, Đảng bộ trực thuộc" and "các trường tiểu học, THCS" share; "các ban, UBND xã" and "các Tổ và đại biểu"
    # begin anew.
    if tokens[index].capital and not tokens[index].word.isupper() and tokens[index - 2].low not in {"chi", "sở"}:
        return False
    return not words.person.match(tokens, index)


def _is_topic(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a head that a field of work follows stands at `index`; one in small letters is followed by a capital."""
    size = words.topic.match(tokens, index)
    return bool(size) and (tokens[index].capital or (index + size < len(tokens) and tokens[index + size].capital))


def _named_by_field(tokens: list[Token], first: int, index: int, words: Lexicon) -> bool:
    """Whether a head goes over into one named by a field of work ("Trưởng phòng Kinh tế", "Chi bộ Bệnh viện Phổi")."""
    capital = index < len(tokens) and tokens[index].capital
    post = words.person.match(tokens, first) == index - first and words.topic.match(tokens, index - 1)
    return capital and bool(post or words.topic.match(tokens, index))


def _second_head(tokens: list[Token], index: int, words: Lexicon) -> int:
    """The token behind the head of the body that a part belongs to ("Liên đội | Trường | Lê Lợi"), if there is one."""
    if index < len(tokens) and tokens[index].capital and words.topic.match(tokens, index):
        # "Phòng | Tổ chức cán bộ": a field that begins like a head
        no_head = words.other.match(tokens, index) or words.field.match(tokens, index)
        return index if no_head else index + words.head.match(tokens, index)
    return index


def _in_capitals(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a field of work in capitals stands behind a head, in a plural too ("các Chi cục | Quản lý đất đai")."""
    return index < len(tokens) and tokens[index].capital and words.topic.match(tokens, index - 1) > 0


def _name(
    text: str, tokens: list[Token], index: int, words: Lexicon, *, closed: bool, shared: bool
) -> tuple[Unit, int, bool] | None:
    """One name from a token on: the unit, the token behind it, and whether it is a plural."""
    if not shared and not begins_name(tokens, index, words, after_joiner=False, closed=closed):
        return None
    first = index
    compound = words.compound.match(tokens, index)
    plural = words.plural.match(tokens, index) or counted_bodies(tokens, index, words)
    index += compound or plural
    topic = not plural and _is_topic(tokens, index, words)
    whole = bool(compound)
    if not compound:
        known = index + (words.known.match(tokens, index) if tokens[index].capital else 0)
        index += max(
            words.head.match(tokens, index),
            words.group.match(tokens, index),
            words.person.match(tokens, index),
            words.school.match(tokens, index) if shared else 0,
            1,
        )
        topic = topic or _named_by_field(tokens, first, index, words)
        index = _second_head(tokens, index, words)
        whole = known >= index
        if not whole and (topic or _in_capitals(tokens, index, words) or tokens[index - 1].low in _SMALL_TEAMS):
            inside = first + 1 if words.topic.match(tokens, first) else index  # "Tổ kiểm tra", itself a head
            field = max(field_end(tokens, index, words), field_end(tokens, inside, words))
            whole, index = field > index, field
        index = max(index, known)
    index = name_end(tokens, index, first, words, topic=topic, closed=closed, whole=whole)
    if not closed and (plural or (topic and not ends_closed(tokens, index, first, words))):
        several = bool(plural) and tokens[first].low not in _EACH
        index = stretched(tokens, index, words, plural=several)
    unit = Unit(tokens[first].start, tokens[index - 1].end, text[tokens[first].start : tokens[index - 1].end])
    return unit, index, ends_bare(tokens, first, index, words)
