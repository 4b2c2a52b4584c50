"""Where the name of a body begins: a head ("Sở", "Ủy ban nhân dân"), a plural ("các cơ quan"), a post ("Giám đốc")."""

from __future__ import annotations

from pipeline.extract.lexicon import Lexicon, Token

_NUMBERS = frozenset({"hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"})

# Parts of organisations that are called after the place that they are of: chi bộ, đảng bộ, chi ủy, chi đoàn, chi hội.
_PARTS = frozenset({("chi", "bộ"), ("đảng", "bộ"), ("chi", "ủy"), ("chi", "đoàn"), ("chi", "hội"), ("liên", "đội")})


def begins_name(tokens: list[Token], index: int, words: Lexicon, *, after_joiner: bool, closed: bool = False) -> bool:
    """Whether a name may begin at a token."""
    if index >= len(tokens):
        return False
    token = tokens[index]
    low = token.low
    if not (low in words.opens_names or low in _NUMBERS or low.isdecimal()):  # no list need be tried for most words
        by_capitals = (after_joiner or closed) and (token.capital or token.word.isupper())
        if not by_capitals and (low not in words.head.first_words or not token.capital):
            return False
    plural = words.plural.match(tokens, index) and plural_noun(tokens, index, words)
    if plural or words.compound.match(tokens, index) or counted_bodies(tokens, index, words):
        return True
    if words.other.match(tokens, index) or (not closed and rather_acts(tokens, index, words)):
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
    if after_joiner and token.word.isupper() and len(token.word) > 1 and not group:
        return True
    if after_joiner and token.capital and [one.low for one in tokens[index + 1 : index + 3]] == ["chi", "nhánh"]:
        return True  # "Vietcombank chi nhánh An Trạch"
    return closed and token.capital


def rather_acts(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a verb or an opener, at least as long as any name, stands here ("Ban hành", "Thanh tra việc")."""
    verb = words.action.match(tokens, index)
    if not verb or (name := words.beginning.match(tokens, index)) > verb:
        return False
    after = index + name
    # "Tổ chức kiểm tra …": a word that may go on with a name and is a verb as well is the verb.
    tail = words.tail.match(tokens, after) > words.size(tokens, after)
    # In a title in capitals every word begins with one.
    shouted = tokens[index].word.isupper() and len(tokens[index].word) > 1
    named = after < len(tokens) and ((tokens[after].word[0].isupper() and not shouted) or tail)
    return name < verb or not named


def counted_bodies(tokens: list[Token], index: int, words: Lexicon) -> int:
    """1 where a number stands before a plain noun for bodies ("14 bản", "Hai cơ quan"), as a plural would; else 0."""
    low = tokens[index].low if index < len(tokens) else ""
    counts = low in _NUMBERS or (low.isdecimal() and len(low) <= 3)
    return int(counts and bool(words.group.match(tokens, index + 1)) and not words.other.match(tokens, index + 1))


def plural_noun(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a plural word at `index` is followed by a noun for bodies."""
    after = index + words.plural.match(tokens, index)
    return bool(
        words.group.match(tokens, after)
        or words.person.match(tokens, after)
        or words.head.match(tokens, after)
        or words.compound.match(tokens, after)
    )


def ends_bare(tokens: list[Token], first: int, index: int, words: Lexicon) -> bool:
    """Whether the name ends in a bare plural noun that the next noun may share ("các sở", "UBND các xã").

    A noun with qualities of its own ("các tổ chức chính trị - xã hội") is complete and shares nothing; parts of an
    organisation that are of different places share its name ("các chi bộ bản, trường học").
    """
    for noun in range(max(first, index - 2), index):
        if words.group.match(tokens, noun) != index - noun:
            continue
        before = tokens[noun - 1].low if noun > first else ""
        if noun == first or before in {"các", "từng", "mỗi", ",", "và"} or words.person.match(tokens, first):
            return True
        part = tokens[max(noun - 3, 0) : noun]
        if len(part) == 3 and part[0].low == "các" and (part[1].low, before) in _PARTS:
            return True
    return False
