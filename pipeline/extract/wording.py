"""What the words of a block say: that it orders, tells, agrees, announces, or names who works."""

from __future__ import annotations

import re

from pipeline.extract.actors import read_actors, unit_title
from pipeline.extract.clauses import clauses_of
from pipeline.extract.exclusions import exclusions
from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.model import Node
from pipeline.ruleset import Ruleset

__all__ = ["GIVES_WORK", "Wording"]

# The rules that read an express assignment ("Giao X …", "Yêu cầu X …").
_EXPRESS = frozenset({"lead.assigned", "lead.demanded"})
# Beside them, who is named before a colon: "Phòng Kinh tế: thống nhất với các thôn lịch thu gom".
GIVES_WORK = _EXPRESS | {"subject.run-in"}
_ANNOUNCES = re.compile(
    r"(?:[,;]?\s*(?:bên cạnh đó |đồng thời |và )?(?:tiếp tục )?"
    r"(?:tập trung(?: vào)?|cụ thể|trong đó|như sau|gồm|bao gồm|với)?"
    r"(?:\s*(?:tập trung|thực hiện|triển khai|tổ chức|làm|chỉ đạo|tốt|nghiêm túc|đầy đủ|hiệu quả|có|quán triệt|và|,))*"
    r"\s*(?:một số|các|những)?\s*(?:nội dung|nhiệm vụ|giải pháp|công việc|việc|yêu cầu|vấn đề|biện pháp)?"
    r"(?:,? (?:giải pháp|nhiệm vụ|trọng tâm|chủ yếu|cụ thể|cơ bản|chính|công tác))*"
    r"(?: sau(?: đây)?| như sau| cụ thể)?)\s*:$",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"về |(?:một số|các|những) (?:nhiệm vụ|nội dung|công việc|giải pháp|việc|yêu cầu)\b", re.IGNORECASE
)
_FOLLOWS = re.compile(r"\bđược [^.;]{2,60} như sau\s*:?\s*$", re.IGNORECASE)
_ANNOUNCED = re.compile(r"(?:dưới đây|sau đây|như sau)\W*$", re.IGNORECASE)
# What is told, not ordered.
_TOLD = frozenset({"đã", "đang", "còn", "chưa", "có", "vẫn", "được", "bị", "mới", "không", ","})
_ONLY_ROLE = re.compile(
    r"(?:chủ trì|phối hợp|chịu trách nhiệm|có trách nhiệm|cùng|với|và|các|"
    r"theo chức năng|nhiệm vụ được giao|tập trung|thực hiện|tham mưu|lãnh đạo|chỉ đạo)\W*",
    re.IGNORECASE,
)
_OBLIGES = re.compile(
    r"(?<!không )\bphải (?:được )?(?!chăng|là\b)\w+[^.;]* (?:trước|chậm nhất|trong (?:ngày|tháng|quý|năm))\b"
)


class Wording:
    """Asked of the blocks of one document; what is asked of a block more than once is kept."""

    def __init__(self, text: str, rules: Ruleset) -> None:
        self._text, self._rules = text, rules
        self._words = lexicon(rules)
        self._exclusions = exclusions(rules)
        self._no_tasks: dict[int, str | None] = {}  # why blocks are none by their words, once it was asked

    def text(self, node: Node) -> str:
        """The words of a node without its marker."""
        return self._text[node.body : node.end]

    def reason(self, node: Node, kind: str) -> str | None:
        """The reason of the exclusion of that kind (lead-in, block, paragraph) that the words fall under, or None."""
        return self._exclusions.reason(self.text(node), kind)

    def obliges(self, node: Node) -> bool:
        """Whether something must be so by a time ("phải hoàn thành trước …")."""
        return _OBLIGES.search(self.text(node)) is not None

    def first_order(self, node: Node) -> int:
        """Where a block begins to order, behind sentences that agree ("Đồng ý với đề xuất. Giao Sở Tài chính …")."""
        if self.excluded(node) != "agreement":
            return node.body
        text = self._text
        for clause in clauses_of(text, node.body, node.end):
            subject = read_actors(text, clause.start, clause.end, self._rules).subject
            begins_sentence = text[: clause.start].rstrip().endswith(".")
            if subject is not None and subject.rule in GIVES_WORK and begins_sentence:
                return clause.start
        return node.body

    def excluded(self, node: Node) -> str | None:
        """The reason of the exclusion that a block falls under by its words, None where it falls under none."""
        if node.index not in self._no_tasks:
            self._no_tasks[node.index] = self.reason(node, "block")
        return self._no_tasks[node.index]

    def acts(self, node: Node) -> bool:
        """Whether a block is worded as work: a verb opens a sentence of it, or a body is its subject."""
        for clause in clauses_of(self._text, node.body, node.end)[:6]:
            tokens = tokens_of(self._text, clause.start, clause.end)
            if self._words.acts(tokens, 0):
                return True
            actors = read_actors(self._text, clause.start, clause.end, self._rules)
            if actors.subject is not None or actors.aside is not None:
                return True
        return False

    def names_actor(self, node: Node) -> bool:
        """Whether the first clause of a block has a body as its subject."""
        clauses = clauses_of(self._text, node.body, node.end)
        first = read_actors(self._text, clauses[0].start, clauses[0].end, self._rules) if clauses else None
        return first is not None and first.subject is not None and first.subject.rule.startswith("subject")

    def assigns(self, node: Node, rules: frozenset[str] = _EXPRESS) -> bool:
        """Whether a block gives somebody work besides what it agrees to ("Đồng ý …; giao Sở Tài chính …")."""
        clauses = clauses_of(self._text, node.body, node.end)
        read = (read_actors(self._text, clause.start, clause.end, self._rules) for clause in clauses)
        return any(actors.subject is not None and actors.subject.rule in rules for actors in read)

    def orders_then(self, node: Node) -> bool:
        """Whether a block that tells how things stand goes on with a sentence that gives a body its work."""
        text = self._text
        for clause in clauses_of(text, node.body, node.end)[1:]:
            subject = read_actors(text, clause.start, clause.end, self._rules).subject
            announces = _ANNOUNCED.search(text, clause.start, clause.end)
            if subject is None or announces or text[clause.start - 2 : clause.start - 1] == ";":
                continue
            after = tokens_of(text, subject.units[-1].end, clause.end)[:1]
            if after and after[0].low not in _TOLD and subject.units[0].name[0].isupper():
                return True
        return False

    def names_lead(self, start: int, end: int) -> bool:
        """Whether a clause of ``[start, end)`` names who leads."""
        clauses = clauses_of(self._text, start, end)
        read = (read_actors(self._text, clause.start, clause.end, self._rules) for clause in clauses)
        return any(actors.lead is not None for actors in read)

    def has_action(self, node: Node) -> bool:
        """Whether a sentence that introduces a list also orders something of its own."""
        whole = self.text(node)
        text = _ANNOUNCES.sub("", whole)
        if _TITLES.match(text) or _FOLLOWS.search(text):
            return False  # "Về công tác tuyên truyền:" is a title, "… được xác định như sau:" announces a table
        if unit_title(self._text, node.body, node.end, self._rules) is not None:
            return False
        clauses = clauses_of(whole, 0, len(whole))
        if not clauses or not text:
            return False
        actors = read_actors(whole, clauses[0].start, clauses[-1].end, self._rules)
        behind = max((u.end for c in (actors.subject, *actors.coordinating) if c for u in c.units), default=0)
        rest = _ONLY_ROLE.sub("", text[behind:]) if behind else text
        tokens = tokens_of(rest)
        return len(tokens) >= 8 and any(self._words.verb.match(tokens, k) for k in range(min(len(tokens), 12)))
