"""How much: the amounts of a task ("ít nhất 02 cuộc", "12 tỷ đồng/năm"), which are in figures or counted in words."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.lexicon import Lexicon, Phrases, Token, lexicon, tokens_of
from pipeline.letters import UPPER
from pipeline.ruleset import Rule, Ruleset

_FIGURE = re.compile(r"\d")
_WORDED_FIGURE = re.compile(r"(?:nhất|thiểu|dưới|hơn) (?:một|hai|ba) ")  # apart: together the engine could not leap
_REACH = 60  # characters behind a figure in which its noun stands
_BEFORE = 160  # characters before a figure that say what it is about
# "triệu đồng/người/năm", "doanh nghiệp/1.000 dân", "triệu đồng/ha/chu kỳ 06 năm"
_RATE = re.compile(
    r"(?: ?/ ?(?:\d[\d.]* (?=dân|người|hộ))?(?!lần\b)[^\W\d_]+[23²³]?"
    r"(?: (?:kỳ \d+ năm|học|kỳ|phố|trường|tin|viên|sinh|nghiệp|vị)\b)?)+"
)
_ONWARD = re.compile(rf"(?: [^\W\d_{UPPER}]+){{0,4}}? trở (?:lên|xuống)(?!\w)")
_NUMBER_WORD = re.compile(r" (?:nghìn|ngàn|triệu|tỷ)(?= )")
# Right behind so many days: the amount is how long before or after something a task is due.
_UNTIL = re.compile(r" ?(?:làm việc )?,? ?(?:trước|sau|kể|tính|từ)(?!\w)")
# "trước buổi sinh hoạt ít nhất 02 ngày": likewise.
_AHEAD = re.compile(r"trước (?:khi|ngày|buổi|kỳ|cuộc|phiên|hội nghị)[^.;,]*\Z", re.IGNORECASE)
_AGAIN = re.compile(r" liên tiếp|/lần\b")  # "vắng 03 kỳ liên tiếp", "02 tháng/lần": no amount of work
_DAYS = frozenset({"ngày", "tuần", "tháng"})
_TIMES = _DAYS | {"giờ", "phút", "đêm"}
_AT_MOST = ("không quá", "tối đa")  # "không quá 07 ngày làm việc" limits how long, and is read as a time
_NOT_COUNTED = frozenset(
    ["năm", "quý", "kỳ", "khóa", "tuổi", "phút", "giờ", "ngày", "tháng", "tuần", "cấp", "rõ", "thứ", "hằng", "hàng",
     "mỗi", "và", "của", "trở", "đến", "tới", "sau", "trước", "tại", "trên", "trong", "vào", "theo", "do", "có", "được",
     "đã", "cho", "về", "để", "là", "bên", "đạt", "từ", "với", "ở", "đi", "nhiệm", "gửi", "hoặc", "dân", "đoạn"]
)  # fmt: skip


@lru_cache(maxsize=4)
def _nouns(rules: Ruleset) -> tuple[Phrases, Phrases, Phrases]:
    """What any figure counts, what a figure may touch ("300m"), and what a single figure may number as well."""
    measures = rules.words("measure")
    return Phrases((*rules.words("counted"), *measures)), Phrases(measures), Phrases(rules.words("counted-named"))


def find_quantities(text: str, start: int, end: int, rules: Ruleset) -> list[tuple[int, int, str]]:
    """The amounts in ``text[start:end]``: offsets and rule, in order, no two overlapping."""
    found: list[tuple[int, int, str]] = []
    if _FIGURE.search(text, start, end) is None and _WORDED_FIGURE.search(text, start, end) is None:
        return found
    low = text[start:end].lower()
    for rule in rules["quantities"]:
        if not rule.may_match(low) or rule.regex is None:
            continue
        for match in rule.regex.finditer(text, start, end):
            if any(match.start() < b and a < match.end() for a, b, _ in found):
                continue
            after = _behind(text, match, end, rule, rules)
            if after is not None and not _describes(text, start, match, rule):
                found.append((match.start(), after, f"quantity.{rule.id}"))
    return sorted(found)


def _describes(text: str, start: int, match: re.Match[str], rule: Rule) -> bool:
    """Whether a figure says what something is like, or stands in a name in quotation marks."""
    before = text[start : match.start()]
    if before.count("“") > before.count("”") or before.count('"') % 2:
        return True
    unless = rule.keys.get("unless")
    return bool(unless) and re.search(str(unless), before[-_BEFORE:], re.IGNORECASE) is not None


def _behind(text: str, match: re.Match[str], end: int, rule: Rule, rules: Ruleset) -> int | None:
    """Where the amount ends whose figure the rule has matched, None where nothing is counted."""
    after = match.end()
    if rule["counts"] == "whole":
        return after
    limit = min(end, after + _REACH)
    counted = _counted(text, after, limit, rules)
    if counted is None and (thousands := _NUMBER_WORD.match(text, after, limit)):
        counted = _counted(text, thousands.end(), limit, rules)
    if counted is None and rule["counts"] == "any":
        counted = _lasting(text, match, limit) if rule.id == "count.bounded" else None
        counted = counted or _plain(text, after, limit, rules)
    if counted is None or _AGAIN.match(text, counted, end):
        return None
    if (rate := _RATE.match(text, counted, end)) is not None:
        counted = rate.end()
    from_on = match.group().lower().startswith("từ") or text.startswith(" trở ", counted)
    onward = _ONWARD.match(text, counted, end) if from_on else None
    return onward.end() if onward is not None else counted


def _counted(text: str, after: int, limit: int, rules: Ruleset) -> int | None:
    """The end of the word of the lists right behind a figure: a unit of measure may touch it."""
    listed, measures, named = _nouns(rules)
    tokens = _words(text, after, limit)
    if not tokens or tokens[0].start > after + 1:
        return None
    size = (listed if tokens[0].start > after else measures).match(tokens, 0)
    # "năm 2027 giải quyết", "2 đơn vị": a longer word that the noun is half of.
    whole = max(lexicon(rules).verb.match(tokens, 0), named.match(tokens, 0))
    return tokens[size - 1].end if size and whole <= size else None


def _lasting(text: str, match: re.Match[str], limit: int) -> int | None:
    """The end of so much time that work takes ("ít nhất 02 ngày", "không quá 07 phút"), None for a deadline."""
    tokens = _words(text, match.end(), limit)
    if not tokens or tokens[0].low not in _TIMES or tokens[0].start != match.end() + 1:
        return None
    if tokens[0].low in _DAYS and match.group().lower().startswith(_AT_MOST):
        return None
    working = len(tokens) > 2 and [token.low for token in tokens[1:3]] == ["làm", "việc"]
    last = tokens[2].end if working else tokens[0].end
    ahead = _AHEAD.search(text, max(0, match.start() - _REACH), match.start())
    return None if ahead or _UNTIL.match(text, last) else last


def _plain(text: str, after: int, limit: int, rules: Ruleset) -> int | None:
    """The end of a plain noun that no list holds: two syllables, where the second cannot begin something else."""
    tokens = _words(text, after, limit)
    if not tokens or tokens[0].start != after + 1:
        return None
    words, first = lexicon(rules), tokens[0]
    if size := _nouns(rules)[2].match(tokens, 0):
        return tokens[size - 1].end
    if not first.word.isalpha() or first.low in _NOT_COUNTED or words.acts(tokens, 0):
        return None
    if not (first.word.islower() or first.word.istitle() or first.word.isupper()):
        return None  # "110 kV"
    following = tokens[1] if len(tokens) > 1 else None
    joined = following is not None and following.start == first.end + 1 and following.word.isalpha()
    if not joined or following is None or following.capital or _ends(tokens, words):
        return first.end
    return following.end


def _ends(tokens: list[Token], words: Lexicon) -> bool:
    """Whether the noun is over behind its first syllable."""
    low = tokens[1].low
    return low in _NOT_COUNTED or low in words.never_inside or low == "chưa" or words.acts(tokens, 1)


def _words(text: str, start: int, end: int) -> list[Token]:
    """The words behind a figure, where a rate or a second figure closes them."""
    slash = text.find("/", start, end)
    return tokens_of(text, start, end if slash < 0 else slash)


def repeats(amount: str, others: list[str]) -> bool:
    """Whether a cell of products only repeats an amount of the task ("12 lớp" beside "12 lớp tập huấn")."""
    return any(amount.lower().split()[:2] == other.lower().split()[:2] for other in others)
