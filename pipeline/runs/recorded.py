"""The documents of a run as sequences that hold none of them: each is taken from the journal when it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from pipeline.model import Directive
from pipeline.steps import Step

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Recorded", "RecordedDirectives", "Summary", "reading_of"]

_ROWS = """
SELECT place, shown, documents.seconds, data FROM documents JOIN results USING (key)
WHERE documents.run = ? AND place >= ? ORDER BY place
"""


def reading_of(path: Path) -> sqlite3.Connection:
    """A connection that makes no journal where there is none. Raises `sqlite3.Error`.

    It may write: the last one that closes puts the files away that SQLite has beside the journal.
    """
    import sqlite3

    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents of a run have each status, and how many tasks and passages without a place they have."""

    statuses: Counter[str]
    tasks: int
    unplaced: int

    @classmethod
    def of(cls, directives: Sequence[Directive]) -> Summary:
        """That of directives at hand."""
        return cls(
            Counter(directive.status for directive in directives),
            sum(len(directive.tasks) for directive in directives),
            sum(len(directive.unplaced) for directive in directives),
        )


class Recorded(Sequence[Step]):
    """The steps of a run in order. A connection is open only while somebody asks."""

    def __init__(self, path: Path, run: int, length: int) -> None:
        self.path, self.run, self._length = path.absolute(), run, length

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Step]:
        return self._from(0)

    @overload
    def __getitem__(self, place: int) -> Step: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Step]: ...

    def __getitem__(self, place: int | slice) -> Step | Sequence[Step]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(self._length))]
        number = place + self._length if place < 0 else place
        if not 0 <= number < self._length:
            raise IndexError(place)
        with closing(self._from(number)) as found:
            return next(found)

    def _from(self, first: int) -> Generator[Step, None, None]:
        from pipeline import codec

        with closing(reading_of(self.path)) as connection:
            for place, shown, seconds, data in connection.execute(_ROWS, (self.run, first)):
                path = Path(shown.decode("utf-8", "surrogatepass"))
                yield Step(path, codec.decode(data), seconds, place + 1, self._length)

    def summary(self) -> Summary:
        """What the documents come to, without reading one."""
        words = "SELECT status, count(*), sum(tasks), sum(unplaced) FROM documents WHERE run = ? GROUP BY status"
        with closing(reading_of(self.path)) as connection:
            found = connection.execute(words, (self.run,)).fetchall()
        return Summary(
            Counter({status: number for status, number, _, _ in found}),
            sum(tasks for _, _, tasks, _ in found),
            sum(unplaced for _, _, _, unplaced in found),
        )


class RecordedDirectives(Sequence[Directive]):
    """The directives of steps, whatever holds those."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps

    def __len__(self) -> int:
        return len(self._steps)

    def __iter__(self) -> Iterator[Directive]:
        return (step.directive for step in self._steps)

    @overload
    def __getitem__(self, place: int) -> Directive: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Directive]: ...

    def __getitem__(self, place: int | slice) -> Directive | Sequence[Directive]:
        if isinstance(place, slice):
            return [step.directive for step in self._steps[place]]
        return self._steps[place].directive
