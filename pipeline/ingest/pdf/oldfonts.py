"""Characters that a page sets in old Vietnamese fonts, as the letters that a reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.ingest.encodings import SIGNS, OldText, is_mark, public
from pipeline.ingest.layout import Glyph

_SAME_LINE = 0.5  # of the size: baselines that are nearer are of one line
_LINE_END = (0xFFFE, 0x02)  # PDFium gives so a hyphen that ends a line; in an ABC font that may be an ư
_SOFT_HYPHEN = 0xAD

Codes = Mapping[int, tuple[int, str]]  # index of a glyph → its code and the encoding of its font


def shown(glyphs: Iterable[Glyph], codes: Codes, old: OldText) -> tuple[Glyph, ...]:
    """The glyphs of a page, those in `codes` as Unicode. A letter and its marks, several signs of VNI, become one."""
    kept: list[Glyph] = []
    for line, encoding in _lines(glyphs, codes):
        kept.extend(line if encoding is None else _letters(line, codes, encoding, old))
    index = 0
    for glyph in kept:
        glyph.index = index
        index += glyph.count
    return tuple(kept)


def _lines(glyphs: Iterable[Glyph], codes: Codes) -> Iterator[tuple[list[Glyph], str | None]]:
    """Neighbours in one encoding on one line."""
    line: list[Glyph] = []
    encoding: str | None = None
    for glyph in glyphs:
        _, own = codes.get(glyph.index, (0, None))
        if line and (own != encoding or abs(glyph.baseline - line[-1].baseline) > _SAME_LINE * glyph.size):
            yield line, encoding
            line = []
        line.append(glyph)
        encoding = own
    if line:
        yield line, encoding


def _letters(line: Sequence[Glyph], codes: Codes, encoding: str, old: OldText) -> Sequence[Glyph]:
    before, places = "", []
    for glyph in line:
        char = _seen(glyph, codes[glyph.index][0], encoding)
        before += " " if glyph.spaced and not (encoding == "vni" and is_mark(char)) else ""
        places.append((len(before), len(before) + len(char)))
        before += char
    after = old.read(before, encoding)
    if after == before:
        return line
    if encoding in SIGNS:
        return _joined(line, places, before, SIGNS[encoding](before))
    for glyph, (start, end) in zip(line, places, strict=True):
        glyph.text = after[start:end]
    return line


def _seen(glyph: Glyph, code: int, encoding: str) -> str:
    """What would stand there if the font were no old one."""
    if code in _LINE_END or code == _SOFT_HYPHEN:
        return ("\x02" if code in _LINE_END else "\xad") if encoding.startswith("tcvn3") else "-"
    return glyph.text if len(glyph.text) > 1 else public(chr(code))


def _joined(
    line: Sequence[Glyph], places: Sequence[tuple[int, int]], text: str, signs: Iterable[tuple[int, int, str]]
) -> list[Glyph]:
    """The glyphs with those joined that make one letter.

    Most marks of VNI take no room, and PDFium makes up a width: the letter reaches no further than to the next glyph.
    """
    letters = {start: (end, letter) for start, end, letter in signs}
    kept: list[Glyph] = []
    taken = 0
    for glyph, following, (start, end) in zip(line, (*line[1:], None), places, strict=True):
        if start < taken:
            if following is not None and not following.spaced:
                box = kept[-1].box
                right = max(box.right, min(glyph.box.right, following.box.left))
                kept[-1].box = replace(box, right=right)
            continue
        taken, glyph.text = letters.get(start, (end, text[start:end]))
        kept.append(glyph)
    return kept
