"""The words of a name, without the marks between them, and the phrases of the rules asked for at a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

_PIECE = re.compile(r"[^\W_]+|[^\w\s]")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
# Every small letter with an accent, to the letter without.
_PLAIN = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in (*range(0xE0, 0x250), *range(0x1E00, 0x1F00))
    if chr(code).islower()
} | {ord("đ"): "d"}
_LISTS = frozenset(",;:&/") | {"và"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name; `joint` holds the marks, or the “và”, between it and the word before."""

    text: str
    low: str
    joint: str = ""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter or is a number: part of a proper name."""
        return self.text[0].isupper() or self.text[0].isdigit()

    @property
    def listed(self) -> bool:
        """Whether a comma, “và” or the like stands before it."""
        return any(mark in _LISTS for mark in self.joint.split())


def words_of(name: str) -> tuple[Word, ...]:
    """The words of a name in canonical spelling. “và” is no word of its own: it joins."""
    words: list[Word] = []
    joints: list[str] = []
    for match in _PIECE.finditer(name):
        piece = match.group()
        if not piece[0].isalnum() or piece.lower() == "và":
            joints.append(piece.lower())
            continue
        words.append(Word(piece, piece.lower(), " ".join(joints)))
        joints = []
    return tuple(words)


def slug(text: str) -> str:
    """Small letters without accents, joined by hyphens: “Vĩnh Thịnh” is vinh-thinh."""
    return _NOT_PLAIN.sub("-", text.lower().translate(_PLAIN)).strip("-")


class Phrases(Generic[T]):
    """Phrases with what each stands for. A phrase in capitals is a short form and matches only itself."""

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[tuple[str, ...], T]]] = {}

    def add(self, phrase: str, value: T) -> None:
        """Adds a phrase; one that is there already gets a second value behind the first."""
        words = words_of(phrase)
        self.put(tuple(_key(word) for word in words), value)

    def put(self, keys: tuple[str, ...], value: T) -> None:
        """Adds a phrase whose words are in small letters, save short forms."""
        entries = self._entries.setdefault(keys[0], [])
        entries.append((keys[1:], value))
        entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[Word], index: int) -> list[tuple[int, T]]:
        """What stands at a word, as (words taken, value), the longest first."""
        if index >= len(words):
            return []
        first = words[index]
        small, own = self._entries.get(first.low), self._entries.get(first.text)
        if small is None and own is None:
            return []
        entries = [*(small or ()), *((own or ()) if first.text != first.low else ())]
        found = [(len(rest) + 1, value) for rest, value in entries if _goes_on(words, index + 1, rest)]
        if small and own:
            found.sort(key=lambda match: -match[0])
        return found

    def size(self, words: Sequence[Word], index: int) -> int:
        """How many words the longest phrase at `index` takes, 0 for none."""
        if index >= len(words) or not self._begun(words[index]):
            return 0
        found = self.at(words, index)
        return found[0][0] if found else 0

    def _begun(self, first: Word) -> bool:
        """Whether any phrase begins with a word: what is asked most often has no phrase."""
        return first.low in self._entries or first.text in self._entries


def _goes_on(words: Sequence[Word], index: int, rest: tuple[str, ...]) -> bool:
    if len(words) - index < len(rest):
        return False
    for key in rest:
        word = words[index]
        if key not in (word.low, word.text):
            return False
        index += 1
    return True


def _key(word: Word) -> str:
    return word.text if len(word.text) > 1 and word.text.isupper() else word.low
