"""The tree of a stretch of blocks: which block stands under which, from their markers and looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.labels import label_of
from pipeline.letters import UPPER
from pipeline.model import Block, Document, Grid, Marker, Node, Style
from pipeline.outline.markers import BULLETS, RANK, parse_marker
from pipeline.outline.roles import role_of
from pipeline.ruleset import Ruleset

_NO_LOOKS = Style()
_TITLE_WORDS = 60  # a heading of a plan is a phrase: longer ones are sentences
_SENTENCE_END = re.compile(rf"[.!?…]\s+[{UPPER}“\"]")
_RUN_IN = re.compile(r"[^:]{3,60}: .{40,}\.$", re.DOTALL)  # "Chế độ báo cáo: Các đơn vị … trước ngày 15/11."
_ANNEX = re.compile(rf"^(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?([IVX]+|\d{{1,2}}|[A-H]))?\s*[.:]?\s*(?=$|[{UPPER}(])")


@dataclass(slots=True)
class _Open:
    """A node that may still take children. `key` tells siblings apart, `rank` what may stand beneath."""

    node: int
    key: tuple[str, int]
    rank: float


@dataclass(slots=True)
class TreeBuilder:
    """Reads blocks in order and grows the tree. `prefix` opens every section path ("PL" in an annex)."""

    document: Document
    rules: Ruleset
    nodes: list[Node] = field(default_factory=list)
    prefix: str = ""
    role: str = "unknown"
    _stack: list[_Open] = field(default_factory=list)

    def add(self, block: Block | Grid) -> None:
        """Hangs one block into the tree."""
        if isinstance(block, Grid):
            self._append("table", None, block.start, block.start, block.end, self._parent_of_text(), grid=block)
            return
        text = self.document.text[block.start : block.end]
        annex = _ANNEX.match(text)
        if annex and len(text.split()) <= _TITLE_WORDS:
            self._open_annex(block, annex)
            return
        found = parse_marker(text)
        if found is None:
            self._add_unmarked(block, text)
        else:
            self._add_marked(block, text, *found)

    def leave_body(self, role: str) -> None:
        """Ends the body at the signature: what follows stands apart, with a role of its own."""
        self._stack.clear()
        self.role = role

    def _open_annex(self, block: Block, match: re.Match[str]) -> None:
        self._stack.clear()
        self.prefix = "PL" + (match.group(1) or "")
        self.role = role_of(self.document.text[block.start + match.end() : block.end], self.rules) or "annex"
        node = self._append("heading", None, block.start, block.start, block.end, None, style=block.style)
        self._stack.append(_Open(node, ("annex", 0), -1))

    def _add_marked(self, block: Block, text: str, marker: Marker, offset: int) -> None:
        label = label_of(text[offset:], self.rules) if marker.kind in BULLETS else None
        if label is not None:
            self._add_label(block, offset + label[2], label[0])
            if offset + label[2] == len(text):  # its value stands beneath it, in smaller bullets
                self._close(_key(marker), RANK[marker.kind])
                self._stack.append(_Open(len(self.nodes) - 1, _key(marker), RANK[marker.kind]))
            return
        key, rank = _key(marker), float(RANK[marker.kind])
        self._close(key, rank)
        parent = self._stack[-1].node if self._stack else None
        node = self._append("item", marker, block.start, block.start + offset, block.end, parent, style=block.style)
        self._stack.append(_Open(node, key, rank))

    def _close(self, key: tuple[str, int], rank: float) -> None:
        """Closes what a marker ends: the sibling before it and all beneath, else what stands lower than it may."""
        if any(entry.key == key for entry in self._stack):
            while self._stack[-1].key != key:
                self._stack.pop()
            self._stack.pop()
        else:
            while self._stack and self._stack[-1].rank > rank:
                self._stack.pop()

    def _add_unmarked(self, block: Block, text: str) -> None:
        label = label_of(text, self.rules)
        if label is not None:
            self._add_label(block, label[2], label[0])
        elif _is_plain_heading(text, block, self.rules):
            self._add_plain_heading(block, text)
        else:
            self._add_paragraph(block, text)

    def _add_label(self, block: Block, offset: int, name: str) -> None:
        parent = self._parent_of_text(keep_items=True)
        self._append("label", None, block.start, block.start + offset, block.end, parent, name=name)

    def _add_plain_heading(self, block: Block, text: str) -> None:
        # A heading without a number: in capitals it stands as high as I., otherwise right above 1.
        rank = 3.9 if text.isupper() else 5.9
        while self._stack and self._stack[-1].rank >= rank:
            self._stack.pop()
        parent = self._stack[-1].node if self._stack else None
        node = self._append("heading", None, block.start, block.start, block.end, parent, style=block.style)
        self._stack.append(_Open(node, ("plain", int(rank)), rank))

    def _add_paragraph(self, block: Block, text: str) -> None:
        parent = self._parent_of_text()
        node = self._append("paragraph", None, block.start, block.start, block.end, parent, style=block.style)
        if text.endswith(":"):
            # It introduces what follows until its parent ends or another paragraph stands beside it.
            while self._stack and self._stack[-1].node != parent:
                self._stack.pop()
            rank = self._stack[-1].rank if self._stack else -0.5
            self._stack.append(_Open(node, ("lead-in", node), rank))

    def _parent_of_text(self, *, keep_items: bool = False) -> int | None:
        """The node under which a block without a marker stands: the nearest open one that is a title."""
        for entry in reversed(self._stack):
            node = self.nodes[entry.node]
            if entry.key[0] == "lead-in":
                continue
            if keep_items and node.marker is not None and node.marker.kind not in BULLETS:
                return entry.node
            if self._introduces(node):
                return entry.node
        return None

    def _introduces(self, node: Node) -> bool:
        words = self.document.text[node.body : node.end]
        if node.kind == "label":
            return False
        if node.kind == "heading" or words.endswith(":"):
            return True
        if (node.marker is not None and node.marker.kind == "dash") or not is_title(words):
            return False
        # A numbered sentence with its full stop is an item; what follows stands beside it, not beneath.
        return not words.endswith(".") or node.style.bold or role_of(words, self.rules) is not None

    def _append(
        self,
        kind: str,
        marker: Marker | None,
        start: int,
        body: int,
        end: int,
        parent: int | None,
        *,
        style: Style = _NO_LOOKS,
        grid: Grid | None = None,
        name: str | None = None,
    ) -> int:
        index = len(self.nodes)
        path = self._path(marker, parent)
        self.nodes.append(Node(index, parent, kind, marker, start, body, end, path, self.role, style, grid, name))
        return index

    def _path(self, marker: Marker | None, parent: int | None) -> str:
        above = self.nodes[parent].path if parent is not None else self.prefix
        if marker is None or not marker.label:
            return above
        if marker.kind == "decimal":  # "1.1." names the whole chain below the roman number
            ancestor = parent
            while ancestor is not None and _is_arabic(self.nodes[ancestor]):
                ancestor = self.nodes[ancestor].parent
            above = self.nodes[ancestor].path if ancestor is not None else self.prefix
        return f"{above}.{marker.label}" if above else marker.label


def _is_arabic(node: Node) -> bool:
    return (node.marker is not None and node.marker.kind in {"arabic", "decimal"}) or node.kind == "paragraph"


def _key(marker: Marker) -> tuple[str, int]:
    return (marker.kind, marker.label.count(".") if marker.kind == "decimal" else 0)


def is_title(words: str) -> bool:
    """Whether words could be a heading: one phrase of moderate length without the end of a sentence inside."""
    return (
        len(words.split()) <= _TITLE_WORDS
        and not words.endswith((";", "./."))
        and _SENTENCE_END.search(words) is None
        and _RUN_IN.match(words) is None
    )


def _is_plain_heading(text: str, block: Block, rules: Ruleset) -> bool:
    words = text.split()
    if len(words) > 25 or text.endswith((".", ";", ",")) or not text[:1].isupper():
        return False
    if text.isupper() and len(words) >= 2:
        return True
    known = role_of(text, rules) is not None
    titled = block.style.bold or block.style.heading is not None or (known and len(words) <= 8)
    return titled and not text.endswith(":")
