"""What people are told, in English: the messages of errors, warnings and problems are Vietnamese where they are made.

A stage knows no language: its message crosses processes and stands in the data as plain words. English is made of it
where it is shown, by the pairs of templates beside this module. A message that has none stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

__all__ = ["told"]

_SLOT = re.compile(r"\{(\w+)(:en)?\}")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A Vietnamese template as a pattern, its longest stretch of fixed words, and the English template."""

    pattern: re.Pattern[str]
    fixed: str
    english: str


def told(message: str, lang: str) -> str:
    """The message in that language; a list of lines is told line by line.

    What fills a slot is repeated as it is, and told in English too where the English template says ``{slot:en}``.
    """
    if lang != "en":
        return message
    for pair in _pairs():
        found = pair.pattern.fullmatch(message) if pair.fixed in message else None
        if found is not None:
            return _filled(pair.english, found.groupdict())
    if "\n" in message:
        return "\n".join(told(line, lang) for line in message.split("\n"))
    return message


def _filled(template: str, words: dict[str, str]) -> str:
    return _SLOT.sub(lambda slot: told(words[slot[1]], "en") if slot[2] else words[slot[1]], template)


@cache
def _pairs() -> tuple[_Pair, ...]:
    """All pairs, those that fix most words first: of two that fit, that one says more."""
    from pipeline.english.calls import CALLS
    from pipeline.english.cluster import CLUSTER
    from pipeline.english.comparisons import COMPARISONS
    from pipeline.english.corrections import CORRECTIONS
    from pipeline.english.documents import DOCUMENTS
    from pipeline.english.outputs import OUTPUTS
    from pipeline.english.serving import SERVING

    every = {**CALLS, **CLUSTER, **COMPARISONS, **CORRECTIONS, **DOCUMENTS, **OUTPUTS, **SERVING}
    ordered = sorted(every, key=lambda template: (-len(_SLOT.sub("", template)), template))
    return tuple(_pair(template, every[template]) for template in ordered)


def _pair(vietnamese: str, english: str) -> _Pair:
    pattern, end = "", 0
    for slot in _SLOT.finditer(vietnamese):
        # A slot that stands twice holds the same words twice.
        again = f"(?P<{slot[1]}>" in pattern
        pattern += re.escape(vietnamese[end : slot.start()])
        pattern += f"(?P={slot[1]})" if again else f"(?P<{slot[1]}>.*?)"
        end = slot.end()
    pattern += re.escape(vietnamese[end:])
    fixed = max(re.split(r"\{\w+\}", vietnamese), key=len)
    # Only a template of several lines has a slot for lines; another would take a list of messages for one of them.
    return _Pair(re.compile(pattern, re.DOTALL if "\n" in vietnamese else 0), fixed, english)
