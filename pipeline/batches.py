"""Many files for LibreOffice, converted by one call of it: to start it takes as long as a dozen of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Batch", "batches"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that LibreOffice converts in one call, and the folder where it puts what it makes."""

    paths: tuple[Path, ...]
    folder: Path

    def convert(self) -> dict[Path, Path]:
        """What was made of which file; one that nothing was made of is left out. Runs in a process of the pool."""
        from pipeline.ingest import office

        made = office.convert_many(self.paths, self.folder)
        for source in self.folder.iterdir():
            if source.is_file():  # a copy that LibreOffice was given: of thousands, the disk would fill
                source.unlink()
        return made


def batches(wanted: Sequence[Path], scratch: Path) -> list[Batch]:
    """The files in batches with folders below `scratch`; none where there is one file, or no LibreOffice."""
    if len(wanted) < 2:
        return []
    from pipeline.ingest import office

    if office.find_program() is None:
        return []
    found = []
    for start in range(0, len(wanted), office.TOGETHER):
        folder = Path(tempfile.mkdtemp(dir=scratch))  # of its own: a worker of a cluster uses a run again and again
        found.append(Batch(tuple(wanted[start : start + office.TOGETHER]), folder))
    return found
