"""Runs that can be killed and go on: a journal beside the output, made for runs that are worth one.

`begin` gives the journal, whose `find`, `put` and `place` are called for each document; `end` the documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import OutputError
from pipeline.export.files import Written, sweep
from pipeline.inputs import Problem
from pipeline.runs.command import Command
from pipeline.runs.place import journal_of
from pipeline.runs.recorded import Recorded, RecordedDirectives, Summary
from pipeline.steps import Options, Step

if TYPE_CHECKING:
    from pipeline.export import Target
    from pipeline.runs.journal import Journal

__all__ = [
    "FEW",
    "Command",
    "Recorded",
    "RecordedDirectives",
    "Summary",
    "begin",
    "end",
    "journal_of",
    "write_failures",
]

FEW = 20  # documents: so many are read again in a few seconds, and leave nothing behind
_CONTAINERS = (".zip", ".eml")  # what may turn out to hold many


def begin(
    targets: Sequence[Target], paths: Sequence[Path], options: Options, command: Command
) -> tuple[Journal | None, list[Problem]]:
    """The journal of a run that begins, and what is to be said of it. Raises `OutputError`.

    A small run has none, unless one is there; one that cannot be made is said to be missing, and the run goes on.
    """
    path = journal_of(targets)
    large = len(paths) > FEW or any(one.suffix.lower() in _CONTAINERS for one in paths)
    if path is None or not (large or path.exists()):
        return None, []
    from pipeline.runs import reading
    from pipeline.runs.journal import Journal

    new = not path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        journal = Journal.open(path, options, reading.digest_of_rules(options.rules_dir))
    except (OutputError, OSError) as error:
        if not new or getattr(error, "code", "") == "run-under-way":
            raise
        message = (
            f"Không lập được nhật ký {path.name} cạnh kết quả. Nếu bị dừng giữa chừng, lượt chạy này phải đọc lại từ "
            "đầu."
        )
        return None, [Problem(str(path), "no-journal", message)]
    try:
        for target in targets:
            if target.database is None:
                sweep(target.path if target.folder else target.path.parent)
        journal.begin(command, len(paths))
    except BaseException:
        journal.close()
        raise
    return journal, []


def end(journal: Journal, total: int, seconds: float) -> Sequence[Step]:
    """The documents of a run that wrote all it was to write. A journal that a small run has made is removed."""
    journal.end(total, seconds)
    if total > FEW or not journal.is_new:
        return journal.steps()
    steps = tuple(journal.steps())
    journal.remove()
    return steps


def write_failures(journal: Journal, total: int, lang: str) -> list[Written]:
    """Writes ``failed.csv`` beside the output of a run that is not small. Raises `OutputError`."""
    if total <= FEW and journal.is_new:
        return []
    from pipeline.runs import failures

    path = failures.write(journal.steps(), journal.path.parent, lang)
    return [] if path is None else [Written(path)]
