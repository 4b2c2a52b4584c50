"""Where the document stands on a page of a site that has no element for it: around its letterhead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from lxml import etree

from pipeline.model import Paragraph, Table

MOTTO = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|(?i:độc lập\s?[-–—]\s?tự do\s?[-–—]\s?hạnh phúc)"
)  # fmt: skip
# In small letters, or of the Party, only where nothing else is in the line: a sentence names them too.
_LETTERHEAD = re.compile(
    rf".*(?:{MOTTO.pattern})|\W*(?i:(?:cộng h(?:òa|oà) xã hội chủ nghĩa|đảng cộng sản) việt nam)\W*$"
)
_FOOT = re.compile(r"\W*(?:©|copyright\b|bản quyền\b|giấy phép (?:số|thiết lập|hoạt động)\b)", re.IGNORECASE)


def of_document(blocks: Sequence[Paragraph | Table], places: Sequence[etree._Element]) -> list[bool]:
    """Whether each block is part of the document; `places` are the elements in which the blocks stand.

    The document is the smallest element around its letterhead with more than half of the words of the page. What stands
    in front of it is left out, and behind it what begins as the foot of a site does: annexes may stand there as well.
    All are part where there is no letterhead.
    """
    head = next((at for at, block in enumerate(blocks) if any(map(_LETTERHEAD.match, _lines(block)))), None)
    if head is None:
        return [True] * len(blocks)
    depths = list(_depths(places, head))
    words = Counter[int]()
    for depth, block in zip(depths, blocks, strict=True):
        words[depth] += sum(len(line.split()) for line in _lines(block))
    held = accumulate(words[depth] for depth in range(max(depths) + 1))
    document = next(depth for depth, count in enumerate(held) if 2 * count > words.total())
    inside = [depth <= document for depth in depths]
    first = inside.index(True)
    foot = next((at for at in range(first, len(blocks)) if not inside[at] and _is_foot(blocks[at])), len(blocks))
    return [first <= at and (at < foot or inside[at]) for at in range(len(blocks))]


def _is_foot(block: Paragraph | Table) -> bool:
    return _FOOT.match(next(_lines(block))) is not None


def _depths(places: Sequence[etree._Element], head: int) -> Iterator[int]:
    """For each place, how many elements above that of the letterhead is the first that holds both."""
    known = {node: depth for depth, node in enumerate((places[head], *places[head].iterancestors()))}
    for place in places:
        path = [place]
        while path[-1] not in known:  # all stand in the body, which is above the letterhead too
            path.append(next(path[-1].iterancestors()))
        known.update(dict.fromkeys(path, known[path[-1]]))
        yield known[place]


def _lines(block: Paragraph | Table) -> Iterator[str]:
    paragraphs = [block] if isinstance(block, Paragraph) else [p for cell in block.cells for p in cell.paragraphs]
    return (line.text for paragraph in paragraphs for line in paragraph.lines)
