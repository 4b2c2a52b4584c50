"""Whether a text layer says what the page shows. A scanner set to English reads ``Căn cứ`` as ``Cdn c*``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from pipeline.letters import composed

_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ă|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|em|en|eng|eo|ep|et|"
    "ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|"
    "oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|"
    "ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uân|uâng|uât|uây|uc|uê|uêch|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|uơ|up|ut|uy|uya|"
    "uych|uyên|uyêt|uynh|uyp|uyt|uyu|ư|ưa|ưc|ưi|ưng|ưn|ưm|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu|y|yêm|yên|yêng|yêt|yêu"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_RIMES})")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))  # huyền, sắc, ngã, hỏi, nặng
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST = 99  # characters of a token that is kept: longer ones cost memory, and `composed` may have to part them
_OTHER, _PLAIN_SYLLABLE, _ACCENTED_SYLLABLE = range(3)
_ENOUGH = 40  # words: fewer tell nothing
# Measured on 9 readable documents (4 of them as PDF too) and 2 scans with English OCR; both lines lie far from either.
_POSSIBLE = 0.75  # share of possible syllables: 0.94 and more against 0.38 and less
_ACCENTED = 0.30  # share of words with a Vietnamese sign: 0.87 and more against 0.01 and less


@dataclass(frozen=True, slots=True)
class Words:
    """How many words there are, how many may be Vietnamese syllables, and how many of those bear a Vietnamese sign."""

    count: int
    possible: int
    accented: int

    def __add__(self, other: Words) -> Words:
        return Words(self.count + other.count, self.possible + other.possible, self.accented + other.accented)

    def lie(self, scanned: bool) -> bool:
        """Whether they are rubbish. That they have no signs counts against a scan only: a person may type so."""
        possible, accented = self.possible < _POSSIBLE * self.count, self.accented < _ACCENTED * self.count
        return self.count >= _ENOUGH and (possible or (scanned and accented))


def counted(texts: Iterable[str]) -> Words:
    """The words of texts; an abbreviation (UBND, TTHC) is no syllable and tells nothing."""
    # By what stands between blanks, which most often is a word and is found much faster than the letters of one.
    text = "\n".join(texts)
    tokens, judge = text.split(), _kept
    if max(map(len, tokens), default=0) > _LONGEST:
        tokens, judge = composed(text).split(), _judge
    judged = list(chain.from_iterable(map(judge, tokens)))
    accented = judged.count(_ACCENTED_SYLLABLE)
    return Words(len(judged), accented + judged.count(_PLAIN_SYLLABLE), accented)


def _judge(token: str) -> tuple[int, ...]:
    """What each word of a token is, abbreviations left out."""
    words = _LETTERS.findall(unicodedata.normalize("NFC", token))
    return tuple([_kind(word) for word in words if not _is_abbreviation(word)])


_kept: Callable[[str], tuple[int, ...]] = lru_cache(maxsize=1 << 14)(_judge)  # a document has few different ones


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and len(word) <= 5 and word.isascii()


@lru_cache(maxsize=1 << 14)
def _kind(word: str) -> int:
    """Whether a word may be a syllable, and bears a sign."""
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    if _SYLLABLE.fullmatch(bare) is None:
        return _OTHER
    return _PLAIN_SYLLABLE if word.isascii() else _ACCENTED_SYLLABLE


def shares(texts: Iterable[str]) -> tuple[int, float, float]:
    """(words, share of possible Vietnamese syllables, share of words with a Vietnamese sign)."""
    words = counted(texts)
    return words.count, words.possible / max(words.count, 1), words.accented / max(words.count, 1)
