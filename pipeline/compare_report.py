"""A comparison on a terminal: for each family a line a plan with what became of the parent's tasks."""

from __future__ import annotations

from pathlib import Path

from rich.box import SQUARE
from rich.table import Table
from rich.text import Text

from pipeline.compare.model import COVERED, MISSING, NOT_APPLICABLE, PARTLY, Comparison, PlanColumn, Reference, Result
from pipeline.convert import Result as Run
from pipeline.errors import DocumentError
from pipeline.model import Directive
from pipeline.terminal import clean, console

__all__ = ["print_comparison", "readable"]

TEXTS = {
    "vi": {
        "against": "{title}: {plans} văn bản đối chiếu với {tasks} nhiệm vụ của {parent}",
        "union": "{title}: {plans} văn bản, gộp được {tasks} nhiệm vụ; không có văn bản cấp trên trong các tệp",
        "family": "Họ văn bản thực hiện {reference}",
        "no-reference": "Các văn bản được nêu",
        "plan": "Văn bản",
        "share": "Đã đưa",
        "covered": "Đủ",
        "partly": "Một phần",
        "missing": "Thiếu",
        "not-applicable": "Khác cấp",
        "added": "Thêm",
        "later": "Hạn muộn, mất",
        "number": "Số thấp, mất",
        "lead": "Xem chủ trì",
        "nothing": "Không có gì để so sánh: chưa thấy hai văn bản cùng thực hiện một văn bản cấp trên.",
    },
    "en": {
        "against": "{title}: {plans} documents against the {tasks} tasks of {parent}",
        "union": "{title}: {plans} documents, {tasks} different tasks in all; the parent is not among the files",
        "family": "Family implementing {reference}",
        "no-reference": "The documents given",
        "plan": "Document",
        "share": "Taken over",
        "covered": "Full",
        "partly": "Partly",
        "missing": "Not there",
        "not-applicable": "Other level",
        "added": "Added",
        "later": "Date later, lost",
        "number": "Number lower, lost",
        "lead": "See lead",
        "nothing": "Nothing to compare: no two documents implement the same document.",
    },
}
FIGURE = 6  # width of a column of figures, in characters
_LATER = ("deadline-later", "deadline-lost", "deadline-less-precise", "deadline-kind", "cadence-weaker")
_NUMBER = ("number-lower", "number-lost")
_LEAD = ("lead-missing", "lead-several", "lead-other-class", "lead-dissolved")


def readable(run: Run, parent: Path) -> Directive:
    """The directive of the parent. Raises `DocumentError` where it could not be read."""
    directive = next((one for one in run.directives if one.status != "failed"), None)
    if directive is None:
        reasons = " ".join(error.message for one in run.directives for error in one.errors)
        reasons = reasons or " ".join(problem.message for problem in run.problems)
        message = f"Không đọc được văn bản cấp trên {parent}: {reasons}"
        raise DocumentError("parent-unread", message, str(parent))
    return directive


def print_comparison(result: Result, lang: str) -> None:
    """Prints a table for each family; a line where there is none."""
    out = console()
    if not result.comparisons:
        out.print(Text(TEXTS[lang]["nothing"]))
    for comparison in result.comparisons:
        out.print(_table(comparison, lang))


def _table(comparison: Comparison, lang: str) -> Table:
    texts = TEXTS[lang]
    reference = comparison.family.reference
    title = texts["family"].format(reference=_named(reference)) if reference else texts["no-reference"]
    parent = comparison.parent.document if comparison.parent else ""
    said = texts["against" if parent else "union"].format(
        title=title, plans=len(comparison.plans), tasks=len(comparison.tasks), parent=parent
    )
    table = Table(title=Text(clean(said)), box=SQUARE, expand=True)
    table.add_column(texts["plan"], ratio=1, overflow="fold")
    for name in ("share", "covered", "partly", "missing", "not-applicable", "added", "later", "number", "lead"):
        table.add_column(texts[name], justify="right", max_width=FIGURE)
    for column in comparison.plans:
        table.add_row(Text(clean(column.plan.label)), *_figures(column))
    return table


def _named(reference: Reference) -> str:
    return reference.number or reference.title or reference.quote


def _figures(column: PlanColumn) -> list[str]:
    share = column.coverage
    kinds = [finding.kind for finding in column.findings]
    counts = [column.count(status) for status in (COVERED, PARTLY, MISSING, NOT_APPLICABLE)]
    groups = [sum(kind in group for kind in kinds) for group in (_LATER, _NUMBER, _LEAD)]
    return ["–" if share is None else f"{share:.0%}", *map(str, counts), str(len(column.added)), *map(str, groups)]
