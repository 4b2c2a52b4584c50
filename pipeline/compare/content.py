"""What a task's words say of the work: its terms with their weights, for comparing it with tasks in other words.

    “Tổ chức tập huấn kỹ năng cho hòa giải viên nhằm nâng cao …”  →  {~same.train: 1, kỹ: 1, kỹ năng: 1, …, nâng: 0.5}

Terms are syllables and neighbouring pairs of them, as a Vietnamese word is mostly a pair; words that offices
choose for one and the same work (rules/content.yaml) are one term. Left out are the names of bodies and the
time, which are compared as fields of their own, numbers, and short forms: these are written out, as the
documents themselves explain them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.letters import UPPER
from pipeline.model import Directive, Task
from pipeline.normalise import canonical
from pipeline.ruleset import Ruleset

__all__ = ["Content", "Lists", "Reader", "bare", "lists", "plain", "short_forms"]

# What counts a word for one and the same work, one of every office, one in a clause of purpose.
SAME, GENERAL, PURPOSE = 0.8, 0.34, 0.5
HEAD = 10  # terms that say what the work is done to: the first that are no verb of every office
RUN = 4  # words of the title in a row, from which a task quotes it
_WORD = re.compile(r"[^\W\d_]+|[;.]|\d+")
_SHORT = re.compile(
    rf"\(\s*(?:(?:sau đây )?(?:viết|gọi) tắt là\s*:?\s*)?([{UPPER}][{UPPER}&]{{1,9}})\s*\)"
)
_LONGEST = 12  # words that a short form stands for


@dataclass(frozen=True, slots=True)
class Content:
    """What a task's words say: its terms with their weights (0..1).

    `head` are those of its first words, what the work is done to; `words` the content words in order, for measures that
    read words.
    """

    terms: Mapping[str, float]
    head: Mapping[str, float]
    words: str


class Lists:
    """The word lists of rules/content.yaml, asked for the longest phrase at a word; and short forms of everyday use."""

    def __init__(self, rules: Ruleset) -> None:
        self.stop, self.general, self.purpose = (_Phrases() for _ in range(3))
        self.same = _Phrases()
        self._kinds = {"stop": self.stop, "general": self.general, "purpose": self.purpose, "same": self.same}
        for rule in rules["content"]:
            for phrase in rule["words"]:
                self._kinds[rule["kind"]].add(plain(phrase).split(), rule.id)
        self.short = {
            short.lower(): plain(long) for rule in rules["naming"] if rule["kind"] == "short"
            for short, long in rule["words"].items() if short.isupper()
        }  # fmt: skip

    def holds(self, kind: str, name: str, text: str) -> bool:
        """Whether a text holds a phrase of that list."""
        words = [word for word in _WORD.findall(plain(text)) if word[0].isalpha()]
        return any(self._kinds[kind].at(words, index)[1] == name for index in range(len(words)))

    def tokens(self, words: list[str]) -> Iterator[_Token]:
        """The words as tokens: at each place the longest phrase of any list, else the word itself."""
        index = 0
        while index < len(words):
            if not words[index][0].isalpha():
                yield _Token("mark", words[index])
                index += 1
                continue
            same, group = self.same.at(words, index)
            stop, general = self.stop.at(words, index)[0], self.general.at(words, index)[0]
            purpose = self.purpose.at(words, index)[0]
            size = max(same, stop, general, purpose)
            if same and same == size:
                yield _Token("same", f"~{group}", purpose > 0)
            elif stop and stop == size:
                yield _Token("stop", words[index], purpose > 0)
            elif size:
                yield _Token("general", " ".join(words[index : index + size]), purpose > 0)
            else:
                yield _Token("plain", words[index])
            index += max(size, 1)


@lru_cache(maxsize=4)
def lists(rules: Ruleset) -> Lists:
    """The lists of a rule set, made once."""
    return Lists(rules)


def plain(text: str) -> str:
    """The words in canonical spelling, in small letters."""
    return canonical(text).lower()


def short_forms(directive: Directive) -> dict[str, str]:
    """The short forms that a document explains: “phổ biến, giáo dục pháp luật (PBGDPL)”, by their small letters."""
    found: dict[str, str] = {}
    for match in _SHORT.finditer(directive.text):
        letters = match.group(1).replace("&", "").lower()
        before = re.findall(r"[^\W\d_]+", directive.text[max(0, match.start() - 160) : match.start()])[-_LONGEST:]
        for start in range(len(before) - 2, -1, -1):
            words = [word for word in before[start:] if word.lower() != "và"]
            if "".join(word[0] for word in words).lower() == letters:
                found[match.group(1).lower()] = plain(" ".join(before[start:]))
                break
    return found


class Reader:
    """Reads the contents of one document's tasks: with its short forms, and the parent's title that they quote."""

    def __init__(self, rules: Ruleset, short: Mapping[str, str], title: str = "") -> None:
        self._known = lists(rules)
        self._short = {**self._known.short, **short}
        self._topic = frozenset(token.term for token in self._tokens(title) if token.kind in _MEANING)

    def task(self, task: Task) -> Content:
        """The content of a task: its words without the bodies that act and the time, and whom it is reported to."""
        told = [unit.canonical or unit.name.lower() for unit in task.units if unit.role == "report_to"]
        return _content(self._tokens(bare(task)), self._topic, told)

    def text(self, text: str) -> Content:
        """The content of a piece of text."""
        return _content(self._tokens(text), self._topic, ())

    def _tokens(self, text: str) -> list[_Token]:
        words: list[str] = []
        for word in _WORD.findall(plain(text)):
            words.extend(self._short[word].split() if word in self._short else (word,))
        return list(self._known.tokens(words))


def bare(task: Task, *, time: bool = False) -> str:
    """The words of a task without the names of the bodies that act, and unless asked for without the time."""
    text = task.text
    names = {unit.name for unit in task.units} | ({task.due_text or ""} if not time else set())
    for name in sorted(names, key=len, reverse=True):
        if name:
            text = text.replace(name, " ; ", 1)
    return text


def _content(tokens: list[_Token], topic: Set[str], told: Iterable[str]) -> Content:
    """One pass over the tokens: a term for each, for each pair of plain words, and for each action with its object."""
    terms: dict[str, float] = {f"@{name}": 1.0 for name in told}
    head: dict[str, float] = {}
    kept: list[str] = []
    factor, before, action = 1.0, "", ""
    for token in _without_topic(tokens, topic):
        if token.kind == "mark":
            factor, before, action = (1.0 if token.term in ";." else factor), "", ""
            continue
        if token.purpose and (kept or terms):
            factor = PURPOSE
        if token.kind == "stop":
            continue
        weight = factor * {"same": SAME, "general": GENERAL}.get(token.kind, 1.0)
        new = [token.term]
        if token.kind == "same":
            action, before = token.term, ""
        elif token.kind == "general":
            before = ""
        else:
            new += [f"{before} {token.term}"] if before else []
            new += [f"{action}>{token.term}"] if action else []
            before, action = token.term, ""
            if len(head) < HEAD:
                head.update(dict.fromkeys(new, 1.0))
        for term in new:
            terms[term] = max(terms.get(term, 0.0), weight)
        if token.kind != "general":
            kept.append(token.term)
    return Content(terms, head, " ".join(kept))


def _without_topic(tokens: list[_Token], topic: Set[str]) -> Iterator[_Token]:
    """The tokens with each quotation of the title, words of it in a row, as one."""
    index = 0
    while index < len(tokens):
        end, count, last = index, 0, index
        while end < len(tokens) and (tokens[end].kind not in _MEANING or tokens[end].term in topic):
            if tokens[end].term in topic and tokens[end].kind in _MEANING:
                count, last = count + 1, end
            elif tokens[end].term in (";", "."):
                break
            end += 1
        if count >= RUN and tokens[index].kind in _MEANING:
            yield _TOPIC
            index = last + 1
        else:
            yield tokens[index]
            index += 1


class _Token(NamedTuple):
    """A word or phrase: `kind` is plain, same, general, stop, topic or mark; `purpose` where it opens a purpose."""

    kind: str
    term: str
    purpose: bool = False


_TOPIC = _Token("topic", "~topic")
_MEANING = frozenset(("plain", "same"))


class _Phrases:
    """Phrases by their first word, the longest first, each with the id of its list."""

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[list[str], str]]] = {}

    def add(self, phrase: list[str], name: str) -> None:
        entries = self._entries.setdefault(phrase[0], [])
        entries.append((phrase, name))
        entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: list[str], index: int) -> tuple[int, str]:
        """How many words the longest phrase at `index` takes, 0 for none, and its list."""
        for phrase, name in self._entries.get(words[index], ()):
            if words[index : index + len(phrase)] == phrase:
                return len(phrase), name
        return 0, ""
