"""How far a run has come, how fast it goes and how long it will take."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

__all__ = ["OCR", "OFFICE", "TEXT", "Pace", "Progress"]

TEXT, OFFICE, OCR = 0, 1, 2  # the lanes, the quickest first

# Seconds that a unit of a lane takes as long as none was done: a document; a document for LibreOffice on its own or in
# a batch; a page to be recognised.
_USUAL = {TEXT: 0.04, OFFICE: 0.2, OCR: 3.0}
_RECENT = 30  # units that the figure rests on: the largest go first, so those that are left resemble the last ones


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a run: documents done and failed of those that are known of, and the seconds that the rest may take.

    The speeds are of this run: what an earlier one had done is `done` and takes no time.
    """

    done: int
    total: int
    failed: int
    documents_a_second: float
    pages_a_second: float
    left: float


class Pace:
    """Counts what is done. A unit is a document, in the lane `OCR` a page: a scan takes a hundred times as long."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._began = time.monotonic()
        self._known = self._done = self._pages = self._failed = 0
        self._waiting: Counter[int] = Counter()
        self._each = dict(_USUAL)

    def expect(self, lane: int, units: int) -> None:
        """So many units wait in a lane; fewer than none where they went to another or came to nothing."""
        self._waiting[lane] += units

    def spent(self, lane: int, units: int, seconds: float) -> None:
        """So many units of those that waited are done."""
        self._waiting[lane] -= units
        self._each[lane] += (seconds / units - self._each[lane]) * min(units / _RECENT, 1.0)

    def count(self, pages: int, failed: bool, known: bool = False) -> None:
        """A document is done; it was `known` from an earlier run, and says nothing of the speed of this one."""
        self._known += known
        self._done += not known
        self._pages += 0 if known else pages
        self._failed += failed

    def uncount(self, pages: int, failed: bool, known: bool) -> None:
        """A document that was counted so is to be read again."""
        self._known -= known
        self._done -= not known
        self._pages -= 0 if known else pages
        self._failed -= failed

    def progress(self, total: int) -> Progress:
        """How things stand, of `total` documents."""
        left = sum(units * self._each[lane] for lane, units in self._waiting.items()) / self._jobs
        seconds = max(time.monotonic() - self._began, 1e-3)
        done = self._known + self._done
        return Progress(done, total, self._failed, self._done / seconds, self._pages / seconds, left)
