"""The words of a text, and the word lists of the rules asked for phrases at a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.ruleset import Ruleset

_SHORT = 2_000  # characters: what is longer is no clause that several steps ask for
_TOKEN = re.compile(r"[^\W_]+(?:[&/.][^\W_]+)*|[^\w\s]|_+")


class Token(NamedTuple):
    """A word or mark: ``text[start:end]``, with its lower-case form."""

    start: int
    end: int
    word: str
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter or a digit."""
        return self.word[0].isupper() or self.word[0].isdigit()


_new = tuple.__new__


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words and marks of ``text[start:end]`` with their offsets in `text`: a list to read, which may be kept."""
    last = len(text) if end is None else end
    return _kept(text, start, last) if last - start <= _SHORT else _tokens(text, start, last)


def _tokens(text: str, start: int, end: int) -> list[Token]:
    found = _TOKEN.finditer(text, start, end)
    # Straight to the tuple, past the class's own constructor: nothing is made more often.
    return [_new(Token, (*m.span(), word := m[0], word.lower())) for m in found]


@lru_cache(maxsize=2048)
def _kept(text: str, start: int, end: int) -> list[Token]:
    return _tokens(text, start, end)


def forget_tokens() -> None:
    """Forgets the tokens that were kept: they hold on to their text."""
    _kept.cache_clear()


class Phrases:
    """A set of phrases, asked for the longest that stands at a token."""

    def __init__(self, words: Iterable[str]) -> None:
        self._longest: dict[str, list[tuple[str, ...]]] = {}
        for word in words:
            parts = tuple(token.low for token in tokens_of(word))
            self._longest.setdefault(parts[0], []).append(parts)
        for entries in self._longest.values():
            entries.sort(key=len, reverse=True)

    @property
    def first_words(self) -> Set[str]:
        """The words that phrases begin with."""
        return self._longest.keys()

    def match(self, tokens: list[Token], index: int) -> int:
        """How many tokens the longest phrase at `index` takes, 0 for none."""
        if index >= len(tokens) or (entries := self._longest.get(tokens[index].low)) is None:
            return 0
        for parts in entries:
            size = len(parts)
            if size == 1:
                return 1
            # The first word is the one asked for; a plain loop, for nothing is asked more often.
            if len(tokens) - index >= size:
                for k in range(1, size):
                    if tokens[index + k].low != parts[k]:
                        break
                else:
                    return size
        return 0


class Lexicon:
    """The word lists that unit names are read with."""

    def __init__(self, rules: Ruleset) -> None:
        def together(*kinds: str) -> Phrases:
            return Phrases(word for kind in kinds for word in rules.words(kind))

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
        self.never_inside = frozenset(rules.words("never-inside"))
        self.no_predicate = frozenset(rules.words("no-predicate")) | self.never_inside
        self.other = Phrases(rules.words("not-unit"))
        self.reported = Phrases(rules.words("reported"))
        self.role = Phrases(rules.words("role"))
        self.field = Phrases(word for rule in rules["fields"] for word in rule["words"])
        # The least extent of a name: bodies of the directory whose names are more than a head.
        closed = (rule for rule in rules["units"] if not rule.keys.get("open") and not rule.keys.get("each"))
        self.known = Phrases(name for rule in closed for name in rule["names"] if name.count(" ") > 1)
        self.school = Phrases(rules.words("school"))
        # Lists that are mostly asked at once: the longest phrase of any of them.
        self._acts = together("verb", "adverb")
        self._of_name = together("unit-head", "unit-tail", "unit-group", "unit-person")
        self.beginning = together("unit-head", "unit-group", "unit-person")
        self.action = together("verb", "opener")
        # The first words of all that a name may begin with in small letters.
        self.opens_names = together("plural", "compound", "unit-person", "unit-group").first_words

    def size(self, tokens: list[Token], index: int) -> int:
        """How many tokens the verb or adverb at `index` takes, 0 for none."""
        return self._acts.match(tokens, index)

    def longest(self, tokens: list[Token], index: int) -> int:
        """How many tokens the longest word of a name at `index` takes, 0 for none."""
        return self._of_name.match(tokens, index)

    def acts(self, tokens: list[Token], index: int) -> bool:
        """Whether a verb or an adverb that leads to one stands at `index`."""
        return bool(self.size(tokens, index))


@lru_cache(maxsize=4)
def lexicon(rules: Ruleset) -> Lexicon:
    """The lexicon of a rule set, made once."""
    return Lexicon(rules)
