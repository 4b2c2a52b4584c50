"""What a row still asks of a person once it was corrected, and the bodies that it names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.corrections.fields import TIMES, UNITS
from pipeline.model import Directive, Task, UnitMention
from pipeline.ruleset import Ruleset
from pipeline.units import Resolver, resolver_of

__all__ = ["Bodies", "answered"]

_OF_LEADS = ("no-lead", "several-leads")
_OF_TIMES = ("no-deadline", "year-inferred", "impossible-date")
_OF_UNITS = ("unit-unknown", "unit-dissolved")


class Bodies:
    """The directory as one document uses it, made when it is first asked: most corrections name no body."""

    def __init__(self, directive: Directive, rules: Ruleset) -> None:
        self._directive, self._rules = directive, rules
        self._resolver: Resolver | None = None

    @property
    def resolver(self) -> Resolver:
        """The resolver of the document."""
        if self._resolver is None:
            self._resolver = resolver_of(self._directive.text, self._directive.meta, self._rules)
        return self._resolver

    def named(self, task: Task) -> Task:
        """The row with the ids of the bodies that it names now."""
        names = [(name, role) for role in UNITS for name in getattr(task, role)]
        units = tuple(UnitMention(name, self.resolver.resolve(name).canonical, role) for name, role in names)
        return replace(task, units=units)

    def doubts(self, task: Task, decided: Collection[str]) -> tuple[str, ...]:
        """The codes of the bodies of a row, but of those that a person put in."""
        names = [name for role in UNITS if role not in decided for name in getattr(task, role)]
        return tuple(dict.fromkeys(code for name in names for code in self.resolver.resolve(name).review))


def answered(task: Task, decided: Collection[str], bodies: Bodies) -> Task:
    """The row without the codes that its corrections answer, and with those that its new fields raise.

    `decided` are the fields that a person has set.
    """
    codes = [code for code in task.review if code not in (*_OF_LEADS, *_OF_TIMES, *_OF_UNITS)]
    if "lead" not in decided:
        codes += ["no-lead"] if not task.lead else ["several-leads"] if len(task.lead) > 1 else []
    if not any(name in decided for name in TIMES):
        timed = any(getattr(task, name) for name in TIMES)
        codes += [code for code in task.review if code in _OF_TIMES[1:]] if timed else ["no-deadline"]
    if any(code in task.review for code in _OF_UNITS):
        doubts = bodies.doubts(task, decided)
        codes += [code for code in task.review if code in doubts]
    order = {code: place for place, code in enumerate(task.review)}
    kept = sorted(dict.fromkeys(codes), key=lambda code: order.get(code, len(order)))
    return replace(task, review=tuple(kept))
