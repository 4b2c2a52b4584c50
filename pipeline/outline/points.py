"""Points that are labels: “a) Nội dung: … b) Cơ quan chủ trì: … c) Thời gian: …” is one piece of work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from pipeline.labels import label_of
from pipeline.model import Document, Node
from pipeline.outline.markers import BULLETS
from pipeline.ruleset import Ruleset

_WHO = frozenset({"lead", "coordinating"})
_HIGH = frozenset({"part", "chapter", "division", "letter", "roman", "article"})


def labelled_points(document: Document, nodes: list[Node], rules: Ruleset) -> list[Node]:
    """The nodes, with those points made labels whose siblings they describe.

    Two points at least are labels, one of them names who does it, and something stands above that they describe:
    a point without a label, or a numbered title. Beneath a main heading ("II. THỜI GIAN, ĐỊA ĐIỂM") they tell of
    the whole plan.
    """
    siblings: dict[tuple[int | None, str], list[Node]] = defaultdict(list)
    parents = {node.parent for node in nodes}
    for node in nodes:
        if node.kind == "item" and node.marker is not None and node.marker.kind not in BULLETS:
            siblings[node.parent, node.marker.kind].append(node)
    settled = list(nodes)
    for points in siblings.values():
        labels = {
            node.index: (found[0], node.body + found[2])
            for node in points
            if node.index not in parents and (found := label_of(document.text[node.body : node.end], rules)) is not None
        }
        if len({name for name, _ in labels.values()}) < 2 or not any(
            name in _WHO and document.text[value : value + 1].isupper() for name, value in labels.values()
        ):
            continue
        if points[0].index not in labels or _is_titled(nodes, points[0].parent):
            for index, (name, value) in labels.items():
                settled[index] = replace(nodes[index], kind="label", marker=None, body=value, field=name)
    return settled


def _is_titled(nodes: list[Node], parent: int | None) -> bool:
    marker = nodes[parent].marker if parent is not None else None
    return marker is not None and marker.kind not in _HIGH
