"""Walks the outline and gathers the blocks that may be tasks, each with what its surroundings say of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from pipeline.extract.actors import Claim, read_actors, unit_title
from pipeline.extract.amounts import find_quantities
from pipeline.extract.clauses import clauses_of
from pipeline.extract.topics import Topics
from pipeline.extract.wording import GIVES_WORK, Wording
from pipeline.labels import label_of, parts_of
from pipeline.model import Document, Node, Outline, Unplaced
from pipeline.ruleset import Ruleset

# Roles beneath which blocks direct work, and those in which only a table does.
DIRECTING = frozenset({"task", "target", "timeline", "implementation", "inspection", "annex-tasks", "unknown"})
_SAYS_SO = DIRECTING - {"unknown"}
_MOST_LABELS = 4  # that a heading lists
_AIMS = frozenset({"target", "general-aim"})
# Roles beneath which only a block that names its actor directs work.
_ON_NAME = frozenset({"funding", "report-content"})

_FOUNDS = re.compile(r"(?:về việc |v/v )?(?:thành lập|kiện toàn)\b", re.IGNORECASE)
_IS_TIME = re.compile(
    r"(?:công tác |công việc |nhiệm vụ |chương trình )?(?:trong )?"
    r"(?:tháng|quý) [\dIVX]{1,4}(?:(?:,| và| -|-) ?[\dIVX]{1,4})*"
    r"(?:(?:/| năm )\d{4})?|(?:6|sáu) tháng (?:đầu|cuối) năm(?: \d{4})?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Label:
    """The value of a labelled line or a table cell: ``text[start:end]`` and the rule that named its field."""

    field: str
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Candidate:
    """A block that may be a task: its words, where it stands, and what labels, cells and headings add."""

    start: int
    end: int
    section: str
    role: str
    node: int  # its block, or its table, in the outline
    lead: Claim | None = None
    coordinating: Claim | None = None
    labels: list[Label] = field(default_factory=list)
    from_table: bool = False
    step: str = ""  # the number of a row in its table
    point: bool = False  # a numbered or lettered item: labels beneath it are its own
    more: tuple[tuple[int, int], ...] = ()  # further paragraphs of one table cell
    when: tuple[int, int] | None = None  # a heading above that is a time and nothing else ("Tháng 4", "Quý I")


class Gatherer:
    """One pass over the nodes. `found` are the candidates, `left` the task-like blocks that were set aside."""

    def __init__(self, document: Document, outline: Outline, rules: Ruleset) -> None:
        self.document = document
        self.nodes = outline.nodes
        self.rules = rules
        self.says = Wording(document.text, rules)
        self.found: list[Candidate] = []
        self.left: list[Unplaced] = []
        self._group: list[Candidate] = []
        self._group_under: int | None = None
        self._labelled = False
        self._unfilled: str | None = None  # the field of a label whose value stands beneath it
        self._barred: set[int] = set()  # nodes beneath which nothing is a task
        self._articles: set[int] = set()  # articles and what stands beneath them: they rule, and direct only expressly
        self._context: dict[int, tuple[Claim | None, Claim | None]] = {}
        self._times: dict[int, tuple[int, int]] = {}  # headings that are a time, and those beneath them
        self._founds = _FOUNDS.match(outline.meta.title or "") is not None
        self._items_under: dict[int | None, list[Node]] = defaultdict(list)
        self._ordering: dict[int | None, bool] = {}  # whether the items under a node are orders, once it was asked
        self._topics = Topics(outline.nodes, self.says)
        for node in outline.nodes:
            if node.kind == "item":
                self._items_under[node.parent].append(node)

    def run(self) -> None:
        """Visits every node once, in order."""
        for node in self.nodes:
            if node.parent in self._barred:
                self._barred.add(node.index)
            if (node.parent in self._articles and not self._directs(node)) or self._rules(node):
                self._articles.add(node.index)
            node = self._filling(node)
            if node.kind == "label":
                self._take_label(node)
            elif node.kind == "heading":
                self._take_heading(node)
            elif node.kind != "table":
                self._take_block(node)
            self._labelled = node.kind == "label"

    def _rules(self, node: Node) -> bool:
        """Whether a node is an article that neither has a title that says what stands beneath ("Điều 3. Giải pháp")
        nor demands it ("Điều 2. Yêu cầu Ủy ban nhân dân tỉnh … thực hiện các nội dung sau:").

        Where a decision sets up a body, its articles rule what that body is for, whatever their titles.
        """
        if node.marker is None or node.marker.kind != "article":
            return False
        titled = node.kind == "heading" and node.role in _SAYS_SO
        return self._founds or not (titled or (self.says.text(node).endswith(":") and self.says.assigns(node)))

    def _directs(self, node: Node) -> bool:
        """Whether a heading under an article says that what stands beneath is work ("2. Nhiệm vụ, giải pháp")."""
        own = node.role in _SAYS_SO and node.role != self.nodes[node.parent or 0].role
        return own and node.kind == "heading" and not self._founds

    # ── headings and the scopes they open ──

    def _take_heading(self, node: Node) -> None:
        self._group, self._group_under = [], node.index
        self._note_scope(node)
        self._note_time(node)
        if self.says.reason(node, "lead-in"):
            self._barred.add(node.index)

    def _note_scope(self, node: Node) -> None:
        """Remembers who leads beneath a heading or a lead-in, from its own words or those above it."""
        above = self._context.get(node.parent, (None, None)) if node.parent is not None else (None, None)
        lead = unit_title(self.document.text, node.body, node.end, self.rules)
        if lead is not None:
            self._context[node.index] = (lead, None)
            return
        own = self._scope_of_sentence(node) if self.says.text(node).endswith(":") else None
        self._context[node.index] = own or above

    def _scope_of_sentence(self, node: Node) -> tuple[Claim | None, Claim | None] | None:
        clauses = clauses_of(self.document.text, node.body, node.end)
        if not clauses or (node.role == "preamble" and node.parent is not None):
            return None
        named = unit_title(self.document.text, clauses[-1].start, clauses[-1].end, self.rules)
        if named is not None:
            return named, None  # "… Giao Trung tâm X:" up to the colon there is nothing but the name
        actors = read_actors(self.document.text, clauses[-1].start, clauses[-1].end, self.rules)
        lead = actors.lead
        if lead is None or (node.role == "preamble" and lead.rule == "subject"):
            return None
        return lead, actors.coordinating[0] if actors.coordinating else None

    def _note_time(self, node: Node) -> None:
        """Remembers when the work beneath a heading is due, from its own words or the headings above it."""
        if _IS_TIME.fullmatch(self.says.text(node).strip(" .:")):
            self._times[node.index] = node.body, node.end
        elif node.parent in self._times:
            self._times[node.index] = self._times[node.parent]

    def scope(self, node: Node) -> tuple[Claim | None, Claim | None]:
        """Who leads and coordinates in a node by the headings above it."""
        return self._context.get(node.parent, (None, None)) if node.parent is not None else self._root_scope

    def above(self, node: Node) -> tuple[Claim | None, tuple[int, int] | None]:
        """Who leads in a table by the headings above it, and when they say that its work is due."""
        return self.scope(node)[0], self._times.get(node.parent) if node.parent is not None else None

    @property
    def _root_scope(self) -> tuple[Claim | None, Claim | None]:
        return self._context.get(-1, (None, None))

    # ── labelled lines ──

    def _filling(self, node: Node) -> Node:
        """The node, as a label where it is a body beneath a label without a value ("- Phối hợp:" | "+ …")."""
        may = self._unfilled is not None and node.kind in {"item", "paragraph"}
        if may and unit_title(self.document.text, node.body, node.end, self.rules) is not None:
            return replace(node, kind="label", field=self._unfilled)
        self._unfilled = None
        return node

    def _take_label(self, node: Node) -> None:
        if node.body == node.end:
            self._unfilled = node.field
            self._context[node.index] = self.scope(node)
            return
        if node.role not in DIRECTING and not self._topics.tell_of_work(node):
            return
        if not self._group:
            heading = self._heading_for_labels(node)
            if heading is not None and self._lists_labels(heading):
                return
            if heading is None:
                self._leave(node, "label without a task")
                return
            self._add(heading)
        for name, _, value, end in parts_of(self.says.text(node), self.rules):
            field = name or node.field or ""
            label = Label(field, node.body + value, node.body + end, f"label.{field}")
            for candidate in self._labelled_by_one_line():
                candidate.labels.append(label)

    def _labelled_by_one_line(self) -> list[Candidate]:
        """The blocks that a labelled line speaks of: all bullets of the group, or the points above that name nobody."""
        if not self._group[-1].point:
            return self._group
        first = len(self._group) - 1
        while first > 0 and self._is_nobodys(self._group[first - 1]):
            first -= 1
        return self._group[first:]

    def _is_nobodys(self, candidate: Candidate) -> bool:
        """Whether it is a point that names nobody."""
        return candidate.point and not self.says.names_lead(candidate.start, candidate.end)

    def _heading_for_labels(self, node: Node) -> Node | None:
        """The heading whose body is only labelled lines, or the item that a label stands under."""
        parent = self.nodes[node.parent] if node.parent is not None else None
        if parent is not None and parent.kind == "label":
            return self._heading_for_labels(parent)
        return parent if parent is not None and parent.kind in {"heading", "item", "lead-in"} else None

    def _lists_labels(self, heading: Node) -> bool:
        """Whether a heading only says which labels stand beneath it ("THỜI GIAN, ĐỊA ĐIỂM"): then there is no task."""
        parts = re.split(r", | và | [-–] ", self.says.text(heading).strip(" .:"))
        return any(label_of(f"{part}:", self.rules) is not None for part in parts) and len(parts) <= _MOST_LABELS

    # ── blocks ──

    def _take_block(self, node: Node) -> None:
        if self._labelled or (node.parent != self._group_under and node.marker is None):
            self._group = []
        self._group_under = node.parent
        if node.kind == "lead-in" or self.says.text(node).endswith(":"):
            self._note_lead_in(node)
        if node.role == "preamble":
            return
        if node.index in self._barred and (node.parent in self._barred or not self.says.has_action(node)):
            if self.says.acts(node):
                self._leave(node, "content of a report or a list")
            return
        reason = self._refusal(node)
        if reason is None:
            self._add(node)
        elif reason:
            self._leave(node, reason)

    def _note_lead_in(self, node: Node) -> None:
        self._note_scope(node)
        if node.role == "preamble":
            self._context[-1] = self._context[node.index]
        reason = self.says.reason(node, "lead-in")
        if reason and (node.role != "preamble" or reason == "agenda"):
            self._barred.add(node.index)

    def _add(self, node: Node) -> None:
        candidate = self.candidate(node)
        self.found.append(candidate)
        self._group.append(candidate)

    def candidate(self, node: Node) -> Candidate:
        """A block as a task, with what the headings above it say."""
        lead, coordinating = self.scope(node)
        if node.role in _AIMS and lead is not None and lead == self._root_scope[0]:
            lead = None  # who is addressed as a whole has no share of its own in an aim
        point = node.marker is not None and node.marker.kind not in {"dash", "plus", "bullet"}
        when = self._times.get(node.parent) if node.parent is not None else None
        start = self.says.first_order(node)
        return Candidate(start, node.end, node.path, node.role, node.index, lead, coordinating, point=point, when=when)

    def orders(self, node: Node) -> bool:
        """Whether a line that was taken for a heading would be a task by its words."""
        return self._refusal(node) is None and self.says.acts(node)

    def lists(self, node: Node) -> bool:
        """Whether items stand right beneath a node."""
        return node.index in self._items_under

    def _leave(self, node: Node, reason: str) -> None:
        if node.role not in {"preamble", "closing"}:
            self.left.append(Unplaced(self.says.text(node), node.path, reason))

    def _refusal(self, node: Node) -> str | None:
        """Why a block is no task; None where it is one; empty where it is not even worth listing."""
        if node.role == "general-aim":
            return None if find_quantities(self.document.text, node.body, node.end, self.rules) else "general aim"
        if node.role not in DIRECTING and not self._directs_still(node):
            return f"role {node.role}" if self.says.acts(node) else ""
        excluded = self.says.excluded(node)
        if excluded is None and node.marker is None:
            excluded = self.says.reason(node, "paragraph")
        orders = (excluded == "agreement" and self.says.assigns(node, GIVES_WORK)) or (
            excluded == "assessment" and self.says.orders_then(node)
        )
        if excluded and not orders:
            return str(excluded)
        if node.index in self._articles and not self.says.assigns(node):
            return "article without an assignment"
        if node.kind == "lead-in" or self.says.text(node).endswith(":"):
            return None if self.says.has_action(node) else ""
        if node.kind == "item" and (node.role != "unknown" or self._among_orders(node)):
            return None if len(self.says.text(node).split()) > 2 else "too short"
        acts = self.scope(node)[0] is not None or self.says.acts(node) or self.says.obliges(node)
        return None if acts else "no action verb"

    def _directs_still(self, node: Node) -> bool:
        """Whether a block directs work although its heading speaks of something else: it names who does it."""
        return self.says.names_actor(node) if node.role in _ON_NAME else self._topics.tell_of_work(node)

    def _among_orders(self, node: Node) -> bool:
        """Whether most items beside this one are worded as orders: then it is one too, whatever its first word."""
        if node.parent not in self._ordering:
            beside = self._items_under.get(node.parent, [])
            self._ordering[node.parent] = len(beside) > 1 and 2 * sum(map(self.says.acts, beside)) >= len(beside)
        return self._ordering[node.parent]
