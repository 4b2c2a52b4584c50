"""Makes a folder of plans and directives that nobody wrote: ``python -m benchmarks.generate FOLDER --documents N``.

Beside the documents stands ``expected.csv``: for each its style, its form, and the rows that a careful reader would
make of it. Equal arguments give equal bytes; a document is the same in a short run and in a long one.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.papers import grammar
from benchmarks.papers.docx_form import docx
from benchmarks.papers.model import Paper
from benchmarks.papers.pdf_form import pdf
from benchmarks.papers.plain_forms import html, rtf, text

FORMS: dict[str, Callable[[Paper], bytes]] = {"docx": docx, "pdf": pdf, "txt": text, "html": html, "rtf": rtf}
USUAL = ("docx", "pdf", "txt", "html")  # rtf needs LibreOffice to be read
LENGTHS = (1, 2, 2, 3, 3, 4, 6)  # pages of the documents of a run, where none is asked for
EXPECTED = "expected.csv"
HEADS = ("document", "style", "sort", "format", "tasks")


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was written."""

    path: Path
    style: int
    sort: str
    form: str
    tasks: int


def write(
    folder: Path,
    documents: int,
    *,
    styles: int = grammar.STYLES,
    formats: Sequence[str] = USUAL,
    seed: int = 0,
    pages: int | None = None,
) -> list[Made]:
    """Writes so many documents and ``expected.csv``; `folder` is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [one for place in range(documents) for one in [_one(folder, place, styles, formats, seed, pages)]]
    with (folder / EXPECTED).open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(HEADS)
        lines.writerows(_cells(made))
    return made


def _cells(made: Sequence[Made]) -> Iterator[tuple[str | int, ...]]:
    return ((one.path.name, one.style, one.sort, one.form, one.tasks) for one in made)


def _one(folder: Path, place: int, styles: int, formats: Sequence[str], seed: int, pages: int | None) -> Made:
    chance = random.Random(f"{seed}/{place}/form")
    style, form = chance.randrange(styles), formats[place % len(formats)]
    paper = grammar.make(seed, place, style, pages or chance.choice(LENGTHS))
    path = folder / f"{place:06}.{form}"
    path.write_bytes(FORMS[form](paper))
    return Made(path, style, paper.sort, form, paper.tasks)


def main() -> int:
    """Writes what the arguments ask for and says how much it is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--documents", type=_positive, required=True, metavar="N")
    parser.add_argument("--styles", type=_positive, default=grammar.STYLES, metavar="M", help=f"1 to {grammar.STYLES}")
    parser.add_argument("--formats", default=",".join(USUAL), help=f"some of {','.join(FORMS)}; default %(default)s")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pages", type=_positive, help="of each document, about; default: 1 to 6")
    options = parser.parse_args()
    formats = options.formats.split(",")
    if unknown := set(formats) - set(FORMS):
        parser.error(f"no such format: {', '.join(sorted(unknown))}")
    if options.styles > grammar.STYLES:
        parser.error(f"there are {grammar.STYLES} styles")
    made = write(
        options.folder, options.documents, styles=options.styles, formats=formats, seed=options.seed,
        pages=options.pages,
    )  # fmt: skip
    sys.stdout.write(f"{len(made)} documents, {sum(one.tasks for one in made)} tasks, in {options.folder}\n")
    return 0


def _positive(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{words} is less than 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
