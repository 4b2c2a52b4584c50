"""Headings that say when: an order with a deadline of its own is a task, any other deadline is at least not lost.

"1. Hoàn thành rà soát hạ tầng số trước ngày 31/3/2026" with bullets beneath is a numbered item that introduces a list,
not a title: the guideline's "a task only where it has an action of its own". "2. Tuyên truyền (trong quý II/2026)" is a
title; its time is not that of each bullet, and is listed where a bullet beneath has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline import time
from pipeline.extract.actors import unit_title
from pipeline.extract.candidates import DIRECTING, Candidate, Gatherer
from pipeline.extract.segments import Clock
from pipeline.model import Node, TimeMention, Unplaced
from pipeline.ruleset import Ruleset

__all__ = ["dated_headings"]

REASON = "deadline of a heading"
_DATED = frozenset({"hour", "day"})  # a month or a year may be a part of a name ("Tổng kết năm 2026")
_ROLES = DIRECTING | {"report-content"}  # what a report holds is no work, the day by which it is sent is
_BULLETS = frozenset({"dash", "plus", "bullet"})


def dated_headings(gatherer: Gatherer, clock: Clock, rules: Ruleset) -> tuple[list[Candidate], list[Unplaced]]:
    """The headings that are tasks, and those whose deadline some task beneath them does not have."""

    def times(start: int, end: int) -> tuple[TimeMention, ...]:
        return tuple(time.find(gatherer.document.text[start:end], clock.reference, year=clock.year, rules=rules))

    taken = {one.node for one in gatherer.found}
    found: list[Candidate] = []
    left: list[Unplaced] = []
    for node, beneath in _headings(gatherer):
        said = [one for one in times(node.body, node.end) if one.due or one.rrule]
        if not said or node.index in taken:
            continue
        if any(one.rrule or one.precision in _DATED for one in said) and _orders(gatherer, node, rules):
            found.append(gatherer.candidate(node))
        elif not beneath or not all(_has_time(one) or times(one.start, one.end) for one in beneath):
            left.append(Unplaced(gatherer.says.text(node), node.path, REASON))
    return found, left


def _headings(gatherer: Gatherer) -> Iterator[tuple[Node, Sequence[Candidate]]]:
    """The headings and lead-ins with tasks beneath, and these; with none those right above items that are no tasks."""
    beneath: dict[int, list[Candidate]] = {}
    for one in gatherer.found:
        above = gatherer.nodes[one.node].parent
        while above is not None:
            beneath.setdefault(above, []).append(one)
            above = gatherer.nodes[above].parent
    for node in gatherer.nodes:
        above_some = node.index in beneath or (node.kind == "heading" and gatherer.lists(node))
        if above_some and node.kind != "label" and node.role in _ROLES:
            yield node, beneath.get(node.index, [])


def _orders(gatherer: Gatherer, node: Node, rules: Ruleset) -> bool:
    """Whether a numbered line with bullets right beneath it is worded as work, and is not just the name of a body."""
    numbered = node.marker is not None and node.marker.kind not in _BULLETS
    title = unit_title(gatherer.document.text, node.body, node.end, rules)
    return numbered and gatherer.lists(node) and title is None and gatherer.orders(node)


def _has_time(one: Candidate) -> bool:
    return one.when is not None or any(label.field == "time" for label in one.labels)
