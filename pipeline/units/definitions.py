"""The short forms that a document defines for itself: “… (sau đây gọi tắt là Ban Chỉ đạo)”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.letters import UPPER
from pipeline.units.directory import Directory
from pipeline.units.nouns import Context
from pipeline.units.reader import read
from pipeline.units.words import Phrases, Word, words_of

_SAID = r"(?:sau đây |dưới đây )?(?:được )?(?:viết|gọi) (?:tắt|chung|ngắn gọn)?\s?(?:là|:)"
_DEFINED = re.compile(  # the mark before both, which lets the engine leap from one to the next
    rf"[,(](?:\s?(?:{_SAID}|sau đây (?:gọi|là)(?: là)?|(?:viết|gọi) tắt:?)\s?[\"“'‘]?(?P<short>[^()\"”'’,;.\n]{{2,60}})"
    rf"|(?<=\()(?P<capitals>[{UPPER}]{{2,}}[{UPPER}&-]*)\))",
    re.IGNORECASE,
)
# Papers and events have short forms as well ("sau đây gọi là Kế hoạch"): they are no bodies.
_NO_BODY = re.compile(
    r"(?:kế hoạch|chương trình|chỉ thị|kết luận|nghị quyết|nghị định|quyết định|thông báo|thông tư|luật|quy chế"
    r"|quy định|công văn|hướng dẫn|đề án|phong trào|cuộc vận động|hội thi|hội nghị|lễ hội)\b",
    re.IGNORECASE,
)
# No name of a body is longer than this many characters, or goes on over one of these marks.
_FARTHEST = 160
_BREAK = re.compile(r"[.;:\n()]")
_WORD = re.compile(rf"(?<!\w)[{UPPER}]")


def definitions(text: str, directory: Directory, context: Context) -> Phrases[tuple[Word, ...]]:
    """The words that each short form stands for, of those that are short forms of bodies."""
    terms: Phrases[tuple[Word, ...]] = Phrases()
    seen: set[str] = set()
    for start, short, said in _defined(text):
        words = words_of(short)
        if short in seen or _NO_BODY.match(short) or (not said and _known(words, directory)):
            continue
        seen.add(short)
        before = text[max(0, start - _FARTHEST) : start]
        long = _name_before(before, directory, context, initials="" if said else short)
        if long and long != words:
            terms.add(short, long)
    return terms


def _defined(text: str) -> Iterator[tuple[int, str, bool]]:
    """Where a definition begins, the short form, and whether the document says that it is one."""
    for match in _DEFINED.finditer(text):
        said = match["short"] is not None
        short = (match["short"] or match["capitals"]).strip()
        # IGNORECASE is for the formula alone: a short form begins with a capital.
        if short and short[0].isupper() and (said or short.isupper()):
            yield match.start(), short, said


def _known(words: tuple[Word, ...], directory: Directory) -> bool:
    return max(directory.shorts.size(words, 0), directory.heads.size(words, 0)) == len(words)


def _initials(short: str, long: tuple[Word, ...]) -> bool:
    """Whether the letters of a short form are initials of the long one, in order and from the first on."""
    initials = iter([word.text[0].upper() for word in long])
    return long[0].text[0].upper() == short[0] and all(letter in initials for letter in short if letter.isalpha())


def _name_before(text: str, directory: Directory, context: Context, *, initials: str) -> tuple[Word, ...]:
    """The words of the longest name of a body that the text ends with; one with the `initials`, if any are given."""
    breaks = [match.end() for match in _BREAK.finditer(text)]
    text = text[breaks[-1] if breaks else 0 :].rstrip()
    for match in _WORD.finditer(text):
        name = text[match.start() :]
        words = words_of(name)
        if initials and not _initials(initials, words):
            continue
        if directory.heads.size(words, 0) or directory.shorts.size(words, 0):
            found = read(name, directory, context)
            if found is not None and found.links:
                return words
    return ()
