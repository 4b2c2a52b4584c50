"""What the fonts Symbol, Wingdings and Webdings show for the codes of letters: signs with a meaning, and bullets."""

from __future__ import annotations

BULLET = "-"  # stands for every ornament

_GREEK = dict(
    zip(
        (*range(0x41, 0x5B), *range(0x61, 0x7B)),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL = {
    **_GREEK,
    0xB3: "≥",
    0xA3: "≤",
    0xB0: "°",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xAE: "→",
    0xB9: "≠",
    0xBB: "≈",
}
_WINGDINGS = {0xE0: "→", 0xDF: "←"}  # Word makes the arrow of "-->"
_TICKS = {0xFC: "✓", 0xFB: "✗", 0xFD: "☒", 0xFE: "☑"}  # of Wingdings: as bullets common too


def is_symbolic(font: str | None) -> bool:
    """Whether this font shows signs where others show letters."""
    return font is not None and font.lower().startswith(("symbol", "wingdings", "webdings"))


def sign(code: int, font: str | None) -> str:
    """The sign for a code 0x20–0xFF, which may lie in the private area U+F000 too; `BULLET` for an ornament."""
    code &= 0xFF
    if code in (0x20, 0xA0):
        return " "
    name = (font or "").lower()
    if name.startswith("symbol"):
        return chr(code) if code < 0x40 else _SYMBOL.get(code, BULLET)
    return _WINGDINGS.get(code, BULLET) if name == "wingdings" else BULLET


def tick(code: int, font: str | None) -> str | None:
    """The tick or cross that a code means where it stands alone, in a table that says who does what."""
    return _TICKS.get(code & 0xFF) if (font or "").lower() == "wingdings" else None


def shown(text: str, font: str | None) -> str:
    """Text that is set in a symbol font as that shows it."""
    return "".join(sign(ord(char), font) if char < "\u0100" or "\uf000" <= char <= "\uf0ff" else char for char in text)
