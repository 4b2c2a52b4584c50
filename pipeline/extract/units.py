"""Finds the names of bodies in a sentence and cuts lists of them as a clerk would.

A name begins with a head ("Sở", "Ủy ban nhân dân", "các cơ quan", "Thủ trưởng") and goes on over capitals,
level words and fields of work until a verb, a mark of punctuation or a word that no name holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ruleset import Ruleset

_TOKEN = re.compile(r"[^\W_]+(?:[&/.][^\W_]+)*|[^\w\s]|_+")
_MOST_WORDS = 22  # no body has a longer name; a run-away name is no name
# Prepositions and conjunctions that say something of the body, and are no part of its name.
_NEVER_INSIDE = frozenset(
    "theo về để tại trong trên từ đến trước sau nhằm với cho khi như qua bằng đối gồm là mà do vì nếu ngoài giữa các những này đó việc".split()
)
_LOOSE_ENDS = frozenset({"của", "thuộc", "và", ",", "-", "–", "&", "các"})
_JOINERS = frozenset({",", "và", ";", "&", "/", "hoặc"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: ``text[start:end]``, with its lower-case form."""

    start: int
    end: int
    word: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter or a digit."""
        return self.word[0].isupper() or self.word[0].isdigit()


@dataclass(frozen=True, slots=True)
class Unit:
    """A body as written: ``text[start:end]``. `last` is the index of the token behind it."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class UnitList:
    """One or more bodies in a row, and the index of the first token behind them."""

    units: tuple[Unit, ...]
    after: int


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words and marks of ``text[start:end]`` with their offsets in `text`."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(m.start(), m.end(), m.group(), m.group().lower()) for m in found]


class Phrases:
    """A set of phrases, asked for the longest that stands at a token."""

    def __init__(self, words: Iterable[str]) -> None:
        self._longest: dict[str, list[tuple[str, ...]]] = {}
        for word in words:
            parts = tuple(token.low for token in tokens_of(word))
            self._longest.setdefault(parts[0], []).append(parts)
        for entries in self._longest.values():
            entries.sort(key=len, reverse=True)

    def match(self, tokens: list[Token], index: int) -> int:
        """How many tokens the longest phrase at `index` takes, 0 for none."""
        if index >= len(tokens):
            return 0
        for parts in self._longest.get(tokens[index].low, ()):
            if len(tokens) - index >= len(parts) and all(
                tokens[index + k].low == part for k, part in enumerate(parts)
            ):
                return len(parts)
        return 0


class Lexicon:
    """The word lists that unit names are read with."""

    def __init__(self, rules: Ruleset) -> None:
        self.head = Phrases(rules.words("unit-head"))
        self.group = Phrases(rules.words("unit-group"))
        self.person = Phrases(rules.words("unit-person"))
        self.plural = Phrases(rules.words("plural"))
        self.tail = Phrases(rules.words("unit-tail"))
        self.topic = Phrases(rules.words("topic-head"))
        self.compound = Phrases(rules.words("compound"))
        self.verb = Phrases(rules.words("verb"))
        self.adverb = Phrases(rules.words("adverb"))
        self.opener = Phrases(rules.words("opener"))
        self.level = Phrases(rules.words("level"))
        self.predicate = Phrases(rules.words("predicate"))
        self.other = Phrases(rules.words("not-unit"))

    def size(self, tokens: list[Token], index: int) -> int:
        """How many tokens the verb or adverb at `index` takes, 0 for none."""
        return max(self.verb.match(tokens, index), self.adverb.match(tokens, index))

    def longest(self, tokens: list[Token], index: int) -> int:
        """How many tokens the longest word of a name at `index` takes, 0 for none."""
        return max(lists.match(tokens, index) for lists in (self.head, self.tail, self.group, self.person))

    def acts(self, tokens: list[Token], index: int) -> bool:
        """Whether a verb or an adverb that leads to one stands at `index`."""
        return bool(self.size(tokens, index))


@lru_cache(maxsize=4)
def lexicon(rules: Ruleset) -> Lexicon:
    """The lexicon of a rule set, made once."""
    return Lexicon(rules)


def read_list(
    text: str, tokens: list[Token], index: int, words: Lexicon, *, closed: bool = False, opened: bool = False
) -> UnitList | None:
    """The list of bodies that begins at a token, or None where none does.

    `closed` is for cells and labelled lines, which hold nothing but bodies: there a verb does not end a name.
    `opened` says that a rule has opened a scope right before: there a plain noun may begin a name.
    """
    if opened and not _begins(tokens, index, words, after_joiner=True, closed=closed):
        return None
    units: list[Unit] = []
    shared = False  # the last name ends in a plural that the next noun may share
    while (begun := _name(text, tokens, index, words, closed=closed, shared=shared or opened)) is not None:
        unit, index, plural = begun
        opened = False
        units.append(unit) if not shared else _extend(text, units, unit)
        step = _joiner(tokens, index, words, closed=closed)
        if step is None:
            break
        separator, following = step
        shared = plural and separator != ";" and _shares_head(tokens, following, words)
        shared = shared or _names_places(tokens, index, following, words)
        if not shared and not _begins(tokens, following, words, after_joiner=True, closed=closed):
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


def _extend(text: str, units: list[Unit], more: Unit) -> None:
    first = units[-1]
    units[-1] = Unit(first.start, more.end, text[first.start : more.end])


def _names_places(tokens: list[Token], index: int, following: int, words: Lexicon) -> bool:
    """Whether a comma goes on with a list of places ("UBND các phường Đông Lĩnh, Nam Lĩnh")."""
    if not tokens[following].capital or words.head.match(tokens, following):
        return False
    plural = next((k for k in range(index - 1, max(index - 14, -1), -1) if tokens[k].low == "các"), None)
    return plural is not None and bool(words.level.match(tokens, plural + 1)) and plural + 2 < index


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


def _begins(tokens: list[Token], index: int, words: Lexicon, *, after_joiner: bool, closed: bool = False) -> bool:
    """Whether a name may begin at a token."""
    if index >= len(tokens):
        return False
    token = tokens[index]
    if words.compound.match(tokens, index) or words.plural.match(tokens, index) and _plural_noun(tokens, index, words):
        return True
    if words.other.match(tokens, index) or _rather_acts(tokens, index, words):
        return False
    head = words.head.match(tokens, index)
    if head and token.capital:
        return True
    if words.person.match(tokens, index):
        return True
    group = words.group.match(tokens, index)
    if group and (token.capital or after_joiner or index == 0 or closed):
        return True
    # A short form that the document itself has defined ("phối hợp với VCCI").
    if after_joiner and token.word.isupper() and len(token.word) > 1:
        return True
    return closed and token.capital


def _rather_acts(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether the words at a token are a verb or an opener at least as long as any name ("Ban hành", "Thanh tra việc")."""
    name = max(words.head.match(tokens, index), words.group.match(tokens, index), words.person.match(tokens, index))
    verb = max(words.verb.match(tokens, index), words.opener.match(tokens, index))
    if not verb or name > verb:
        return False
    after = index + name
    named = after < len(tokens) and (tokens[after].capital or words.tail.match(tokens, after))
    return name < verb or not named


def _plural_noun(tokens: list[Token], index: int, words: Lexicon) -> bool:
    after = index + words.plural.match(tokens, index)
    return bool(
        words.group.match(tokens, after)
        or words.person.match(tokens, after)
        or words.head.match(tokens, after)
        or words.compound.match(tokens, after)
    )


def _shares_head(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether the noun at `index` goes on with a plural ("các sở, ban, ngành")."""
    if words.plural.match(tokens, index):
        return False
    size = words.group.match(tokens, index)
    if not size:
        return False
    # "Các chi, Đảng bộ trực thuộc" shares; "các ban, UBND xã" and "các Tổ và đại biểu" begin anew.
    if tokens[index].capital and tokens[index - 2].low not in {"chi", "sở"}:
        return False
    return not words.person.match(tokens, index)


def _name(
    text: str, tokens: list[Token], index: int, words: Lexicon, *, closed: bool, shared: bool
) -> tuple[Unit, int, bool] | None:
    """One name from a token on: the unit, the token behind it, and whether it is a plural."""
    if not shared and not _begins(tokens, index, words, after_joiner=False, closed=closed):
        return None
    first = index
    compound = words.compound.match(tokens, index)
    plural = words.plural.match(tokens, index)
    index += compound or plural
    topic = bool(words.topic.match(tokens, index)) and tokens[index].capital and not plural
    if not compound:
        index += max(
            words.head.match(tokens, index), words.group.match(tokens, index), words.person.match(tokens, index), 1
        )
    index = _name_end(tokens, index, first, words, topic=topic, closed=closed)
    unit = Unit(tokens[first].start, tokens[index - 1].end, text[tokens[first].start : tokens[index - 1].end])
    return unit, index, _ends_bare(tokens, first, index, words)


def _ends_bare(tokens: list[Token], first: int, index: int, words: Lexicon) -> bool:
    """Whether the name ends in a bare plural noun that the next noun may share ("các sở", "UBND các xã").

    A noun with qualities of its own ("các tổ chức chính trị - xã hội") is complete and shares nothing.
    """
    for noun in range(max(first, index - 2), index):
        if words.group.match(tokens, noun) != index - noun:
            continue
        before = tokens[noun - 1].low if noun > first else ""
        if noun == first or before in {"các", "từng", "mỗi", ",", "và"} or words.person.match(tokens, first):
            return True
    return False


def _name_end(tokens: list[Token], index: int, first: int, words: Lexicon, *, topic: bool, closed: bool) -> int:
    """The token behind the name that has begun at `first` and been read up to `index`."""
    while index < len(tokens) and index - first < _MOST_WORDS:
        token = tokens[index]
        if token.low == "trên" and words.tail.match(tokens, index) > 1:  # "trên địa bàn"
            index += words.tail.match(tokens, index)
        elif token.low == "(":
            closing = _parenthesis(tokens, index, words)
            if closing is None:
                break
            index = closing
        elif token.low in {"-", "–", "&"}:
            if not _hyphen_goes_on(tokens, index, topic=topic):
                break
            index += 1
        elif token.low in {"và", ","}:
            inside = topic and _topic_goes_on(tokens, index, words)
            if not inside and not (closed and not _begins(tokens, index + 1, words, after_joiner=True, closed=True)):
                break
            index += 1
        elif words.plural.match(tokens, index) and _plural_noun(tokens, index, words):
            index += 1 + max(words.group.match(tokens, index + 1), words.head.match(tokens, index + 1), 1)
        elif not token.word[0].isalnum() or not closed and token.low in _NEVER_INSIDE:
            break
        elif token.capital:
            index += words.longest(tokens, index) or 1
        elif not closed and _verb_ends(tokens, index, words):
            level = _level_behind(tokens, index, words) if topic else None
            if level is None:
                break
            index = level
        elif (size := words.tail.match(tokens, index)) and _tail_holds(tokens, index, size, words, closed=closed):
            index += size
        elif topic or closed:
            index += 1
        elif words.group.match(tokens, index):
            index += words.group.match(tokens, index)
        else:
            break
    while index - 1 > first and tokens[index - 1].low in _LOOSE_ENDS and tokens[index - 2].low != "trực":
        index -= 1
    return index


def _level_behind(tokens: list[Token], index: int, words: Lexicon) -> int | None:
    """The token behind a level word that closes a field of work, where a verb follows it.

    "Ban Quản lý dự án đầu tư xây dựng tỉnh làm việc …": the verbs before "tỉnh" are part of the name.
    """
    for k in range(index + 1, min(index + 6, len(tokens))):
        if tokens[k].capital or not tokens[k].word[0].isalnum() or tokens[k].low in _NEVER_INSIDE:
            return None
        if size := words.level.match(tokens, k):
            return k + size if words.acts(tokens, k + size) else None
    return None


def _verb_ends(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a verb ends the name here, and is no part of it ("cung cấp dịch vụ", "tham mưu của Đảng ủy")."""
    if not words.acts(tokens, index):
        return False
    size = words.tail.match(tokens, index)
    verb = words.size(tokens, index)
    if max(size, words.group.match(tokens, index), words.person.match(tokens, index)) > verb:
        return False
    if verb == 1 and tokens[index - 1].capital and words.verb.match(tokens, index - 1) > 1:
        return False  # the second half of a capital word ("Sở Xây dựng")
    return not (size and index + size < len(tokens) and tokens[index + size].low in {"của", "thuộc"})


def _tail_holds(tokens: list[Token], index: int, size: int, words: Lexicon, *, closed: bool) -> bool:
    low = tokens[index].low
    if low not in {"của", "thuộc", "trực"} or closed:
        return True
    after = index + size
    if after >= len(tokens):
        return low == "trực"
    return low == "trực" or tokens[after].capital or bool(words.tail.match(tokens, after)) or bool(
        words.group.match(tokens, after) or words.plural.match(tokens, after)
    )


def _parenthesis(tokens: list[Token], index: int, words: Lexicon) -> int | None:
    """The token behind a bracket that names a part of the body or its short form, or None."""
    if not words.head.match(tokens, index + 1) or not tokens[index + 1].capital:
        inner = tokens[index + 1 : index + 3]
        if not (len(inner) == 2 and inner[0].word.isupper() and inner[1].low == ")"):
            return None
    for k in range(index + 1, min(index + 14, len(tokens))):
        if tokens[k].low == ")":
            return k + 1
        if words.verb.match(tokens, k) and not tokens[k].capital:
            return None
    return None


def _hyphen_goes_on(tokens: list[Token], index: int, *, topic: bool) -> bool:
    if index + 1 >= len(tokens):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    if any(token.low == ":" for token in tokens[index + 1 : min(index + 4, len(tokens) - 1)]):
        return False  # "… - Địa chỉ: …" says something else of the body
    return before.low == "trị" and after.low == "xã" or tokens[index].low == "&" or topic and after.capital


def _topic_goes_on(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether "và" or a comma stands inside the name of a field ("Khoa học và Công nghệ")."""
    after = index + 1
    if after >= len(tokens) or not tokens[after].capital or tokens[after].word.isupper():
        return False
    if words.other.match(tokens, after):
        return True  # "Phòng Tuyên truyền, Báo chí": what only looks like a new body
    if words.head.match(tokens, after) and not words.verb.match(tokens, after):
        return False
    if tokens[index].low == "và":
        return True
    # A comma stands inside only where "và" closes the list of fields soon after.
    for k in range(after + 1, min(after + 6, len(tokens))):
        if tokens[k].low == "và":
            return k + 1 < len(tokens) and tokens[k + 1].capital and not words.head.match(tokens, k + 1)
        if tokens[k].low in {",", ";", "."}:
            return False
    return False
