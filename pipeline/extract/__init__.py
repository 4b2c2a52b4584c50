"""Fourth stage: the tasks of a document, by the guideline, each field with the words it was read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.extract.actors import read_actors
from pipeline.extract.assemble import Assembler
from pipeline.extract.candidates import Candidate, Gatherer
from pipeline.extract.confidence import Grade, grade
from pipeline.extract.dated_headings import dated_headings
from pipeline.extract.identity import Identity, identify
from pipeline.extract.kinship import parents, repeats, words_of
from pipeline.extract.lexicon import forget_tokens
from pipeline.extract.scopes import leads_in_brackets
from pipeline.extract.segments import Clock, Segment, only_agrees, read_parts, segments_of
from pipeline.extract.tables import TableReader
from pipeline.model import Directive, Document, Meta, Outline, Task, Unplaced
from pipeline.ruleset import Ruleset

__all__ = ["extract"]

# Roles of headings that direct work in so many words; in a report nothing else does.
_DIRECTS = frozenset({"task", "target", "implementation", "annex-tasks"})
# Roles beneath which a table is looked at by nobody.
_NO_TABLES = frozenset({"annex-outline", "annex-form", "annex-list", "assessment", "purpose"})


def extract(document: Document, rules: Ruleset, reference: dt.date | None = None) -> Directive:
    """The directive that a document with an outline holds. Pure: no clock, no network.

    `reference` is the date that relative and yearless dates count from; the document's own date where None.
    """
    outline = document.outline or Outline(Meta(), (), ())
    meta = outline.meta
    clock = Clock(reference or meta.date, meta.year)
    tasks: list[Task] = []
    above: list[int | None] = []  # the index of the task that each task is part of
    unplaced: tuple[Unplaced, ...] = ()
    carries = carries_tasks(meta, rules)
    if carries:
        assembler = Assembler(document, clock, rules)
        candidates, unplaced = _candidates(document, outline, clock, rules)
        if carries == "sections":
            candidates = [candidate for candidate in candidates if candidate.role in _DIRECTS]
        last: list[int] = []  # of each candidate the last of its tasks: what introduces a list stands at its end
        for candidate, parent in zip(candidates, parents(candidates, outline.nodes), strict=True):
            made = [assembler.task(candidate, segment) for segment in _segments(document, candidate, clock, rules)]
            tasks.extend(made)
            above.extend([last[parent] if parent is not None else None] * len(made))
            last.append(len(tasks) - 1)
    words = [words_of(task) for task in tasks]
    known = identify(tasks, document, meta, above, repeats(tasks, words), words)
    done = [_done(task, identity, grade(task, document, rules)) for task, identity in zip(tasks, known, strict=True)]
    read_actors.cache_clear()  # what is kept of a document goes with it
    leads_in_brackets.cache_clear()
    forget_tokens()
    return Directive(
        document=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=document.pages,
        status="partial" if document.errors else "ok",
        meta=meta,
        sections=outline.sections,
        tasks=tuple(done),
        unplaced=unplaced,
        text=document.text,
        errors=document.errors,
        warnings=(*document.warnings, *outline.remarks),
    )


def carries_tasks(meta: Meta, rules: Ruleset) -> bool | str:
    """Whether documents of this type direct work at all; ``sections``: only under headings that say so.

    An unknown type may.
    """
    for rule in rules["types"]:
        if rule["name"] == meta.type:
            return rule["carries_tasks"] if rule["carries_tasks"] == "sections" else bool(rule["carries_tasks"])
    return True


def _candidates(
    document: Document, outline: Outline, clock: Clock, rules: Ruleset
) -> tuple[list[Candidate], tuple[Unplaced, ...]]:
    gatherer = Gatherer(document, outline, rules)
    gatherer.run()
    headings, unplaced = dated_headings(gatherer, clock, rules)
    found, left = [*gatherer.found, *headings], [*gatherer.left, *unplaced]
    for node in outline.nodes:
        if node.grid is not None and node.role not in _NO_TABLES:
            reader = TableReader(document, node, rules, *gatherer.above(node))
            found.extend(reader.tasks())
            left.extend(reader.left)
    found.sort(key=lambda candidate: candidate.start)
    return found, tuple(left)


def _done(task: Task, identity: Identity, graded: Grade) -> Task:
    """The task with what only the whole document tells of it, put in at once: there are many fields to copy."""
    return replace(
        task,
        id=identity.id,
        order=identity.order,
        parent=identity.parent,
        related=identity.related,
        confidence=graded.confidence,
        review=(*task.review, *identity.review, *graded.review),
    )


def _segments(document: Document, candidate: Candidate, clock: Clock, rules: Ruleset) -> list[Segment]:
    parts = read_parts(document.text, candidate.start, candidate.end, clock, rules)
    if candidate.from_table:
        return [Segment(parts)]
    labelled = any(label.field == "lead" for label in candidate.labels)
    found = segments_of(parts, document.text, candidate.lead, labelled=labelled)
    return [one for one in found[:-1] if not only_agrees(one, document.text)] + found[-1:]
