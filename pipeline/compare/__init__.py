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
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline import ruleset
from pipeline.compare.extras import need
from pipeline.compare.families import families_of, member_of, members_of, names
from pipeline.compare.matching import against_parent, union
from pipeline.compare.model import Comparison, Family, Member, Result
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
    given = list({directive.sha256: directive for directive in reversed(given)}.values())[::-1]
    if parent is not None:
        return _with_parent(given, parent, loaded, remarks)
    members = members_of(given, loaded)
    families, alone = families_of(members)
    remarks += _versions(members)
    remarks += [_kin(member, family) for family in families for member in family.kin]
    remarks += [_alone(member) for member in alone]
    made = [(family, tuple(_compared(family, loaded, remarks))) for family in families]
    comparisons = tuple(one for _, found in made for one in found)
    left = tuple(member for family, found in made if not found for member in family.plans)
    return Result(comparisons, (*alone, *left), tuple(remarks))


def _compared(
    family: Family, rules: Ruleset, remarks: list[Warning], strangers: Collection[str] = frozenset()
) -> Iterator[Comparison]:
    """A family against its parent; without one, or where it has no tasks, its plans against each other."""
    if family.parent is not None and family.parent.directive.tasks:
        yield against_parent(family, family.parent, rules, strangers)
        return
    if family.parent is not None:
        remarks.append(_no_tasks(family.parent))
    if len(family.plans) > 1:
        yield union(replace(family, parent=None), rules)


def _with_parent(given: Sequence[Directive], parent: Directive, rules: Ruleset, remarks: list[Warning]) -> Result:
    head = member_of(parent, rules)
    members = members_of((one for one in given if one.sha256 != parent.sha256), rules)
    remarks += _versions(members)
    above = tuple(member for member in members if any(names(one, member) for one in head.implements))
    plans = tuple(member for member in members if member not in above)
    strangers = [member for member in plans if not _cites(member, head)]
    remarks += [_above(member, head) for member in above]
    remarks += [_not_cited(member, head) for member in strangers]
    reference = next((one for member in plans for one in member.implements if names(one, head)), None)
    top = head.implements[-1] if head.implements else reference
    family = Family(reference, top, head, plans, above)
    found = tuple(_compared(family, rules, remarks, {member.document for member in strangers})) if plans else ()
    return Result(found, () if found else plans, tuple(remarks))


def _cites(member: Member, head: Member) -> bool:
    return any(names(reference, head) for reference in member.implements)


def _copies(given: Sequence[Directive], parent: Directive | None) -> Iterator[Warning]:
    """What is said of a file that was given twice: it counts once, and the parent is no plan of its own."""
    seen: dict[str, str] = {}
    for directive in given:
        if directive.status == "failed":
            continue
        if parent is not None and directive.sha256 == parent.sha256:
            message = f"{directive.document}: chính là văn bản cấp trên đã nêu; không đối chiếu với chính nó."
            yield Warning("parent-among-plans", message)
        elif directive.sha256 in seen:
            message = f"{directive.document}: cùng nội dung với {seen[directive.sha256]}; chỉ tính một lần."
            yield Warning("same-file", message)
        seen.setdefault(directive.sha256, directive.document)


def _versions(members: Sequence[Member]) -> Iterator[Warning]:
    for member in members:
        others = [name for name in member.versions if name != member.document]
        if others:
            message = f"{member.document}: là bản mới hơn của {', '.join(others)}; chỉ so sánh bản này."
            yield Warning("version", message)


def _kin(member: Member, family: Family) -> Warning:
    others = ", ".join(plan.document for plan in family.plans[:3])
    message = f"{member.document}: cùng họ với {others}, nhưng không cùng văn bản cấp trên trực tiếp nên không so sánh."
    return Warning("kin", message)


def _above(member: Member, head: Member) -> Warning:
    message = f"{member.document}: là văn bản mà {head.document} thực hiện, không phải kế hoạch để đối chiếu."
    return Warning("above-parent", message)


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
