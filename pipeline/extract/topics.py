"""Sections on what is looked at, studied or told ("NỘI DUNG GIÁM SÁT"): some list things, some list work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.extract.wording import Wording
from pipeline.model import Node

__all__ = ["Topics"]

_TOPIC = "subject-matter"


class Topics:
    """The sections on a topic of one document; a section is asked once."""

    def __init__(self, nodes: Sequence[Node], says: Wording) -> None:
        self._nodes, self._says = nodes, says
        self._blocks: dict[int, list[Node]] = defaultdict(list)  # of each section, by the index of its heading
        self._work: dict[int, bool] = {}
        for node in nodes:
            if node.role == _TOPIC and node.kind in {"item", "paragraph"}:
                self._blocks[self._heading_of(node)].append(node)

    def tell_of_work(self, node: Node) -> bool:
        """Whether a block or a label stands in a section on a topic of which most blocks name who does them."""
        if node.role != _TOPIC:
            return False
        heading = self._heading_of(node)
        if heading not in self._work:
            blocks = self._blocks[heading]
            naming = sum(self._says.names_lead(block.body, block.end) for block in blocks)
            self._work[heading] = len(blocks) > 1 and 2 * naming > len(blocks)
        return self._work[heading]

    def _heading_of(self, node: Node) -> int:
        """The highest heading above a block that is on the same topic."""
        while node.parent is not None and self._nodes[node.parent].role == _TOPIC:
            node = self._nodes[node.parent]
        return node.index
