"""What is handed over, and how it presses: the product (sản phẩm) of a task and its words of haste."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.lexicon import Lexicon, Phrases, Token, lexicon, tokens_of
from pipeline.extract.units import read_list
from pipeline.ruleset import Rule, Ruleset

_STOPS = frozenset(
    [*".;:()!?…", "để", "nhằm", "theo", "trước", "trong", "chậm", "đến", "tại", "trên", "bảo", "đảm", "gắn", "phù",
     "kịp", "đầy", "đúng", "báo", "cho", "do", "từ", "khi", "sau", "gửi", "trình", "hoàn", "ngay", "với",
     "lên", "vào", "bằng", "qua"]
)  # fmt: skip
_HANDS_ON = frozenset({"gửi", "trình", "nộp"})
_OF_A_PLAN = frozenset({"bảo", "đảm"})  # "phương án bảo đảm an ninh": what a product is about, right behind its noun
_MOST_WORDS = 45
_COUNTED = 16  # tokens of a labelled value that show what it is
_COUNTING = frozenset({"các", "những", "một", "bản", "bộ", "file", "tập"})
_TELLS = frozenset({"đã", "đang", "còn", "chưa", "vẫn", "được", "bị", "phải", "cần", "sẽ", "không", "là", "có", "đạt"})
# "Quyết định số … của … ban hành bộ chỉ số": what a cited document issued is no product of this task.
_CITES = re.compile(r"\bsố \d[^,;.]*\Z")
_HALVES = {"trình": "quá", "lượng": "chất"}  # nouns of two syllables that make a noun of the verb behind them
_BEFORE_NOUN = frozenset(
    {"việc", "công", "quá", "sự", "được", "tác", "quy", "tờ", "chương", "lộ", "giải", "lượng", "trình", "khi", "trong"}
)


class _Products(NamedTuple):
    """The nouns of products, the verbs that make them or get them ready, and the first words of these verbs."""

    nouns: Phrases
    verbs: Phrases
    prepared: Phrases
    begins: Set[str]


@lru_cache(maxsize=4)
def _products(rules: Ruleset) -> _Products:
    kinds = ("product", "product-verb", "product-prepared")
    nouns, verbs, prepared = (Phrases(rules.words(kind)) for kind in kinds)
    return _Products(nouns, verbs, prepared, verbs.first_words | prepared.first_words)


def find_product(text: str, start: int, end: int, rules: Ruleset) -> tuple[int, int, str] | None:
    """The first product that ``text[start:end]`` names as the object of a verb: offsets and the rule, or None."""
    nouns, verbs, prepared, begins = _products(rules)
    words = lexicon(rules)
    tokens = tokens_of(text, start, end)
    if (sent := _sent(text, tokens, nouns, words)) is not None:
        return tokens[0].start, tokens[sent - 1].end, "product.sent"
    behind = 0  # the verb before
    for index in [place for place, token in enumerate(tokens) if token.low in begins]:
        if index < behind:
            continue
        made = verbs.match(tokens, index)
        size = made or prepared.match(tokens, index)
        if size and not _is_noun(tokens, index):
            first = _object(text, tokens, index + size, nouns, verbs, words)
            if first is not None and _is_new(text, start, tokens, index, first, nouns, words):
                last = _end_of_product(text, tokens, first, nouns, words)
                if made or _is_handed_on(tokens, last):
                    return tokens[first].start, tokens[last - 1].end, "product.object" if made else "product.prepared"
        behind = index + size
    return None


def opens_with_product(text: str, start: int, end: int, rules: Ruleset) -> bool:
    """Whether ``text[start:end]`` begins with the noun of a product, counted or not ("02 báo cáo", "Biên bản …").

    A noun that is a verb as well is none where it stands as one ("báo cáo UBND xã", "báo cáo trước ngày 15").
    """
    nouns = _products(rules).nouns
    words = lexicon(rules)
    tokens = tokens_of(text, start, end)[:_COUNTED]
    first = next((k for k, token in enumerate(tokens) if not _counts(token)), len(tokens))
    size = nouns.match(tokens, first)
    if not size or (first == 0 and _acts_on(text, tokens, first, nouns, words)):
        return False
    after = first + size
    hastens = after < len(tokens) and tokens[after].low in _STOPS and tokens[after].word[0].isalnum()
    return not (hastens and tokens[first].word.islower() and words.verb.match(tokens, first))


def tells(text: str, start: int, end: int, rules: Ruleset) -> bool:
    """Whether ``text[start:end]`` goes on like a sentence ("phải bảo đảm chất lượng") and names nothing."""
    tokens = tokens_of(text, start, end)[:_COUNTED]
    return not tokens or tokens[0].low in _TELLS or lexicon(rules).acts(tokens, 0)


def _counts(token: Token) -> bool:
    return token.word[0].isdigit() or token.low in _COUNTING


def _is_new(text: str, start: int, tokens: list[Token], verb: int, index: int, nouns: Phrases, words: Lexicon) -> bool:
    """Whether the noun behind a verb is a product of this task, neither the document itself nor a cited one's."""
    if _CITES.search(text, start, tokens[verb].start) is not None:
        return False
    return not _acts_on(text, tokens, index, nouns, words) and not _is_this(tokens, index, nouns)


def _is_handed_on(tokens: list[Token], index: int) -> bool:
    """Whether what is prepared goes to somebody right away ("…, gửi Ban Xây dựng Đảng", "… trình Ban Thường vụ")."""
    after = index + (index < len(tokens) and tokens[index].low == ",")
    return after < len(tokens) and tokens[after].low in _HANDS_ON


def _is_this(tokens: list[Token], index: int, nouns: Phrases) -> bool:
    """Whether a product is the document itself ("ngày ban hành Công văn này")."""
    after = index + max(nouns.match(tokens, index), 1)
    return after < len(tokens) and tokens[after].low in {"này", "trên", "nêu"}


def _sent(text: str, tokens: list[Token], nouns: Phrases, words: Lexicon) -> int | None:
    """The token behind a product that opens the text and is sent on ("Báo cáo năm gửi …", "Báo cáo năm: … gửi")."""
    if not nouns.match(tokens, 0) or _acts_on(text, tokens, 0, nouns, words):
        return None
    last = _end_of_product(text, tokens, 0, nouns, words)
    if last >= len(tokens) or any(token.low == "được" for token in tokens[:last]):
        return None
    labelled = tokens[last].low == ":" and any(token.low in _HANDS_ON for token in tokens[last:])
    return last if labelled or tokens[last].low in _HANDS_ON else None


def _acts_on(text: str, tokens: list[Token], index: int, nouns: Phrases, words: Lexicon) -> bool:
    """Whether a noun that is a verb as well has a body as its object ("báo cáo Ban Thường vụ", "hướng dẫn các xã")."""
    after = index + nouns.match(tokens, index)
    if not words.verb.match(tokens, index) or after >= len(tokens):
        return False
    return read_list(text, tokens, after, words, opened=True) is not None


def _is_noun(tokens: list[Token], index: int) -> bool:
    """Whether the verb at a token stands as a noun ("chất lượng xây dựng") or is half of one ("quy trình")."""
    if index and tokens[index - 1].low in _BEFORE_NOUN:
        return True
    return any(_HALVES.get(tokens[k].low) == tokens[k - 1].low for k in range(max(1, index - 3), index))


def _object(text: str, tokens: list[Token], index: int, nouns: Phrases, verbs: Phrases, words: Lexicon) -> int | None:
    """The token at which the product begins behind the verb.

    Between them may stand a plural word, the body advised ("tham mưu UBND xã ban hành …") and, behind "và", what
    is done with the product besides ("ban hành và tổ chức thực hiện …").
    """
    joined = False
    for _ in range(8):
        if index >= len(tokens):
            return None
        if nouns.match(tokens, index) or (tokens[index].low == "các" and nouns.match(tokens, index + 1)):
            return index
        if tokens[index].low in {"các", "một", "những", "và", ",", "được"}:
            joined = joined or tokens[index].low in {"và", ","}
            index += 1
        elif size := verbs.match(tokens, index) or (joined and words.size(tokens, index)):
            index += size
        elif (listed := read_list(text, tokens, index, words, opened=True)) is not None:
            index = listed.after
        else:
            return None
    return None


def _end_of_product(text: str, tokens: list[Token], first: int, nouns: Phrases, words: Lexicon) -> int:
    index = begun = first + max(nouns.match(tokens, first), 1)
    # "Kế hoạch rà soát, đánh giá …": in capitals it is the name of one document, commas and all.
    named = tokens[first].capital and first > 0
    while index < len(tokens) and index - first < _MOST_WORDS:
        low = tokens[index].low
        if low in {",", "và", "hoặc", "/"}:
            another = nouns.match(tokens, index + 1) and not words.verb.match(tokens, index + 1)
            if not (named or another or (low != "," and _same_phrase(tokens, index, words))):
                break
            index += 1
        elif low in _STOPS and not nouns.match(tokens, index) and not _goes_on(tokens, index, begun, words):
            break
        elif low == "về" and index + 1 < len(tokens) and tokens[index + 1].capital:
            if read_list(text, tokens, index + 1, words) is not None:
                break  # "gửi báo cáo về Sở Nội vụ": where it goes, not what it is about
            index += 1
        else:
            index += 1
    return index


def _goes_on(tokens: list[Token], index: int, begun: int, words: Lexicon) -> bool:
    """Whether a word that mostly ends a product is part of it here: "phương án bảo đảm", the half of "giải trình"."""
    about = tokens[index].low in _OF_A_PLAN and index < begun + 2
    return about or (tokens[index].low == "trình" and words.verb.match(tokens, index - 1) > 1)


def _same_phrase(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether "và" joins two words of one phrase ("kiến thức pháp luật và kỹ năng") and opens no new action."""
    return index + 1 < len(tokens) and not words.acts(tokens, index + 1)


def find_urgency(text: str, start: int, end: int, rules: Ruleset) -> list[tuple[int, int, str]]:
    """The words in ``text[start:end]`` that press for haste: offsets and rule, in order."""
    return sorted(
        (match.start(), match.start() + len(match.group().rstrip()), f"urgency.{rule.id}")
        for match, rule in _matches(text, start, end, rules["urgency"])
    )


def _matches(text: str, start: int, end: int, rules: Iterable[Rule]) -> Iterator[tuple[re.Match[str], Rule]]:
    low = text[start:end].lower()
    for rule in rules:
        if rule.may_match(low) and rule.regex is not None:
            yield from ((match, rule) for match in rule.regex.finditer(text, start, end))
