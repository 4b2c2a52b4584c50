"""The words of a text, and the word lists of the rules asked for phrases at a word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Set
from functools import lru_cache
from typing import NamedTuple

from pipeline.ruleset import Ruleset

_SHORT = 2_000  # characters: what is longer is no line or clause that several steps ask for
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
        first = self.word[0]
        return first.isupper() or first.isdigit()


_new = tuple.__new__


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words and marks of ``text[start:end]`` with their offsets in `text`: a list to read, which may be kept.

    Several steps ask for a block, its sentences and parts of them, so its line is read once and what is asked for is
    cut out of it. Where a cut goes through a word, the part of it that lies inside is read anew.
    """
    last = len(text) if end is None else end
    line = _line_around(text, start, last)
    if line is None:
        return _kept(text, start, last) if last - start <= _SHORT else _tokens(text, start, last)
    tokens = _kept(text, *line)
    if line == (start, last):
        return tokens
    first, behind = bisect_left(tokens, (start,)), bisect_left(tokens, (last,))
    if first and (stop := tokens[first - 1].end) > start:
        return [*_tokens(text, start, min(stop, last)), *_cut(text, tokens[first:behind], last)]
    return _cut(text, tokens[first:behind], last)


def _line_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The line that holds ``text[start:end]``, None where several do or where it is long."""
    begin = text.rfind("\n", max(0, start - _SHORT), start) + 1
    stop = text.find("\n", start, begin + _SHORT + 1)
    stop = len(text) if stop < 0 else stop
    return (begin, stop) if end <= stop <= begin + _SHORT else None


def _cut(text: str, tokens: list[Token], end: int) -> list[Token]:
    """The tokens, where the last one goes no further than `end`."""
    if tokens and tokens[-1].end > end:
        tokens[-1:] = _tokens(text, tokens[-1].start, end)
    return tokens


def _tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens, straight to the tuple, past the class's own constructor: nothing is made more often.

    What stands between two blanks is mostly letters and digits alone: one word, without the expression's help.
    In the rest there are at most blanks of another kind between two tokens, so the next place of a word is its own.
    """
    found: list[Token] = []
    for piece in text[start:end].split(" "):
        stop = start + len(piece)
        if piece.isalnum():
            found.append(_new(Token, (start, stop, piece, piece.lower())))
        elif piece:
            for word in _TOKEN.findall(piece):
                start = text.index(word, start)
                found.append(_new(Token, (start, start := start + len(word), word, word.lower())))
        start = stop + 1
    return found


@lru_cache(maxsize=2048)
def _kept(text: str, start: int, end: int) -> list[Token]:
    return _tokens(text, start, end)


def forget_tokens() -> None:
    """Forgets the tokens that were kept: they hold on to their text."""
    _kept.cache_clear()


class _Step:
    """A word of a phrase: how many tokens the phrase takes that ends with it, 0 for none, and what words go on."""

    __slots__ = ("further", "size")

    def __init__(self) -> None:
        self.size = 0
        self.further: dict[str, _Step] = {}


class Phrases:
    """A set of phrases, asked for the longest that stands at a token. A tree, for many begin with the same words."""

    def __init__(self, words: Iterable[str]) -> None:
        root = _Step()
        for word in words:
            step, lows = root, [token.low for token in _tokens(word, 0, len(word))]
            for low in lows:
                step = step.further.setdefault(low, _Step())
            step.size = len(lows)
        self._first = root.further

    @property
    def first_words(self) -> Set[str]:
        """The words that phrases begin with."""
        return self._first.keys()

    def match(self, tokens: list[Token], index: int) -> int:
        """How many tokens the longest phrase at `index` takes, 0 for none."""
        if index >= len(tokens) or (step := self._first.get(tokens[index].low)) is None:
            return 0
        size, last = step.size, len(tokens) - 1
        while step.further and index < last:
            index += 1
            if (following := step.further.get(tokens[index].low)) is None:
                break
            step = following
            size = step.size or size
        return size


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
