"""Text of old fonts as Unicode: where a font says so, and where only the words do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.ingest.encodings import tcvn3, viqr, vni
from pipeline.ingest.encodings.evidence import UNICODE_ONLY, Shift, shift
from pipeline.model import Warning

READINGS: Mapping[str, Callable[[str], str]] = {
    "tcvn3": tcvn3.decode,
    "tcvn3-capitals": tcvn3.decode_capitals,
    "vni": vni.decode,
    "viqr": viqr.decode,
}
"""How text of an encoding, seen as cp1252 or Latin-1, is read; in the same lines."""

SIGNS: Mapping[str, Callable[[str], Iterator[tuple[int, int, str]]]] = {"vni": vni.signs, "viqr": viqr.signs}
"""The encodings that write a letter in several signs: (start, end, letter) for each in a text."""

_PRIVATE = re.compile("[\uf020-\uf0ff]")  # where Word and PDF put the codes of a symbol font
_PROBE = 1 << 16  # characters that are looked at: as much as 20 pages
_KINDS = 5  # different words that only another reading makes Vietnamese: fewer are chance
# Measured on the 39 texts of the corpus, written in each encoding: read in the right one, they gain 0.60 of their words
# and more and lose 0.03 at most; in a wrong one they gain 0.12 at most. French and German lose nearly all.
_LOST = 0.2  # of what is gained
_SENSE = 0.6  # share of possible words: 0.91 and more in the right encoding, 0.37 at most in a wrong one


def public(text: str) -> str:
    """Codes that stand in the private area, at their places in Latin."""
    return _PRIVATE.sub(lambda found: chr(ord(found.group()) & 0xFF), text)


# ── where no font says it ──────────────────────────────────────────────────────────────────


def recognise(text: str) -> str | None:
    """The encoding (tcvn3, vni, viqr) in which a text of unknown fonts is Vietnamese and without which it is rubbish.

    None for Unicode and for any other language. Lines that are Unicode tell nothing of the others.
    """
    lines = text.split("\n")
    seen = public(_probe(line for line in lines if not line.isascii() and not UNICODE_ONLY.search(line)))
    found = {name: shift(seen, READINGS[name](seen)) for name in ("tcvn3", "vni")}
    best = max(found, key=lambda name: found[name].gained - found[name].lost)
    if proves(found[best], _KINDS):
        return best
    plain = _probe(filter(str.isascii, lines))
    typed = shift(plain, viqr.decode(plain))
    return "viqr" if proves(typed, _KINDS) and makes_sense(typed) else None


def _probe(lines: Iterable[str]) -> str:
    return "\n".join(lines)[:_PROBE]


def proves(found: Shift, kinds: int) -> bool:
    """Whether a text is meant to be read in this other way: it makes words of rubbish, and hardly rubbish of words."""
    return found.kinds >= kinds and found.lost <= _LOST * found.gained


def makes_sense(found: Shift) -> bool:
    """Whether most words can be Vietnamese."""
    return found.possible >= _SENSE * found.words


def repair(text: str) -> str:
    """Text of unknown fonts, a line for each paragraph, with what an old encoding says in it as Unicode.

    Only lines that gain by it are touched: a document may have old and new parts. The lines stay as many.
    """
    encoding = recognise(text)
    if encoding is None:
        return text
    old = OldText()
    return "\n".join(old.read(line, encoding) for line in text.split("\n"))


# ── the runs of one document ───────────────────────────────────────────────────────────────


@dataclass(slots=True)
class OldText:
    """Reads the runs in old fonts of one document, and remembers whether there were any.

    A few words may be Vietnamese either way: ``có`` is cú in an ABC font. They are as most before them were: some
    documents were made Unicode and kept the old fonts.
    """

    old: int = 0  # texts that are words only as the font shows them
    unicode: int = 0  # texts in an old font that are Unicode already
    converted: bool = False

    def read(self, text: str, encoding: str) -> str:
        """What a run, or runs of one font that touch, shows in an encoding of `READINGS`."""
        if UNICODE_ONLY.search(text):
            self.unicode += 1
            return text
        seen = public(text)
        shown = READINGS[encoding](seen)
        found = shift(seen, shown)
        self.old += found.gained > found.worse
        self.unicode += found.gained < found.worse
        if found.gained < found.worse or (found.gained == found.worse and self.unicode > self.old):
            return text
        self.converted = self.converted or shown != text
        return shown

    @property
    def warnings(self) -> tuple[Warning, ...]:
        """What a person should know of it."""
        return (old_encoding(),) if self.converted else ()


def old_encoding() -> Warning:
    """The warning for a document that has text in an old encoding."""
    message = (
        "Văn bản có chữ dùng phông hoặc bảng mã cũ (TCVN3, VNI, VIQR, Windows-1258), đã chuyển sang Unicode. "
        "Hãy đối chiếu với bản gốc."
    )
    return Warning("old-encoding", message)
