"""What a result rests on: the bytes of the file, the program that read it, its rules and its options, as one digest."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline import ruleset
from pipeline.model import Directive
from pipeline.steps import Item, Options
from pipeline.version import __version__

__all__ = ["digest_of", "digest_of_rules", "is_doubtful", "is_lacking", "key_of", "machine"]

# What makes a directive of a file. A change of it in a checkout is a new version too, whatever its number says; a
# change of what writes outputs is not, for those are written anew in any case.
_ROOMS = ("extract", "ingest", "model", "normalise", "outline", "time", "units")
_MODULES = ("labels.py", "letters.py", "review/view.py", "ruleset.py", "steps.py")
_RULES = (".yaml", ".tsv")

# Codes of what may have failed of the machine and not of the file: a full disk, too little memory, a program killed.
_DOUBTFUL = frozenset(
    "internal-error memory-limit ocr-failed page-not-read reader-failed time-limit unreadable-file worker-died".split()
)
# Codes of what would be read otherwise with a program or a library more.
_LACKING = frozenset(("plain-words-only", "program-missing"))
_LIBRARIES = ("PIL", "cv2", "lxml", "numpy", "pypdfium2", "python_calamine")


def digest_of_rules(rules_dir: Path | None) -> str:
    """One for the shipped rules with those of a folder. Profiles are none: they say how results are written."""
    shipped = ruleset.shipped()
    files = sorted(path for path in shipped.rglob("*") if path.suffix in _RULES and "profiles" not in path.parts)
    own = [] if rules_dir is None else sorted(rules_dir.glob("*.yaml"))
    return _digest_of_files(Path(), [*files, *own])


def digest_of(options: Options, rules: str) -> bytes:
    """One for all that is the same for every document of a run: program, rules, and the options that change results."""
    date = options.reference_date and options.reference_date.isoformat()
    facts = [__version__, _digest_of_program(), rules, date, options.ocr, options.allow_classified]
    facts += ["view"] if options.view else []
    return hashlib.sha256(json.dumps(facts).encode("ascii")).digest()


def key_of(item: Item, sha256: str, reading: bytes) -> bytes:
    """The key of a result. The name is part of it: it stands in the result; a file that has no digest is its path."""
    facts = [sha256, item.inside, item.name, "" if sha256 else str(item.path.absolute())]
    return hashlib.sha256(reading + json.dumps(facts).encode("ascii")).digest()


def is_doubtful(directive: Directive) -> bool:
    """Whether an error of it may have been the machine's, and gone at another try."""
    return any(error.code in _DOUBTFUL for error in directive.errors)


def is_lacking(directive: Directive) -> bool:
    """Whether the document would have been read better with programs that were not there."""
    return any(said.code in _LACKING for said in (*directive.errors, *directive.warnings))


@cache
def machine() -> str:
    """Which of the programs and libraries that readers ask for are on this machine."""
    from pipeline.ingest import office, oldword

    there = {name: find_spec(name) is not None for name in _LIBRARIES}
    there |= {"office": office.find_program() is not None, "oldword": oldword.find_program() is not None}
    if all(there[name] for name in ("cv2", "numpy", "PIL")):  # without them scans are not read at all
        from pipeline.ingest.scan import tesseract

        there["tesseract"] = tesseract.missing() is None
    return " ".join(sorted(name for name in there if there[name]))


@cache
def _digest_of_program() -> str:
    """One for the source of the stages; in an installation without it the version alone counts."""
    root = Path(sys.modules["pipeline"].__path__[0])
    files = [path for room in _ROOMS for path in sorted((root / room).rglob("*.py"))]
    return _digest_of_files(root, [*files, *(root / name for name in _MODULES)])


def _digest_of_files(root: Path, paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).digest()
            name = path.relative_to(root) if root.parts else Path(path.name)
            found.update(json.dumps(name.as_posix()).encode("ascii") + content)
    return found.hexdigest()
