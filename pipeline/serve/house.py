"""What a request needs, kept for as long as the server runs: the database, the templates, the clock, a secret."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import secrets
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from pipeline.export.words import legal, storable
from pipeline.serve.comparing import Comparisons
from pipeline.serve.exporting import known_profiles
from pipeline.serve.figures import Figures
from pipeline.serve.making import Exports
from pipeline.serve.picturing import Pictures
from pipeline.serve.reading.queue import Queue
from pipeline.serve.refusals import language_of
from pipeline.serve.security.csrf import token_for
from pipeline.serve.settings import Settings
from pipeline.serve.wording import PAGES, WORDS
from pipeline.steps import load_rules
from pipeline.store.database import Database

__all__ = ["PANES", "STATIC", "House", "house_of"]

_HERE = Path(str(files("pipeline.serve")))
STATIC = _HERE / "static"
PANES = Path(str(files("pipeline"))) / "review" / "panes"  # what the review file without a server is made of too
_UNKNOWN = "nguoi-dung"  # a machine that has no name for who sits at it


class House:
    """Reached as ``request.app.state.house``. A context: the database is open inside it, and uploads are read.

    Raises `UsageError` or `RuleError` where there is something wrong with the rules of the settings.

    `secret` signs the tokens of forms of who is not logged in; it is new at each start.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        own = None if settings.rules is None else load_rules(settings.rules)
        self.database = Database(settings.address, rules=own)
        self.queue = Queue(settings, self.database)
        self.secret = secrets.token_bytes(32)
        self.owner = _owner()
        self._version = _version()
        self.comparisons = Comparisons(f"/static/{self._version}")
        self.pictures = Pictures()
        self.exports = Exports(self.database, settings.rules)
        self.profiles = known_profiles(settings.rules)
        self.figures = Figures(self.database)
        self._templates = Environment(
            loader=ChoiceLoader([FileSystemLoader(_HERE / "templates"), FileSystemLoader(PANES)]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            finalize=_clean,
        )

    def __enter__(self) -> Self:
        self.database.__enter__()
        self.queue.start()
        for name in self._templates.list_templates(extensions=["html"]):
            self._templates.get_template(name)  # now: else each of those who come first would compile it
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.queue.stop()
        finally:
            self.comparisons.close()
            self.pictures.close()
            self.exports.close()
            self.figures.close()
            self.database.__exit__(kind, error, trace)

    @property
    def today(self) -> dt.date:
        """The day that it is where the server stands: deadlines are days of the office, not of Greenwich."""
        return self.settings.now().astimezone().date()

    def page(
        self,
        request: Request,
        template: str,
        words: Mapping[str, Mapping[str, str]] | None = None,
        status: int = 200,
        **context: Any,
    ) -> HTMLResponse:
        """A page or a part of one. `words` are those of the page in each language, beside the words of all pages.

        Every template knows `w` (words), `lang`, `person` (None: nobody yet), `csrf`, `pages` and `here` of the
        navigation, `place`, where the page can be asked for again, and `static`, the folder of scripts and styles.
        """
        lang = language_of(request)
        path = request.url.path
        return HTMLResponse(
            self._templates.get_template(template).render(
                w={**WORDS[lang], **(words[lang] if words is not None else {})},
                lang=lang,
                person=getattr(request.state, "person", None),
                csrf=token_for(self, request),
                guarded=self.settings.guarded,
                pages=PAGES,
                here=_here(path),
                place=_place(request),
                static=f"/static/{self._version}",
                **context,
            ),
            status,
        )


def house_of(request: Request) -> House:
    """The house that a request came to; for `Depends`."""
    house: House = request.app.state.house
    return house


def _here(path: str) -> str:
    """The page of the navigation that a path belongs to; a single document belongs to those that are reviewed."""
    if path.startswith("/van-ban/"):
        return "/ra-soat"
    return next((url for url in PAGES if path == url or path.startswith(f"{url}/")), "")


def _place(request: Request) -> str:
    if request.method != "GET":
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _clean(value: object) -> object:
    """What a template shows: nothing for None, and no character that HTML lacks."""
    if type(value) is not str:
        return "" if value is None else value
    return value if value.isprintable() else legal(storable(value))  # most are: a page of 1,000 rows asks 55,000 times


def _owner() -> str:
    """The name that the machine knows the person by who sits at it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may run under a number that no name belongs to
        return _UNKNOWN


def _version() -> str:
    """A name for the scripts and styles as they are now, so that a browser never mixes those of two versions."""
    digest = hashlib.sha256()
    for folder in (STATIC, PANES):
        for path in sorted(folder.glob("*.*")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
