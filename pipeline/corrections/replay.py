"""What was extracted of a document and what people decided of it, made one: the rows that count.

Nothing is lost on the way: each correction of the log is put in, or undone, or told as `Replayed.lost`. A log with
corrections that are none (a field that no task has) raises nothing: they are lost too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.corrections.counting import decided_first, live
from pipeline.corrections.evidence import Words
from pipeline.corrections.fields import TIMES, UNITS, Refused, decoded, given, plain, with_fields
from pipeline.corrections.finding import known_again, stood_in
from pipeline.corrections.model import FIELDS, Correction, Mark, Replayed
from pipeline.corrections.parting import merged, part_ids, parted, parts_of
from pipeline.corrections.reviewing import Bodies, answered
from pipeline.corrections.rows import Rows
from pipeline.matching import changed_figures, fold
from pipeline.model import Directive, Task
from pipeline.ruleset import Ruleset

__all__ = ["named_in", "replay"]


def replay(directive: Directive, corrections: Sequence[Correction], rules: Ruleset) -> Replayed:
    """The rows of a document as the office decided them. Pure; the order of `corrections` is that of their `seq`.

    `directive` is what was extracted, `corrections` the whole log of this document, undone ones included.
    """
    counting, lost = live(corrections)
    if not counting:
        return Replayed(directive, lost=tuple(lost))
    work = _Replay(directive, rules, decided_first(corrections))
    work.rows.known = _known(directive, corrections, counting)
    for one in sorted(counting, key=work.turn):
        missing = work.put_in(one)
        if missing is not None:
            lost.append(missing)
    rows = work.rows
    return Replayed(
        directive=replace(directive, tasks=rows.kept()),
        rejected=rows.out(),
        marks={key: tuple(sorted(rows.marks[key], key=lambda mark: mark.seq)) for key in sorted(rows.marks)},
        confirmed=frozenset(rows.confirmed),
        lost=tuple(sorted(lost, key=lambda one: one.seq)),
    )


def named_in(correction: Correction, row: str, directive: Directive, log: Sequence[Correction]) -> tuple[str, ...]:
    """The ids by which a correction of the log of a document names a row of today; none where it is not about it."""
    known = _known(directive, log, live(log)[0])
    return tuple(key for key in correction.tasks if known.get(key, key) == row)


def _known(directive: Directive, log: Sequence[Correction], counting: Sequence[Correction]) -> dict[str, str]:
    """The id of today for each id of the log that no row has any more, where it is known again."""
    made = {key for one in counting for key in _made(one)}
    return known_again(sorted(log, key=lambda one: one.seq), directive.tasks, made)


def _made(correction: Correction) -> tuple[str, ...]:
    """The ids that a correction gives to new rows."""
    if correction.kind == "add":
        return correction.tasks[:1]
    return part_ids(correction) if correction.kind == "split" else ()


class _Replay:
    """One replay: the rows so far, and what is asked of the document on the way."""

    def __init__(self, directive: Directive, rules: Ruleset, first: Mapping[int, Correction]) -> None:
        self.directive, self.rules, self.first = directive, rules, first
        self.rows = Rows(directive)
        self.words = Words(directive)
        self.bodies = Bodies(directive, rules)

    def turn(self, one: Correction) -> int:
        """When a correction is put in. A row that was added anew from other words is there for what follows on it."""
        return self.first[one.seq].seq if one.kind == "add" and one.seq in self.first else one.seq

    def put_in(self, one: Correction) -> Correction | None:
        """Puts a correction in. What is left of it where rows of it are not found, None where nothing is."""
        try:
            if one.kind in ("edit", "confirm", "reject"):
                return self._each(one)
            if one.kind in ("split", "merge", "add") and one.tasks:
                done = {"split": self._split, "merge": self._merge, "add": self._add}[one.kind](one)
                return None if done else one
        except Refused:
            return one
        return one

    def _mark(self, one: Correction, before: object, what: str | None = None) -> Mark:
        return Mark(what or one.kind, before, one.by, one.at, one.seq, self.first.get(one.seq))

    # ── corrections of rows one by one ──

    def _each(self, one: Correction) -> Correction | None:
        fields = given(one.values) if one.kind == "edit" else {}
        if one.kind == "edit" and not fields:
            return one
        signed = _signed(one) if one.kind == "confirm" else {}
        missing = [
            place for place, key in enumerate(one.tasks) if not self._decide(one, place, key, signed.get(key, fields))
        ]
        if not missing and one.tasks:
            return None
        texts = tuple(one.texts[place] for place in missing if place < len(one.texts))
        return replace(one, tasks=tuple(one.tasks[place] for place in missing), texts=texts)

    def _decide(self, one: Correction, place: int, key: str, fields: Mapping[str, Any]) -> bool:
        found = self.rows.find(key)
        if found is None:
            return False
        if one.kind == "edit":
            self._edit(one, found, fields)
            return True
        said = one.texts[place] if place < len(one.texts) else ""
        if one.kind == "confirm" and said and changed_figures(said, self.rows.tasks[found].text):
            return False  # another figure than the one that was signed
        if one.kind == "confirm":
            self._set(found, fields)
            self.rows.rejected.discard(found)
            self.rows.confirmed.add(found)
        else:
            self.rows.confirmed.discard(found)
            self.rows.rejected.add(found)
        self.rows.mark(found, [self._mark(one, None)])
        return True

    def _edit(self, one: Correction, key: str, fields: Mapping[str, Any]) -> None:
        task = self.rows.tasks[key]
        self.rows.rejected.discard(key)
        self.rows.mark(key, [self._mark(one, plain(task, name), name) for name in fields])
        self._set(key, fields)

    def _set(self, key: str, fields: Mapping[str, Any], by_hand: Iterable[str] = ()) -> None:
        """Gives a row new values, with their evidence, bodies and doubts."""
        old = self.rows.tasks[key]
        decided = self.rows.decided(key).union(by_hand)
        new = with_fields(old, fields)
        changed = [name for name in FIELDS if getattr(new, name) != getattr(old, name)]
        if changed:
            new = self._evident(old, new, changed)
        if any(name in changed for name in UNITS):
            new = self.bodies.named(new)
        if changed or decided:
            new = answered(new, decided, self.bodies)
        self.rows.tasks[key] = new

    def _evident(self, old: Task, new: Task, changed: Iterable[str]) -> Task:
        evidence = dict(old.evidence)
        for name in changed:
            if name in ("text", "kind", "section"):
                continue
            evidence.pop(name, None)
            value = getattr(new, name)
            if value:
                shown = new.due_text if name in TIMES else value
                words = shown if isinstance(shown, tuple) else (shown,) if shown else ()
                evidence[name] = self.words.of(old, words, old.evidence.get(name, ()))
        return replace(new, evidence={name: entries for name, entries in evidence.items() if entries})

    # ── rows that come and go ──

    def _split(self, one: Correction) -> bool:
        parts = parts_of(one)
        if len(parts) < 2:
            raise Refused("a split into fewer than two rows")
        ids = part_ids(one)
        section = stood_in(one)
        key = self.rows.find(one.tasks[0])
        already = [self.rows.says(part, section) for part in parts]
        if None not in already and len(set(already)) == len(parts):  # it is read so by now
            for new, there in zip(ids, already, strict=True):
                if there is not None:
                    self.rows.known[new] = there
                    self.rows.mark(there, [self._mark(one, None)])
            return True
        if key is None or any(new in self.rows.tasks for new in ids):
            return False
        task, place = self.rows.tasks[key], self.rows.keys[key]
        decided = self.rows.decided(key)
        before = self.rows.take(key, ids[-1])
        for number, part in enumerate(parted(task, one, self.directive, self.rules)):
            self.rows.put(answered(part, decided, self.bodies), (*place, number))
            self.rows.mark(part.id, [*before, self._mark(one, task.text)])
        return True

    def _merge(self, one: Correction) -> bool:
        found = [self.rows.find(key) for key in dict.fromkeys(one.tasks)]
        keys = list(dict.fromkeys(key for key in found if key is not None))
        if len(set(one.tasks)) < 2 or not keys:
            return False
        if len(keys) < len(found):
            whole = fold(self.rows.tasks[keys[0]].text)
            if len(keys) > 1 or not all(fold(text) in whole for text in one.texts):
                return False
        tasks = [self.rows.tasks[key] for key in keys]
        new = merged(tasks) if len(tasks) > 1 else tasks[0]
        for key in keys[1:]:
            self.rows.mark(keys[0], self.rows.take(key, keys[0]))
        self.rows.confirmed.discard(keys[0])
        self.rows.rejected.discard(keys[0])
        decided = self.rows.decided(keys[0])
        self.rows.tasks[keys[0]] = answered(new, decided, self.bodies)
        self.rows.mark(keys[0], [self._mark(one, [task.text for task in tasks])])
        return True

    def _add(self, one: Correction) -> bool:
        fields = {name: value for name, value in given(one.values).items() if name != "section"}
        section = one.values.get("section", "")
        quote = one.values.get("quote")
        if not isinstance(quote, str) or not isinstance(section, str):
            raise Refused("an added row without its words")
        text = fields.pop("text", decoded("text", quote))
        key = one.tasks[0]
        there = self.rows.find(key) or self.rows.says(text, section)
        if there is not None:  # it is read by now
            self.rows.known[key] = there
            self._edit(one, there, fields)
            self.rows.mark(there, [self._mark(one, None)])
            return True
        start = self.words.anywhere(quote, _offset(one.values.get("start")))
        if start < 0:
            return False
        entry = self.words.entry(start, start + len(quote))
        bare = Task(id=key, section=section, order=0, text=text, page=entry.page, evidence={"text": (entry,)})
        self.rows.put(replace(bare, review=("no-lead", "no-deadline")), (start, 1, start + len(quote), key))
        self.rows.mark(key, [self._mark(one, None)])
        self._set(key, fields, by_hand=fields)
        return True


def _signed(one: Correction) -> dict[str, dict[str, Any]]:
    """What rows said when they were confirmed, of those that the correction keeps it of (see `as_confirmed`)."""
    rows = one.values.get("rows")
    said = rows if isinstance(rows, Mapping) else {}
    return {key: given(values) for key, values in said.items() if isinstance(values, Mapping)}


def _offset(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 1 << 40 else 0
