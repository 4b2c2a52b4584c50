"""What extraction does, one thing at a time: how it is taken away, and where the tags of underthesea could help.

Used by ``ablation.py``. A mechanism is taken away by leaving out a file of rules or by putting a function in its place
that does nothing; the product knows nothing of this. Tags are asked for only where the lists of ``rules/words.yaml``
are in doubt: is this block an order, and where does its subject end?
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from typing import Any
from unittest.mock import patch

from pipeline.extract.actors import Claim, find_subject
from pipeline.extract.amounts import find_quantities
from pipeline.extract.candidates import Gatherer
from pipeline.extract.clauses import clauses_of
from pipeline.extract.lexicon import Lexicon, Token, tokens_of
from pipeline.extract.name_ends import stretched
from pipeline.extract.segments import Segment
from pipeline.extract.wording import Wording
from pipeline.model import Node
from pipeline.ruleset import Rule, Ruleset
from pipeline.time import find

__all__ = ["OWN", "TAGS", "Mechanism", "changed", "forget", "forgetful", "tagged", "verbs_by_tag"]

# `pipeline.extract` and `pipeline.normalise` by name: as attributes the public functions stand there.
ACTORS = import_module("pipeline.extract.actors")
CANDIDATES = import_module("pipeline.extract.candidates")
EXTRACT = import_module("pipeline.extract")
NORMALISE = import_module("pipeline.normalise")
TIME = import_module("pipeline.time")
UNITS = import_module("pipeline.extract.units")
WORDING = import_module("pipeline.extract.wording")

_FORGOTTEN = 3  # every third verb
_REMEMBERS = type(lru_cache(lambda: None))
_NOUNS = frozenset({"N", "Np", "Nc"})
_ADVERB = "R"


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A change of extraction: files of rules that are empty, and functions (owner, name, what stands in its place)."""

    name: str
    no_rules: tuple[str, ...] = ()
    patches: tuple[tuple[Any, str, Any], ...] = ()


def _put(name: str, owner: Any, attribute: str, stand_in: Any) -> Mechanism:
    return Mechanism(name, patches=((owner, attribute, stand_in),))


@contextmanager
def changed(mechanism: Mechanism, rules: Ruleset) -> Iterator[Ruleset]:
    """Extraction with the change, as long as the context lasts; yields the rules to read with."""
    if mechanism.no_rules:
        rules = Ruleset({**rules.files, **dict.fromkeys(mechanism.no_rules, ())})
    with ExitStack() as stack:
        for owner, name, stand_in in mechanism.patches:
            stack.enter_context(patch.object(owner, name, stand_in))
        stack.callback(forget)
        forget()
        yield rules


def forget() -> None:
    """Empties what the stages and the tagger remember of texts and rules: it was read with or without a change."""
    tagged.cache_clear()
    for name, module in list(sys.modules.items()):
        if name.startswith("pipeline."):
            for value in list(vars(module).values()):
                if isinstance(value, _REMEMBERS):
                    value.cache_clear()


def forgetful(rules: Ruleset) -> Ruleset:
    """The rules without every third verb: how a document reads whose verbs the lists do not hold."""
    return Ruleset({**rules.files, "words": tuple(map(_forgotten, rules["words"]))})


def _forgotten(rule: Rule) -> Rule:
    if rule["kind"] != "verb":
        return rule
    kept = [word for place, word in enumerate(rule["words"], 1) if place % _FORGOTTEN]
    keys: Mapping[str, Any] = {**rule.keys, "words": kept or rule["words"]}
    return replace(rule, keys=keys)


# ── what extraction does by itself ─────────────────────────────────────────────────────────


def _uncut(parts: list[Any], *rest: Any, **options: Any) -> list[Segment]:
    return [Segment(list(parts))] if parts else []


def _every_time(*arguments: Any, **options: Any) -> Any:
    return find(*arguments, **{**options, "cell": True})


OWN = (
    Mechanism("roles of sections (purpose, assessment, task …)", no_rules=("sections",)),
    Mechanism("exclusions (closings, definitions, agendas …)", no_rules=("exclusions",)),
    _put("types of documents that assign nothing", EXTRACT, "carries_tasks", lambda meta, rules: True),
    _put("a block among orders is one", Gatherer, "_among_orders", lambda self, node: False),
    Mechanism("labelled lines (“Đơn vị chủ trì: …”)", no_rules=("labels",)),
    Mechanism("headings of task tables", no_rules=("columns",)),
    Mechanism(
        "bodies as headings",
        patches=tuple((owner, "unit_title", lambda *arguments: None) for owner in (CANDIDATES, WORDING)),
    ),
    _put("times as headings (“Tháng 4”)", Gatherer, "_note_time", lambda self, node: None),
    _put("a block is cut where another lead or time begins", EXTRACT, "segments_of", _uncut),
    Mechanism("phrases that open a role (“giao”, “phối hợp với”)", no_rules=("actors",)),
    _put("the grammatical subject leads", ACTORS, "find_subject", lambda *arguments: None),
    _put("names go on over unknown words up to the verb", UNITS, "stretched", lambda _, index, *rest, **options: index),
    _put("a date counts only where it is worded as a deadline", TIME, "find", _every_time),
    _put("paragraphs that a page cut are joined", NORMALISE, "join_cut", lambda drafts: drafts),
    Mechanism(
        "misread words of scans are mended",
        patches=((NORMALISE, "mend", lambda *arguments: []), (NORMALISE, "mend_column", lambda *arguments: [])),
    ),
)


# ── what tags could add ────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=4096)
def tagged(text: str) -> Mapping[int, str]:
    """The part of speech of each word, by the offset at which it begins. A first capital would make a verb a name."""
    from underthesea import pos_tag

    small = text[0].lower() + text[1:] if text[1:2].islower() else text
    found, at = {}, 0
    for word, tag in pos_tag(small):
        place = small.find(word, at)
        if place >= 0:
            found[place], at = tag, place + len(word)
    return found


def _tags(tokens: list[Token]) -> Mapping[int, str]:
    """The tags of the words of a clause by the offset of their first token; other tokens have none."""
    if not tokens:
        return {}
    start = tokens[0].start
    befores = [start, *(token.end for token in tokens)]
    text = "".join(" " * (token.start - end) + token.word for token, end in zip(tokens, befores, strict=False))
    return {start + place: tag for place, tag in tagged(text).items()}


def verbs_by_tag(words: Lexicon, tokens: list[Token], index: int) -> bool:
    """Whether a verb stands at a token, by the lists or by its tag."""
    if LISTED(words, tokens, index):
        return True
    token = tokens[index] if index < len(tokens) else None
    plain = token is not None and token.word.islower() and token.low not in words.never_inside
    return plain and _tags(tokens).get(tokens[index].start) == "V"


def _verbs_but_nouns(words: Lexicon, tokens: list[Token], index: int) -> bool:
    return LISTED(words, tokens, index) and _tags(tokens).get(tokens[index].start) not in _NOUNS


LISTED: Callable[[Lexicon, list[Token], int], bool] = Lexicon.acts


class _Tagging(Lexicon):
    """A lexicon that takes tagged verbs for verbs."""

    acts = verbs_by_tag


def _tagging(words: Lexicon) -> Lexicon:
    other = copy.copy(words)
    other.__class__ = _Tagging
    return other


def _second_look(text: str, tokens: list[Token], words: Lexicon) -> Claim | None:
    """The subject by the lists, and where they find none, by the tags."""
    return find_subject(text, tokens, words) or find_subject(text, tokens, _tagging(words))


def _stretched(tokens: list[Token], index: int, words: Lexicon, **options: Any) -> int:
    return stretched(tokens, index, _tagging(words), **options)


def _first_tags(text: str, node: Node) -> list[str | None]:
    """The tag that each clause of a block opens with, behind an adverb."""
    found = []
    for clause in clauses_of(text, node.body, node.end):
        tags = _tags(tokens_of(text, clause.start, clause.end)).values()
        found.append(next((tag for tag in tags if tag != _ADVERB), None))
    return found


ACTS, REFUSAL = Wording.acts, Gatherer._refusal


def _opens_with_verb(wording: Wording, node: Node) -> bool:
    return ACTS(wording, node) or "V" in _first_tags(wording._text, node)


def _opens_with_noun(gatherer: Gatherer, node: Node) -> bool:
    amounts = find_quantities(gatherer.document.text, node.body, node.end, gatherer.rules)
    return not amounts and next(iter(_first_tags(gatherer.document.text, node)), None) in _NOUNS


def _without_verb(gatherer: Gatherer, node: Node) -> bool:
    return "V" not in _tags(tokens_of(gatherer.document.text, node.body, node.end)).values()


def _refused(why: Callable[[Gatherer, Node], bool]) -> Callable[[Gatherer, Node], str | None]:
    """The refusal of blocks, and besides of items that the lists see no action in and the tags neither."""

    def refusal(gatherer: Gatherer, node: Node) -> str | None:
        reason = REFUSAL(gatherer, node)
        doubtful = reason is None and node.kind == "item" and not ACTS(gatherer.says, node)
        return "no verb by its tag" if doubtful and why(gatherer, node) else reason

    return refusal


TAGS = (
    _put("subject: where the lists find none", ACTORS, "find_subject", _second_look),
    _put("subject: where a stretched name ends", UNITS, "stretched", _stretched),
    _put("subject: a tagged verb counts wherever a verb is looked for", Lexicon, "acts", verbs_by_tag),
    _put("subject: a listed verb that is tagged as a noun is none", Lexicon, "acts", _verbs_but_nouns),
    _put("order: a block that a tagged verb opens is one", Wording, "acts", _opens_with_verb),
    _put("order: an item that a tagged noun opens is none", Gatherer, "_refusal", _refused(_opens_with_noun)),
    _put("order: an item without a tagged verb is none", Gatherer, "_refusal", _refused(_without_verb)),
)
