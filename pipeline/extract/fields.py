"""The field of work in the name of a body: what stands behind the head ("Cục | Xuất nhập khẩu"), whatever it holds.

Fields that `fields.yaml` knows are read whole. Of others, a verb that cannot be what the body does belongs to the name,
and so does all before a phrase that gives a body a role ("chủ trì", "chịu trách nhiệm").
"""

from __future__ import annotations

from pipeline.extract.lexicon import Lexicon, Token
from pipeline.extract.names import begins_name

_REACH = 12  # tokens from the end that a name seems to have to the role that shows that it goes on
_MAY_JOIN = frozenset({"cho", "việc", "trong", "ngoài", "trên", "các", "giữa", "đối"})
_TEAMS = frozenset({"tổ", "đội", "nhóm", "ban", "đoàn", "đồng", "bộ", "lượng"})  # the last words of their heads
_MODALS = frozenset({"phải", "cần", "sẽ", "không", "tự", "cùng"})  # verbs that no field holds behind its first syllable
_FULL = 3  # words of a field in small letters: a shorter one may be a verb of the sentence
_SURE = 6  # words of a field that are never the verb and object of a sentence


def field_end(tokens: list[Token], index: int, words: Lexicon) -> int:
    """The token behind the known field of work that stands at `index`, or `index` where none does.

    In small letters it names a team alone ("Tổ quản lý trật tự đô thị"), and what is behind must show that it is over.
    """
    size = words.field.match(tokens, index)
    if not size or tokens[index].capital:
        return index + size
    after = index + size
    if (size < _FULL and words.acts(tokens, index)) or tokens[index - 1].low not in _TEAMS:
        return index
    return after if after >= len(tokens) or _is_over(tokens, after, size, words) else index


def _is_over(tokens: list[Token], after: int, size: int, words: Lexicon) -> bool:
    """Whether what stands behind a field in small letters shows that it is over; a long one is a name for certain."""
    token = tokens[after]
    if token.low in {",", "và"}:
        return begins_name(tokens, after + 1, words, after_joiner=True)
    if not token.word[0].isalnum() or token.capital or size >= _SURE:
        return True
    acts = words.acts(tokens, after) and token.low not in words.never_inside
    return acts or bool(words.level.match(tokens, after) or words.group.match(tokens, after))


def needs_verb(tokens: list[Token], index: int, behind: int, words: Lexicon) -> bool:
    """Whether the verb at `index` belongs to the name: what stands between the head and it is no field yet.

    A syllable is none ("Cục Xuất | nhập khẩu"), save those that the rules know ("Khoa Nhi") or that this verb alone
    follows ("Điện lực Huế | sửa đường dây"). A verb waits for its object ("Quỹ Hỗ trợ | phát triển hợp tác xã").
    """
    if index == behind + 1 and _titled(tokens[behind]) and not words.field.match(tokens, behind):
        alone = words.size(tokens, index) == 1 and tokens[index].low not in _MODALS
        return alone and _acts_later(tokens, index + 1, words)
    return unfinished(tokens, index, behind, words) and not words.role.match(tokens, index)


def unfinished(tokens: list[Token], index: int, behind: int, words: Lexicon) -> bool:
    """Whether a verb in capitals is all that stands between the head and `index`, and the rules know no such field."""
    if index <= behind or not _titled(tokens[behind]) or words.field.match(tokens, behind) >= index - behind:
        return False
    return words.verb.match(tokens, behind) == index - behind


def _acts_later(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a further verb follows that may be what the body does, or the name ends the clause."""
    for k in range(index, min(index + _REACH, len(tokens))):
        if words.acts(tokens, k):
            return True
        if not tokens[k].word[0].isalnum():
            return tokens[k].low == ":" or k == len(tokens) - 1
    return index + _REACH >= len(tokens)


def _titled(token: Token) -> bool:
    """Whether a word is written with one capital, its first letter."""
    return token.word.istitle() and token.word.isalpha()


def role_behind(tokens: list[Token], index: int, words: Lexicon) -> int | None:
    """The token of the next phrase that gives a body a role, where nothing up to it ends a name; else None."""
    for k in range(index, min(index + _REACH, len(tokens))):
        token = tokens[k]
        if words.role.match(tokens, k):
            return k if k > index else None
        joins = token.low in _MAY_JOIN or (token.low == "và" and not words.beginning.match(tokens, k + 1))
        if not joins and (not token.word[0].isalnum() or token.low in words.never_inside or token.low == "và"):
            return None
        if token.capital and words.head.match(tokens, k):
            return None  # a body of its own
    return None
