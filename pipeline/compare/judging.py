"""All that is said of one task of the parent in one plan: is it carried out, how much of it, and what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.compare.amounts import Amount, amounts_of
from pipeline.compare.content import Content, bare, plain
from pipeline.compare.deadlines import cadence_findings, deadline_findings, says_when
from pipeline.compare.leads import Alive, concerns, lead_findings
from pipeline.compare.model import COVERED, MISSING, NOT_APPLICABLE, PARTLY, Answer, Finding, Link, Member
from pipeline.compare.portions import Portions
from pipeline.compare.spheres import Spheres
from pipeline.model import Task

__all__ = ["Judge"]

COPIED = 0.97  # the share of the words of both that stand in the same order
NAMED = 0.8  # the share of a product's words that a row must have for naming it
SHORTEST = 8  # words; shorter ones are alike by chance
_WORD = re.compile(r"\w+")
# Words for places, which a plan has to change.
_PLACES = frozenset("các tỉnh xã phường đặc khu thôn bản làng buôn ấp tổ dân phố địa bàn".split())


class Judge:
    """Judges the answers of one plan; `contents` are those of its rows, `texts` the documents of all tasks, by id."""

    def __init__(
        self,
        plan: Member,
        bodies: Spheres,
        alive: Alive,
        portions: Portions,
        contents: Mapping[str, Content],
        texts: Mapping[str, str],
    ) -> None:
        self._plan = plan
        self._bodies = bodies
        self._alive = alive
        self._portions = portions
        self._contents = contents
        self._texts = texts

    def answer(self, parent: Task, links: Sequence[Link]) -> Answer:
        """What the plan makes of a task, with the findings."""
        ordered = tuple(sorted(links, key=lambda link: -link.score))
        rows = tuple(link.row for link in ordered)
        if not rows:
            applies = concerns(parent, self._plan.issuer, self._bodies)
            status = MISSING if applies else NOT_APPLICABLE
            said = "" if applies else ", ".join(parent.lead)
            return Answer(parent, status, (), (Finding(status, parent, (), said),))
        share = self._portions.share(parent, [self._contents[row.id] for row in rows])
        status = COVERED if share is None else PARTLY
        first = Finding(status, parent, rows, parent.text, " / ".join(row.text for row in rows), share)
        return Answer(parent, status, ordered, (first, *self._changes(parent, rows)))

    def _changes(self, parent: Task, rows: Sequence[Task]) -> Iterator[Finding]:
        yield from deadline_findings(parent, rows, self._when)
        yield from cadence_findings(parent, rows, self._when)
        yield from _numbers(parent, rows)
        yield from lead_findings(parent, rows, self._bodies, self._alive)
        if parent.deliverable and not any(_has_product(row, parent.deliverable) for row in rows):
            yield Finding("product-lost", parent, tuple(rows), parent.deliverable)
        copied = [(share, row) for row in rows if (share := _sameness(parent, row)) >= COPIED]
        if copied:
            share, row = max(copied, key=lambda one: one[0])
            yield Finding("copied", parent, (row,), parent.text, row.text, share)

    def _when(self, task: Task) -> str:
        return says_when(task, self._texts[task.id])


def _numbers(parent: Task, rows: Sequence[Task]) -> Iterator[Finding]:
    """Each thing that the parent counts: of several rows that count it the sum stands against the parent's number."""
    wanted = amounts_of(parent)
    given = {id(row): amounts_of(row) for row in rows}
    for amount in wanted:
        having = [(one, row) for row in rows for one in given[id(row)] if one.thing == amount.thing]
        said = "; ".join(dict.fromkeys(one.words for one, _ in having))
        if not having:
            yield Finding("number-lost", parent, tuple(rows), amount.words, said)
            continue
        short = [one.less(amount) for one, _ in having]
        lacking = min(short) if amount.thing == "%" or min(short) <= 0 else _together(having, amount)
        if lacking:
            kind = "number-lower" if lacking > 0 else "number-higher"
            yield Finding(kind, parent, tuple(row for _, row in having), amount.words, said, -lacking)


def _together(having: Sequence[tuple[Amount, Task]], wanted: Amount) -> float:
    """By how much the numbers of all rows together are less than what is wanted: one contest may have two steps."""
    first = having[0][0]
    return replace(first, value=sum(one.value for one, _ in having)).less(wanted)


def _has_product(row: Task, product: str) -> bool:
    """Whether a row says what comes out: a product of its own, the parent's by its words, or a report that it sends."""
    if row.deliverable or (row.kind == "report" and product.lower().startswith("báo cáo")):
        return True
    words = set(plain(product).split())
    return len(words & set(plain(row.text).split())) >= NAMED * len(words)


def _sameness(parent: Task, row: Task) -> float:
    """How far a row is the parent's task word for word, names of bodies and kinds of places left out, 0..1.

    A time that the row has for itself at its end is no other word.
    """
    from rapidfuzz.distance import LCSseq

    first, second = _kept(bare(parent, time=True)), _kept(bare(row, time=True))
    if min(len(first), len(second)) < SHORTEST:
        return 0.0
    same = LCSseq.similarity(first, second)
    return min(same / len(first), same / max(len(_kept(bare(row))), 1), 1.0)


def _kept(text: str) -> list[str]:
    return [word for word in _WORD.findall(plain(text)) if word not in _PLACES]
