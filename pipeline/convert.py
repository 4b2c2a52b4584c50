"""Many documents into outputs: each read in a process that can be stopped, results in the order of the names."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipeline import export, inputs, steps
from pipeline.errors import OutputError, UsageError
from pipeline.inputs import Problem
from pipeline.model import Directive, Warning
from pipeline.ruleset import Ruleset
from pipeline.steps import Item, Options, Step, extract, read
from pipeline.workers import Failure, Limits, Pool

if TYPE_CHECKING:
    from pipeline.export.profiles import Order
    from pipeline.ingest import Contents

    _Outcome = Step | Contents | dict[Path, Path]  # a document, what is in a container, what a batch was converted to

__all__ = ["Problem", "Result", "Step", "convert", "extract", "read"]

ALL_READ, NONE_READ, SOME_READ = 0, 1, 7  # exit statuses; 2 is wrong usage
MOST_INSIDE = 5_000  # documents of one file: those of archives in archives multiply


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to: one directive a document, sorted by name; the failed ones are among them.

    `problems` are inputs that gave no document, `notes` what else was passed over.
    """

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    outputs: tuple[export.Written, ...]
    seconds: float

    @property
    def directives(self) -> tuple[Directive, ...]:
        """The directives in order."""
        return tuple(step.directive for step in self.steps)

    @property
    def tasks(self) -> int:
        """How many tasks were found in all documents."""
        return sum(len(directive.tasks) for directive in self.directives)

    def count(self, status: str) -> int:
        """How many documents have that status: ok, partial or failed."""
        return sum(directive.status == status for directive in self.directives)

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
    pages: Callable[[str, int, int], object] | None = None,
    profile: str | None = None,
    codes: str | os.PathLike[str] | None = None,
) -> Result:
    """Reads files, folders, globs and archives, and writes every output; never raises for a bad document.

    A document that cannot be read becomes a directive with the status ``failed`` and its error; the others go on.
    `outputs` are told apart by suffix (see `pipeline.export`), `lang` (vi or en) is the language of their
    headings, `ocr` and `allow_classified` as in `read`, `limits` what one document may take. `when` is the time
    that the log of an updated tracker names, none where it is not given. `progress` is called after each
    document, in order; `pages` with a document's name, the pages done and the pages there are, from another
    thread, while a long one is read. `profile` names the tracker that workbooks and Word documents are made for
    (see `pipeline.export.profiles`), `codes` the CSV of the office's codes for it. Raises `UsageError` before
    any document is read where an output, the rules folder, the profile or the codes do not exist or an output's
    kind is unknown, `RuleError` for a wrong rule or profile, and `OutputError` where a result cannot be
    written, after all other outputs were.
    """
    began = time.perf_counter()
    targets = export.targets(outputs, _order(profile, codes, rules_dir))
    rules = steps.load_rules(rules_dir)
    options = Options(
        reference_date=reference_date,
        rules_dir=None if rules_dir is None else Path(rules_dir),
        ocr=ocr,
        allow_classified=allow_classified,
        programs=max((os.cpu_count() or 1) // jobs, 1),
    )
    found: list[Step] = []
    with tempfile.TemporaryDirectory(prefix="dondoc-", ignore_cleanup_errors=True) as scratch:
        run = _Run(options, limits or Limits(), jobs, pages, Path(scratch))
        with run.pool:
            from pipeline.ingest import is_candidate

            paths, problems = inputs.expand(
                sources, lambda path: is_candidate(path) and not export.is_ours(path, targets)
            )
            for step in run.steps(paths):
                found.append(replace(step, done=len(found) + 1, total=run.total))
                if progress is not None:
                    progress(found[-1])
    written = _write([step.directive for step in found], targets, lang, rules, when)
    return Result(tuple(found), tuple(problems), tuple(run.notes), written, time.perf_counter() - began)


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


class _Run:
    """The documents of one call on their way through the pool."""

    def __init__(
        self,
        options: Options,
        limits: Limits,
        jobs: int,
        pages: Callable[[str, int, int], object] | None,
        scratch: Path,
    ) -> None:
        def heard(item: Item | _Batch, done: int, total: int) -> None:
            if pages is not None and isinstance(item, Item):
                pages(item.name, done, total)

        self.notes: list[Problem] = []
        self.total = 0
        self._scratch = scratch
        self.pool: Pool[Item | _Batch, _Outcome] = Pool(
            partial(_work, options),
            jobs=jobs,
            warm=partial(steps.warm, options),
            failed=partial(_stopped, limits),
            heard=heard,
            limits=limits,
            folder=scratch,
        )

    def steps(self, paths: Sequence[Path]) -> Iterator[Step]:
        """Each document in order, as soon as it and all before it are done; members of a container in its place."""
        self.total = len(paths)
        waiting = deque(self._submitted(paths))
        inside = Counter[Path]()
        while waiting:
            item, future = waiting.popleft()
            outcome = cast("Step | Contents", future.result())
            if isinstance(outcome, Step):
                yield outcome
                continue
            inside[item.path] += len(outcome.members)
            if inside[item.path] > MOST_INSIDE:
                message = f"Tệp nén chứa hơn {MOST_INSIDE} văn bản. Hãy giải nén và chia thành nhiều lần đọc."
                yield steps.refused(item, Warning("too-large", message))
                continue
            members = [
                Item(item.path, f"{outcome.name}/{member.name}", (*item.inside, member.index))
                for member in outcome.members
            ]
            waiting.extendleft([(member, self.pool.submit(member)) for member in members][::-1])
            self.total += len(members) - 1
            if outcome.passed_over:
                names = ", ".join(outcome.passed_over)
                what = f"{len(outcome.passed_over)} mục không phải văn bản hoặc chỉ là lời thư"
                message = f"{outcome.name}: bỏ qua {what}: {names[:300]}"
                self.notes.append(Problem(outcome.name, "passed-over", message))

    def _submitted(self, paths: Sequence[Path]) -> list[tuple[Item, Future[_Outcome]]]:
        """Every path handed in. Files that LibreOffice must convert first go to it in batches."""
        batches = _batches(paths, self._scratch)
        converting = [(batch, self.pool.submit(batch)) for batch in batches]
        late = {path for batch in batches for path in batch.paths}
        futures = {path: self.pool.submit(Item(path, path.name)) for path in paths if path not in late}
        items = {path: Item(path, path.name) for path in futures}
        for batch, done in converting:
            made = cast("dict[Path, Path]", done.result())
            for path in batch.paths:
                items[path] = Item(path, path.name, converted=made.get(path))
                futures[path] = self.pool.submit(items[path])
        return [(items[path], futures[path]) for path in paths]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Files that LibreOffice converts in one call, and the folder where it puts what it makes."""

    paths: tuple[Path, ...]
    folder: Path


def _batches(paths: Sequence[Path], scratch: Path) -> list[_Batch]:
    from pipeline.ingest import office

    wanted = [path for path in paths if path.suffix.lower() in office.SUFFIXES]
    if len(wanted) < 2 or office.find_program() is None:
        return []
    found = []
    for start in range(0, len(wanted), office.TOGETHER):
        folder = scratch / str(start)
        folder.mkdir()
        found.append(_Batch(tuple(wanted[start : start + office.TOGETHER]), folder))
    return found


def _work(options: Options, item: Item | _Batch, tell: Callable[[int, int], None]) -> _Outcome:
    if isinstance(item, Item):
        return steps.take(options, item, tell)
    from pipeline.ingest import office

    return office.convert_many(item.paths, item.folder)


def _stopped(limits: Limits, item: Item | _Batch, failure: Failure) -> Step | dict[Path, Path]:
    # A batch that had to be stopped made nothing: its files are then read one by one, and the bad one says why.
    return steps.stopped(limits, item, failure) if isinstance(item, Item) else {}


def _write(
    directives: Sequence[Directive],
    targets: Sequence[export.Target],
    lang: str,
    rules: Ruleset,
    when: dt.datetime | None,
) -> tuple[export.Written, ...]:
    written, failed = [], []
    nothing_read = all(directive.status == "failed" for directive in directives)
    for target in targets:
        if nothing_read and not target.folder:
            continue  # an empty workbook would only take the place of a good one
        try:
            written.append(export.write(directives, target, lang, rules, when))
        except OutputError as error:
            failed.append(error)
    if failed:
        raise failed[0]
    return tuple(written)
