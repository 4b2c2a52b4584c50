"""Words that a person selects as a missed task → the `values` of an ``add``, with what the rules read of them."""

from __future__ import annotations

from pipeline.corrections.fields import plain
from pipeline.corrections.model import FIELDS
from pipeline.extract.actors import read_actors
from pipeline.extract.assemble import Assembler
from pipeline.extract.candidates import Candidate
from pipeline.extract.lexicon import forget_tokens
from pipeline.extract.scopes import leads_in_brackets
from pipeline.extract.segments import Clock, Segment, read_parts
from pipeline.model import Directive, Document, Outline, Task
from pipeline.outline.markers import parse_marker
from pipeline.ruleset import Ruleset

__all__ = ["proposed"]


def proposed(directive: Directive, start: int, end: int, rules: Ruleset) -> dict[str, object] | None:
    """The `values` of an ``add`` for the characters ``[start, end)``; None where no word is selected.

    A word that is cut is taken whole: a hand seldom hits the edge of one. The section is that of the last row that
    begins before the words or with them. A person sees what is proposed and may change all of it.
    """
    start, end = max(start, 0), min(max(end, 0), len(directive.text))
    words = directive.text[start:end]
    if not words.strip():
        return None
    start, end = end - len(words.lstrip()), start + len(words.rstrip())
    start, end = _whole_words(directive.text, start, end)
    opens_line = start == 0 or directive.text[start - 1] == "\n"
    if opens_line and (marker := parse_marker(directive.text[start:end])) is not None:
        start += marker[1]  # who selects a whole line takes its number or bullet along
    section = _section(directive, start)
    task = _read(directive, start, end, section, rules)
    fields = {name: plain(task, name) for name in FIELDS if name not in ("text", "section", "start")}
    filled = {name: value for name, value in fields.items() if value}
    return {"start": start, "end": end, "quote": directive.text[start:end], "section": section, **filled}


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _section(directive: Directive, start: int) -> str:
    before = (task for task in directive.tasks if any(one.start <= start for one in task.evidence.get("text", ())))
    last = max(before, key=lambda task: task.evidence["text"][0].start, default=None)
    return last.section if last is not None else ""


def _read(directive: Directive, start: int, end: int, section: str, rules: Ruleset) -> Task:
    """The words as the extractor reads a block of its own."""
    meta = directive.meta
    document = Document(
        directive.document,
        directive.sha256,
        directive.media_type,
        directive.pages,
        directive.text,
        blocks=(),
        outline=Outline(meta, (), ()),
    )
    clock = Clock(meta.date, meta.year)
    role = next((one.role for one in directive.sections if one.path == section), "task")
    try:
        parts = read_parts(document.text, start, end, clock, rules)
        return Assembler(document, clock, rules).task(Candidate(start, end, section, role, 0), Segment(parts))
    finally:
        read_actors.cache_clear()  # they hold on to the text of the document
        leads_in_brackets.cache_clear()
        forget_tokens()
