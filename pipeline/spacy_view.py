"""A directive as a spaCy `Doc`, for analysts: its tasks, bodies and times as spans over the canonical text.

spaCy has no Vietnamese model, so it reads nothing here: words are parted by its blank "xx" tokenizer, and everything
else is what the stages before have read. ``directive.to_spacy()`` is the way in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.export.document_json import as_json
from pipeline.model import Directive, Evidence, Task

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

__all__ = ["FIELDS", "register", "to_spacy"]

ROLES = ("lead", "coordinating", "report_to")
# Evidence that says when, by the label that its span gets; words that were read as several get the first.
TIMES = ("due", "cadence", "start", "due_text")
# The fields of a row that a task's span shows as ``span._.NAME``; its words are the span itself.
FIELDS = tuple(one.name for one in fields(Task) if one.name not in {"text", "evidence"})
_KEY = "dondoc"  # of what the Doc keeps of the directive, in its user data


def to_spacy(directive: Directive) -> Doc:
    """The canonical text with the spans ``tasks``, ``units`` and ``dates``; bodies and times as entities too.

    - ``doc.spans["tasks"]``: a span for each stretch of a task's words, labelled with its kind; ``span.id_`` is the
      task's id, ``span._.lead``, ``span._.due``, … are the fields of its row as in the JSON output.
    - ``doc.spans["units"]``: labelled lead, coordinating or report_to; ``span.kb_id_`` is the canonical id, empty where
      the directory does not know the body; ``span._.tasks`` are the ids of the tasks that name it there.
    - ``doc.spans["dates"]``: labelled due, cadence, start or due_text (stated without a date), with ``span._.tasks``.
    - ``doc.ents``: the bodies as ORG and the times as DATE; of two that overlap the longer.

    A span begins and ends where the value does: a word of the tokenizer that reaches over its edge becomes two tokens.
    The fields are kept in ``doc.user_data``: a DocBin holds them with ``store_user_data=True``, and a process that only
    reads one calls `register` first. Raises `UsageError` where spaCy is not installed.
    """
    blank = _blank()
    register()
    tasks, units, dates = _tasks(directive.tasks), _units(directive), _dates(directive.tasks)
    edges = (edge for place in (*tasks, *units, *dates) for edge in (place.start, place.end))
    doc = _parted(blank, directive.text, edges)
    written = as_json(directive)
    doc.user_data["title"] = directive.meta.title or directive.document  # displaCy puts it above
    doc.user_data[_KEY] = {
        "document": directive.document,
        "meta": written["meta"],
        "tasks": {row["id"]: {name: row[name] for name in FIELDS} for row in written["tasks"]},
        "named": {place.key: place.tasks for place in (*units, *dates)},
    }
    doc.spans["tasks"] = [place.span(doc) for place in tasks]
    doc.spans["units"] = [place.span(doc) for place in units]
    doc.spans["dates"] = [place.span(doc) for place in dates]
    doc.ents = _entities(doc)
    return doc


def register() -> None:
    """Makes ``span._.lead`` and the other fields known to spaCy in this process; as often as one likes.

    Raises `UsageError` where spaCy is not installed.
    """
    _blank()
    from spacy.tokens import Span

    for name in FIELDS:
        if not Span.has_extension(name):
            Span.set_extension(name, getter=_field(name))
    if not Span.has_extension("tasks"):
        Span.set_extension("tasks", getter=_named)


@lru_cache(maxsize=1)
def _blank() -> Language:
    """The tokenizer; one for all, so that the Docs share a vocabulary."""
    try:
        import spacy
    except ModuleNotFoundError as error:
        message = (
            'Máy này chưa cài spaCy. Hãy chạy `pip install "dondoc[nlp]"` rồi thử lại. / '
            'spaCy is not installed here: run `pip install "dondoc[nlp]"`.'
        )
        raise UsageError("no-spacy", message, str(error)) from error
    return spacy.blank("xx")


# ── what is shown where ────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Place:
    """A span to be: ``text[start:end]`` with its label; of a task its `id`, of what it names the `tasks` that do."""

    start: int
    end: int
    label: str
    id: str = ""
    canonical: str = ""
    tasks: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the Doc finds the tasks by; text, since a DocBin keeps no other keys."""
        return f"{self.label}:{self.start}:{self.end}"

    def span(self, doc: Doc) -> Span:
        """The span; its edges are edges of tokens."""
        span = doc.char_span(self.start, self.end, label=self.label, kb_id=self.canonical, span_id=self.id)
        assert span is not None, self
        return span


def _tasks(tasks: Iterable[Task]) -> list[_Place]:
    """The words of each task; several stretches where the cells of a table hold them."""
    return [_Place(entry.start, entry.end, task.kind, task.id) for task in tasks for entry in _of(task, "text")]


def _units(directive: Directive) -> list[_Place]:
    """The bodies in the order of the text; words that name one for several tasks (a heading) once."""
    found: dict[tuple[int, int, str], _Place] = {}
    for task in directive.tasks:
        known = {(unit.role, unit.name): unit.canonical for unit in task.units}
        for role in ROLES:
            for entry, name in zip(_of(task, role), getattr(task, role), strict=False):
                # The words of a cell may end in a full stop that is no part of the name.
                end = entry.start + len(name) if directive.text.startswith(name, entry.start) else entry.end
                place = found.setdefault((entry.start, end, role), _Place(entry.start, end, role))
                place.canonical = place.canonical or known.get((role, name)) or ""
                place.tasks.append(task.id)
    return sorted(found.values(), key=_order)


def _dates(tasks: Iterable[Task]) -> list[_Place]:
    """The times in the order of the text, each place once."""
    found: dict[tuple[int, int], _Place] = {}
    for label in TIMES:
        for task in tasks:
            for entry in _of(task, label):
                place = found.setdefault((entry.start, entry.end), _Place(entry.start, entry.end, label))
                if task.id not in place.tasks:
                    place.tasks.append(task.id)
    return sorted(found.values(), key=_order)


def _of(task: Task, name: str) -> tuple[Evidence, ...]:
    return task.evidence.get(name, ())


def _order(place: _Place) -> tuple[int, int, str]:
    return place.start, place.end, place.label


def _entities(doc: Doc) -> list[Span]:
    from spacy.tokens import Span
    from spacy.util import filter_spans

    bodies = [Span(doc, span.start, span.end, "ORG", kb_id=span.kb_id) for span in doc.spans["units"]]
    times = [Span(doc, span.start, span.end, "DATE") for span in doc.spans["dates"]]
    return filter_spans([*bodies, *times])


# ── words ──────────────────────────────────────────────────────────────────────────────────


def _parted(blank: Language, text: str, edges: Iterable[int]) -> Doc:
    """The text in the words of the tokenizer, which are cut besides where a span begins or ends."""
    from spacy.tokens import Doc

    cuts = sorted(set(edges))
    words: list[str] = []
    spaces: list[bool] = []
    # The tokenizer itself, not the pipeline: that refuses texts of more than a million characters. Half a surrogate
    # pair, which UTF-8 cannot hold, becomes "?" as in the JSON output, so that offsets stay.
    for token in blank.tokenizer(text.encode("utf-8", "replace").decode("utf-8")):
        first, end = token.idx, token.idx + len(token.text)
        inside = cuts[bisect_right(cuts, first) : bisect_left(cuts, end)]
        parts = [token.text[a - first : b - first] for a, b in pairwise([first, *inside, end])]
        words.extend(parts)
        spaces.extend([False] * (len(parts) - 1))
        spaces.append(bool(token.whitespace_))
    return Doc(blank.vocab, words=words, spaces=spaces)


# ── what a span tells of its task ──────────────────────────────────────────────────────────


def _kept(span: Span) -> Mapping[str, Any]:
    """What the Doc keeps of its directive; nothing where it is not one of ours or was stored without user data."""
    return span.doc.user_data.get(_KEY) or {}


def _field(name: str) -> Any:
    return lambda span: _kept(span).get("tasks", {}).get(span.id_, {}).get(name)


def _named(span: Span) -> list[str]:
    return list(_kept(span).get("named", {}).get(f"{span.label_}:{span.start_char}:{span.end_char}", ()))
