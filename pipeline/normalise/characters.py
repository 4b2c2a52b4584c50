"""One spelling for every character: NFC, Vietnamese đ, plain blanks, tone marks as in “hòa”, “thủy”."""

from __future__ import annotations

import re
import unicodedata

from pipeline.letters import composed

# Letters that look like đ, and characters that show nothing or only a blank.
_REPLACED = str.maketrans(
    {
        "ð": "đ",
        "Ð": "Đ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        "\u2011": "-",
        "\ufffe": "-",
        "\x02": "-",
    }
)

# Old style puts the tone of oa, oe, uy on the second vowel (hoà, khoẻ, thuỷ); the new one on the first.
# Only at the end of a syllable (never hoàn, quỹ), and not behind q, where u belongs to the consonant.
_TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def _moved() -> dict[str, str]:
    table = {}
    for first, second in ("oa", "oe", "uy", "Oa", "Oe", "Uy", "OA", "OE", "UY"):
        for tone in _TONES:
            old = first + unicodedata.normalize("NFC", second + tone)
            table[old] = unicodedata.normalize("NFC", first + tone) + second
    return table


_MOVED = _moved()


def _pairs() -> str:
    """The keys of `_MOVED` by their first letter, as an expression that need not try each of them."""
    seconds: dict[str, str] = {}
    for pair in _MOVED:
        seconds[pair[0]] = seconds.get(pair[0], "") + pair[1]
    return "|".join(f"{first}[{letters}]" for first, letters in seconds.items())


# The words first and what may not stand before them last: the search then jumps from vowel to vowel.
_OLD_STYLE = re.compile(rf"(?:{_pairs()})(?<![qQ]..)(?![\w\u0300-\u036f])")
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _REPLACED)))}]")  # five times as fast as to translate what has none


def is_plain(text: str) -> bool:
    """Whether no character stands for another one, for a blank or for nothing: what is parted by blanks stays so."""
    return _ODD.search(text) is None


def canonical(text: str) -> str:
    """The text in NFC with plain blanks, đ and new-style tone marks. White space is not collapsed."""
    return canonical_of_plain(text if is_plain(text) else text.translate(_REPLACED))


def canonical_of_plain(text: str) -> str:
    """The same of a text that is known to be plain."""
    return _OLD_STYLE.sub(lambda match: _MOVED[match.group()], composed(text))
