"""The documents of a run on their way through the processes: which goes where, what comes of it, in which order."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from pipeline import steps
from pipeline.batches import Batch, batches
from pipeline.inputs import Problem
from pipeline.model import Warning
from pipeline.pace import OCR, OFFICE, TEXT, Pace, Progress
from pipeline.steps import Item, Options, PutOff, Step
from pipeline.workers import Failure, Limits, Pool

if TYPE_CHECKING:
    from pipeline.ingest import Contents

    _Outcome = Step | Contents | PutOff | dict[Path, Path]  # the last: what a batch was converted to

__all__ = ["Kept", "Run"]

MOST_INSIDE = 5_000  # documents of one file: those of archives in archives multiply
_HELD = 256  # results that wait in memory for those before them; a journal has the others
_PAGE = 1_000_000  # bytes of a picture that count as a page where several may be in it

Key = tuple[Path, tuple[int, ...]]  # of a document in a run


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is held of a result that waits for its turn in the journal alone: what was counted of it."""

    pages: int
    failed: bool
    known: bool


class Kept(Protocol):
    """What is known from earlier runs and kept for later ones. All are called in the thread that takes the steps."""

    def find(self, item: Item) -> Step | None:
        """The result of an earlier run, None where there is none that still holds."""

    def put(self, item: Item, step: Step) -> None:
        """A result as soon as it is there, in no order."""

    def place(self, item: Item, step: Step) -> None:
        """The document whose turn it is in the order of the run: put or found before, or refused unread."""


class Run:
    """The documents of one call. `pool` is to be entered around `steps`.

    `notes` says what was passed over, in the order of the documents; `total` counts those that are known of by now.
    """

    def __init__(
        self,
        options: Options,
        limits: Limits,
        jobs: int,
        scratch: Path,
        *,
        pages: Callable[[str, int, int], object] | None = None,
        watch: Callable[[Progress], object] | None = None,
        modest: bool = False,
    ) -> None:
        def heard(item: Item | Batch, done: int, total: int) -> None:
            if pages is not None and isinstance(item, Item):
                pages(item.name, done, total)

        self.notes: list[Problem] = []
        self.total = 0
        self._scratch, self._watch = scratch, watch
        self._kept: Kept | None = None
        self._pace = Pace(jobs)
        self._single = False
        self._places: dict[Key, tuple[int, int]] = {}  # lane and units of what is handed in
        self._contents: dict[Key, Contents] = {}
        self._members: dict[Key, list[Item]] = {}  # of containers whose members have been handed in
        self._begun, self._counted = Counter[Path](), Counter[Path]()
        self._ready: dict[Key, Step | _Counted] = {}
        self.pool: Pool[Item | Batch, _Outcome] = Pool(
            partial(_work, options),
            jobs=jobs,
            warm=partial(steps.warm, options),
            failed=partial(_stopped, limits),
            heard=heard,
            limits=limits,
            folder=scratch,
            modest=modest,
        )

    def steps(self, paths: Sequence[Path], kept: Kept | None = None) -> Iterator[Step]:
        """Each document in order, as soon as it and all before it are done; members of a container in its place."""
        self._kept, self.total, self._single = kept, len(paths), len(paths) == 1
        items = [Item(path, path.name) for path in paths]
        waiting = deque(items)
        self._begin(items)
        yield from self._in_turn(waiting)
        for item, outcome in self.pool.outcomes():
            self._arrived(item, outcome)
            yield from self._in_turn(waiting)

    # ── handed in ──

    def _begin(self, items: Sequence[Item]) -> None:
        """Hands in what is not known from an earlier run. Many files for LibreOffice go to it in batches."""
        sizes = {item: _size(item.path) for item in items}
        for_office = []
        # The first that comes is begun at once, so scans come last; the pool sees to the order of what waits.
        for item in sorted(items, key=lambda item: (_lane(item), -sizes[item])):
            if self._is_known(item):
                continue
            if _lane(item) == OFFICE:
                for_office.append(item)
            else:
                self._submit(item, sizes[item])
        together = batches([item.path for item in for_office], self._scratch)
        for batch in together:
            self._pace.expect(OFFICE, len(batch.paths))
            size = sum(_size(path) for path in batch.paths)
            self.pool.submit(batch, lane=OFFICE, size=size, opens=True, again=False)
        for item in [] if together else for_office:
            self._submit(item, sizes[item])

    def _submit(self, item: Item, size: int = 0, pages: int = 0) -> None:
        """Hands a document in, in its lane: with `pages` to be recognised, that is OCR; else what its name says."""
        lane = OCR if pages else _lane(item)
        if lane == OCR:
            size = pages or 1 + size // _PAGE
        self._places[_key(item)] = lane, size if lane == OCR else 1
        self._pace.expect(*self._places[_key(item)])
        # A single document is nobody's hindrance, and need not be opened twice.
        item = replace(item, later=lane != OCR and not self._single)
        self.pool.submit(item, lane=lane, size=size, opens=_opens(item))

    def _is_known(self, item: Item) -> bool:
        step = self._found(item)
        if step is not None:
            self._hold(item, step, known=True)
        return step is not None

    def _found(self, item: Item) -> Step | None:
        return None if self._kept is None else self._kept.find(item)

    # ── as they are done ──

    def _arrived(self, item: Item | Batch, outcome: _Outcome) -> None:
        if isinstance(item, Batch):
            self._pace.expect(OFFICE, -len(item.paths))
            made = cast("dict[Path, Path]", outcome)
            for path in item.paths:
                self._submit(Item(path, path.name, converted=made.get(path)), _size(path))
            return
        lane, units = self._places.pop(_key(item))
        if isinstance(outcome, Step):
            self._pace.spent(lane, units, outcome.seconds)
            self._done(item, outcome)
            return
        self._pace.expect(lane, -units)
        if isinstance(outcome, PutOff):
            self._submit(item, pages=outcome.pages)
        else:
            self._unpacked(item, cast("Contents", outcome))

    def _done(self, item: Item, step: Step) -> None:
        if item.converted is not None:
            item.converted.unlink(missing_ok=True)
        if self._kept is not None:
            self._kept.put(replace(item, converted=None, later=False), step)
        self._hold(item, step, known=False)

    def _hold(self, item: Item, step: Step, *, known: bool) -> None:
        """Lets a result wait for its turn."""
        counted = _Counted(step.directive.pages, step.directive.status == "failed", known)
        self._pace.count(counted.pages, counted.failed, known)
        spare = self._kept is not None and len(self._ready) >= _HELD
        self._ready[_key(item)] = counted if spare else step
        if self._watch is not None:
            self._watch(self._pace.progress(self.total))

    def _unpacked(self, item: Item, contents: Contents) -> None:
        self._contents[_key(item)] = contents
        # Archives in archives are opened in any order; what is read of them ahead of their turn is bounded, too.
        if self._begun[item.path] + _weight(contents) <= MOST_INSIDE:
            self._enter(item, contents)

    def _enter(self, item: Item, contents: Contents) -> None:
        """Hands in the members of a container."""
        members = [
            Item(item.path, f"{contents.name}/{member.name}", (*item.inside, member.index))
            for member in contents.members
        ]
        self._begun[item.path] += _weight(contents)
        self.total += len(members) - 1
        self._members[_key(item)] = members
        for item_inside, member in zip(members, contents.members, strict=True):
            if not self._is_known(item_inside):
                self._submit(item_inside, member.size)

    # ── in their order ──

    def _in_turn(self, waiting: deque[Item]) -> Iterator[Step]:
        """What stands at the front of those that wait and is done."""
        while waiting:
            item = waiting[0]
            key = _key(item)
            if key in self._contents:
                waiting.popleft()
                yield from self._opened(item, self._contents.pop(key))
                waiting.extendleft(reversed(self._members.pop(key, [])))
            elif key in self._ready:
                held = self._ready.pop(key)
                step = held if isinstance(held, Step) else self._found(item)
                if step is None:
                    self._again(item, cast("_Counted", held))
                    return
                waiting.popleft()
                yield self._placed(item, step)
            else:
                return

    def _again(self, item: Item, counted: _Counted) -> None:
        """Hands in a document whose result does not hold any more: its file has changed since it was read."""
        self._pace.uncount(counted.pages, counted.failed, counted.known)
        self._submit(item, _size(item.path))

    def _placed(self, item: Item, step: Step) -> Step:
        if self._kept is not None:
            self._kept.place(item, step)
        return step

    def _opened(self, item: Item, contents: Contents) -> Iterator[Step]:
        """Counts what is in a container now that it is its turn: too much is refused, whichever was opened first."""
        self._counted[item.path] += _weight(contents)
        if self._counted[item.path] > MOST_INSIDE:
            self.total -= len(self._members.pop(_key(item), [item])) - 1
            message = f"Tệp nén chứa hơn {MOST_INSIDE} văn bản hoặc 1 GB. Hãy giải nén và chia thành nhiều lần đọc."
            yield self._placed(item, steps.refused(item, Warning("too-large", message)))
            return
        if _key(item) not in self._members:
            self._enter(item, contents)
        if contents.passed_over:
            names = ", ".join(contents.passed_over)
            what = f"{len(contents.passed_over)} mục không phải văn bản hoặc chỉ là lời thư"
            message = f"{contents.name}: bỏ qua {what}: {names[:300]}"
            self.notes.append(Problem(contents.name, "passed-over", message))


def _weight(contents: Contents) -> int:
    """What counts towards `MOST_INSIDE`: the documents, or what part of a gigabyte they unpack to, if that is more."""
    from pipeline.ingest.container import MAX_UNPACKED

    return max(len(contents.members), contents.size * MOST_INSIDE // MAX_UNPACKED)


def _key(item: Item) -> Key:
    return item.path, item.inside


def _size(path: Path) -> int:
    """In bytes; none where that cannot be known: reading it says why."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _opens(item: Item) -> bool:
    from pipeline.ingest import OPENED

    return Path(item.name).suffix.lower() in OPENED


def _lane(item: Item) -> int:
    """The lane that the name promises; what a PDF file needs is known when it is opened."""
    from pipeline.ingest import FOR_OFFICE, PICTURES

    suffix = Path(item.name).suffix.lower()
    if suffix in PICTURES:
        return OCR
    return OFFICE if suffix in FOR_OFFICE and item.converted is None else TEXT


# ── in a process of the pool ───────────────────────────────────────────────────────────────


def _work(options: Options, item: Item | Batch, tell: Callable[[int, int], None]) -> _Outcome:
    return steps.take(options, item, tell) if isinstance(item, Item) else item.convert()


def _stopped(limits: Limits, item: Item | Batch, failure: Failure) -> Step | dict[Path, Path]:
    # A batch that had to be stopped made nothing: its files are then read one by one, and the bad one says why.
    return steps.stopped(limits, item, failure) if isinstance(item, Item) else {}
