"""The look: every pair of colours can be read, by day and by night (WCAG 2.2 AA), and the style asks for nothing."""

from __future__ import annotations

import re

import pytest

from pipeline.serve.house import STATIC

STYLE = (STATIC / "style.css").read_text("utf-8")
TEXT, EDGE = 4.5, 3.0  # the least contrast of words, and of what shows where a control is
PAIRS = [
    *[(words, ground, TEXT) for words in ("ink", "quiet", "accent") for ground in ("paper", "ground")],
    ("ink", "tint", TEXT), ("on-accent", "accent", TEXT),
    *[(tone, ground, TEXT) for tone in ("good", "doubt", "wrong") for ground in ("paper", "ground", f"{tone}-tint")],
    *[("ink", f"{tone}-tint", TEXT) for tone in ("good", "doubt", "wrong")],
    *[(line, ground, EDGE) for line in ("edge", "focus") for ground in ("paper", "ground")],
]  # fmt: skip


def colours(scheme: str) -> dict[str, str]:
    day, night = (re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part) for part in STYLE.split("@media", 2)[:2])
    return dict(day) | (dict(night) if scheme == "dark" else {})


def light(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the grey that just fails, by its own text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground", "least"), PAIRS)
def test_colours_can_be_read(scheme: str, words: str, ground: str, least: float) -> None:
    found = colours(scheme)
    assert contrast(found[words], found[ground]) >= least


def test_both_schemes_name_all_colours() -> None:
    day, night = colours("light"), colours("dark")
    assert {name for name in day if day[name] == night[name]} == set()


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_a_style_asks_for_nothing(path: object) -> None:
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    assert "url(" not in text and "@import" not in text and "http" not in text


def test_what_has_the_focus_is_seen() -> None:
    assert ":focus-visible" in STYLE
    hidden = re.findall(r"([^{}]+)\{[^}]*outline: none", STYLE)
    assert [name.strip() for name in hidden] == ["main:focus"]  # who skips there sees where the page begins
