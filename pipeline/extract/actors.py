"""Who does what in a clause: the grammar of roles.

A scope is opened by a rule of `actors.yaml` ("Giao", "phối hợp với", "báo cáo … về") or by the subject of the
clause; the names that stand right behind are read by `units`. What merely mentions a body opens no scope.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.lexicon import Lexicon, Phrases, Token, lexicon, tokens_of
from pipeline.extract.names import begins_name
from pipeline.extract.scopes import Claim, claims_of, openers
from pipeline.extract.subjects import (
    LABEL_REACH,
    behind_bracket,
    denied,
    opens_subject,
    passive,
    places_of_subject,
    predicate,
    says_what_is,
)
from pipeline.extract.units import Unit, read_list, read_whole
from pipeline.ruleset import Ruleset

__all__ = ["Actors", "Claim", "find_subject", "read_actors", "unit_title"]

_IN_CHARGE = frozenset({"đầu", "cơ", "đơn", "bộ", "thường"})  # đầu mối, cơ quan, đơn vị, bộ phận, thường trực
_CHANNELS = frozenset({"report.channel", "report.medium"})
# Who heads a body, what it is in this matter, or the body that stands for it: "(Sở Công Thương làm Trưởng Tiểu ban)".
_ASIDE = re.compile(r"\s\((?:[^()]|\([^()]*\))*\)[\s:.]*\Z")
_IN_BRACKETS = frozenset({"lead.parenthesis", "lead.named-in-brackets", "lead.label-in-brackets"})
_LONG_ACRONYM = 12  # characters: longer names in capitals are headings
_BEFORE_BODY = Phrases(  # what a heading may say before the body that it consists of
    (
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
    )
)
_MOST_IN_TITLE = 40  # tokens of a heading that is names alone


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
    for rule in openers(rules).worth_trying(low):
        for claim in claims_of(text, start, end, tokens, rule, words):
            found["aside" if rule.id in _IN_BRACKETS else claim.role].append(claim)
    own = find_subject(text, tokens, words) if "thì" not in low or not _says_when(tokens) else None
    subject = _leading(_first(found["lead"]), own, text)
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
    if not claims:
        return claims
    own = set(subject.names) if subject else set()
    return [claim for claim in _distinct(claims) if not set(claim.names) <= own]


def _with_channels(claims: list[Claim]) -> list[Claim]:
    """The recipients with their channels; a channel alone ("thông qua Ban Thanh tra") is no report."""
    kept = _distinct(claims)
    return kept if any(claim.rule not in _CHANNELS for claim in kept) else []


def _distinct(claims: list[Claim]) -> list[Claim]:
    """The claims in order, each place read once."""
    if len(claims) < 2:
        return claims
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: (claim.units[0].start, -claim.units[-1].end)):
        if not kept or claim.units[0].start >= kept[-1].units[-1].end:
            kept.append(claim)
    return kept


def _says_when(tokens: list[Token]) -> bool:
    """Whether a clause says when somebody acts ("A … thì B …"), and so gives neither of them a task of its own."""
    return any(token.low == "thì" for token in tokens)


def find_subject(text: str, tokens: list[Token], words: Lexicon) -> Claim | None:
    """The bodies that are the grammatical subject of a clause: names right before a verb."""
    places = places_of_subject(tokens, words)
    appointed = _appointed(text, tokens, places[0], words) if places else None
    if appointed is not None:
        return appointed
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


def _appointed(text: str, tokens: list[Token], index: int, words: Lexicon) -> Claim | None:
    """The body at `index` that a sentence makes the one in charge: all up to "là đầu mối", "là cơ quan thường trực"."""
    if not tokens[index].capital or not words.head.match(tokens, index):
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
    index = _BEFORE_BODY.match(tokens, 0)
    listed = read_list(text, tokens, index, words)
    if listed is not None and any(token.word[0].isalnum() for token in tokens[listed.after :]):
        # Something is left: a name of verbs ("Trung tâm Cung ứng dịch vụ …"), several bodies with ";", or a sentence.
        sentence = any(
            words.predicate.match(tokens, k) and not tokens[k].capital for k in range(listed.after, len(tokens))
        )
        listed = None if sentence or len(tokens) > _MOST_IN_TITLE else read_whole(text, tokens, index, words)
    return Claim("lead", listed.units, "heading.unit") if listed is not None else None
