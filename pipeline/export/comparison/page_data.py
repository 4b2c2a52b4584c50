"""A comparison as the data of its page: every string once, in a pool, and numbers that point into it.

    {"strings": […], "tasks": [[text, place, …fields]], "families": [{"name", "side", "tasks", "homes", "columns"}], …}

A column holds for each task of its family ``[status, [[row, score in percent], …], [finding, …]]``, a finding
``[kind, [row, …], parent says, plan says, measure, days]``: rows and tasks are places in `tasks`, words in `strings`.
300 plans of 60 tasks would be 25 MB with names and without the pool.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.compare.model import ADDED, COVERAGE, KINDS, Answer, Comparison, Finding, Result
from pipeline.compare.wording import KIND_NAMES
from pipeline.export.comparison.page_words import MARKS, PAGE_WORDS, SHORT_STATUS
from pipeline.export.comparison.phrases import cadence, days_of, family, heads, homes, joined, measure, place, sides
from pipeline.export.comparison.wording import SIGNS, TEXTS
from pipeline.export.task_sheet import source
from pipeline.export.wording import WORDINGS
from pipeline.export.words import storable
from pipeline.model import Task

__all__ = ["FIELDS", "as_data"]

# Fields of a task in the order in which the page has them, each with the beginning of the kinds that speak of it.
FIELDS = (
    ("lead", "lead-"),
    ("coordinating", ""),
    ("due", "deadline-"),
    ("cadence", "cadence-"),
    ("amount", "number-"),
    ("product", "product-"),
    ("report-to", ""),
)
PLAIN = ("covered", "not-applicable", "deadline-equal")
"""Kinds that say that all is as it should be: the list of findings leaves them out until it is asked for them."""

_SAID_BY_SHEETS = ("lead", "due", "cadence", "amount", "product", "task", "task-union", "alike")


class _Pool:
    """Strings by their place: each is stored once, the empty one at 0."""

    def __init__(self) -> None:
        self.strings: list[str] = [""]
        self._places: dict[str, int] = {"": 0}

    def put(self, words: str) -> int:
        """The place of these words."""
        at = self._places.setdefault(words, len(self.strings))
        if at == len(self.strings):
            self.strings.append(storable(words))
        return at


class _Tasks:
    """Tasks by their place, however many links and findings name them.

    They are told apart as objects: equal tasks of two plans are two, and a task of a union is the one of its plan.
    """

    def __init__(self, pool: _Pool, lang: str) -> None:
        self.rows: list[list[int]] = []
        self._places: dict[int, int] = {}
        self._pool, self._lang = pool, lang

    def put(self, task: Task) -> int:
        """The place of this task."""
        at = self._places.setdefault(id(task), len(self.rows))
        if at == len(self.rows):
            self.rows.append([self._pool.put(words) for words in _shown(task, self._lang)])
        return at

    def put_all(self, tasks: Iterable[Task]) -> list[int]:
        """The places of these tasks."""
        return [self.put(task) for task in tasks]


def _shown(task: Task, lang: str) -> tuple[str, ...]:
    """The text of a task, its place, and its values in the order of `FIELDS`."""
    return (
        task.text,
        place(task, lang),
        joined(task.lead),
        joined(task.coordinating),
        _due(task),
        cadence(task, lang),
        joined(task.quantity),
        task.deliverable or "",
        joined(task.report_to),
    )


def _due(task: Task) -> str:
    """The deadline as written, and the day that it means where the words are not that day: “quý III (30/09/2026)”."""
    day = f"{task.due:%d/%m/%Y}" if task.due else ""
    if task.due_text is None or not day:
        return task.due_text or day
    return task.due_text if day in task.due_text else f"{task.due_text} ({day})"


def as_data(result: Result, lang: str) -> dict[str, Any]:
    """The data of the page, in plain dicts and lists; equal results give equal data."""
    pool = _Pool()
    tasks = _Tasks(pool, lang)
    families = [
        _family(comparison, family(comparison, number, lang), pool, tasks, lang)
        for number, comparison in enumerate(result.comparisons, start=1)
    ]
    return {
        "lang": lang,
        "words": {**{key: TEXTS[lang][key] for key in _SAID_BY_SHEETS}, **PAGE_WORDS[lang]},
        "fields": [list(field) for field in FIELDS],
        "kinds": [
            {"code": kind, "name": KIND_NAMES[lang][kind], "sign": SIGNS[lang].get(kind, ""), "plain": kind in PLAIN}
            for kind in KINDS
        ],
        "statuses": [
            {"code": code, "name": KIND_NAMES[lang][code], "short": SHORT_STATUS[lang][code], "mark": MARKS[code]}
            for code in COVERAGE
        ],
        "added": KINDS.index(ADDED),
        "families": families,
        "tasks": tasks.rows,
        "strings": pool.strings,
    }


def _family(comparison: Comparison, name: str, pool: _Pool, tasks: _Tasks, lang: str) -> dict[str, Any]:
    return {
        "name": pool.put(name),
        "union": comparison.parent is None,
        "tasks": tasks.put_all(comparison.tasks),
        "homes": [pool.put(source(home, WORDINGS[lang])) for home in homes(comparison)],
        "columns": [
            {
                "head": pool.put(head),
                "label": pool.put(column.plan.label),
                "source": pool.put(source(column.plan.directive, WORDINGS[lang])),
                "coverage": None if column.coverage is None else round(100 * column.coverage),
                "answers": [_answer(answer, pool, tasks, lang) for answer in column.answers],
                "added": [_finding(finding, pool, tasks, lang) for finding in column.added],
            }
            for head, column in zip(heads(comparison), comparison.plans, strict=True)
        ],
    }


def _answer(answer: Answer, pool: _Pool, tasks: _Tasks, lang: str) -> list[Any]:
    links = [[tasks.put(link.row), round(100 * link.score)] for link in answer.links]
    findings = [_finding(finding, pool, tasks, lang) for finding in answer.findings]
    return [COVERAGE.index(answer.status), links, findings]


def _finding(finding: Finding, pool: _Pool, tasks: _Tasks, lang: str) -> list[Any]:
    said = (pool.put(words) for words in (*sides(finding, lang), measure(finding, lang)))
    return [KINDS.index(finding.kind), tasks.put_all(finding.rows), *said, round(days_of(finding) or 0)]
