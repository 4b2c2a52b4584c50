"""``-o review.html``: documents beside their rows in one file that needs no server, for reading and sending on.

The page asks for nothing: its policy allows the style and the script that stand in it, by their hashes, and no request
at all. Words of documents get into it as text that Jinja2 escapes, and in no other way.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.corrections.model import Replayed
from pipeline.english import told
from pipeline.export.files import Written, put_beside
from pipeline.export.review_page.wording import PAGE_WORDS
from pipeline.export.review_sheet import ADVICE, REASONS
from pipeline.export.task_sheet import source
from pipeline.export.wording import WORDINGS
from pipeline.export.words import storable
from pipeline.model import Directive
from pipeline.review.context import PANES, context_of
from pipeline.review.pages import shown
from pipeline.review.rows import Sayings
from pipeline.review.view import decode
from pipeline.review.wording import PANE_WORDS
from pipeline.ruleset import Ruleset

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["ReviewFile", "sayings", "write"]

# In this order they make one script: each uses what stands before it.
_MODULES = ("evidence.js", "keys.js", "text_pane.js", "page_pane.js", "rows_pane.js", "panes.js")
_IMPORT = re.compile(r"^import .*;\n", re.M)
_EXPORT = re.compile(r"^export ", re.M)


def sayings(lang: str) -> Sayings:
    """What the panes say of codes: the words of the workbook."""
    wording = WORDINGS[lang]
    return Sayings(lang, wording.cadence, wording.review, ADVICE[lang], REASONS if lang == "vi" else {})


def write(directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the page of directives alone: their documents are shown without look and tables. Raises `OutputError`."""
    page = ReviewFile(path, lang)
    for directive in directives:
        page.add(directive)
    return page.written()


class ReviewFile:
    """The same, document by document as they come, each with its view."""

    def __init__(self, path: Path, lang: str) -> None:
        self._path, self._lang = path, lang
        self._sayings = sayings(lang)
        self._environment = _environment()
        self._documents: list[dict[str, Any]] = []

    def add(self, decided: Directive | Replayed, view: bytes | None = None) -> None:
        """Adds the next document. `view` is as `pipeline.review.view` encodes it."""
        directive = decided.directive if isinstance(decided, Replayed) else decided
        context = context_of(decided, None if view is None else decode(view), self._sayings)
        number = len(self._documents)
        body = self._environment.get_template("panes.html").render(
            w=PANE_WORDS[self._lang], lang=self._lang, row_prefix=f"{number}-" if number else "", **context
        )
        self._documents.append(
            {
                "name": source(directive, WORDINGS[self._lang]),
                "title": directive.meta.title,
                "file": directive.document,
                "rows": len(context["rows"]),
                "doubts": sum(1 for row in context["rows"] if row.doubts),
                "errors": [told(error.message, self._lang) for error in directive.errors],
                "body": body,
            }
        )

    def encode(self) -> bytes:
        """The page as bytes; equal documents give equal bytes."""
        from markupsafe import Markup

        style, script = _part(PANES, "panes.css"), _script()
        style = _part(_HERE, "page.css") + style
        documents = [{**one, "body": Markup(one["body"])} for one in self._documents]
        page = self._environment.get_template("page.html").render(
            lang=self._lang,
            words=PAGE_WORDS[self._lang],
            policy=_policy(style, script),
            style=Markup(style),  # our own words, as the script is
            script=Markup(script),
            documents=documents,
        )
        return page.encode("utf-8")

    def written(self) -> Written:
        """All were added; a file that is there already is kept under another name. Raises `OutputError`."""
        return put_beside(self._path, self.encode(), self._lang)


_HERE = Path(str(files("pipeline.export.review_page")))


def _environment() -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([FileSystemLoader(_HERE), FileSystemLoader(PANES)]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_clean,
    )


def _clean(value: object) -> object:
    """What a template shows: nothing for None, and no character that HTML or UTF-8 lacks, one for one."""
    return "" if value is None else shown(storable(value)) if type(value) is str else value


def _part(folder: Path, name: str) -> str:
    """A file that the page is made of, its lines ended alike on every system."""
    return (folder / name).read_text("utf-8").replace("\r\n", "\n")


def _script() -> str:
    """The modules of the panes as one script: in a file of its own no module can ask for another."""
    parts = [_EXPORT.sub("", _IMPORT.sub("", _part(PANES, name))) for name in _MODULES]
    return "(() => {\n'use strict';\n" + "\n".join((*parts, _part(_HERE, "page.js"))) + "})();\n"


def _policy(style: str, script: str) -> str:
    """What the browser may do for the page: nothing but this style and this script."""
    allowed = (f"style-src {_hash(style)}", f"script-src {_hash(script)}", "base-uri 'none'", "form-action 'none'")
    return "; ".join(("default-src 'none'", *allowed))


def _hash(words: str) -> str:
    digest = base64.b64encode(hashlib.sha256(words.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
