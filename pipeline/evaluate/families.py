"""A comparison measured against the right answers for its family: families, issuers, days, links, findings, unions.

A link is right where plan, parent's task and row are; a finding where plan, kind and task are. What the gold says of a
task that was not read counts as missed. Links and findings are measured of plans whose parent is at hand, unions of
those whose parent is not. Counts are added over the plans: all figures are micro-averages, but for `by_kind`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import Any

from pipeline.compare.model import ADDED, KINDS
from pipeline.evaluate.family_gold import Gold, GoldDocument, read_gold
from pipeline.evaluate.family_model import VALUES, Counted, FamilyEvaluation, FamilyMistake, Share
from pipeline.evaluate.family_prediction import Place, Prediction, fold, read_prediction

__all__ = ["as_json", "changes", "evaluate", "figures"]

_UNREAD = "?"  # begins the stand-in for the id of a task that was not read; no id has it


def evaluate(gold: Path, prediction: Path) -> FamilyEvaluation:
    """Measures the JSON file of a comparison, or the only one in a folder. Raises `UsageError`."""
    return _Measure(read_gold(gold), read_prediction(prediction)).evaluation()


class _Measure:
    """One comparison against one gold; gathers the mistakes on its way."""

    def __init__(self, gold: Gold, given: Prediction) -> None:
        self._gold, self._given = gold, given
        self._mistakes: list[FamilyMistake] = []
        self._unread: dict[tuple[str, str], None] = {}
        self._plans = {name for name, one in gold.documents.items() if one.parent in gold.documents}
        self._rows: dict[tuple[str, str], list[str]] = {}  # (plan, parent's task) → the rows that carry it out

    def evaluation(self) -> FamilyEvaluation:
        families, members = self._families()
        values = self._values()
        links = None if self._gold.links is None else self._links()
        findings = None if self._gold.findings is None else self._findings()
        union = None if self._gold.union is None else self._union()
        return FamilyEvaluation(
            len(self._gold.documents),
            families, members, values, links, findings, union,
            tuple(self._mistakes), tuple(self._unread),
        )  # fmt: skip

    # ── documents ──────────────────────────────────────────────────────────────────────────

    def _families(self) -> tuple[Counted, Counted]:
        wanted, given = self._gold.families, self._given.families
        for sort, ones, others in (("missed", wanted, given), ("false", given, wanted)):
            for parent in sorted(ones.keys() - others.keys()):
                plans = ", ".join(sorted(ones[parent]))
                self._mistakes.append(FamilyMistake(parent, sort, "family", plan=plans))
        return _counted(wanted.keys(), given.keys()), _counted(_members(wanted), _members(given))

    def _values(self) -> dict[str, Share]:
        """The days are asked of members of families alone: of others the comparison has no reason to say them."""
        members = {plan for plans in self._gold.families.values() for plan in plans}
        counts = {value: [0, 0] for value in VALUES}
        for name, document in self._gold.documents.items():
            for value, (wanted, found) in _values(document, self._given.places.get(name)).items():
                if value == "days" and name not in members:
                    continue
                right = _same(wanted, found, value)
                counts[value][0] += 1
                counts[value][1] += right
                if not right:
                    self._mistakes.append(FamilyMistake(name, "wrong", value, wanted=wanted or "", given=found or ""))
        return {value: Share(of, right) for value, (of, right) in counts.items()}

    # ── tasks ──────────────────────────────────────────────────────────────────────────────

    def _links(self) -> Counted:
        wanted: dict[tuple[str, str, str], None] = {}
        for link in self._gold.links or ():
            task, row = self._parent_task(link.plan, link.parent_words), self._task(link.plan, link.plan_words)
            wanted[link.plan, task, row] = None
            self._rows.setdefault((link.plan, task), []).append(row)
        given = {pair: score for pair, score in self._given.links.items() if pair[0] in self._plans}
        for sort, plan, task, row in _differences(wanted, given):
            score = given.get((plan, task, row))
            parent, words = self._parent_words(plan, task), self._words(plan, row)
            self._mistakes.append(FamilyMistake(plan, sort, "link", parent=parent, plan=words, amount=score))
        return _counted(wanted.keys(), given.keys())

    def _findings(self) -> dict[str, Counted]:
        wanted: dict[str, dict[tuple[str, str], None]] = {kind: {} for kind in KINDS}
        for finding in self._gold.findings or ():
            find = self._task if finding.kind == ADDED else self._parent_task
            wanted[finding.kind][finding.plan, find(finding.plan, finding.words)] = None
        out = {}
        for kind in KINDS:
            said = {key: one for key, one in self._given.findings.get(kind, {}).items() if key[0] in self._plans}
            for sort, plan, task in _differences(wanted[kind], said):
                self._mistakes.append(self._finding(kind, sort, plan, task))
            if wanted[kind] or said:
                out[kind] = _counted(wanted[kind].keys(), said.keys())
        return out

    def _finding(self, kind: str, sort: str, plan: str, task: str) -> FamilyMistake:
        """A mistake with the words that a false finding was read from; of a missed one the tasks that it is about."""
        if kind == ADDED:
            return FamilyMistake(plan, sort, kind, plan=self._words(plan, task))
        parent = self._parent_words(plan, task)
        if sort == "missed":
            rows = " / ".join(self._words(plan, row) for row in self._rows.get((plan, task), ()))
            return FamilyMistake(plan, sort, kind, parent=parent, plan=rows)
        said = self._given.findings[kind][plan, task]
        words = said.parent_says if said.parent_says and said.parent_says != parent else ""
        return FamilyMistake(plan, sort, kind, given=words, parent=parent, plan=said.plan_says, amount=said.amount)

    def _union(self) -> Counted:
        """Pairs of rows that are one task, over the plans whose parent is not at hand."""
        tasks: dict[str, set[tuple[str, str]]] = {}
        for row in self._gold.union or ():
            tasks.setdefault(row.task, set()).add((row.document, self._task(row.document, row.words)))
        wanted, given = dict.fromkeys(_pairs(tasks.values())), dict.fromkeys(_pairs(self._given.clusters))
        for sort, one, other in _differences(wanted, given):
            first, second = self._words(*one), self._words(*other)
            self._mistakes.append(FamilyMistake(f"{one[0]} – {other[0]}", sort, "union", parent=first, plan=second))
        return _counted(wanted.keys(), given.keys())

    def _parent_task(self, plan: str, words: str) -> str:
        return self._task(str(self._gold.documents[plan].parent), words)

    def _task(self, document: str, words: str) -> str:
        """The id of the task that the words begin, else a stand-in that no prediction has."""
        found = self._given.find(document, words)
        if found is None:
            self._unread[document, words] = None
        return found or f"{_UNREAD}{fold(words)}"

    def _parent_words(self, plan: str, task: str) -> str:
        """The words of a parent's task: of the gold's parent, else of the one that the plan was compared with."""
        place = self._given.places.get(plan)
        compared = place.parent if place else None
        return next(
            (
                self._given.texts[document][task]
                for document in (self._gold.documents[plan].parent, compared)
                if document and task in self._given.texts.get(document, {})
            ),
            task.removeprefix(_UNREAD),
        )

    def _words(self, document: str, task: str) -> str:
        return self._given.texts.get(document, {}).get(task) or task.removeprefix(_UNREAD)


def _members(families: Mapping[str, Iterable[str]]) -> Set[tuple[str, str]]:
    return {(parent, plan) for parent, plans in families.items() for plan in plans}


def _pairs(clusters: Iterable[Iterable[tuple[str, str]]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for cluster in clusters:
        yield from combinations(sorted(cluster), 2)


def _counted(wanted: Set[Any], given: Set[Any]) -> Counted:
    return Counted(len(wanted), len(given), len(wanted & given))


def _differences(wanted: Mapping[Any, object], given: Mapping[Any, object]) -> Iterator[tuple[Any, ...]]:
    """What was missed, and what is false, by name of the plan."""
    missed, false = wanted.keys() - given.keys(), given.keys() - wanted.keys()
    yield from ((sort, *key) for sort, keys in (("missed", missed), ("false", false)) for key in sorted(keys))


def _values(document: GoldDocument, place: Place | None) -> dict[str, tuple[str | None, str | None]]:
    """What is asked of a document: the right value and the given one, by the names of `VALUES`."""
    issuer = place.issuer if place else {}
    given: dict[str, str | None] = {
        "parent": place.parent if place else None,
        "top": place.top if place else None,
        **{value: issuer.get(value) for value in ("body", "level", "commune", "province")},
        "days": None if place is None or place.days is None else str(place.days),
    }
    days = None if document.days is None else str(document.days)
    wanted = {"days": days, **{value: getattr(document, value) for value in VALUES if value != "days"}}
    return {value: (wanted[value], given[value]) for value in VALUES}


def _same(wanted: str | None, given: str | None, value: str) -> bool:
    if wanted is None or given is None:
        return wanted is given
    one, other = wanted.casefold(), given.casefold()
    # The gold may name the sort of a body alone: so-noi-vu is a “so”.
    return one == other or (value == "body" and other.startswith(f"{one}-"))


# ── for programs ───────────────────────────────────────────────────────────────────────────


def figures(found: FamilyEvaluation) -> dict[str, float]:
    """The shares by name, 0..1, where there is something to measure: what two runs are compared by."""
    shares = {value: share.right / share.of for value, share in found.values.items() if share.of}
    named = {"families": found.families, "members": found.members, "links": found.links, **(found.findings or {}),
             "all findings": found.all_findings, "union": found.union}  # fmt: skip
    shares |= {name: counted.f1 for name, counted in named.items() if counted is not None and counted.f1 is not None}
    return shares | ({} if found.by_kind is None else {"mean of kinds": found.by_kind})


def changes(before: FamilyEvaluation, after: FamilyEvaluation) -> tuple[list[FamilyMistake], list[FamilyMistake]]:
    """The mistakes that are new, and those that are gone."""
    old, new = ({_key(mistake): mistake for mistake in one.mistakes} for one in (before, after))
    return [new[key] for key in new if key not in old], [old[key] for key in old if key not in new]


def _key(mistake: FamilyMistake) -> tuple[str, ...]:
    """What makes two mistakes one: scores and what exactly was read may differ."""
    about = (mistake.wanted,) if mistake.sort == "wrong" else (fold(mistake.parent), fold(mistake.plan))
    return (mistake.document, mistake.sort, mistake.what, *about)


def as_json(now: FamilyEvaluation, *, errors: bool = False, before: FamilyEvaluation | None = None) -> dict[str, Any]:
    """The evaluation as plain dicts and lists."""
    out: dict[str, Any] = {
        "documents": now.documents,
        "families": _shares(now.families),
        "members": _shares(now.members),
        "values": {value: asdict(share) for value, share in now.values.items()},
        "links": now.links and _shares(now.links),
        "findings": now.findings and {kind: _shares(counted) for kind, counted in now.findings.items()},
        "all_findings": now.all_findings and _shares(now.all_findings),
        "mean_of_kinds": now.by_kind,
        "union": now.union and _shares(now.union),
        "unread": [{"document": document, "words": words} for document, words in now.unread],
    }
    if errors:
        out["errors"] = [asdict(mistake) for mistake in now.mistakes]
    if before is not None:
        old, new = figures(before), figures(now)
        came, gone = changes(before, now)
        out["against"] = {
            "figures": {
                name: {"before": old[name], "after": new[name], "difference": new[name] - old[name]}
                for name in new
                if name in old
            },
            "new_errors": [asdict(mistake) for mistake in came],
            "gone_errors": [asdict(mistake) for mistake in gone],
        }
    return out


def _shares(counted: Counted) -> dict[str, int | float | None]:
    return {**asdict(counted), "precision": counted.precision, "recall": counted.recall, "f1": counted.f1}
