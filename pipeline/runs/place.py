"""Where the journals of runs lie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.export import Target

__all__ = ["PREFIX", "beside", "journal_of", "journals_in"]

PREFIX, SUFFIX = ".dondoc-", ".sqlite"


def journal_of(targets: Sequence[Target]) -> Path | None:
    """Where the journal of a run with these outputs lies: beside the first; None where nothing is written.

    The database of a server has no place on this machine: then it is the current folder.
    """
    if not targets:
        return None
    first = targets[0]
    if first.database is not None and first.database.path is None:
        return beside(Path(re.sub(r"[^\w.-]", "_", first.database.url.database or "")))
    return beside(first.path)


def beside(output: Path) -> Path:
    """The journal of an output."""
    path = output if output.name not in ("", "..") else output.resolve()
    return path.parent / f"{PREFIX}{path.name}{SUFFIX}"


def journals_in(folder: Path) -> list[Path]:
    """The journals in a folder and in those right below it, by name."""
    name = f"{PREFIX}*{SUFFIX}"
    return sorted({*folder.glob(name), *folder.glob(f"*/{name}")})
