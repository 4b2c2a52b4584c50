"""What docs/compare.md and docs/accuracy.md show: ``python corpus/pictures.py [--write]``.

Draws the pictures of docs/pictures that come from the corpus, with the functions that the notebooks use, and lists the
columns of the DataFrames. Without ``--write`` it only says whether the lists in docs/compare.md are the program's, and
ends with 1 where they are not. Equal results give equal pictures with one version of matplotlib.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pipeline
from pipeline.compare import pictures
from pipeline.compare.columns import Column
from pipeline.compare.frame_columns import COLUMNS
from pipeline.evaluate import evaluate, frames
from pipeline.evaluate import pictures as quality
from pipeline.model import Directive

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
PAGE = DOCS / "compare.md"
FAMILY = HERE / "families" / "pho-bien-phap-luat" / "docs"
YEAR = 2026  # that the plans of the family are for
PLACE = re.compile(r"(?<=<!-- columns: written by corpus/pictures.py -->\n).*?(?=<!-- end of columns -->)", re.DOTALL)


def read(folder: Path) -> list[Directive]:
    """The documents of a folder."""
    return [pipeline.extract(pipeline.read(path)) for path in sorted(folder.glob("*.txt"))]


def drawn() -> Iterator[tuple[str, Figure]]:
    """Each picture with its name."""
    result = pipeline.compare.compare(read(FAMILY))
    coverage, findings = pipeline.compare.coverage(result), pipeline.compare.findings(result)
    communes = coverage[coverage["level"] == "xa"]
    workload = pipeline.compare.workload(result, YEAR)
    yield "compare-matrix", pictures.matrix(communes)
    yield "compare-deadlines", pictures.deadlines(communes)
    yield "compare-workload", pictures.workload(workload[workload["level"] == "xa"])
    yield "compare-added", pictures.added(findings[findings["level"] == "xa"])
    first = evaluate(HERE / "hands" / "seven" / "gold", HERE / "hands" / "seven" / "first")
    yield "quality-fields", quality.outcomes(frames.outcomes(first))
    yield "quality-roles", quality.confusion(frames.confusion(first))
    with TemporaryDirectory() as folder:
        pipeline.convert([HERE / "docs"], [f"{folder}/"])
        now = evaluate(HERE / "gold", Path(folder))
    yield "quality-confidence", quality.calibration(frames.calibration(now))


def columns() -> str:
    """The columns of every DataFrame as tables in Markdown; those that a table above has are named only."""
    known: set[Column] = set()
    parts = []
    for name, listed in (*_named("pipeline.compare", COLUMNS), *_named("pipeline.evaluate.frames", frames.COLUMNS)):
        again = [f"`{column.name}`" for column in listed if column in known]
        parts += [f"`{name}`" + (f"; as above: {', '.join(again)}" if again else "")]
        parts += [_table([column for column in listed if column not in known])]
        known.update(listed)
    return "\n" + "\n\n".join(parts) + "\n\n"


def _named(place: str, tables: Mapping[str, Sequence[Column]]) -> Iterator[tuple[str, Sequence[Column]]]:
    yield from ((f"{place}.{name}", listed) for name, listed in tables.items())


def _table(listed: Sequence[Column]) -> str:
    rows = [f"| `{one.name}` | {one.dtype} | {_meaning(one)} |" for one in listed]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])


def _meaning(column: Column) -> str:
    few = isinstance(column.type, tuple) and len(column.type) < 8
    return f"{column.meaning} ({', '.join(column.type)})" if few else column.meaning


def main() -> int:
    """Writes, or says what is out of date."""
    text = PAGE.read_text("utf-8")
    wanted = PLACE.sub(lambda _: columns(), text)
    if "--write" not in sys.argv[1:]:
        print("docs/compare.md is up to date" if text == wanted else "docs/compare.md is out of date: run with --write")
        return int(text != wanted)
    PAGE.write_text(wanted, encoding="utf-8", newline="\n")
    for name, figure in drawn():
        path = DOCS / "pictures" / f"{name}.png"
        figure.savefig(path, metadata={"Software": None})
        print(f"{path.relative_to(HERE.parent)}: {path.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
