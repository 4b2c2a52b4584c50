"""What became of broken files, counted by kind, and the record of a run in batches, from which it can go on."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from originals import SUFFIXES

from pipeline.convert import Step

__all__ = ["Batch", "Count", "Record", "count", "table", "together"]


@dataclass(slots=True)
class Count:
    """What became of the documents of one kind, and which took longest: seconds and its number."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    longest: tuple[float, str] = (0.0, "")


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was read: its number, its files, the seconds of its run, what became of it, what went wrong."""

    number: int
    broken: int
    sound: int
    seconds: float
    counts: Mapping[str, Count]
    said: Sequence[str]


class Record:
    """The batches of a run that are done, in a file with a line for each.

    A line is written when its batch is done and checked, so that a run that was killed repeats one batch at most.
    """

    def __init__(self, path: Path, settings: Mapping[str, Any]) -> None:
        """Go on with the record at `path`, or begin it. Raises ValueError where it is of a run with other settings."""
        self._path = path
        self.batches: dict[int, Batch] = {}
        if not path.exists():
            self._write(dict(settings))
            return
        first, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        if json.loads(first) != settings:
            raise ValueError(f"{path} is of a run with {first.strip()}, not {json.dumps(settings)}")
        for line in lines:
            if line.endswith("\n"):  # else it was being written when the run ended
                batch = _batch(json.loads(line))
                self.batches[batch.number] = batch
        path.write_text("".join((first, *(line for line in lines if line.endswith("\n")))), encoding="utf-8")

    def add(self, batch: Batch) -> None:
        """A batch is done."""
        self.batches[batch.number] = batch
        counts = {
            kind: {"files": found.files, "outcomes": dict(found.outcomes), "longest": found.longest}
            for kind, found in batch.counts.items()
        }
        self._write({part.name: getattr(batch, part.name) for part in fields(batch)} | {"counts": counts})

    def _write(self, line: Mapping[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def _batch(line: Mapping[str, Any]) -> Batch:
    counts = {
        kind: Count(count["files"], Counter(count["outcomes"]), (count["longest"][0], count["longest"][1]))
        for kind, count in line["counts"].items()
    }
    return Batch(**{**line, "counts": counts})


def count(broken: Iterable[tuple[str, Sequence[Step], str]], limit: float) -> dict[str, Count]:
    """The outcomes by kind of ``(kind, what became of the file, its number)``; `limit` is the time of one stopped."""
    counts: dict[str, Count] = defaultdict(Count)
    for kind, steps, number in broken:
        found = counts[kind]
        found.files += 1
        for step in steps:
            codes = [error.code for error in step.directive.errors]
            found.outcomes[" ".join([step.directive.status, *codes[:1]])] += 1
            found.longest = max(found.longest, (limit if "time-limit" in codes else step.seconds, number))
    return dict(counts)


def together(batches: Iterable[Batch]) -> dict[str, Count]:
    """The counts of all batches in one."""
    counts: dict[str, Count] = defaultdict(Count)
    for batch in batches:
        for kind, found in batch.counts.items():
            whole = counts[kind]
            whole.files += found.files
            whole.outcomes += found.outcomes
            whole.longest = max(whole.longest, found.longest)
    return dict(counts)


def table(counts: Mapping[str, Count]) -> str:
    """The outcomes by kind, and of all of them, in Markdown."""
    lines = ["| kind | broken files | documents by outcome | longest, and its number |", "|---|---|---|---|"]
    whole = Count()
    for kind in (kind for kind in SUFFIXES if kind in counts):
        found = counts[kind]
        whole.files += found.files
        whole.outcomes += found.outcomes
        whole.longest = max(whole.longest, found.longest)
        lines.append(_row(kind, found))
    return "\n".join([*lines, _row("all", whole)])


def _row(name: str, found: Count) -> str:
    outcomes = ", ".join(f"{outcome} {number}" for outcome, number in sorted(found.outcomes.items()))
    return f"| {name} | {found.files} | {outcomes} | {found.longest[0]:.1f} s, {found.longest[1]} |"
