"""Makes one `Task` out of a candidate and one of its segments: each field from its strongest source, with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline import time, units
from pipeline.extract.actors import Claim, read_actors
from pipeline.extract.amounts import find_quantities, repeats
from pipeline.extract.candidates import Candidate, Label
from pipeline.extract.kinds import kind_of
from pipeline.extract.lexicon import Token, lexicon, tokens_of
from pipeline.extract.segments import Clock, Segment, shift
from pipeline.extract.units import Unit, read_list
from pipeline.extract.values import find_product, find_urgency
from pipeline.model import Box, Document, Evidence, Milestone, Task, TimeMention, UnitMention
from pipeline.ruleset import Ruleset

_PERIODS = {"month": "tháng", "quarter": "quý"}  # columns that leave out the word in their cells
Place = tuple[int, Box | None]  # as `Document.place` tells it


@dataclass(slots=True)
class Draft:
    """The fields of a task in the making, and the evidence gathered for them."""

    document: Document
    places: dict[tuple[int, int], Place]  # those that were asked for before, in this task or another
    evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    _noted: set[tuple[str, int, int, str]] = field(default_factory=set)

    def note(self, name: str, start: int, end: int, rule: str) -> None:
        """Records the words that a field was read from, each place once."""
        key = name, start, end, rule
        if key not in self._noted:
            self._noted.add(key)
            page, box = self._place(start, end)
            self.evidence.setdefault(name, []).append(Evidence(start, end, page, box, rule))

    def _place(self, start: int, end: int) -> Place:
        span = start, end
        if span not in self.places:
            self.places[span] = self.document.place(start, end)
        return self.places[span]


class Assembler:
    """Assembles tasks of one document."""

    def __init__(self, document: Document, clock: Clock, rules: Ruleset) -> None:
        self.document = document
        self.text = document.text
        self.clock = clock
        self.rules = rules
        self.bodies = units.resolver(document, rules)
        self._places: dict[tuple[int, int], Place] = {}

    def task(self, candidate: Candidate, segment: Segment) -> Task:
        """The task of a segment. Its id, order and confidence are given later, when the whole document is known."""
        draft = Draft(self.document, self._places)
        if segment.labels:
            candidate = replace(candidate, labels=[*candidate.labels, *segment.labels])
        spans = [(segment.start, segment.end), *candidate.more]
        for start, end in spans:
            draft.note("text", start, end, "table.row" if candidate.from_table else "block")
        lead = self._lead(draft, candidate, segment)
        coordinating = self._coordinating(draft, candidate, segment, lead)
        when = self._time(draft, candidate, segment)
        reports = self._reports(draft, candidate, segment)
        text = " ".join(self.text[start:end] for start, end in spans)
        mentions, unsure = self._mentions(lead, coordinating, reports)
        return Task(
            id="",
            section=candidate.section,
            order=0,
            text=text,
            kind=kind_of(self.text, segment, candidate.role, self.rules),
            lead=lead,
            coordinating=coordinating,
            due=when.due if when else None,
            start=when.begin if when else None,
            due_text=self._due_text(draft),
            due_precision=when.precision if when else None,
            milestones=self._milestones(draft),
            cadence=when.cadence if when else (),
            rrule=when.rrule if when else None,
            report_to=reports,
            deliverable=self._deliverable(draft, candidate, segment),
            quantity=self._quantities(draft, candidate, spans),
            urgency=self._urgency(draft, spans),
            units=mentions,
            review=(*_review(lead, when), *unsure),
            page=draft.evidence["text"][0].page,
            evidence={name: tuple(entries) for name, entries in draft.evidence.items()},
        )

    # ── bodies ──

    def _claims_of_labels(self, candidate: Candidate, name: str) -> list[Claim]:
        claims = []
        for label in candidate.labels:
            if label.field == name:
                claims.extend(self._read_value(label, name))
            elif label.field == "lead" and name == "coordinating":
                claims.extend(self._inline_partners(label))
        return claims

    def _read_value(self, label: Label, role: str) -> list[Claim]:
        """The bodies in a labelled value or a cell; one that only points to another document names none."""
        value = self.text[label.start : label.end]
        if value.lower().startswith("theo "):
            return []
        if role == "lead" and " chủ trì" in value:
            actors = read_actors(self.text, label.start, label.end, self.rules)
            if actors.subject is not None:
                return [Claim("lead", actors.subject.units, label.rule)]
        units: list[Unit] = []
        for tokens in self._entries(label):
            units.extend(self._units(tokens))
        return [Claim(role, tuple(units), label.rule)] if units else []

    def _entries(self, label: Label) -> Iterator[list[Token]]:
        """The words of a value; a paragraph of a cell that begins with the name of a body is an entry of its own."""
        words = lexicon(self.rules)
        entry: list[Token] = []
        start = label.start
        for line in self.text[label.start : label.end].split("\n"):
            tokens = tokens_of(self.text, start, start + len(line))
            start += len(line) + 1
            # "Văn phòng" | "HĐND và UBND", "Phòng Văn hóa -" | "Xã hội": one name in two lines
            whole = entry and entry[-1].word[0].isalnum() and words.head.match(entry, 0) < len(entry)
            if whole and tokens and tokens[0].capital and words.head.match(tokens, 0):
                yield entry
                entry = []
            entry = [*entry, *tokens]
        yield entry

    def _units(self, tokens: list[Token]) -> list[Unit]:
        words = lexicon(self.rules)
        units: list[Unit] = []
        index = 0
        while index < len(tokens):
            listed = read_list(self.text, tokens, index, words, closed=True)
            if listed is not None:
                units.extend(listed.units)
                index = listed.after
            elif tokens[index].word[0].isalnum():
                # A body that no list knows is kept as written, up to the next separator.
                end = next((k for k in range(index, len(tokens)) if tokens[k].low in {",", ";"}), len(tokens))
                first, last = tokens[index].start, tokens[end - 1].end
                units.append(Unit(first, last, self.text[first:last].rstrip(" .")))
                index = end
            else:
                index += 1
        return units

    def _inline_partners(self, label: Label) -> list[Claim]:
        actors = read_actors(self.text, label.start, label.end, self.rules)
        return [Claim("coordinating", claim.units, label.rule) for claim in actors.coordinating]

    def _lead(self, draft: Draft, candidate: Candidate, segment: Segment) -> tuple[str, ...]:
        claims = self._claims_of_labels(candidate, "lead")
        if not claims:
            claim = segment.lead or segment.inherited or candidate.lead
            if any(label.field == "lead" for label in candidate.labels):
                claim = None  # the cell is filled, but with a reference: nobody is named
            claims = [claim] if claim else []
        return self._names(draft, "lead", claims)

    def _coordinating(
        self, draft: Draft, candidate: Candidate, segment: Segment, lead: tuple[str, ...]
    ) -> tuple[str, ...]:
        claims = self._claims_of_labels(candidate, "coordinating")
        if candidate.from_table and claims:
            return self._names(draft, "coordinating", claims)
        claims += [claim for part in segment.parts for claim in part.actors.coordinating]
        own = segment.lead
        if candidate.coordinating and (own is None or own.names == (candidate.lead.names if candidate.lead else ())):
            claims.append(candidate.coordinating)
        return self._names(draft, "coordinating", claims, without=lead)

    def _reports(self, draft: Draft, candidate: Candidate, segment: Segment) -> tuple[str, ...]:
        claims = self._claims_of_labels(candidate, "report_to")
        claims += [claim for part in segment.parts for claim in part.actors.reports]
        return self._names(draft, "report_to", claims)

    def _names(
        self, draft: Draft, name: str, claims: Iterable[Claim], without: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        seen = {_plain(body) for body in without}
        names: list[str] = []
        for claim in claims:
            for unit in claim.units:
                if _plain(unit.name) not in seen:
                    seen.add(_plain(unit.name))
                    names.append(unit.name)
                    draft.note(name, unit.start, unit.end, claim.rule)
        return tuple(names)

    def _mentions(
        self, lead: tuple[str, ...], coordinating: tuple[str, ...], reports: tuple[str, ...]
    ) -> tuple[tuple[UnitMention, ...], tuple[str, ...]]:
        """The bodies with their ids, and the codes for those that a person should look at."""
        roles = (("lead", lead), ("coordinating", coordinating), ("report_to", reports))
        found = [(self.bodies.resolve(name), role) for role, names in roles for name in names]
        mentions = tuple(UnitMention(unit.name, unit.canonical, role) for unit, role in found)
        return mentions, tuple(dict.fromkeys(code for unit, _ in found for code in unit.review))

    # ── time ──

    def _time(self, draft: Draft, candidate: Candidate, segment: Segment) -> TimeMention | None:
        mentions = list(segment.times)
        for label in candidate.labels:
            if label.field == "time":
                mentions = self._find(label.start, label.end, cell=True) + mentions
            elif label.field in _PERIODS:
                mentions = self._find_period(label, _PERIODS[label.field]) + mentions
            elif label.field == "product":
                # A product may say how often it is made, hardly when the task ends.
                mentions += [m for m in self._find(label.start, label.end, cell=False) if m.due is None]
        for start, end in candidate.more:
            mentions += self._find(start, end, cell=False)
        if candidate.when is not None and not any(_says_when(mention) for mention in mentions):
            mentions += self._find(*candidate.when, cell=True)
        mentions = time.settled(mentions)
        when = time.combine(mentions)
        for mention in mentions:
            names = ["cadence"] if mention.cadence else []
            names += ["rrule"] if mention.rrule else []
            names += ["due", "due_text"] if mention.due is not None else []
            names += ["due_precision"] if mention.precision is not None else []
            names += ["start"] if mention.begin is not None else []
            names += ["due_text"] if time.IMPOSSIBLE in mention.flags and mention.due is None else []
            for name in names or ["due_text"]:
                draft.note(name, mention.start, mention.end, f"time.{mention.rule}")
        if when is not None and when.cadence and "cadence" not in draft.evidence:
            for entry in draft.evidence.get("due", []):
                draft.note("cadence", entry.start, entry.end, entry.rule)
        return when

    def _find(self, start: int, end: int, *, cell: bool) -> list[TimeMention]:
        words = self.text[start:end]
        found = time.find(words, self.clock.reference, year=self.clock.year, cell=cell, rules=self.rules)
        return [shift(mention, start) for mention in found]

    def _find_period(self, label: Label, period: str) -> list[TimeMention]:
        """The month or quarter that a cell under "Tháng" or "Quý" names, with or without the word itself."""
        words = self.text[label.start : label.end]
        spelt = words if words.lower().startswith(period) else f"{period} {words}"
        when = time.combine(time.find(spelt, self.clock.reference, year=self.clock.year, cell=True, rules=self.rules))
        return [replace(when, start=label.start, end=label.end)] if when is not None else []

    def _due_text(self, draft: Draft) -> str | None:
        entries = draft.evidence.get("due_text") or draft.evidence.get("rrule")
        if not entries:
            return None
        draft.evidence.setdefault("due_text", list(entries))
        return "; ".join(self.text[entry.start : entry.end] for entry in entries)

    def _milestones(self, draft: Draft) -> tuple[Milestone, ...]:
        """The steps where a task names several dates."""
        entries = draft.evidence.get("due", [])
        if len(entries) < 2:
            return ()
        steps = []
        for entry in entries:
            mention = time.combine(self._find(entry.start, entry.end, cell=True))
            if mention is not None and mention.due is not None:
                steps.append(Milestone(self.text[entry.start : entry.end], mention.due))
        return tuple(steps) if len({step.due for step in steps}) > 1 else ()

    # ── product and amounts ──

    def _deliverable(self, draft: Draft, candidate: Candidate, segment: Segment) -> str | None:
        for label in candidate.labels:
            if label.field == "product":
                draft.note("deliverable", label.start, label.end, label.rule)
                return self._joined(label.start, label.end)
        found = find_product(self.text, segment.start, segment.end, self.rules)
        if found is None:
            return None
        draft.note("deliverable", *found)
        return self.text[found[0] : found[1]]

    def _joined(self, start: int, end: int) -> str:
        """A value on one line without its closing mark."""
        return " ".join(self.text[start:end].split()).rstrip(" ;")

    def _urgency(self, draft: Draft, spans: list[tuple[int, int]]) -> str | None:
        """The first words of the task that press for haste, else the mark at the head of the document, as written."""
        found = next((place for start, end in spans for place in find_urgency(self.text, start, end, self.rules)), None)
        stamped = self.document.outline.urgency if self.document.outline is not None else None
        if found is None and stamped is not None:
            found = (*stamped, "urgency.stamp")
        if found is None:
            return None
        draft.note("urgency", *found)
        return self.text[found[0] : found[1]]

    def _quantities(self, draft: Draft, candidate: Candidate, spans: list[tuple[int, int]]) -> tuple[str, ...]:
        products = [(label.start, label.end) for label in candidate.labels if label.field == "product"]
        found: list[str] = []
        for start, end in [*spans, *products]:
            said = list(found) if (start, end) in products else []
            for first, last, rule in find_quantities(self.text, start, end, self.rules):
                if not repeats(self.text[first:last], said):
                    draft.note("quantity", first, last, rule)
                    found.append(self.text[first:last])
        return tuple(found)


def _says_when(mention: TimeMention) -> bool:
    """Whether a mention leaves no room for the month that stands as heading above the task."""
    dated = mention.due is not None and time.UNBOUND not in mention.flags
    return dated or bool(set(mention.cadence) - {"per_event", "ad_hoc"})


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def _review(lead: tuple[str, ...], when: TimeMention | None) -> tuple[str, ...]:
    codes = []
    if not lead:
        codes.append("no-lead")
    elif len(lead) > 1:
        codes.append("several-leads")
    if when is None:
        codes.append("no-deadline")
    elif "year-inferred" in when.flags:
        codes.append("year-inferred")
    elif time.IMPOSSIBLE in when.flags:
        codes.append("impossible-date")
    return tuple(codes)
