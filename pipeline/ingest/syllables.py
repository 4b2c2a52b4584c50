"""Whether a text layer says what the page shows. A scanner set to English reads ``Căn cứ`` as ``Cdn c*``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

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
_ENOUGH = 40  # words: fewer tell nothing
# Measured on 9 readable documents (4 of them as PDF too) and 2 scans with English OCR; both lines lie far from either.
_POSSIBLE = 0.75  # share of possible syllables: 0.94 and more against 0.38 and less
_ACCENTED = 0.30  # share of words with a Vietnamese sign: 0.87 and more against 0.01 and less


def shares(texts: Iterable[str]) -> tuple[int, float, float]:
    """(words, share of possible Vietnamese syllables, share of words with a Vietnamese sign)."""
    count = possible = accented = 0
    for text in texts:
        for word in _LETTERS.findall(unicodedata.normalize("NFC", text)):
            if word.isupper() and len(word) <= 5 and word.isascii():
                continue  # an abbreviation (UBND, TTHC) is no syllable and tells nothing
            count += 1
            if _possible(word.lower()):
                possible += 1
                accented += not word.isascii()
    return count, possible / max(count, 1), accented / max(count, 1)


@lru_cache(maxsize=10_000)
def _possible(word: str) -> bool:
    """Whether a word in lower case may be a Vietnamese syllable; there are 7,000, and a document has few of them."""
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_TONES))
    return _SYLLABLE.fullmatch(bare) is not None


def lies(texts: Iterable[str], scanned: bool) -> bool:
    """Whether a text layer is rubbish. Words without signs alone count against a scan only: a person may type so."""
    count, possible, accented = shares(texts)
    return count >= _ENOUGH and (possible < _POSSIBLE or (scanned and accented < _ACCENTED))
