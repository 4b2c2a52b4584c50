"""After the tree has grown: which items are headings, which introduce others, and what role each node has."""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.model import Document, Node, Section
from pipeline.outline.markers import BULLETS
from pipeline.outline.roles import role_of
from pipeline.outline.titles import BASIS
from pipeline.outline.tree import is_title
from pipeline.ruleset import Ruleset

_NARROW = frozenset(
    {"purpose", "requirement", "assessment", "recommendation", "annex-outline", "annex-form", "annex-list"}
)
_NO_WORK = frozenset({"subject-matter", "general-aim", "purpose"})
_LABEL_WORDS = 8
_OF_ACTION = re.compile(r" (?:HÀNH ĐỘNG|CÔNG TÁC|PHỐI HỢP)$")
_HIGH = frozenset({"part", "chapter", "division", "letter", "roman"})


def settle(document: Document, nodes: list[Node], rules: Ruleset) -> tuple[Node, ...]:
    """The nodes with their final kind and role. One pass: a parent always stands before its children."""
    children: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.parent is not None:
            children[node.parent].append(node)
    # Levels of which some item has something beneath it, by parent and kind of counter.
    parents = {(node.parent, node.marker.kind) for node in nodes if node.marker is not None and children[node.index]}
    kinds: list[str] = []
    roles: list[str] = []
    titles: set[int] = set()  # "KẾ HOẠCH" above the title of a plan that a decision issues
    for node in nodes:
        kind = _kind(document, node, children[node.index], parents)
        inherited = roles[node.parent] if node.parent is not None else node.role
        if kind == "heading" and node.marker is None and _names_type(document.text[node.body : node.end], rules):
            titles.add(node.index)
        elif kind == "paragraph" and node.parent in titles:
            inherited = "preamble"
        own = _role_of_label(document.text[node.body : node.end], rules) if kind == "item" else None
        if kind in {"heading", "lead-in"} and not (node.marker is not None and node.marker.kind == "dash"):
            own = role_of(document.text[node.body : node.end], rules)
        kinds.append(kind)
        roles.append(_role(own, inherited))
    first = _first_directing(document, nodes, kinds)
    for at, kind in enumerate(kinds[:first]):
        if kind not in {"label", "table"}:
            roles[at] = "preamble"
    return tuple(map(_settled, nodes, kinds, roles))


def _settled(node: Node, kind: str, role: str) -> Node:
    if node.kind == kind and node.role == role:
        return node
    return Node(  # as `replace` would, which takes twice as long: nearly every node comes here
        node.index,
        node.parent,
        kind,
        node.marker,
        node.start,
        node.body,
        node.end,
        node.path,
        role,
        node.style,
        node.grid,
        node.field,
    )


def _kind(document: Document, node: Node, children: list[Node], parents: set[tuple[int | None, str]]) -> str:
    if node.kind in {"label", "table"} or node.kind == "heading":
        return node.kind
    words = document.text[node.body : node.end]
    # A label without a value ("- Thực hiện:") introduces what stands beneath it.
    followed = [child for child in children if child.kind != "label" or child.body == child.end]
    if node.kind == "paragraph":
        return "lead-in" if followed and words.endswith(":") else "paragraph"
    if followed and words.endswith(":"):
        return "heading" if is_title(words) and len(words.split()) <= 12 else "lead-in"
    if followed and is_title(words):
        return "heading"
    if node.marker is not None and node.marker.kind in _HIGH and is_title(words):
        return "heading"
    if not children and node.marker is not None and node.marker.kind not in BULLETS:
        beside = (node.parent, node.marker.kind) in parents
        return "heading" if _looks_like_heading(node, words, beside) else "item"
    return "item"


def _looks_like_heading(node: Node, words: str, beside: bool) -> bool:
    """A numbered line with nothing beneath it: a heading where it is a phrase in capitals.

    In bold it is one only `beside` numbered lines that have something beneath them: some offices set whole lists bold.
    """
    set_apart = words.isupper() or (node.style.bold and beside)
    return set_apart and len(words.split()) <= 20 and not words.endswith((".", ";"))


def _names_type(words: str, rules: Ruleset) -> bool:
    """Whether a heading is nothing but the type of a document, or of a plan of action ("KẾ HOẠCH HÀNH ĐỘNG")."""
    plain = _OF_ACTION.sub("", words)
    return words.isupper() and any(rule.regex is not None and rule.regex.fullmatch(plain) for rule in rules["types"])


def _role_of_label(words: str, rules: Ruleset) -> str | None:
    """The role that a label on the item's own line gives it ("Đối tượng giám sát: …"), where it directs no work."""
    label, colon, _ = words.partition(":")
    role = role_of(label, rules) if colon and len(label.split()) <= _LABEL_WORDS else None
    return role if role in _NO_WORK else None


def _role(own: str | None, inherited: str) -> str:
    if own is None:
        return inherited
    # Under a purpose, an assessment or an outline, a sub-heading may narrow but not begin to direct work.
    if inherited in {"purpose", "requirement"} and own in {"target", "general-aim"}:
        return own  # "I. QUAN ĐIỂM, MỤC TIÊU" over "2. Mục tiêu cụ thể"
    return inherited if inherited in _NARROW and own in {"task", "target"} else own


def _first_directing(document: Document, nodes: list[Node], kinds: list[str]) -> int:
    """The index of the node behind the preamble: the first heading, item or table that does not cite (- Căn cứ …)."""
    for node, kind in zip(nodes, kinds, strict=True):
        cites = kind == "item" and BASIS.match(document.text, node.body) is not None
        if (node.marker or kind in {"heading", "item", "table"}) and not cites:
            return node.index
    # Paragraphs alone: what stands before the one that introduces ("… như sau:") is the preamble.
    return next((n.index + 1 for n in nodes if document.text[n.start : n.end].endswith(":")), 0)


def sections_of(document: Document, nodes: tuple[Node, ...]) -> tuple[Section, ...]:
    """The headings, in order."""
    return tuple(
        Section(node.path, document.text[node.body : node.end].strip(" .:"), node.role)
        for node in nodes
        if node.kind == "heading"
    )
