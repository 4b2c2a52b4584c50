"""One self-contained page: the matrix of each family, what each cell rests on side by side, findings and ranking.

The page asks for nothing: its policy allows the style and the script that stand in it, by their hashes, and no request
at all. Words of documents get into it in two ways, as text that Jinja2 escapes and as JSON in which no tag can begin;
the script puts them on the page as text only.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.audit import CRITERIA
from pipeline.audit.wording import SHORT
from pipeline.compare.model import ADDED, COVERAGE, Comparison, Member, Result
from pipeline.compare.wording import KIND_NAMES
from pipeline.export.comparison.page_data import as_data
from pipeline.export.comparison.page_words import MARKS, PAGE_WORDS
from pipeline.export.comparison.phrases import family, heads, referred, share
from pipeline.export.comparison.wording import TEXTS
from pipeline.export.files import Written, put_beside
from pipeline.export.task_sheet import source
from pipeline.export.wording import WORDINGS
from pipeline.export.words import legal, storable
from pipeline.ruleset import Ruleset

if TYPE_CHECKING:
    from pipeline.compare.ranking import Standing

__all__ = ["Parts", "data_of", "encode", "script", "served", "style", "write"]

LATER = "deadline-later"
# In this order they make one script: each uses what stands before it.
SCRIPTS = ("page_texts.js", "page_differences.js", "page_matrix.js", "page_pair.js", "page_lists.js", "page.js")
# What could end the block of data, or begin a comment or a line in it, written so that JSON reads it the same.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def write(result: Result, path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the page; a file that is there already is kept under another name. Raises `OutputError`."""
    return put_beside(path, encode(result, lang, rules), lang)


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a server has what else stands in the page itself, as addresses; and the way back with its words."""

    icon: str
    style: str
    loader: str
    script: str
    data: str
    back: str
    back_words: str


def encode(result: Result, lang: str, rules: Ruleset) -> bytes:
    """The page as bytes. What UTF-8 cannot hold (half a surrogate pair) becomes ``?``."""
    from markupsafe import Markup

    look, words = style(), script()
    inside = {
        "policy": _policy(look, words),
        "style": Markup(look),  # our own words, as the script is
        "script": Markup(words),
        "data": Markup(_json(as_data(result, lang))),  # no tag can begin in it
    }
    return _rendered(result, lang, rules, parts=None, **inside)


def served(result: Result, lang: str, rules: Ruleset, parts: Parts) -> bytes:
    """The same page for a server whose policy allows nothing that stands in a page: style, script, data are files."""
    return _rendered(result, lang, rules, parts=parts)


def data_of(result: Result, lang: str) -> bytes:
    """The data of a served page, as JSON."""
    return _json(as_data(result, lang)).encode("utf-8")


def _rendered(result: Result, lang: str, rules: Ruleset, **inside: Any) -> bytes:
    from jinja2 import Environment, StrictUndefined

    words = {**TEXTS[lang], **PAGE_WORDS[lang]}
    template = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_clean,
    ).from_string(_part("page.html"))
    page = template.render(
        lang=lang,
        words=words,
        summary=words["summary"].format(
            families=len(result.comparisons),
            plans=sum(len(comparison.plans) for comparison in result.comparisons),
            alone=len(result.alone),
        ),
        families=[_family(one, number, lang, rules) for number, one in enumerate(result.comparisons, start=1)],
        alone=[_document(member, "role-alone", lang) for member in result.alone],
        remarks=[remark.message for remark in result.remarks],
        columns=_ranking_columns(lang),
        **inside,
    )
    return page.encode("utf-8")


def _clean(value: object) -> object:
    """What the template shows: nothing for None, and no character that HTML lacks."""
    return "" if value is None else legal(storable(value)) if type(value) is str else value


def _part(name: str) -> str:
    """A file that the page is made of, its lines ended alike on every system."""
    return files(__package__).joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def style() -> str:
    """The style of the page."""
    return _part("page.css")


def script() -> str:
    """The script of the page."""
    return "(() => {\n'use strict';\n" + "\n".join(map(_part, SCRIPTS)) + "})();\n"


def _policy(style: str, script: str) -> str:
    """What the browser may do for the page: nothing but this style and this script."""
    allowed = (f"style-src {_hash(style)}", f"script-src {_hash(script)}", "base-uri 'none'", "form-action 'none'")
    return "; ".join(("default-src 'none'", *allowed))


def _hash(words: str) -> str:
    digest = base64.b64encode(hashlib.sha256(words.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


# ── what needs no script: headings, documents, ranking ─────────────────────────────────────


def _family(comparison: Comparison, number: int, lang: str, rules: Ruleset) -> dict[str, Any]:
    from pipeline.compare.ranking import ranking

    group = comparison.family
    members = [
        *((member, "role-parent") for member in (group.parent,) if member is not None),
        *((member, "role-above") for member in group.above),
        *((member, "role-kin") for member in group.kin),
        *((member, "role-plan") for member in group.plans),
    ]
    names = {id(column.plan): head for column, head in zip(comparison.plans, heads(comparison), strict=True)}
    standings = ranking(comparison, rules)
    places: dict[float | None, int] = {}  # plans of equal coverage share the first place among them
    for position, standing in enumerate(standings, start=1):
        places.setdefault(standing.coverage, position)
    return {
        "name": family(comparison, number, lang),
        "title": group.parent.directive.meta.title if group.parent is not None else None,
        "top": referred(group.top, lang),
        "tasks": len(comparison.tasks),
        "plans": len(comparison.plans),
        "documents": [_document(member, role, lang) for member, role in members],
        "ranking": [_standing(one, names[id(one.plan)], places[one.coverage]) for one in standings],
    }


def _document(member: Member, role: str, lang: str) -> dict[str, Any]:
    directive = member.directive
    return {
        "role": TEXTS[lang][role],
        "name": source(directive, WORDINGS[lang]),
        "title": directive.meta.title,
        "file": member.document,
        "tasks": len(directive.tasks),
        "versions": "; ".join(member.versions),
        "cites": "; ".join(referred(reference, lang) for reference in member.implements),
        "unread": directive.status != "ok",
    }


def _ranking_columns(lang: str) -> list[str]:
    """The headings of the ranking behind rank and plan, in the order of `_standing`."""
    texts, kinds = TEXTS[lang], KIND_NAMES[lang]
    counts = [*(f"{MARKS[code]} {kinds[code]}" for code in (*COVERAGE, ADDED)), kinds[LATER]]
    shares = [texts[key] for key in ("has-lead", "has-due", "has-product", "all-six")]
    clear = [f"6 rõ: {SHORT[lang][criterion]}" for criterion in CRITERIA]
    return [texts["coverage"], *counts, texts["tasks"], *shares, *clear]


def _standing(standing: Standing, name: str, place: int) -> dict[str, Any]:
    kinds, clarity = standing.kinds, standing.clarity
    shares = (standing.lead, standing.due, standing.product, clarity.share_of_all_six)
    return {
        "place": place,
        "plan": name,
        "label": standing.plan.label,
        "values": [
            *_percents([standing.coverage]),
            *(kinds[kind] for kind in (*COVERAGE, ADDED, LATER)),
            standing.tasks,
            *_percents(shares),
            *_percents(clarity.share(criterion) for criterion in CRITERIA),
        ],
    }


def _percents(shares: Iterable[float | None]) -> list[str]:
    return ["–" if value is None else share(value) for value in shares]
