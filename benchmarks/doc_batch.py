"""Old Word files: twenty in one call of LibreOffice, as a batch does it, against a call for each."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.documents import word_file
from benchmarks.measure import Figure, compared, take_turns
from pipeline.ingest import office

ALONE = 3  # files that are converted one by one: each takes as long as the next


def run(small: bool) -> list[Figure]:
    """Files a second. Raises SystemExit where LibreOffice is missing."""
    program = office.find_program()
    if program is None:
        raise SystemExit("LibreOffice (soffice) is needed to read old Word files, and to make them.")
    count = 2 if small else 20
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = _make(program, folder, count)
        seconds = take_turns(
            {"together": lambda: _convert(paths), "alone": lambda: _convert_alone(paths[:ALONE])},
            rounds=1 if small else 2,
            clock=time.perf_counter,
        )
    each = [took * count / len(paths[:ALONE]) for took in seconds["alone"]]
    what, raw_name = f".doc files, {count} in one call", "LibreOffice: a call for each"
    return [compared(what, "files/s", count, seconds["together"], raw_name, each)]


def _make(program: str, folder: Path, count: int) -> list[Path]:
    word_file(folder, 40, 1)
    command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(folder / "paragraphs.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=office.TIME_LIMIT)
    paths = [folder / f"{number}.doc" for number in range(count)]
    for path in paths:
        shutil.copy(folder / "paragraphs.doc", path)
    return paths


def _convert_alone(paths: list[Path]) -> None:
    for path in paths:
        _convert([path])


def _convert(paths: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = office.convert_many(paths, Path(folder))
        if len(made) != len(paths):
            raise SystemExit(f"LibreOffice converted {len(made)} of {len(paths)} files.")
