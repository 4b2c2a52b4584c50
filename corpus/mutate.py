"""Does a broken file cost itself alone? ``python corpus/mutate.py [--count 2000] [--seed 1] [--record FILE]``.

Breaks files of every kind in as many ways, reads them with a sound neighbour behind every twentieth, and prints what
became of each kind. Ends with 1 where the run died, a document was lost or has no reason, an error was one that no
reader foresaw, a neighbour's rows changed, or something was left running or lying about; the files are then kept. Equal
seeds break equal files in equal ways (LibreOffice writes the time into those that it makes).

A thousand files are read in one run, and gone before the next thousand is made: 20,000 take no more room than that.
With ``--record FILE`` each batch is noted when it is done, and a run that was stopped goes on behind the last one.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
from broken import mutate
from originals import SUFFIXES, make
from outcomes import Batch, Record, count, table, together

import pipeline
from pipeline.convert import Result, Step
from pipeline.model import Directive
from pipeline.workers import Limits

# How many of 100 files are of each kind: a picture takes seconds, what LibreOffice converts one, others no time.
SHARES = {
    "docx": 24, "pdf": 24, "text": 12, "xlsx": 12, "html": 12, "zip": 6, "eml": 5, "doc": 0.7, "rtf": 0.7, "odt": 0.7,
    "scan": 0.9, "png": 0.7, "jpeg": 0.6, "tiff": 0.7,
}  # fmt: skip
NEIGHBOUR = 20  # behind so many broken files stands a sound one
UNFORESEEN = frozenset({"reader-failed", "internal-error"})
MEMORY = 1024**3
FILES, RECORD = "files", "record.jsonl"  # in the folder of a run


@dataclass(frozen=True, slots=True)
class File:
    """A file of the run; `original` is what it was made of."""

    path: Path
    kind: str
    original: Path
    sound: bool


def write(numbers: range, seed: int, originals: Mapping[str, Sequence[Path]], folder: Path) -> list[File]:
    """Writes the files in the order of their names. Each is decided by the seed and its number alone."""
    kinds = list(originals)
    files = []
    for number in numbers:
        chance = random.Random(f"{seed}/{number}")
        (kind,) = chance.choices(kinds, [SHARES[kind] for kind in kinds])
        original = chance.choice(originals[kind])
        other = chance.choice(originals[chance.choice(kinds)])
        data = mutate(kind, original.read_bytes(), other.read_bytes(), chance)
        files.append(_written(folder / f"{number:05}-{kind}{SUFFIXES[kind]}", data, kind, original, sound=False))
        if number % NEIGHBOUR == NEIGHBOUR - 1:
            kind, original = neighbour(number, originals)
            name = f"{number:05}-{kind}-sound{SUFFIXES[kind]}"
            files.append(_written(folder / name, original.read_bytes(), kind, original, sound=True))
    return files


def neighbour(number: int, originals: Mapping[str, Sequence[Path]]) -> tuple[str, Path]:
    """The sound file behind that broken one: each kind in turn, and of a kind each file."""
    lap, place = divmod(number // NEIGHBOUR, len(originals))
    kind = list(originals)[place]
    return kind, originals[kind][lap % len(originals[kind])]


def _written(path: Path, data: bytes, kind: str, original: Path, *, sound: bool) -> File:
    path.write_bytes(data)
    return File(path, kind, original, sound)


# ── the run ────────────────────────────────────────────────────────────────────────────────


def read(paths: Sequence[Path], out: Path, seconds: float, jobs: int) -> Result:
    """Reads files and folders within the limits, and writes every output that there is."""
    limits = Limits(quiet=seconds, seconds=1.5 * seconds, memory=MEMORY)
    outputs = [out / "tracker.xlsx", f"{out / 'json'}/"]
    return pipeline.convert(paths, outputs, jobs=jobs, limits=limits, progress=_told)


def _told(step: Step) -> None:
    if step.done % 100 == 0:
        print(f"{step.done} of {step.total}", file=sys.stderr)


def by_file(result: Result) -> dict[str, list[Step]]:
    """The documents by the name of the file that they stand in: a ZIP and an e-mail give several."""
    found: dict[str, list[Step]] = defaultdict(list)
    for step in result.steps:
        found[step.directive.document.split("/")[0]].append(step)
    return found


def _nameless(steps: Sequence[Step]) -> list[Directive]:
    """The directives as they would be under any file name."""
    return [replace(step.directive, document=step.directive.document.partition("/")[2]) for step in steps]


# ── the checks ─────────────────────────────────────────────────────────────────────────────


def complaints(files: Sequence[File], result: Result, before: Result) -> list[str]:
    """What went wrong with which document, in words for the developer."""
    found, sound = by_file(result), by_file(before)
    problems = {Path(problem.input).name for problem in (*result.problems, *result.notes)}
    said = []
    for file in files:
        name = file.path.name
        if name not in found and name not in problems:
            said.append(f"{name}: lost, no document and no problem")
        if file.sound and _nameless(found[name]) != _nameless(sound[file.original.name]):
            said.append(f"{name}: not read as {file.original.name} was before")
        said.extend(f"{name}: {complaint}" for step in found[name] for complaint in _of_document(step.directive))
    return said


def _of_document(directive: Directive) -> Iterator[str]:
    if directive.status not in ("ok", "partial", "failed"):
        yield f"status {directive.status}"
    if (directive.status == "ok") == bool(directive.errors):
        yield f"status {directive.status} with {len(directive.errors)} errors"
    for error in (*directive.errors, *directive.warnings):
        if not error.code or error.message.isascii():  # every message of the program has a Vietnamese letter
            yield f"{error.code}: no message: {error.message}"
        if error.code in UNFORESEEN:
            yield f"{error.code}: {error.detail}"


def left_behind(scratch: Path, files: Sequence[File], hashes: Mapping[Path, str]) -> list[str]:
    """Processes, temporary files and files outside the outputs that are there and should not be."""
    said = [f"still running: {process}" for process in psutil.Process().children(recursive=True)]
    for process in psutil.process_iter(["cmdline"]):
        if str(scratch) in " ".join(process.info["cmdline"] or ()):
            said.append(f"still running: {process.info['cmdline']}")
    said += [f"left lying about: {path}" for name in ("temp", "here") for path in (scratch / name).iterdir()]
    known = {"temp", "here", FILES, "sound", "out", "before", RECORD}
    said += [f"written outside: {path}" for path in scratch.iterdir() if path.name not in known]
    folders = {file.path.parent for file in files}
    said += [f"written outside: {path}" for folder in folders for path in folder.iterdir() if path not in hashes]
    said += [f"changed: {file.path.name}" for file in files if hashes[file.path] != _hash(file.path)]
    return said


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ── all of it ──────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def _apart(scratch: Path) -> Iterator[None]:
    """Temporary files and the working folder in empty folders of their own, so that what is left there is seen."""
    old = {name: os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")}
    os.environ.update(dict.fromkeys(old, str(scratch / "temp")))
    tempfile.tempdir = None
    try:
        with contextlib.chdir(scratch / "here"):
            yield
    finally:
        for name, value in old.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        tempfile.tempdir = None


def main() -> int:
    """Makes, breaks, reads, checks and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="broken files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30.0, help="without a sign of progress, for one document")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--batch", type=int, default=1000, help="files of one run")
    parser.add_argument("--record", type=Path, help="file that notes what is done, to go on from")
    parser.add_argument("--keep", action="store_true", help="keep the files also where nothing went wrong")
    given = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="mutate-")).resolve()
    settings = {"seed": given.seed, "count": given.count, "batch": given.batch, "seconds": given.seconds}
    record = Record(given.record or scratch / RECORD, settings)
    run(given, scratch, record)
    batches = [batch for _, batch in sorted(record.batches.items())]
    said = [complaint for batch in batches for complaint in batch.said]
    print(table(together(batches)))
    sound, seconds = sum(batch.sound for batch in batches), sum(batch.seconds for batch in batches)
    print(f"\n{given.count} broken files and {sound} sound ones in {seconds:.0f} s, {len(said)} complaints")
    print("\n".join(said), file=sys.stderr)
    if said or given.keep:
        print(f"The files are kept in {scratch}.", file=sys.stderr)
    else:
        shutil.rmtree(scratch)
    return 1 if said else 0


def run(given: argparse.Namespace, scratch: Path, record: Record) -> None:
    """Reads the batches that the record lacks. Those in which nothing went wrong are removed."""
    originals = make(scratch / "sound")
    for name in ("temp", "here"):
        (scratch / name).mkdir()
    with _apart(scratch):
        before: Result | None = None
        for number, start in enumerate(range(0, given.count, given.batch)):
            if number in record.batches:
                continue
            if before is None:
                places = range(NEIGHBOUR - 1, given.count, NEIGHBOUR)
                neighbours = sorted({neighbour(place, originals)[1] for place in places})
                before = read(neighbours, scratch / "before", given.seconds, given.jobs)
            numbers = range(start, min(start + given.batch, given.count))
            batch = _batch(number, write_batch(numbers, given.seed, originals, scratch), before, given, scratch)
            record.add(batch)
            print(f"batch {number}: {batch.broken} files, {len(batch.said)} complaints", file=sys.stderr)
            if not batch.said and not given.keep:
                shutil.rmtree(scratch / FILES / f"{start:05}")
            shutil.rmtree(scratch / "out")


def write_batch(numbers: range, seed: int, originals: Mapping[str, Sequence[Path]], scratch: Path) -> list[File]:
    """Writes the files of a batch to a folder of their own."""
    folder = scratch / FILES / f"{numbers.start:05}"
    folder.mkdir(parents=True)
    return write(numbers, seed, originals, folder)


def _batch(number: int, files: Sequence[File], before: Result, given: argparse.Namespace, scratch: Path) -> Batch:
    hashes = {file.path: _hash(file.path) for file in files}
    result = read([file.path.parent for file in files[:1]], scratch / "out", given.seconds, given.jobs)
    said = complaints(files, result, before) + left_behind(scratch, files, hashes)
    found, broken = by_file(result), [file for file in files if not file.sound]
    of_broken = ((file.kind, found[file.path.name], file.path.name[:5]) for file in broken)
    counts = count(of_broken, 1.5 * given.seconds)
    return Batch(number, len(broken), len(files) - len(broken), result.seconds, counts, said)


if __name__ == "__main__":
    sys.exit(main())
