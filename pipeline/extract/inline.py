"""Labels on a block's own line: “Mở 02 lớp dạy nghề. Chủ trì: Phòng Kinh tế; thời hạn: quý II”."""

from __future__ import annotations

from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.extract.names import begins_name
from pipeline.labels import parts_of
from pipeline.ruleset import Ruleset

_LOOKED_AT = 120  # characters of a value in which its first name begins


def inline_labels(text: str, start: int, end: int, rules: Ruleset) -> list[tuple[str, int, int, int]]:
    """The labelled parts behind a block's own words: field, where the label begins, its value and where that ends.

    None where no part names who does it or when it is due: "Kết quả: …" alone may open a sentence.
    """
    if ":" not in text[start:end]:
        return []
    parts = [
        (name, start + begin, start + value, start + stop)
        for name, begin, value, stop in parts_of(text[start:end], rules)
        if name is not None
    ]
    if not parts or parts[0][1] == start:
        return []
    return parts if any(_is_plain(text, *part, rules) for part in parts) else []


def _is_plain(text: str, name: str, _begin: int, value: int, end: int, rules: Ruleset) -> bool:
    """Whether a part is a time, or says who with the name of a body ("thực hiện: Niêm yết …" tells how)."""
    tokens = tokens_of(text, value, min(end, value + _LOOKED_AT))
    return name == "time" or (
        name in {"lead", "coordinating"} and begins_name(tokens, 0, lexicon(rules), after_joiner=True)
    )
