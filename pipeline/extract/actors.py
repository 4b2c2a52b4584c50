"""Who does what in a clause: the grammar of roles.

A scope is opened by a rule of `actors.yaml` ("Giao", "phối hợp với", "báo cáo … về") or by the subject of the
clause; the names that stand right behind are read by `units`. What merely mentions a body opens no scope.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.lexicon import Lexicon, Token, lexicon, tokens_of
from pipeline.extract.names import begins_name
from pipeline.extract.subjects import (
    LABEL_REACH,
    acts_behind_full_name,
    behind_bracket,
    behind_connective,
    denied,
    is_short_form,
    opens_subject,
    passive,
    places_of_subject,
    predicate,
    says_what_is,
)
from pipeline.extract.units import Unit, UnitList, read_list, read_whole
from pipeline.ruleset import Rule, Ruleset

_IN_CHARGE = frozenset({"đầu", "cơ", "đơn", "bộ", "thường"})  # đầu mối, cơ quan, đơn vị, bộ phận, thường trực
_CHANNELS = frozenset({"report.channel", "report.medium"})
# Who heads a body, what it is in this matter, or the body that stands for it: "(Sở Công Thương làm Trưởng Tiểu ban)".
_ASIDE = re.compile(r"\s\((?:[^()]|\([^()]*\))*\)[\s:.]*\Z")
_TIMED = frozenset({"xong", "trước", "trong", "hạn", "chậm", "tháng", "quý", "ngày"})
_DONE = frozenset({"đã", "đang", "được", "không", "có"})
_IN_BRACKETS = frozenset({"lead.parenthesis", "lead.named-in-brackets", "lead.label-in-brackets"})
_PLACE_REACH = 9  # tokens of words that say where
_LONG_ACRONYM = 12  # characters: longer names in capitals are headings
_MOST_IN_TITLE = 40  # tokens of a heading that is names alone


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


@dataclass(frozen=True, slots=True)
class Actors:
    """The roles that one clause states. `subject` is grammatical and carries over, `aside` (in brackets) does not."""

    subject: Claim | None = None
    aside: Claim | None = None
    directed: Claim | None = None
    coordinating: tuple[Claim, ...] = ()
    reports: tuple[Claim, ...] = ()

    @property
    def lead(self) -> Claim | None:
        """Who leads: the subject, else the body in brackets."""
        return self.subject or self.aside


@lru_cache(maxsize=4096)
def read_actors(text: str, start: int, end: int, rules: Ruleset) -> Actors:
    """The roles stated in the clause ``text[start:end]``. Kept, for several steps ask it of the same clause."""
    words = lexicon(rules)
    tokens = tokens_of(text, start, end)
    if not tokens:
        return Actors()
    found: dict[str, list[Claim]] = {"lead": [], "aside": [], "coordinating": [], "report_to": [], "directed": []}
    low = text[start:end].lower()
    for rule in rules["actors"]:
        if not rule.may_match(low):
            continue
        for claim in _scopes(text, start, end, tokens, rule, words):
            found["aside" if rule.id in _IN_BRACKETS else claim.role].append(claim)
    subject = _leading(_first(found["lead"]), find_subject(text, tokens, words), text)
    directed = _first(found["directed"])
    if directed is not None and subject is not None and subject.units[0].start == start and tokens[0].low == "lãnh":
        subject = None  # "Lãnh đạo UBND xã xây dựng …": the verb, not the leaders
    return Actors(
        subject=subject,
        aside=_first(found["aside"]),
        directed=directed,
        coordinating=tuple(_without(found["coordinating"], subject)),
        reports=tuple(_with_channels(found["report_to"])),
    )


def _leading(stated: Claim | None, subject: Claim | None, text: str) -> Claim | None:
    """Who leads where a rule and the grammar name somebody: what is assigned or demanded goes before the subject.

    A subject that has done something of its own before it demands ("A tổng hợp dữ liệu, đề nghị B phê duyệt") leads.
    """
    if stated is None or subject is None:
        return stated or subject
    between = text[subject.units[-1].end : stated.units[0].start]
    return subject if stated.rule == "lead.demanded" and "," in between else stated


def _first(claims: list[Claim]) -> Claim | None:
    return min(claims, key=lambda claim: claim.units[0].start) if claims else None


def _without(claims: list[Claim], subject: Claim | None) -> list[Claim]:
    own = set(subject.names) if subject else set()
    return [claim for claim in _distinct(claims) if not set(claim.names) <= own]


def _with_channels(claims: list[Claim]) -> list[Claim]:
    """The recipients with their channels; a channel alone ("thông qua Ban Thanh tra") is no report."""
    kept = _distinct(claims)
    return kept if any(claim.rule not in _CHANNELS for claim in kept) else []


def _distinct(claims: list[Claim]) -> list[Claim]:
    """The claims in order, each place read once."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: (claim.units[0].start, -claim.units[-1].end)):
        if not kept or claim.units[0].start >= kept[-1].units[-1].end:
            kept.append(claim)
    return kept


def _scopes(
    text: str, start: int, end: int, tokens: list[Token], rule: Rule, words: Lexicon
) -> list[Claim]:
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
    return all(named is None or named.after < opened for named in before)


def _goes_on(tokens: list[Token], listed: UnitList, words: Lexicon) -> bool:
    """Whether a demand says what the body shall do."""
    after = listed.after
    if after < len(tokens) and tokens[after].low == "(":
        after = behind_bracket(tokens, after)
    if after < len(tokens) and tokens[after].low in {",", ":"}:
        return True
    return words.acts(tokens, after) or acts_behind_full_name(tokens, after, words)


def find_subject(text: str, tokens: list[Token], words: Lexicon) -> Claim | None:
    """The bodies that are the grammatical subject of a clause: names right before a verb."""
    if any(token.low == "thì" for token in tokens):
        return None  # "A … thì B …" says when B acts, and gives neither of them a task of its own
    appointed = _appointed(text, tokens, words)
    if appointed is not None:
        return appointed
    places = places_of_subject(tokens, words)
    for index in places:
        listed = read_list(text, tokens, index, words, opened=opens_subject(tokens, index, words))
        if listed is None:
            continue
        after = listed.after
        if len(listed.units[0].name) > _LONG_ACRONYM and listed.units[0].name.isupper():
            continue  # a line of the letterhead or the signature
        if after < len(tokens) and tokens[after].low == ":" and index < 2:
            return Claim("lead", listed.units, "subject.run-in")  # "Văn phòng Huyện ủy: …"
        behind_label = index > 2 and tokens[index - 1].low == ":"
        alone = behind_label and all(not token.word[0].isalnum() for token in tokens[after:])
        if alone and begins_name(tokens, index, words, after_joiner=False):  # "01 xã đạt chuẩn: xã Hin" says which
            return Claim("lead", listed.units, "subject.behind")  # "Kiểm soát vận chuyển: Hải quan, Công an tỉnh."
        if after < len(tokens) and tokens[after].low == "(":
            after = behind_bracket(tokens, after)
            if after < len(tokens) and tokens[after].low == ":" and index < 2:
                return Claim("lead", listed.units, "subject.run-in")
        if after < len(tokens) and tokens[after].low == "," and index == places[0]:
            # "Sở Nội vụ, trên cơ sở …, xây dựng": an adverbial between subject and verb. Further on, it is a list:
            # "Thực hiện chỉ đạo của Đảng, Chính phủ, Ủy ban Quốc gia phòng, chống …".
            after += 1
        works = predicate(tokens, listed, after, words) and not says_what_is(tokens, index, after, words)
        if works and not passive(tokens, after) and not denied(tokens, after):
            return Claim("lead", listed.units, "subject")
    return None


def _appointed(text: str, tokens: list[Token], words: Lexicon) -> Claim | None:
    """The body that a sentence makes the one in charge: all up to "là đầu mối", "là cơ quan thường trực"."""
    index = behind_connective(tokens)
    if index >= len(tokens) or not tokens[index].capital or not words.head.match(tokens, index):
        return None
    for k in range(index + 1, min(index + LABEL_REACH, len(tokens) - 1)):
        if tokens[k].low in {".", ";", ":", "("}:
            return None
        if tokens[k].low == "là" and tokens[k + 1].low in _IN_CHARGE:
            begin, end = tokens[index].start, tokens[k - 1].end
            listed = read_whole(text, tokens_of(text, begin, end), 0, words)
            several = (
                listed is not None and len(listed.units) > 1 and all(one.name[0].isupper() for one in listed.units)
            )
            if listed is not None and several and " và " in text[begin:end]:
                return Claim("lead", listed.units, "subject")
            return Claim("lead", (Unit(begin, end, text[begin:end]),), "subject")
    return None


def unit_title(text: str, start: int, end: int, rules: Ruleset) -> Claim | None:
    """The bodies that a heading consists of ("2. Phòng Kinh tế", "+ Đối với HĐND xã", "Trách nhiệm của các sở")."""
    words = lexicon(rules)
    aside = _ASIDE.search(text, start, end)  # "1. Tiểu ban Nội dung (đồng chí A làm Trưởng Tiểu ban)"
    tokens = tokens_of(text, start, aside.start() if aside else end)
    index = 0
    for phrase in (
        "đối với",
        "trách nhiệm của",
        "nhiệm vụ của",
        "về phía",
        "đề nghị",
        "giao",
        "phân công",
        "yêu cầu",
        "chỉ đạo",
        "đổi mới",
        "trách nhiệm",
    ):
        parts = phrase.split()
        if [token.low for token in tokens[: len(parts)]] == parts:
            index = len(parts)
            break
    listed = read_list(text, tokens, index, words)
    if listed is not None and any(token.word[0].isalnum() for token in tokens[listed.after :]):
        # Something is left: a name of verbs ("Trung tâm Cung ứng dịch vụ …"), several bodies with ";", or a sentence.
        sentence = any(
            words.predicate.match(tokens, k) and not tokens[k].capital for k in range(listed.after, len(tokens))
        )
        listed = None if sentence or len(tokens) > _MOST_IN_TITLE else read_whole(text, tokens, index, words)
    return Claim("lead", listed.units, "heading.unit") if listed is not None else None
