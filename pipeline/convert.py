"""Many documents into outputs: each read in a process that can be stopped, results in the order of the names."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import export, inputs, runs, steps
from pipeline.engine import Run
from pipeline.errors import OutputError, UsageError
from pipeline.inputs import Problem
from pipeline.model import Directive
from pipeline.pace import Progress
from pipeline.ruleset import Ruleset
from pipeline.steps import Options, Step, extract, read
from pipeline.workers import Limits

if TYPE_CHECKING:
    from pipeline.export.profiles import Order
    from pipeline.runs.journal import Journal

__all__ = ["Problem", "Progress", "Result", "Step", "convert", "extract", "read"]

ALL_READ, NONE_READ, SOME_READ = 0, 1, 7  # exit statuses; 2 is wrong usage
# Outputs whose writers hold no document but the one they write, or only what they make of it.
STREAMED = ("/", ".html", ".jsonl", ".parquet", ".parquet/")


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to: one directive a document, sorted by name; the failed ones are among them.

    `problems` are inputs that gave no document, `notes` what else was passed over. Of a large run `steps` and
    `directives` hold nothing: each document is taken from the journal when it is asked for.
    """

    steps: Sequence[Step]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    outputs: tuple[export.Written, ...]
    seconds: float

    @property
    def directives(self) -> Sequence[Directive]:
        """The directives in order."""
        if isinstance(self.steps, runs.Recorded):
            return runs.RecordedDirectives(self.steps)
        return tuple(step.directive for step in self.steps)

    @property
    def tasks(self) -> int:
        """How many tasks were found in all documents."""
        return self._summary.tasks

    @property
    def unplaced(self) -> int:
        """How many passages look like tasks and became none."""
        return self._summary.unplaced

    def count(self, status: str) -> int:
        """How many documents have that status: ok, partial or failed."""
        return self._summary.statuses[status]

    @property
    def _summary(self) -> runs.Summary:
        if isinstance(self.steps, runs.Recorded):
            return self.steps.summary()
        return runs.Summary.of(self.directives)

    @property
    def exit_status(self) -> int:
        """0 all read; 7 some with errors or not at all; 1 none."""
        if self.count("failed") == len(self.steps):
            return NONE_READ
        return SOME_READ if self.problems or self.count("ok") < len(self.steps) else ALL_READ


def convert(
    sources: Iterable[str | Path],
    outputs: Iterable[str | Path],
    *,
    jobs: int = 1,
    reference_date: dt.date | None = None,
    rules_dir: str | os.PathLike[str] | None = None,
    ocr: str = "auto",
    allow_classified: bool = False,
    lang: str = "vi",
    limits: Limits | None = None,
    when: dt.datetime | None = None,
    progress: Callable[[Step], None] | None = None,
    watch: Callable[[Progress], object] | None = None,
    pages: Callable[[str, int, int], object] | None = None,
    profile: str | None = None,
    codes: str | os.PathLike[str] | None = None,
) -> Result:
    """Reads files, folders, globs and archives, and writes every output; never raises for a bad document.

    A document that cannot be read becomes a directive with the status ``failed`` and its error; the others go on.
    `outputs` are told apart by suffix (see `pipeline.export`), `lang` (vi or en) is the language of their
    headings, `ocr` and `allow_classified` as in `read`, `limits` what one document may take. `when` is the time
    that the log of an updated tracker names, none where it is not given. `progress` is called after each
    document, in order; `watch` with the state of the run whenever one is done, in no order; `pages` with a
    document's name, the pages done and the pages there are, from another thread, while a long one is read.
    `profile` names the tracker that workbooks and Word documents are made for
    (see `pipeline.export.profiles`), `codes` the CSV of the office's codes for it. Raises `UsageError` before
    any document is read where an output, the rules folder, the profile or the codes do not exist or an output's
    kind is unknown, `RuleError` for a wrong rule or profile, and `OutputError` where a result cannot be
    written, after all other outputs were.
    """
    began = time.perf_counter()
    targets = export.targets(outputs, _order(profile, codes, rules_dir))
    options = Options(
        reference_date=reference_date,
        rules_dir=None if rules_dir is None else Path(rules_dir),
        ocr=ocr,
        allow_classified=allow_classified,
        programs=max((os.cpu_count() or 1) // jobs, 1),
        journal=runs.journal_of(targets),
        view=any(target.kind == export.REVIEW for target in targets),
    )
    sources = list(sources)
    command = runs.Command.of(sources, targets, jobs, options, lang, profile, codes)
    with tempfile.TemporaryDirectory(prefix="dondoc-", ignore_cleanup_errors=True) as scratch, ExitStack() as opened:
        run = Run(options, limits or Limits(), jobs, Path(scratch), pages=pages, watch=watch)
        with run.pool:
            # While the first process starts, which takes as long.
            from pipeline.ingest import is_candidate

            writing = _Outputs(targets, lang, steps.load_rules(rules_dir), when)
            paths, problems = inputs.expand(
                sources, lambda path: is_candidate(path) and not export.is_ours(path, targets)
            )
            journal, notes = runs.begin(targets, paths, options, command)
            if journal is not None:
                opened.enter_context(journal)
            held = []
            for number, step in enumerate(run.steps(paths, journal), start=1):
                told = replace(step, done=number, total=run.total, packed=None, view=None)
                writing.add(step)
                if journal is None:
                    held.append(told)
                if progress is not None:
                    progress(told)
        found = held if journal is None else journal.steps()
        result = Result(found, tuple(problems), tuple(run.notes), (), 0.0)
        result = replace(result, outputs=writing.end(result, journal), seconds=time.perf_counter() - began)
        if journal is None:
            return replace(result, notes=(*result.notes, *notes))
        remembered = runs.end(journal, len(found), result.seconds)
        return replace(result, steps=remembered, notes=(*result.notes, *notes, *journal.notes))


def _order(
    profile: str | None, codes: str | os.PathLike[str] | None, rules_dir: str | os.PathLike[str] | None
) -> Order | None:
    if profile is None:
        if codes is not None:
            raise UsageError("codes-unused", "--codes chỉ dùng cùng với --profile.", os.fspath(codes))
        return None
    from pipeline.export import profiles

    folder = None if rules_dir is None else Path(rules_dir)
    return profiles.order(profile, None if codes is None else Path(codes), folder)


class _Outputs:
    """What a run writes: JSON folders and review pages document by document as they come, the other outputs at its end.

    One that cannot be written costs no other, and no reading: what was read is in the journal.
    """

    def __init__(
        self, targets: Sequence[export.Target], lang: str, rules: Ruleset, when: dt.datetime | None
    ) -> None:
        from pipeline.export.document_json import Folder
        from pipeline.export.review_page import ReviewFile

        self._targets, self._lang, self._rules, self._when = targets, lang, rules, when
        self._folders = {target: Folder(target.path, lang) for target in targets if target.folder}
        self._pages = {
            target: ReviewFile(target.path, lang) for target in targets if target.kind == export.REVIEW
        }
        self._failed: list[OutputError] = []

    def add(self, step: Step) -> None:
        """Writes the next document to the folders and pages."""
        for page in self._pages.values():
            page.add(step.directive, step.view)
        for target, folder in list(self._folders.items()):
            try:
                folder.add(step.directive)
            except OutputError as error:
                self._failed.append(error)
                del self._folders[target]

    def end(self, result: Result, journal: Journal | None) -> tuple[export.Written, ...]:
        """Writes all others, and what failed beside them. Raises `OutputError` after that where one could not be."""
        directives = result.directives
        if not all(target.kind in STREAMED for target in self._targets):
            directives = tuple(directives)  # those writers hold all tasks, and go through them time and again
        written = []
        for target in self._targets:
            if result.count("failed") == len(directives) and not target.folder:
                continue  # an empty workbook would only take the place of a good one
            try:
                if target in self._folders:
                    written.append(self._folders[target].written())
                elif target in self._pages:
                    written.append(self._pages[target].written())
                elif not target.folder:
                    written.append(export.write(directives, target, self._lang, self._rules, self._when))
            except OutputError as error:
                self._failed.append(error)
        if journal is not None:
            written += runs.write_failures(journal, len(directives), self._lang)
        if self._failed:
            raise self._failed[0]
        return tuple(written)
