"""The comparison of all documents, made in a process of its own and kept by what it was made of.

A request never waits for it: it is told what there is, and the page asks again. One comparison runs at a time; its
process may take so much memory and time and no more (`pipeline.workers`), and ends with its work.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean

from pipeline import ruleset
from pipeline.compare.model import MISSING, Comparison, Result
from pipeline.errors import DondocError
from pipeline.export.comparison import web_page
from pipeline.export.comparison.phrases import family
from pipeline.ruleset import Ruleset
from pipeline.serve.refusals import LANGUAGES
from pipeline.serve.security.faults import LOG, note
from pipeline.serve.wording import WORDS
from pipeline.store.database import Database
from pipeline.store.effective import Kept, Stamps, kept, stamps
from pipeline.store.examined import stamp
from pipeline.workers import Failure, Limits, Pool

__all__ = ["HERE", "Answer", "Compared", "Comparisons", "Line"]

LIMITS = Limits(quiet=3600, seconds=3600)  # 300 plans take a minute; it tells nothing of how far it is
_FAILED = "Máy chủ không so sánh được các văn bản này. Hãy thử lại với ít văn bản hơn bằng lệnh dondoc compare."
HERE = "/so-sanh"


@dataclass(frozen=True, slots=True)
class Line:
    """A family in the list: `coverage` is the mean of its plans, 0..1, `missing` the tasks that plans lack, in all."""

    name: str
    tasks: int
    plans: int
    coverage: float | None
    missing: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What is shown of a comparison, by language: the list of families, the page of the matrices, and its data."""

    lines: Mapping[str, tuple[Line, ...]]
    pages: Mapping[str, bytes]
    data: Mapping[str, bytes]
    alone: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is: a comparison and the `key` that names what it was made of, None where there is none yet.

    `fresh`: it is of the documents as they are now; otherwise it is being made anew, or `failed` says why not, in
    Vietnamese. `documents` is how many there are.
    """

    documents: int
    key: str
    compared: Compared | None
    fresh: bool
    failed: str


class Comparisons:
    """The comparison of a server; `static` is the folder of its scripts and styles, as an address."""

    def __init__(self, static: str, limits: Limits = LIMITS) -> None:
        self._static, self._limits = static, limits
        self._lock = threading.Lock()
        self._now: tuple[str, Stamps, str] = ("", {}, "")  # the state of the database that the stamps were taken of
        self._made: tuple[str, Compared] | None = None
        self._failed: tuple[str, str] = ("", "")  # it is not tried again until a document changes
        self._thread: threading.Thread | None = None
        self._pool: Pool[tuple[Kept, ...], Compared | Failure] | None = None
        self._closed = False

    def of(self, database: Database) -> Answer:
        """What there is of the documents as they are now; where it is not of these, a new comparison begins."""
        now, key = self._stamps(database)
        with self._lock:
            made, failed = self._made, self._failed[1] if self._failed[0] == key else ""
            fresh = not now or (made is not None and made[0] == key)
            running = self._thread is not None and self._thread.is_alive()
            if not (fresh or failed or running or self._closed):
                self._thread = threading.Thread(target=self._compare, args=(database, now, key), daemon=True)
                self._thread.start()
        there = ("", None) if made is None else made
        return Answer(len(now), there[0], there[1], fresh, failed)

    def _stamps(self, database: Database) -> tuple[Stamps, str]:
        """The stamps and a name for them. The page asks every few seconds, and most times nothing has changed."""
        state = stamp(database)
        if state != self._now[0]:
            found = stamps(database)
            self._now = state, found, hashlib.sha256(repr(found).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._now[1:]

    def made(self, key: str) -> Compared | None:
        """The comparison of that key, while it is the last one."""
        with self._lock:
            return self._made[1] if self._made is not None and self._made[0] == key else None

    def close(self) -> None:
        """Stops what runs, and waits for its end."""
        with self._lock:
            self._closed = True
            pool, thread = self._pool, self._thread
        if pool is not None:
            pool.stop()
        if thread is not None:
            thread.join()

    def _compare(self, database: Database, now: Stamps, key: str) -> None:
        parts = {lang: _parts(self._static, key, lang) for lang in LANGUAGES}
        work = partial(_compared, parts, database.rules)
        failed = ""
        pool: Pool[tuple[Kept, ...], Compared | Failure]
        try:
            with Pool(work, jobs=1, warm=_warm, failed=_stopped, limits=self._limits) as pool:
                with self._lock:
                    self._pool = pool
                    if self._closed:
                        return
                pool.submit(tuple(kept(database, now)))
                for _, outcome in pool.outcomes():
                    if isinstance(outcome, Failure):
                        LOG.error("comparison: %s", outcome.kind)
                        failed = _FAILED
                        continue
                    with self._lock:
                        self._made = key, outcome
        except DondocError as error:
            failed = error.message
        except Exception as error:  # a thread has nobody to raise to: the page says it, the log has the place
            note(error)
            failed = _FAILED
        with self._lock:
            self._pool, self._failed = None, (key, failed) if failed else self._failed


def _parts(static: str, key: str, lang: str) -> web_page.Parts:
    return web_page.Parts(
        icon=f"{static}/icon.svg",
        style=f"{HERE}/trang.css",
        loader=f"{static}/comparison.js",
        script=f"{HERE}/trang.js",
        data=f"{HERE}/du-lieu/{key}",
        back=HERE,
        back_words=f"← {WORDS[lang]['comparison']}",
    )


# ── in the other process ───────────────────────────────────────────────────────────────────


def _warm() -> None:
    """What it needs is loaded with its work: it does one thing, and ends."""


def _stopped(documents: tuple[Kept, ...], failure: Failure) -> Failure:
    """What stands for the comparison where its process was stopped."""
    return failure


def _compared(
    parts: Mapping[str, web_page.Parts],
    rules: Ruleset | None,
    documents: Sequence[Kept],
    tell: Callable[[int, int], None],
) -> Compared | Failure:
    from pipeline.compare import compare

    loaded = ruleset.load() if rules is None else rules
    found = compare((one.decided(loaded) for one in documents), rules=loaded)
    return Compared(
        lines={lang: _lines(found, lang) for lang in LANGUAGES},
        pages={lang: web_page.served(found, lang, loaded, parts[lang]) for lang in LANGUAGES},
        data={lang: web_page.data_of(found, lang) for lang in LANGUAGES},
        alone=len(found.alone),
        remarks=tuple(remark.message for remark in found.remarks),
    )


def _lines(found: Result, lang: str) -> tuple[Line, ...]:
    return tuple(_line(one, family(one, number, lang)) for number, one in enumerate(found.comparisons, start=1))


def _line(one: Comparison, name: str) -> Line:
    shares = [column.coverage for column in one.plans if column.coverage is not None]
    missing = sum(column.count(MISSING) for column in one.plans)
    return Line(name, len(one.tasks), len(one.plans), fmean(shares) if shares else None, missing)
