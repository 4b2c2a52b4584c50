"""What the DataFrames of a comparison hold, column by column."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.audit import CRITERIA
from pipeline.compare.columns import Column
from pipeline.compare.model import COVERAGE, KINDS
from pipeline.compare.wording import KIND_NAMES

__all__ = ["CADENCES", "COLUMNS", "DEADLINES", "LEADS", "NUMBERS", "ROLES"]

# What became of one side of a task, the gravest first where a task can have several.
DEADLINES = ("earlier", "equal", "later", "lost", "added", "kind")
CADENCES = ("weaker", "stronger")
NUMBERS = ("lost", "lower", "higher")
LEADS = ("missing", "dissolved", "other-class", "several")
ROLES = ("above", "parent", "plan", "kin", "alone")

_FAMILY = (
    Column("family", "text", "what the plans implement, by its number; “ (2)” behind one that stands twice"),
    Column("union", "flag", "true where no parent was at hand: the tasks are then the union of those of the plans"),
)
_PARENT = (
    Column("parent_document", "text", "file of the parent; in a union, of the plan in whose words the task stands"),
    Column("parent_id", "text", "id of the parent's task"),
    Column("parent_section", "text", "path of the headings that hold it"),
    Column("parent_page", "integer", "page on which it begins"),
    Column("parent_text", "text", "its words"),
)
_ISSUER = (
    Column("issuer", "text", "who issued the plan, as written"),
    Column("body", "text", "id of that body in the directory, without level and place"),
    Column("level", "text", "tw, tinh, huyen, khu-vuc, xa, co-so or thon"),
    Column("commune", "text", "name of the commune, without the word for its kind"),
    Column("province", "text", "name of the province"),
)
_PLAN = (
    Column("plan", "text", "a short name of its own in the family: its commune, else its issuer, else its file"),
    Column("plan_document", "text", "file of the plan"),
    *_ISSUER,
)
_ROWS = (
    Column("plan_ids", "texts", "ids of the plan's rows, the most alike first"),
    Column("plan_sections", "texts", "their sections"),
    Column("plan_pages", "integers", "their pages"),
    Column("plan_text", "text", "their words, joined by “ / ”"),
)
_COVERAGE = (
    *_FAMILY,
    *_PARENT,
    Column("parent_kind", "text", "task, target or report"),
    Column("parent_lead", "texts", "bodies that must do it"),
    Column("parent_due", "date", "last day"),
    Column("parent_due_text", "text", "words that say when"),
    Column("parent_cadence", "texts", "codes of how often"),
    Column("parent_quantity", "texts", "amounts"),
    Column("parent_product", "text", "what is handed in"),
    *_PLAN,
    Column("plan_date", "date", "date of the plan"),
    Column("plan_days", "integer", "days from the parent's date to the plan's"),
    Column("status", COVERAGE, "what the plan makes of the task"),
    Column("share", "number", "of a task that is taken over partly: how much of it, 0 to 1"),
    Column("score", "number", "of the most alike row, 0 to 1"),
    Column("rows", "integer", "how many rows of the plan carry it out"),
    *_ROWS,
    Column("plan_lead", "texts", "bodies that lead these rows, each once"),
    Column("plan_due", "date", "latest of their last days"),
    Column("plan_due_text", "text", "words that say when, joined by “; ”"),
    Column("plan_cadence", "texts", "codes of how often, each once"),
    Column("plan_quantity", "texts", "amounts"),
    Column("plan_product", "text", "what is handed in, joined by “; ”"),
    Column("deadline", DEADLINES, "what became of the deadline; kind is recurring against once"),
    Column("days", "integer", "days by which the deadline is later; below 0: earlier"),
    Column("less_precise", "flag", "whether the deadline is less precise, as a quarter for a day"),
    Column("cadence", CADENCES, "whether it comes back less or more often"),
    Column("number", NUMBERS, "what became of the amounts; of several the first in this order"),
    Column("lead_finding", LEADS, "what is to be said of the leads; of several the first in this order"),
    Column("product", ("lost",), "whether the product is lost"),
    Column("copied", "number", "the share of like words, where a row is copied"),
)
_LINKS = (
    *_FAMILY,
    *_PARENT,
    *_PLAN,
    Column("plan_id", "text", "id of the plan's row"),
    Column("plan_section", "text", "its section"),
    Column("plan_page", "integer", "page on which it begins"),
    Column("plan_text", "text", "its words"),
    Column("score", "number", "how sure it is that the row carries out the task, 0 to 1"),
)
_FINDINGS = (
    *_FAMILY,
    *_PARENT,
    *_PLAN,
    Column("kind", KINDS, "what is found"),
    Column("name", tuple(KIND_NAMES["vi"][kind] for kind in KINDS), "the same in Vietnamese"),
    *_ROWS,
    Column("parent_says", "text", "words of the parent that it was read from"),
    Column("plan_says", "text", "words of the plan"),
    Column("amount", "number", "its measure where it has one: days, a number, or a share"),
)
_FAMILIES = (
    *_FAMILY,
    Column("role", ROLES, "what the document is in the family; alone: of no family"),
    Column("document", "text", "file"),
    Column("type", "text", "kế hoạch, chỉ thị, …"),
    Column("number", "text", "number and symbol"),
    Column("date", "date", "date of issue"),
    Column("title", "text", "trích yếu"),
    *_ISSUER,
    Column("implements", "texts", "numbers (or titles) of what it implements, the nearest first, the topmost last"),
    Column("quote", "text", "the words that cite the nearest"),
    Column("top", "text", "what stands at the head of the family's chain"),
    Column("days", "integer", "of a plan: days from the parent's date to its own"),
    Column("tasks", "integer", "its tasks"),
    Column("versions", "texts", "files that are older versions or copies of it, and are not compared"),
)
_STANDINGS = (
    *_FAMILY,
    Column("place", "integer", "place in the ranking, from 1"),
    *_PLAN,
    Column("plan_days", "integer", "days from the parent's date to the plan's"),
    Column("coverage", "number", "share of the applicable tasks that are taken over, a part counting half"),
    *(Column(kind.replace("-", "_"), "integer", f"findings of the kind {kind}") for kind in KINDS),
    Column("tasks", "integer", "the plan's own tasks"),
    Column("lead", "number", "share of these that name who leads"),
    Column("due", "number", "share that says when"),
    Column("product", "number", "share that names what comes out"),
    *(Column(f"clear_{name}", "number", f"“6 rõ”: share that is clear of {name}") for name in CRITERIA),
    Column("clear_all", "number", "share that is clear of all six"),
)
_TASKS = (
    Column("document", "text", "file"),
    Column("type", "text", "kế hoạch, chỉ thị, …"),
    Column("document_number", "text", "number and symbol of the document"),
    Column("document_date", "date", "date of issue"),
    *_ISSUER,
    Column("id", "text", "id of the task"),
    Column("parent", "text", "id of the task that it is a part of"),
    Column("order", "integer", "place in the document, from 1"),
    Column("section", "text", "path of the headings that hold it"),
    Column("page", "integer", "page on which it begins"),
    Column("text", "text", "its words"),
    Column("kind", "text", "task, target or report"),
    Column("lead", "texts", "bodies that must do it"),
    Column("coordinating", "texts", "bodies that work with the lead"),
    Column("report_to", "texts", "who receives the report or the result"),
    Column("start", "date", "first day"),
    Column("due", "date", "last day"),
    Column("due_text", "text", "words that say when"),
    Column("due_precision", "text", "hour, day, month, quarter, half, year or event"),
    Column("timing", "text", "dated, recurring (no day is named), continuous or undated"),
    Column("cadence", "texts", "codes of how often"),
    Column("rrule", "text", "RFC 5545 rule of how it comes back"),
    Column("deliverable", "text", "what is handed in"),
    Column("quantity", "texts", "amounts"),
    Column("urgency", "text", "words that press for haste"),
    Column("confidence", "number", "how often rows like this one were right, 0 to 1"),
    Column("review", "texts", "codes that ask a person to look"),
)
_WORKLOAD = (
    Column("document", "text", "file"),
    *_ISSUER,
    Column("unit", "text", "body that leads, in the writing that is most frequent; none: nobody is named"),
    Column("canonical", "text", "its id in the directory; none where the directory lacks it"),
    Column("month", "date", "first day of the month; none for work without a day in that year"),
    Column("tasks", "integer", "tasks of that body that fall due in that month"),
    Column("dates", "integer", "days on which they do: a weekly task has several"),
)
_SOURCES = (
    Column("document", "text", "file"),
    Column("id", "text", "id of the task"),
    Column("order", "integer", "its place in the document, from 1"),
    Column("field", "text", "field of the task, as in the JSON output"),
    Column("value", "text", "what the field holds, joined by “; ”"),
    Column("words", "text", "words of the document that it was read from"),
    Column("page", "integer", "their page"),
    Column("start", "integer", "offset of the first character in the document's text"),
    Column("end", "integer", "offset behind the last"),
    Column("rule", "text", "id of the rule that read them"),
)
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "coverage": _COVERAGE,
    "links": _LINKS,
    "findings": _FINDINGS,
    "families": _FAMILIES,
    "standings": _STANDINGS,
    "tasks": _TASKS,
    "workload": _WORKLOAD,
    "sources": _SOURCES,
}
"""The columns of each DataFrame by the name of the function that makes it."""
