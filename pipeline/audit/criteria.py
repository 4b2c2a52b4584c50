"""The six questions of "6 rõ" put to one task: person, work, time, responsibility, authority, product.

Each is answered from the fields of the task and its own words, so that an officer can check the answer; docs/audit.md
states them in plain words. That one task has one lead is the demand of Kết luận 226-KL/TW (11/12/2025).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.lexicon import Lexicon, Phrases, Token, lexicon, tokens_of
from pipeline.model import Task
from pipeline.ruleset import Ruleset

__all__ = ["CRITERIA", "Clarity", "Lack", "examine"]

CRITERIA = ("person", "work", "time", "responsibility", "authority", "product")
OBJECT = 2  # words behind the verb from which it says what the work is on
# Words that make a lead a group of which nobody answers alone; "Trưởng các thôn" is each in his own village.
_GROUPS = ("các", "những", "mọi", "tất cả", "toàn thể")
# Behind these a deciding verb is a noun or tells of a decision already taken.
_NO_DECISION = frozenset({"việc", "được", "đã", "mới", "quyền", "sự", "các", "những", "theo", "số", "do", "dự"})
# Behind these "trình" is half of a noun: chương trình, công trình, quy trình …
_NO_SUBMITTING = frozenset({"chương", "công", "quá", "quy", "lộ", "tờ", "giải", "tiến", "chu", "giáo"})


@dataclass(frozen=True, slots=True)
class Lack:
    """A question that a task leaves open, and why: the code of `WORDING`."""

    criterion: str
    code: str


@dataclass(frozen=True, slots=True)
class Clarity:
    """A task and what it leaves open; nothing where all six are clear."""

    task: Task
    lacks: tuple[Lack, ...]

    def clear(self, criterion: str) -> bool:
        """Whether the task answers that question."""
        return all(lack.criterion != criterion for lack in self.lacks)


def examine(task: Task, rules: Ruleset) -> Clarity:
    """Puts the six questions to a task."""
    tokens = tokens_of(task.text)
    answers = {
        "person": None if task.lead else "no-lead",
        "work": _work(task, tokens, lexicon(rules)),
        "time": None if task.due or task.cadence or task.rrule or task.due_text else "no-time",
        "responsibility": _responsibility(task),
        "authority": None if task.report_to or _decides(task, tokens, rules) else "no-authority",
        "product": None if task.deliverable or task.quantity or task.kind == "report" else "no-product",
    }
    return Clarity(task, tuple(Lack(criterion, code) for criterion in CRITERIA if (code := answers[criterion])))


def _responsibility(task: Task) -> str | None:
    if not task.lead:
        return "nobody-answers"
    if len(task.lead) > 1:
        return "several-leads"
    return "group-leads" if task.lead[0].lower().startswith(tuple(f"{word} " for word in _GROUPS)) else None


def _work(task: Task, tokens: list[Token], words: Lexicon) -> str | None:
    """A verb of the lists with words behind it; of a target, an amount says what is to be reached."""
    if task.kind == "target" and task.quantity:
        return None
    verbs = [(k, size) for k in range(len(tokens)) if (size := words.verb.match(tokens, k))]
    if not verbs:
        return "no-action"
    return None if any(_has_object(tokens, k + size, words) for k, size in verbs) else "no-object"


def _has_object(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether words stand behind a verb and the verbs that go on with it ("tổ chức thực hiện …")."""
    while size := words.size(tokens, index):
        index += size
    behind = tokens[index : index + OBJECT]
    return len(behind) == OBJECT and all(token.word[0].isalnum() for token in behind)


@lru_cache(maxsize=4)
def _phrases(rules: Ruleset) -> tuple[Phrases, Phrases]:
    return Phrases(rules.words("deciding")), Phrases(rules.words("advising"))


def _decides(task: Task, tokens: list[Token], rules: Ruleset) -> bool:
    """Whether the words say who decides: the lead itself, or a body named between "tham mưu", "trình" and the verb."""
    deciding, advising = _phrases(rules)
    advised: int | None = None
    for index, token in enumerate(tokens):
        before = tokens[index - 1].low if index else ""
        if advising.match(tokens, index) and not (token.low == "trình" and before in _NO_SUBMITTING):
            advised = index
        elif deciding.match(tokens, index) and not token.capital and before not in _NO_DECISION:
            if advised is None:
                return bool(task.lead)
            if any(between.capital for between in tokens[advised + 1 : index]):
                return True
    return False
