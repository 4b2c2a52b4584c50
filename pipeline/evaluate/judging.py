"""One document judged: which row is which task, which values are right, and every mistake with where it was read.

What an unpaired task states is missed, what an unpaired row states is a false alarm, end to end; a value that should be
empty and is counts nothing. The counts of several documents are added: the figures of a set are micro-averages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluate.likeness import FIELDS, SAME_TASK, Row, as_list, dice, inside, likeness, pair, readings, right

__all__ = ["EXACT", "Judged", "Mistake", "figures", "judge"]

EXACT = ("lead", "due", "cadence")  # fields that make a row right as a whole
META = ("type", "number", "issuer", "place", "date", "title", "signer_title", "signer")
WITHIN = 0.8  # share of a task's words inside some row from which the task was found, if only in a wrong cut
SAME_META = 0.85
SAME_RECIPIENT = 0.7


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value that differs from the right answer. `kind` is missed, extra, field or meta.

    `text` is the task's or the row's, `wanted` all acceptable readings, `source` the places that a wrong value was read
    from: words, page, offsets and rule of each; of a missed task, the row that swallowed it.
    """

    document: str
    section: str
    kind: str
    field: str
    wanted: tuple[Any, ...]
    given: Any
    text: str
    source: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What one document came to. `row_of` pairs tasks with rows by place; `exact` are the tasks whose row is right."""

    name: str
    style: str
    counts: Counter[str]
    row_of: Mapping[int, int]
    exact: frozenset[int]
    mistakes: tuple[Mistake, ...]
    gold: Mapping[str, Any]
    prediction: Mapping[str, Any]

    @property
    def rows(self) -> Sequence[Row]:
        """The rows of the prediction."""
        return self.prediction.get("tasks") or ()

    @property
    def tasks(self) -> Sequence[Row]:
        """The tasks of the gold file."""
        return self.gold["tasks"]  # type: ignore[no-any-return]


def judge(name: str, gold: Mapping[str, Any], prediction: Mapping[str, Any]) -> Judged:
    """Compares a prediction with a gold file; an empty one has missed everything."""
    tasks, rows = gold["tasks"], prediction.get("tasks") or []
    row_of = pair(tasks, rows, likeness, SAME_TASK)
    counts: Counter[str] = Counter(documents=1, gold=len(tasks), rows=len(rows), paired=len(row_of))
    document = str(gold.get("document") or name)
    found = _Judge(document, prediction, counts)
    exact = frozenset(i for i, task in enumerate(tasks) if found.task(task, rows, row_of.get(i)))
    matched = set(row_of.values())
    for j, row in enumerate(rows):
        if j not in matched:
            found.extra(row)
    found.meta(gold.get("meta") or {}, prediction.get("meta") or {})
    style = str((gold.get("meta") or {}).get("type") or "")
    return Judged(name, style, counts, row_of, exact, tuple(found.mistakes), gold, prediction)


class _Judge:
    """Counts what is right and gathers what is not, of one document."""

    def __init__(self, document: str, prediction: Mapping[str, Any], counts: Counter[str]) -> None:
        self.document = document
        self.text = str(prediction.get("text") or "")
        self.counts = counts
        self.mistakes: list[Mistake] = []

    def task(self, task: Row, rows: Sequence[Row], at: int | None) -> bool:
        """Counts one task with its row; whether the row is right as a whole."""
        shares = [inside(task["text"], row.get("text")) for row in rows]
        within = max(shares, default=0.0) >= WITHIN
        self.counts["found"] += within
        if at is None:
            self._missed(task, rows[shares.index(max(shares))] if within else None)
            return False
        row = rows[at]
        exact = all(right(task, row, field) for field in EXACT)
        self.counts["exact"] += exact
        self.counts["kind"] += right(task, row, "kind")
        if not right(task, row, "kind"):
            self._wrong(task, row, "kind")
        for field in FIELDS:
            self._field(task, row, field)
        return exact

    def _field(self, task: Row, row: Row, field: str) -> None:
        given = bool(as_list(row.get(field)))
        if right(task, row, field):
            self.counts[f"{field}_tp"] += given
            return
        self.counts[f"{field}_fp"] += given
        self.counts[f"{field}_fn"] += any(as_list(reading) for reading in readings(task, field))
        self._wrong(task, row, field)

    def _wrong(self, task: Row, row: Row, field: str) -> None:
        wanted, source = tuple(readings(task, field)), tuple(self._source(row, field))
        section = str(task.get("section") or "")
        text = str(task["text"])
        self.mistakes.append(Mistake(self.document, section, "field", field, wanted, row.get(field), text, source))

    def _missed(self, task: Row, swallowed_by: Row | None) -> None:
        for field in FIELDS:
            # one reading that leaves the field empty: then nothing is lost with the task
            self.counts[f"{field}_fn"] += all(as_list(reading) for reading in readings(task, field))
        source = tuple(self._source(swallowed_by, "text")) if swallowed_by is not None else ()
        section = str(task.get("section") or "")
        self.mistakes.append(Mistake(self.document, section, "missed", "text", (), None, str(task["text"]), source))

    def extra(self, row: Row) -> None:
        """Counts a row that is no task."""
        for field in FIELDS:
            self.counts[f"{field}_fp"] += bool(as_list(row.get(field)))
        source = tuple(self._source(row, "text"))
        section, text = str(row.get("section") or ""), str(row.get("text") or "")
        self.mistakes.append(Mistake(self.document, section, "extra", "text", (), None, text, source))

    def _source(self, row: Row, field: str) -> Iterator[Mapping[str, Any]]:
        """The places that a value was read from, with their words where the prediction holds its text."""
        for entry in (row.get("evidence") or {}).get(field) or ():
            kept = {key: entry.get(key) for key in ("page", "start", "end", "rule")}
            yield {"words": self.text[kept["start"] or 0 : kept["end"] or 0], **kept}

    def meta(self, gold: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        """Counts the fields that the gold states; lists only where it states them at all."""
        for field in META:
            if field in gold and not (gold[field] is None and given.get(field) is None):
                self._meta_field(gold, given, field)
        if "recipients" in gold:
            self._cites(gold, given)
            self._recipients(as_list(gold["recipients"]), as_list(given.get("recipients")))

    def _meta_field(self, gold: Mapping[str, Any], given: Mapping[str, Any], field: str) -> None:
        value = given.get(field)
        first, *others = readings(gold, field)
        stated = first is not None and value is not None
        ok = stated and (str(first) == str(value) if field == "date" else dice(first, value) >= SAME_META)
        ok = ok or any(as_list(other) == as_list(value) or dice(other, value) >= SAME_META for other in others)
        self.counts.update(meta_n=1, meta_ok=ok)
        if not ok:
            self.mistakes.append(Mistake(self.document, "", "meta", field, (first, *others), value, ""))

    def _cites(self, gold: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        wanted, found = _numbers(gold), _numbers(given)
        self.counts.update(cites_tp=len(wanted & found), cites_fp=len(found - wanted), cites_fn=len(wanted - found))
        for number in sorted(wanted - found):
            self.mistakes.append(Mistake(self.document, "", "meta", "cites", (number,), None, ""))
        for number in sorted(found - wanted):
            self.mistakes.append(Mistake(self.document, "", "meta", "cites", (), number, ""))

    def _recipients(self, wanted: list[Any], given: list[Any]) -> None:
        pairs = pair(wanted, given, dice, SAME_RECIPIENT)
        tp = len(pairs)
        self.counts.update(recipients_tp=tp, recipients_fp=len(given) - tp, recipients_fn=len(wanted) - tp)
        for i in sorted(set(range(len(wanted))) - pairs.keys()):
            self.mistakes.append(Mistake(self.document, "", "meta", "recipients", (wanted[i],), None, ""))
        for j in sorted(set(range(len(given))) - set(pairs.values())):
            self.mistakes.append(Mistake(self.document, "", "meta", "recipients", (), given[j], ""))


def _numbers(meta: Mapping[str, Any]) -> set[str]:
    """The numbers of the cited documents, without blanks and case."""
    numbers = (cite.get("number") for cite in as_list(meta.get("cites")))
    return {re.sub(r"\s", "", number).upper() for number in numbers if number}


def figures(counts: Counter[str]) -> dict[str, int | float | None]:
    """The figures of one document or of many: counts, then shares of 0..1; None where there is nothing to measure."""
    gold, rows, paired = counts["gold"], counts["rows"], counts["paired"]
    out: dict[str, int | float | None] = {"documents": counts["documents"], "gold": gold, "rows": rows}
    out["task_p"] = _share(paired, rows)
    out["task_r"] = _share(paired, gold)
    out["task_f1"] = _share(2 * paired, rows + gold)
    out["found"] = _share(counts["found"], gold)
    out["row_f1"] = _share(2 * counts["exact"], rows + gold)
    out["kind"] = _share(counts["kind"], paired)
    for field in (*FIELDS, "cites", "recipients"):
        right_twice = 2 * counts[f"{field}_tp"]
        out[f"{field}_f1"] = _share(right_twice, right_twice + counts[f"{field}_fp"] + counts[f"{field}_fn"])
    out["meta"] = _share(counts["meta_ok"], counts["meta_n"])
    return out


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
