"""The scopes that the rules of `actors.yaml` open in a clause ("Giao", "phối hợp với", "báo cáo … về")."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.extract.lexicon import Lexicon, Token
from pipeline.extract.names import begins_name
from pipeline.extract.subjects import LABEL_REACH, acts_behind_full_name, behind_bracket, is_short_form
from pipeline.extract.units import Unit, UnitList, read_list
from pipeline.ruleset import Rule, Ruleset

_TIMED = frozenset({"xong", "trước", "trong", "hạn", "chậm", "tháng", "quý", "ngày"})
_DONE = frozenset({"đã", "đang", "được", "không", "có"})
_PLACE_REACH = 9  # tokens of words that say where
_LED = re.compile(r"\([^()\n]{2,120} (?:chủ trì|thực hiện|phụ trách|tham mưu)\b[^()\n]{0,120}\)[.;]?$", re.MULTILINE)
_HABIT = 3  # lines that end so, where it is how an office writes


@dataclass(frozen=True, slots=True)
class Claim:
    """Bodies in a role, and the rule that says so."""

    role: str  # lead, coordinating, report_to
    units: tuple[Unit, ...]
    rule: str

    @property
    def names(self) -> tuple[str, ...]:
        """The bodies as written."""
        return tuple(unit.name for unit in self.units)


class Openers:
    """The rules that open scopes, by the words that they need: a clause of the corpus holds those of one in twenty."""

    def __init__(self, rules: Ruleset) -> None:
        self._rules = rules["actors"]
        self._always = {place for place, rule in enumerate(self._rules) if not rule.needs}
        self._needing: dict[str, list[int]] = {}
        for place, rule in enumerate(self._rules):
            for word in rule.needs:
                self._needing.setdefault(word, []).append(place)

    def worth_trying(self, low: str) -> list[Rule]:
        """The rules that may match a clause, given in small letters, in the order of the file."""
        places = self._always.union(*[places for word, places in self._needing.items() if word in low])
        return [self._rules[place] for place in sorted(places)]


@lru_cache(maxsize=4)
def openers(rules: Ruleset) -> Openers:
    """The openers of a rule set, made once."""
    return Openers(rules)


def claims_of(text: str, start: int, end: int, tokens: list[Token], rule: Rule, words: Lexicon) -> list[Claim]:
    """The bodies that stand where a rule opens a scope in the clause ``text[start:end]``, in order."""
    claims = []
    assert rule.regex is not None
    clause = text[start:end]
    quotes = '"' in clause or "“" in clause  # asked once: a clause may be very long
    for match in rule.regex.finditer(clause):
        if rule.keys.get("unless") and _mentioned(clause, match.start(), str(rule["unless"])):
            continue
        if quotes and _is_quoted(clause, match.start()):
            continue
        if rule["role"] == "medium":
            claims.append(Claim("report_to", (_medium(text, start, match),), rule.id))
            continue
        behind = start + match.end()
        index = bisect_left(tokens, (behind,))
        if index == len(tokens) or tokens[index].start != behind:
            continue
        listed = read_list(text, tokens, index, words, opened=True)
        if listed is None:
            continue
        role = str(rule["role"])
        behind = _behind_place(tokens, listed.after, words) if role == "directed" else listed.after
        if (role == "directed" or rule.id == "lead.parenthesis") and not _works(tokens, behind, words):
            continue
        if rule.id == "lead.named-in-brackets" and not _alone_in_brackets(text, tokens, index, listed, words):
            continue
        if role == "lead" and rule.id == "lead.demanded" and not _goes_on(tokens, listed, words):
            continue
        if role == "channel":
            unit = listed.units[0]
            channel = Unit(unit.start - len("qua "), unit.end, f"qua {unit.name}")
            claims.append(Claim("report_to", (channel,), rule.id))
            continue
        claims.append(Claim(role, listed.units, rule.id))
    return claims


def _is_quoted(clause: str, at: int) -> bool:
    """Whether a place in a clause stands in quotation marks: the name of something, which assigns nothing."""
    before = clause[:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _medium(text: str, start: int, match: re.Match[str]) -> Unit:
    """A system or mailbox as a channel, from "qua" to the last word that the rule takes."""
    begin, end = start + match.start("medium"), start + match.end("medium")
    return Unit(begin, end, text[begin:end])


def _mentioned(clause: str, at: int, unless: str) -> bool:
    return re.search(unless, clause[max(0, at - 40) : at].rstrip() + " ", re.IGNORECASE) is not None


def _works(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a verb stands at `index` that says what is to be done, and not what has been."""
    return words.acts(tokens, index) and tokens[index].low not in _DONE


def _behind_place(tokens: list[Token], index: int, words: Lexicon) -> int:
    """The verb behind words that say where ("… ở 100% xã, phường | giám sát"), or `index` where they lead to none."""
    if index >= len(tokens) or tokens[index].low not in {"ở", "tại"}:
        return index
    reach = range(index + 1, min(index + _PLACE_REACH, len(tokens)))
    return next((k for k in reach if words.acts(tokens, k) and tokens[k - 1].low not in {",", "và"}), index)


def _alone_in_brackets(text: str, tokens: list[Token], index: int, listed: UnitList, words: Lexicon) -> bool:
    """Whether brackets hold bodies and at most a time, and say nothing of the words in front of them."""
    after = listed.after
    if after >= len(tokens) or tokens[after].low not in {")", ","}:
        return False
    if tokens[after].low == "," and not words.acts(tokens, after + 1) and tokens[after + 1].low not in _TIMED:
        return False
    opened = index - 1
    if is_short_form(tokens, index):
        return False
    starts = range(max(0, opened - LABEL_REACH), opened)
    before = (read_list(text, tokens, k, words) for k in starts if begins_name(tokens, k, words, after_joiner=True))
    return all(named is None or named.after < opened for named in before) or leads_in_brackets(text)


@lru_cache(maxsize=1)
def leads_in_brackets(text: str) -> bool:
    """Whether a document puts who leads in brackets behind its tasks: then brackets behind a name do not tell of it.

    "… kết quả thông báo đến đại biểu HĐND xã (Thường trực HĐND xã)." Kept for the document at hand.
    """
    return sum(1 for _ in islice(_LED.finditer(text), _HABIT)) == _HABIT


def _goes_on(tokens: list[Token], listed: UnitList, words: Lexicon) -> bool:
    """Whether a demand says what the body shall do."""
    after = listed.after
    if after < len(tokens) and tokens[after].low == "(":
        after = behind_bracket(tokens, after)
    if after < len(tokens) and tokens[after].low in {",", ":"}:
        return True
    return words.acts(tokens, after) or acts_behind_full_name(tokens, after, words)
