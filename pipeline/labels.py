"""What a labelled line says: “Đơn vị chủ trì: Sở Nội vụ”, by the rules of `labels.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ruleset import Ruleset

_LABEL = re.compile(r"([^\W\d_][^:.;!?]{1,58}?)\s*:\s*")
_CUT = re.compile(r"(?:[;.,]|\s[-–])\s+(?=[^\W\d_][^:;.()]{2,58}:)|[()]")


def label_of(text: str, rules: Ruleset) -> tuple[str, str, int] | None:
    """The field, the rule and the offset of the value of a labelled line, or None for any other line."""
    match = _LABEL.match(text)
    if match is None:
        return None
    name = match.group(1).lower()
    for rule in rules["labels"]:
        if rule.regex is not None and rule.regex.fullmatch(name):
            return str(rule["field"]), rule.id, match.end()
    return None


def parts_of(text: str, rules: Ruleset, offset: int = 0) -> Iterator[tuple[str | None, int, int, int]]:
    """A line cut where labels begin in it: field, where the part begins, where its value does and ends.

    “Chủ trì: Công an xã; thời hạn: quý I” has two parts. Only the first part may have no label, and then no field.
    What stands in brackets belongs to the part around them.
    """
    first = label_of(text[offset:], rules)
    name, start, value = (first[0], offset, offset + first[2]) if first else (None, offset, offset)
    depth = 0
    for cut in _CUT.finditer(text, value):
        if cut[0] in "()":
            depth = depth + 1 if cut[0] == "(" else max(depth - 1, 0)
        elif cut.start() < value:
            continue  # a comma in the name of the label: “đơn vị chủ trì, phối hợp: …”
        elif not depth and (following := label_of(text[cut.end() : cut.end() + 70], rules)) is not None:
            yield name, start, value, cut.start()
            name, start, value = following[0], cut.end(), cut.end() + following[2]
    yield name, start, value, len(text)
