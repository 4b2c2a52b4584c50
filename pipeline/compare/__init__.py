"""Plans compared with what they implement: what each took over, changed, forgot or added.

    issuers, references  who issued a document, and what it implements
    families             which documents implement the same one; versions of one document
    content, likeness    what the words of tasks share, and a score for every pair of tasks
    alignment            which rows carry out which task: one for one, splits, merges
    judging              what is to be said of each task in each plan (deadlines, amounts, leads, portions)
    matching             a family compared, with its parent or as a union
    ranking, frames      the plans in order, and everything as pandas DataFrames

`compare` gives a `Result`; `coverage`, `links`, `findings`, `families` and `standings` the same as DataFrames.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline import ruleset
from pipeline.compare.extras import need
from pipeline.compare.families import families_of, member_of, members_of, names
from pipeline.compare.matching import against_parent, union
from pipeline.compare.model import Family, Member, Result
from pipeline.model import Directive, Warning
from pipeline.ruleset import Ruleset

if TYPE_CHECKING:
    from pipeline.compare.frames import coverage, families, findings, links, sources, standings, tasks, workload

__all__ = ["compare", "coverage", "families", "findings", "links", "sources", "standings", "tasks", "workload"]


def compare(directives: Iterable[Directive], parent: Directive | None = None, rules: Ruleset | None = None) -> Result:
    """Finds the families among documents and compares each with its parent, or its plans with each other.

    With a `parent` every document is compared with it; of those that do not cite it the result says so.
    Documents that could not be read (status failed) are left out. Raises `UsageError` without the extra
    ``compare`` (rapidfuzz, scipy).
    """
    need("compare", "rapidfuzz", "scipy")
    loaded = rules or ruleset.load()
    given = list(directives)
    remarks = list(_copies(given, parent))
    if parent is not None:
        return _with_parent(given, parent, loaded, remarks)
    members = members_of(given, loaded)
    families, alone = families_of(members)
    remarks += _versions(members)
    remarks += [_alone(member) for member in alone]
    comparisons = []
    for family in families:
        if family.parent is not None and family.parent.directive.tasks:
            comparisons.append(against_parent(family, family.parent, loaded))
            continue
        if family.parent is not None:
            remarks.append(_no_tasks(family.parent))
        if len(family.plans) > 1:
            without = replace(family, parent=None)
            comparisons.append(union(without, loaded))
    return Result(tuple(comparisons), alone, tuple(remarks))


def _with_parent(given: Sequence[Directive], parent: Directive, rules: Ruleset, remarks: list[Warning]) -> Result:
    head = member_of(parent, rules)
    members = members_of((one for one in given if one.sha256 != parent.sha256), rules)
    remarks += _versions(members)
    if not head.directive.tasks:
        remarks.append(_no_tasks(head))
        return Result((), members, tuple(remarks))
    remarks += [_not_cited(member, head) for member in members if not _cites(member, head)]
    reference = next((one for member in members for one in member.implements if names(one, head)), None)
    top = head.implements[-1] if head.implements else reference
    family = Family(reference, top, head, members)
    return Result((against_parent(family, head, rules),) if members else (), (), tuple(remarks))


def _cites(member: Member, head: Member) -> bool:
    return any(names(reference, head) for reference in member.implements)


def _copies(given: Sequence[Directive], parent: Directive | None) -> Iterator[Warning]:
    """What is said of a file that was given twice: it counts once."""
    seen = {parent.sha256: parent.document} if parent is not None else {}
    for directive in given:
        if directive.status == "failed":
            continue
        if directive.sha256 in seen:
            message = f"{directive.document}: cùng nội dung với {seen[directive.sha256]}; chỉ tính một lần."
            yield Warning("same-file", message)
        seen.setdefault(directive.sha256, directive.document)


def _versions(members: Sequence[Member]) -> Iterator[Warning]:
    for member in members:
        others = [name for name in member.versions if name != member.document]
        if others:
            message = f"{member.document}: là bản mới hơn của {', '.join(others)}; chỉ so sánh bản này."
            yield Warning("version", message)


def _alone(member: Member) -> Warning:
    if not member.implements:
        message = (
            f"{member.document}: không thấy dẫn văn bản cấp trên nào nên không xếp được vào họ văn bản; "
            "nếu biết, hãy nêu với --parent."
        )
        return Warning("cites-nothing", message)
    cited = member.implements[0].number or member.implements[0].quote
    message = (
        f"{member.document}: thực hiện {cited}, không cùng họ với văn bản nào khác và không có {cited} để so sánh."
    )
    return Warning("no-family", message)


def _no_tasks(member: Member) -> Warning:
    message = f"{member.document}: văn bản cấp trên không có nhiệm vụ nào để đối chiếu. Hãy kiểm tra lại tệp."
    return Warning("parent-without-tasks", message)


def _not_cited(member: Member, head: Member) -> Warning:
    if member.implements:
        other = member.implements[0].number or member.implements[0].quote
        message = f"{member.document}: dẫn {other}, không dẫn {head.document}; vẫn so sánh vì được yêu cầu."
        return Warning("other-family", message)
    message = f"{member.document}: không dẫn văn bản cấp trên nào; vẫn so sánh với {head.document} vì được yêu cầu."
    return Warning("cites-nothing", message)


class _Package(ModuleType):
    """The functions that make DataFrames, loaded when they are first asked for: who only compares needs no pandas.

    `families` is one of them, though a module has that name too: see `pipeline`.
    """

    def __getattr__(self, name: str) -> Any:
        if name in __all__:
            return getattr(importlib.import_module("pipeline.compare.frames"), name)
        raise AttributeError(f"module 'pipeline.compare' has no attribute {name!r}")

    @property
    def families(self) -> Any:
        return importlib.import_module("pipeline.compare.frames").families

    @families.setter
    def families(self, module: ModuleType) -> None: ...


sys.modules[__name__].__class__ = _Package
