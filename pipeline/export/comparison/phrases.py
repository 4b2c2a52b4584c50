"""What several sheets say in the same words: where a task stands, what a finding measures, what a family is called."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.compare.model import Comparison, Finding, Link, Member, Reference
from pipeline.compare.wording import KIND_NAMES
from pipeline.export.comparison.wording import TEXTS
from pipeline.export.task_sheet import source
from pipeline.export.wording import WORDINGS
from pipeline.model import Directive, Task

__all__ = ["COLOURS", "WORSE", "cadence", "days_of", "due", "family", "heads", "homes", "joined", "measure", "place",
           "quotation", "referred", "row_line", "said", "share", "share_of", "sides",
           "when"]  # fmt: skip

# Ink and paper of each coverage; the word stands in the cell as well, for a black and white printer.
COLOURS: Mapping[str, tuple[str, str]] = {
    "covered": ("#375623", "#E2EFDA"),
    "partly": ("#7F6000", "#FFF2CC"),
    "missing": ("#9C0006", "#FFC7CE"),
    "not-applicable": ("#595959", "#EDEDED"),
    "added": ("#1F3864", "#DDEBF7"),
}
# What a plan makes weaker than its parent asks: seen at once in a cell that is otherwise green.
WORSE = frozenset({
    "deadline-later", "deadline-lost", "deadline-kind", "deadline-less-precise", "cadence-weaker", "number-lower",
    "number-lost", "lead-missing", "lead-several", "lead-other-class", "lead-dissolved", "product-lost",
})  # fmt: skip
_SHARES = frozenset({"copied", "partly"})  # kinds whose amount is a share; of deadlines it is days
_WHOLE = frozenset({"covered", "partly", "added", "copied"})  # kinds that are said of whole tasks
_TIMES = ("deadline-", "cadence-")


def joined(words: Sequence[str]) -> str:
    """The words in one cell."""
    return "; ".join(words)


def share(value: float) -> str:
    """A share as a reader expects it: 87%."""
    return f"{value:.0%}"


def place(task: Task, lang: str) -> str:
    """Where a task stands in its document: “mục II.1, trang 2”."""
    texts = TEXTS[lang]
    parts = [texts["section"].format(section=task.section)] if task.section else []
    return ", ".join([*parts, texts["page"].format(page=task.page)])


def quotation(task: Task, directive: Directive) -> str:
    """The words of the document that the task was read from; the task's own where no place is kept."""
    text = directive.text
    quoted = " […] ".join(text[found.start : found.end].strip() for found in task.evidence.get("text", ()))
    return quoted or task.text


def due(task: Task) -> dt.date | str | None:
    """The deadline as a day, else as written."""
    return task.due or task.due_text


def cadence(task: Task, lang: str) -> str:
    """How often, in words."""
    names = WORDINGS[lang].cadence
    return joined([names.get(code, code) for code in task.cadence])


def when(task: Task, lang: str) -> str:
    """The deadline in words: its day, else as written, else how often."""
    return f"{task.due:%d/%m/%Y}" if task.due else task.due_text or cadence(task, lang)


def days_of(finding: Finding) -> float | None:
    """The measure of a finding in days, None where it has none or another one."""
    return finding.amount if finding.kind.startswith("deadline-") else None


def share_of(finding: Finding) -> float | None:
    """The measure of a finding as a share, None where it has none or another one."""
    return finding.amount if finding.kind in _SHARES else None


def measure(finding: Finding, lang: str) -> str:
    """The measure in words (“+15 ngày”, “87%”), empty where there is none. What numbers differ by, both sides show."""
    days, part = days_of(finding), share_of(finding)
    if days:  # an equal deadline needs no nought
        return TEXTS[lang]["days"].format(days=f"{days:+.0f}".replace("-", "−"))
    return "" if part is None else share(part)


def sides(finding: Finding, lang: str) -> tuple[str, str]:
    """What the parent and what the plan says; empty where it is the whole task, which stands beside it anyway."""
    if finding.kind in _WHOLE:
        return "", ""
    if finding.kind.startswith(_TIMES):
        return _uncoded(finding.parent_says, lang), _uncoded(finding.plan_says, lang)
    return finding.parent_says, finding.plan_says


def _uncoded(words: str, lang: str) -> str:
    """Words that say when, with names for the codes that stand where a document has no words for a cadence."""
    names = WORDINGS[lang].cadence
    return "".join(names.get(part, part) for part in re.split("([;,] )", words))


def said(finding: Finding, lang: str) -> str:
    """A finding in a line: “Hạn muộn hơn (+15 ngày): “trước 15/6” → “trước 30/6””."""
    kind, amount = KIND_NAMES[lang][finding.kind], measure(finding, lang)
    kind = f"{kind} ({amount})" if amount else kind
    both = sides(finding, lang)
    if not any(both):
        return kind
    parent, plan = (f"“{words}”" if words else TEXTS[lang]["nothing"] for words in both)
    return f"{kind}: {parent} → {plan}"


def row_line(link: Link, directive: Directive, lang: str) -> str:
    """A plan's row in a line: where it stands, how much alike, and its words."""
    alike = TEXTS[lang]["alike"].format(share=share(link.score))
    where = place(link.row, lang)
    return f"{where[:1].upper()}{where[1:]} ({alike}): “{quotation(link.row, directive)}”"


# ── families and columns ───────────────────────────────────────────────────────────────────


def referred(reference: Reference | None, lang: str) -> str:
    """A document that is cited, as an office cites it; empty where there is none."""
    if reference is None:
        return ""
    words = WORDINGS[lang]
    parts = [reference.number or reference.title or ""]
    if reference.date:
        parts.append(f"{words.dated} {reference.date:%d/%m/%Y}")
    if reference.issuer:
        parts.append(f"{words.issued_by} {reference.issuer}")
    return " ".join(part for part in parts if part)


def family(comparison: Comparison, number: int, lang: str) -> str:
    """What a family is called: by its parent, else by what its plans cite."""
    texts, parent = TEXTS[lang], comparison.parent
    if parent is not None:
        return texts["family"].format(number=number, name=source(parent.directive, WORDINGS[lang]))
    name = referred(comparison.family.reference, lang)
    if not name:
        return texts["family-unnamed"].format(number=number)
    return texts["family"].format(number=number, name=texts["not-at-hand"].format(name=name))


def heads(comparison: Comparison) -> tuple[str, ...]:
    """What each plan's column is headed with: the shortest name that no other plan of the family has.

    Its commune, else its issuer, else issuer and file.
    """
    plans = [column.plan for column in comparison.plans]
    names = [(plan.issuer.commune or plan.label, plan.label, f"{plan.label} ({plan.document})") for plan in plans]
    counts = [Counter(name.casefold() for name in each) for each in zip(*names, strict=True)]
    return tuple(
        next((name for name, count in zip(each, counts, strict=False) if count[name.casefold()] == 1), each[-1])
        for each in names
    )


def homes(comparison: Comparison) -> tuple[Directive, ...]:
    """The directive in whose words each task of the comparison stands: the parent's, or that of a plan."""
    if comparison.parent is not None:
        return (comparison.parent.directive,) * len(comparison.tasks)
    named: dict[str, list[Member]] = {}
    for column in comparison.plans:
        named.setdefault(column.plan.document, []).append(column.plan)
    return tuple(
        _home(task, named[document]).directive
        for task, document in zip(comparison.tasks, comparison.homes, strict=True)
    )


def _home(task: Task, plans: Sequence[Member]) -> Member:
    """The plan that has the task, among those of one name: two folders may hold files of one name."""
    return next((plan for plan in plans[1:] if task in plan.directive.tasks), plans[0])
