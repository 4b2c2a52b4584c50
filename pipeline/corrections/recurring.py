"""The same correction again and again: what the rules could learn from it, as an entry for a ``--rules`` folder.

Nothing is learnt by itself: a suggestion is shown with its count and its documents, and a person puts the entry in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.corrections.counting import live
from pipeline.corrections.fields import UNITS, Refused, given
from pipeline.corrections.model import Correction
from pipeline.model import Directive, Task
from pipeline.ruleset import Rule, Ruleset
from pipeline.units import Context, Directory, Resolver, resolver_of
from pipeline.units.reader import read
from pipeline.units.words import slug, words_of

__all__ = ["ENOUGH", "Suggestion", "suggestions"]

ENOUGH = 3  # times: twice may be chance, and a person can look at three
_OPENING = 4  # words in which rejected rows must begin alike
_COMPARED = {  # what recurs in several documents, as the officer calls it
    "lead": "đơn vị chủ trì",
    "coordinating": "đơn vị phối hợp",
    "report_to": "nơi nhận báo cáo",
    "deliverable": "sản phẩm",
    "quantity": "chỉ tiêu",
    "kind": "loại",
}
_KINDS = {"task": "nhiệm vụ", "target": "chỉ tiêu", "report": "báo cáo"}

Log = tuple[Directive, Sequence[Correction]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What recurred: `kind` is unit, edit or wording; `message` is Vietnamese for the officer.

    `times` counts rows that were corrected so, `documents` names them, each once. `file` and `entry` are the rule to
    add, as the YAML of a ``--rules`` folder; both empty where no rule can be made of it.
    """

    kind: str
    message: str
    times: int
    documents: tuple[str, ...]
    file: str = ""
    entry: str = ""


@dataclass(slots=True)
class _Seen:
    """What was seen of one thing that may recur."""

    shown: str
    rows: set[tuple[str, int, str]] = field(default_factory=set)
    documents: dict[str, None] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def add(self, directive: Directive, one: Correction, key: str, text: str = "") -> None:
        row = one.document, one.seq, key
        if row not in self.rows:
            self.rows.add(row)
            self.documents[directive.document] = None
            self.texts.append(text)


def suggestions(logs: Iterable[Log], rules: Ruleset) -> tuple[Suggestion, ...]:
    """What recurs in the corrections of all documents, each with what was extracted of it; most frequent first."""
    every = [(directive, live(corrections)[0]) for directive, corrections in logs]
    found = [*_units(every, rules), *_edits(every), *_wordings(every)]
    return tuple(sorted(found, key=lambda one: (-one.times, one.kind, one.message)))


# ── bodies that the directory does not know ────────────────────────────────────────────────


def _units(logs: Iterable[Log], rules: Ruleset) -> Iterator[Suggestion]:
    seen: dict[str, _Seen] = {}
    for directive, corrections in logs:
        known = resolver_of(directive.text, directive.meta, rules)
        rows = {task.id: task for task in directive.tasks}
        for one in corrections:
            for key, name in _names(one, rows):
                if known.resolve(name).canonical is None:
                    body = _without_level(name, known)
                    seen.setdefault(slug(body), _Seen(body)).add(directive, one, key, name)
    for many in _enough(seen):
        entry = _unit_entry(many, rules)
        message = (
            f"Đơn vị “{many.shown}” chưa có trong danh mục, đã gặp {len(many.rows)} lần. Có thêm vào danh mục không?"
        )
        file = "units.yaml" if entry else ""
        yield Suggestion("unit", message, len(many.rows), tuple(many.documents), file, entry)


def _names(one: Correction, rows: Mapping[str, Task]) -> Iterator[tuple[str, str]]:
    """The bodies that a person typed, or left where they were confirmed, by row."""
    signed = one.values.get("rows")
    for key in one.tasks:
        if one.kind in ("edit", "add"):
            values = _given(one.values)
        elif one.kind == "confirm" and isinstance(signed, Mapping):
            values = _given(signed.get(key))
        elif one.kind == "confirm" and key in rows:
            values = {role: getattr(rows[key], role) for role in UNITS}
        else:
            values = {}
        for role in UNITS:
            yield from ((key, name) for name in values.get(role, ()))


def _given(values: object) -> Mapping[str, tuple[str, ...]]:
    try:
        return given(values) if isinstance(values, Mapping) else {}
    except Refused:
        return {}  # `replay` tells it as lost


def _without_level(name: str, known: Resolver) -> str:
    """The name of the body alone: “Liên minh Sữa xã Tân Lập” is a Liên minh Sữa."""
    words = words_of(name)
    at = next((k for k in range(1, len(words)) if not words[k].capital and known.directory.levels.at(words, k)), None)
    if at is None:
        return name
    ends = [match.start() for match in re.finditer(rf"\b{re.escape(words[at].text)}\b", name)]
    return next((cut for end in ends if len(words_of(cut := name[:end].strip(" ,-"))) == at), name)


def _unit_entry(one: _Seen, rules: Ruleset) -> str:
    """The entry for the directory; empty where the directory would not read the name by it."""
    key = slug(one.shown)
    taken = {rule.id for rule in rules["units"]}
    key = f"{key}-rieng" if key in taken else key
    counter = next((rule.example for rule in rules["units"]), "")
    entry = {"id": key, "sort": _sort(one.shown, rules), "names": [one.shown], "example": one.shown, "counter": counter}
    rule = Rule(key, one.shown, counter, None, entry)
    more = Ruleset({**{name: rules[name] for name in rules}, "units": (*rules["units"], rule)})
    found = read(one.shown, Directory(more), Context())
    reads = found is not None and found.links and found.links[0].body.rule == key
    return _yaml(entry) if key and reads else ""


def _sort(name: str, rules: Ruleset) -> str:
    """The sort of the body of the directory whose name begins most like this one; a group where none does."""
    own = [word.low for word in words_of(name)]
    best, sort = 0, "group"
    for rule in rules["units"]:
        for other in rule["names"]:
            same = 0
            for mine, its in zip(own, (word.low for word in words_of(other)), strict=False):
                if mine != its:
                    break
                same += 1
            if same > best:
                best, sort = same, str(rule["sort"])
    return sort


# ── the same value put in place of the same reading ────────────────────────────────────────


def _edits(logs: Iterable[Log]) -> Iterator[Suggestion]:
    seen: dict[str, _Seen] = {}
    for directive, corrections in logs:
        for one in corrections:
            before = one.values.get("before")
            if one.kind != "edit" or not isinstance(before, Mapping):
                continue
            for name, label in _COMPARED.items():
                if name in before and name in one.values and before[name] != one.values[name]:
                    shown = f"{label} “{_said(before[name])}” thành “{_said(one.values[name])}”"
                    for key in one.tasks:
                        seen.setdefault(f"{name} {shown}", _Seen(shown)).add(directive, one, key)
            phrase = before.get("due_text")
            if ("due" in one.values or "cadence" in one.values) and isinstance(phrase, str) and phrase:
                for key in one.tasks:
                    seen.setdefault(f"due {phrase.lower()}", _Seen(f"thời hạn đọc từ “{phrase}”")).add(
                        directive, one, key
                    )
    for many in _enough(seen):
        message = f"Đã sửa {many.shown} {len(many.rows)} lần. Hãy xem lại quy tắc đọc giá trị này."
        yield Suggestion("edit", message, len(many.rows), tuple(many.documents))


def _said(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    return _KINDS.get(str(value), str(value or ""))


# ── rows that are none ─────────────────────────────────────────────────────────────────────


def _wordings(logs: Sequence[Log]) -> Iterator[Suggestion]:
    """Rejected rows that begin alike, where no row that was kept begins so."""
    seen: dict[str, _Seen] = {}
    kept: list[str] = []
    for directive, corrections in logs:
        out = {key: one for one in corrections if one.kind in ("reject", "confirm", "edit") for key in one.tasks}
        for task in directive.tasks:
            last = out.get(task.id)
            if last is None or last.kind != "reject":
                kept.append(task.text)
                continue
            words = task.text.lower().split()
            if len(words) >= _OPENING:
                opening = " ".join(words[:_OPENING])
                seen.setdefault(opening, _Seen(opening)).add(directive, last, task.id, task.text)
    begun = {" ".join(text.lower().split()[:_OPENING]) for text in kept}
    for many in _enough({key: one for key, one in seen.items() if key not in begun}):
        opening = _common(many.texts)
        message = f"Đã loại {len(many.rows)} dòng bắt đầu bằng “{opening}”. Có thêm quy tắc loại trừ không?"
        entry = {
            "id": f"loai.{slug(opening)[:60]}",
            "scope": "block",
            "reason": "not a task",
            "pattern": f"^{re.escape(opening.lower()).replace(chr(92) + ' ', ' ')}",
            "example": many.texts[0],
            "counter": next((text for text in kept if text), "Xây dựng kế hoạch"),
        }
        yield Suggestion("wording", message, len(many.rows), tuple(many.documents), "exclusions.yaml", _yaml(entry))


def _common(texts: Sequence[str]) -> str:
    """The words that all of the texts begin with, as the first has them."""
    first = texts[0].split()
    rows = [text.lower().split() for text in texts]
    size = min(len(row) for row in rows)
    same = next((k for k in range(size) if len({row[k] for row in rows}) > 1), size)
    return " ".join(first[:same])


# ── both ───────────────────────────────────────────────────────────────────────────────────


def _enough(seen: Mapping[str, _Seen]) -> list[_Seen]:
    return [one for one in seen.values() if len(one.rows) >= ENOUGH]


def _yaml(entry: Mapping[str, object]) -> str:
    """An entry as a rule file holds it. What JSON writes is YAML too, whatever stands in the words."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in entry.items()]
    return "- " + "\n  ".join(lines) + "\n"
