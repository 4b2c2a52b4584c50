"""Paragraphs while they are being put together: words with their places, not yet laid out in one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.model import Box, Line, Paragraph, Style, Words
from pipeline.normalise.characters import canonical, canonical_of_plain, is_plain

# What opens an item. Kept here and not taken from the outline: a line that opens an item is never
# joined to the one before it, whatever the item turns out to be.
OPENS_ITEM = re.compile(
    r"^(?:[-–—+*•·▪◦]\s|\(?(?:\d{1,2}|[a-zđ])\)|(?:\d{1,2}\.)+\d{0,2}\s|(?:[IVX]+|[A-H])[.)/-]\s"
    r"|(?:Điều|Phần|Chương|Mục|Phụ lục)\s+[\dIVX]+)",
    re.IGNORECASE,
)
_ENDS = (".", ";", ":", "!", "?", "…")
_CLOSING = '"”’)]'  # what may stand behind the end of a sentence
_KEPT = 40  # characters: what is longer is no word, and keeping it would cost memory
LONGEST = 20_000  # characters: six pages; what is longer is no paragraph, and nothing more is joined to it


@dataclass(slots=True)
class Token:
    """A canonical word and where it stood; or all words of a line in one.

    So it is where they have no places of their own, or `words` knows them.
    """

    text: str
    page: int
    box: Box | None = None
    confidence: float | None = None
    words: Words | None = None

    def parted(self) -> list[Token]:
        """The words by themselves, each with its place."""
        texts = self.text.split()
        if self.words is None:
            return [Token(text, self.page, self.box, self.confidence) for text in texts]
        placed = zip(texts, self.words, strict=True)
        return [Token(text, self.page, word.box, word.confidence) for text, word in placed]


@dataclass(slots=True)
class Draft:
    """A paragraph in the making. `after_break` says that a page number stood right before it."""

    tokens: list[Token]
    style: Style = field(default_factory=Style)
    after_break: bool = False

    @property
    def text(self) -> str:
        """The words with one blank between them."""
        return " ".join([token.text for token in self.tokens])

    @property
    def first_page(self) -> int:
        """The page of the first word."""
        return self.tokens[0].page

    @property
    def last_page(self) -> int:
        """The page of the last word."""
        return self.tokens[-1].page

    @property
    def ends_sentence(self) -> bool:
        """Whether the last word closes a sentence or a clause."""
        return self.tokens[-1].text.rstrip(_CLOSING).endswith(_ENDS)


def drafts_of(paragraphs: Iterable[Paragraph]) -> list[Draft]:
    """The paragraphs as drafts; soft line breaks become joins or new drafts; empty ones are left out."""
    found: list[Draft] = []
    for paragraph in paragraphs:
        found.extend(_split(paragraph))
    return found


def _split(paragraph: Paragraph) -> Iterator[Draft]:
    if all(line.words for line in paragraph.lines):  # then the reader knows that they belong together
        placed = [token for line in paragraph.lines for token in _placed(line)]
        if placed:
            yield Draft(placed, paragraph.style)
        return
    draft: Draft | None = None
    above = ""  # the text of the draft, not put together anew for each line
    for line in paragraph.lines:
        tokens = _placed(line) if line.words else _unplaced(line)
        if not tokens:
            continue
        text = " ".join([token.text for token in tokens])
        if draft is not None and (line.words or _same_paragraph(draft, above, text, paragraph.style)):
            draft.tokens.extend(tokens)
            above = f"{above} {text}" if len(above) < LONGEST else above
            continue
        if draft is not None:
            yield draft
        draft, above = Draft(tokens, paragraph.style), text
    if draft is not None:
        yield draft


def _same_paragraph(draft: Draft, above: str, text: str, style: Style) -> bool:
    """Whether a line without placed words goes on with the draft.

    Such lines are soft breaks that a person typed, to begin a new item or to shape a title. Lines with placed words are
    physical: the reader has already put the paragraph together.
    """
    if len(above) >= LONGEST or OPENS_ITEM.match(text):
        return False
    return not (draft.ends_sentence or style.alignment == "center" or above.isupper() or text.isupper())


def _unplaced(line: Line) -> list[Token]:
    words = " ".join(canonical(line.text).split())
    return [Token(words, line.page)] if words else []


def _placed(line: Line) -> list[Token]:
    page, text = line.page, line.text
    if isinstance(line.words, Words) and is_plain(text):  # then each word becomes one word
        return [Token(canonical_of_plain(text), page, words=line.words)]
    found = []
    for word in line.words:
        said = text[word.start : word.end]
        for part in _parts(said) if len(said) <= _KEPT else canonical(said).split():
            found.append(Token(part, page, word.box, word.confidence))
    return found


@lru_cache(maxsize=8192)
def _parts(word: str) -> tuple[str, ...]:
    """The canonical words of a placed one. Kept: two of three words of a document have stood before."""
    return tuple(canonical(word).split())
