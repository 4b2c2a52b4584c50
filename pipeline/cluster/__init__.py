"""Many documents on many machines: the stages of `pipeline.steps` as tasks of dask.distributed.

Two rounds. In the first every worker reads groups of documents, each in a process that can be stopped, and writes
their directives beside the result (`staging`). In the second the files of the result are made of these. What a caller
holds is a receipt of each document. Every file is written whole, under a name that its content gives it: a task that is
run again because its worker was lost, or twice at the same time, changes nothing.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline import steps
from pipeline.cluster.documents import Documents, Result, step_of
from pipeline.cluster.groups import Group, divided, grouped
from pipeline.cluster.outputs import split, write
from pipeline.cluster.session import Lost, Session, Task, require_libraries
from pipeline.cluster.sources import expand
from pipeline.cluster.staging import Staged
from pipeline.cluster.work import Orders, given_up, read_group
from pipeline.convert import Progress
from pipeline.inputs import Problem
from pipeline.runs.reading import digest_of, digest_of_rules
from pipeline.steps import Options, Step
from pipeline.workers import Limits

__all__ = ["Result", "convert"]

STAGING = "_dondoc"  # below the result; readers of Parquet folders pass over names that begin with _


def convert(
    sources: Iterable[str | Path],
    outputs: Iterable[str | Path],
    *,
    scheduler: str,
    reference_date: dt.date | None = None,
    rules_dir: str | os.PathLike[str] | None = None,
    ocr: str = "auto",
    allow_classified: bool = False,
    lang: str = "vi",
    limits: Limits | None = None,
    when: dt.datetime | None = None,
    progress: Callable[[Step], None] | None = None,
    watch: Callable[[Progress], object] | None = None,
) -> Result:
    """Reads documents on the workers of a `scheduler` (``tcp://host:8786``) and writes every output.

    `sources` are paths that all workers see, or addresses of stores (``s3://bucket/folder``, ``sftp://host/folder``).
    One of the `outputs` at least is a folder of Parquet (``….parquet/``) or of JSON (``…/``), a path or an address; the
    others are files of this machine. Other arguments as in `pipeline.convert`; what `progress` is called with has as
    many tasks as the document, and none of their words. Raises `UsageError` where the scheduler or a worker cannot be
    used, `OutputError` where a store fails: what was read by then is kept, and the same call goes on behind it.
    """
    began = time.perf_counter()
    require_libraries()
    places = split(outputs)
    rules = steps.load_rules(rules_dir)
    options = Options(reference_date, None if rules_dir is None else Path(rules_dir), ocr, allow_classified)
    staging = places.folders[0].folder.below(STAGING)
    with Session(scheduler) as session:
        worker = session.inspect(staging)
        entries, problems = expand(sources, places.files)
        sign = f"{digest_of(options, digest_of_rules(options.rules_dir)).hex()} {worker.machine}"
        orders = Orders(
            run=secrets.token_hex(8),
            reference_date=reference_date,
            ocr=ocr,
            allow_classified=allow_classified,
            rules=_files(options.rules_dir),
            limits=limits or Limits(),
            staging=staging,
            worker=worker,
        )
        documents, notes = Documents(staging), list[Problem]()
        teller = _Teller(len(entries), progress, watch)
        for staged in _read(session, orders, grouped(entries, sign, session.threads, len(entries))):
            documents.add(staged)
            notes += staged.notes
            teller.tell(staged)
        session.release()
        written = write(session, documents, places, lang, rules, when)
    seconds = time.perf_counter() - began
    return Result(teller.steps, tuple(problems), tuple(notes), written, seconds, documents)


class _Teller:
    """Tells how a run goes, group by group."""

    def __init__(
        self,
        total: int,
        progress: Callable[[Step], None] | None,
        watch: Callable[[Progress], object] | None,
    ) -> None:
        self.steps: list[Step] = []
        self._began = time.monotonic()
        self._total, self._pages, self._failed = total, 0, 0
        self._progress, self._watch = progress, watch

    def tell(self, staged: Staged) -> None:
        """A group is done, and all before it."""
        self._total += len(staged.receipts) - staged.files  # a container has none, one or many documents
        for receipt in staged.receipts:
            self.steps.append(replace(step_of(receipt), done=len(self.steps) + 1, total=self._total))
            self._pages += receipt.pages
            self._failed += receipt.status == "failed"
            if self._progress is not None:
                self._progress(self.steps[-1])
        if self._watch is not None:
            done, seconds = len(self.steps), time.monotonic() - self._began
            left = seconds / max(done, 1) * (self._total - done)
            self._watch(Progress(done, self._total, self._pages, self._failed, seconds, left))


def _files(rules_dir: Path | None) -> tuple[tuple[str, bytes], ...] | None:
    """The files of a folder of rules, to be sent to workers."""
    if rules_dir is None:
        return None
    return tuple((path.name, path.read_bytes()) for path in sorted(rules_dir.glob("*.yaml")))


def _read(session: Session, orders: Orders, groups: Iterator[Group]) -> Iterator[Staged]:
    """What the groups come to, in their order."""
    given: dict[int, Group] = {}
    ready: dict[int, list[Staged]] = {}
    following = 0
    for number, outcome in session.run(_tasks(orders, groups, given)):
        group = given.pop(number)
        ready[number] = _one_by_one(session, orders, group) if isinstance(outcome, Lost) else [outcome]
        while following in ready:
            yield from ready.pop(following)
            following += 1


def _tasks(orders: Orders, groups: Iterator[Group], given: dict[int, Group]) -> Iterator[tuple[int, Task]]:
    """A task for each group, which is noted in `given`."""
    for number, group in enumerate(groups):
        given[number] = group
        yield number, (read_group, (orders, group))


def _one_by_one(session: Session, orders: Orders, group: Group) -> list[Staged]:
    """Each document of a group alone, after workers died over the whole: one that they die of again has failed."""
    single = list(divided(group))
    found = dict(session.run(_tasks(orders, iter(single), {})))
    return [
        given_up(orders, one) if isinstance(found[number], Lost) else found[number] for number, one in enumerate(single)
    ]
