"""How much a confidence is worth: ``python corpus/calibrate.py [--more DOCS GOLD]… [--record DOCS GOLD]… [--write]``.

Reads all documents with a known answer (the corpus, the documents in other hands, the real documents beside the project
where they are, and further folders), and counts for each group of rows
(see pipeline/extract/confidence.py) how often the row is a task, its lead
right, its time right. Beside them stand the rows of ``first-readings.tsv``: what came out the first time that a
document of another hand was read, before any rule was changed for it. ``--record`` adds the documents of a folder.

Each document is tried by what all others say. Printed: of the rows of each band of confidence, how many are right. The
caution is the one at which most rows are sure (0.9 and above) while 95 % of the sure ones are right: in all rows read
now, and in the documents of other hands, their first reading and the one of now together. A new document is likely to
lie between the two, for the rules have learnt since, and from these very documents. Ends with 1 where it is not so in
the rows read now. ``--write`` puts the counts into ``rules/confidence.yaml`` and the bands into ``docs/accuracy.md``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pipeline
from pipeline import ruleset
from pipeline.evaluate.judging import judge
from pipeline.evaluate.likeness import right
from pipeline.export.document_json import as_json
from pipeline.extract.confidence import ASPECTS, Count, Table, groups
from pipeline.model import Directive

HERE = Path(__file__).resolve().parent
TABLES = HERE.parent / "rules" / "confidence.yaml"
REPORT = HERE.parent / "docs" / "accuracy.md"
FIRST = HERE / "first-readings.tsv"
HANDS = ("one", "two", "three", "four", "five", "six", "seven")
REAL = HERE.parent.parent / "shared" / "eval"
PLACE = re.compile(
    r"(?<=<!-- confidence: written by corpus/calibrate.py -->\n).*?(?=<!-- end of confidence -->)", re.DOTALL
)
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
SURE, DEMAND = 0.9, 0.95  # of the rows at SURE and above, the share DEMAND has to be right
CAUTIONS = tuple(step / 10 for step in range(31))
HEAD = """\
# How often rows of each group were right, by aspect: what confidence rests on (pipeline/extract/confidence.py).
# Written by `python corpus/calibrate.py --write`, never by hand. A group is a path: what the row is like, more and more
# closely. `caution` is how many standard deviations below the share seen a group is put.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a document: its group by aspect, and for each aspect whether it is right."""

    document: str
    groups: tuple[str, ...]
    right: tuple[bool, ...]

    @property
    def whole(self) -> bool:
        """Whether it is a task with its lead and its time right."""
        return all(self.right)


# ── reading ────────────────────────────────────────────────────────────────────────────────


def read(documents: Path, gold: Path) -> list[Row]:
    """The rows of the documents of a folder that have a gold file and could be read."""
    rules = ruleset.load()
    rows: list[Row] = []
    if not any(gold.glob("*.json")):
        sys.exit(f"no answers in {gold}")  # a folder that is named and holds none would count for nothing, unsaid
    for directive in pipeline.convert([documents], [], jobs=2).directives:
        answer = gold / f"{Path(directive.document).stem}.json"
        if directive.status != "failed" and answer.is_file():
            rows.extend(_rows(directive, json.loads(answer.read_text("utf-8")), rules))
    return rows


def _rows(directive: Directive, gold: dict, rules: ruleset.Ruleset) -> list[Row]:
    judged = judge(Path(directive.document).stem, gold, as_json(directive))
    task_of = {j: i for i, j in judged.row_of.items()}
    rows = []
    for j, (task, row) in enumerate(zip(directive.tasks, judged.rows, strict=True)):
        answer = judged.tasks[task_of[j]] if j in task_of else None
        fine = [answer is not None and all(right(answer, row, name) for name in names)
                for names in ((), ("lead",), ("due", "cadence"))]  # fmt: skip
        found = groups(task, directive.text, rules)
        rows.append(Row(judged.name, tuple(found[aspect] for aspect in ASPECTS), tuple(fine)))
    return rows


def first_readings() -> list[Row]:
    """The recorded rows."""
    rows = []
    for line in FIRST.read_text("utf-8").splitlines()[1:]:
        document, *rest = line.split("\t")
        rows.append(Row(document, tuple(rest[:3]), tuple(mark == "1" for mark in rest[3:])))
    return rows


def record(rows: Sequence[Row]) -> None:
    """Adds the rows of documents that are not recorded yet; what is recorded stays as it was first read."""
    known = first_readings()
    names = {row.document for row in known}
    lines = ["\t".join(("document", *ASPECTS, *(f"{aspect} right" for aspect in ASPECTS)))]
    for row in (*known, *(row for row in rows if row.document not in names)):
        lines.append("\t".join((row.document, *row.groups, *("01"[mark] for mark in row.right))))
    FIRST.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


# ── counting and trying ────────────────────────────────────────────────────────────────────

Counts = dict[str, dict[str, Count]]
Results = list[tuple[float, bool]]  # the confidence of a row, and whether it is right


def counted(rows: Iterable[Row]) -> Counts:
    """How many rows of each group are right. Lead and time are counted of tasks alone."""
    seen: dict[str, Counter[str]] = {aspect: Counter() for aspect in ASPECTS}
    fine: dict[str, Counter[str]] = {aspect: Counter() for aspect in ASPECTS}
    for row in rows:
        for aspect, group, ok in zip(ASPECTS, row.groups, row.right, strict=True):
            if aspect == "task" or row.right[0]:
                seen[aspect][group] += 1
                fine[aspect][group] += ok
    return {a: {g: Count(fine[a][g], n) for g, n in sorted(seen[a].items())} for a in ASPECTS}


class Trial:
    """Rows tried on the tables of all documents but their own."""

    def __init__(self, everything: Sequence[Row]) -> None:
        documents = sorted({row.document for row in everything})
        self.without = {name: counted(row for row in everything if row.document != name) for name in documents}

    def results(self, rows: Iterable[Row], caution: float) -> Results:
        """The confidence of each row and whether it is right."""
        tables = {name: Table(counts, caution) for name, counts in self.without.items()}
        return [(tables[row.document].sure(dict(zip(ASPECTS, row.groups, strict=True))), row.whole) for row in rows]

    def caution(self, now: Sequence[Row], first: Sequence[Row]) -> float:
        """The caution at which most rows are sure while the demand holds, in the documents of other hands if it can."""
        hands = {row.document for row in first}
        others = [*first, *(row for row in now if row.document in hands)]
        sure = {}
        for caution in CAUTIONS:
            results = self.results(now, caution)
            both = holds(results) and holds(self.results(others, caution))
            sure[caution] = (both, holds(results), sum(confidence >= SURE for confidence, _ in results))
        return max(CAUTIONS, key=lambda caution: sure[caution])


def share_of_sure(results: Results) -> float | None:
    """Of the rows at `SURE` and above, the share that is right."""
    sure = [ok for confidence, ok in results if confidence >= SURE]
    return sum(sure) / len(sure) if sure else None


def holds(results: Results) -> bool:
    """Whether enough of the sure rows are right; where no row is sure, nothing is promised and nothing kept."""
    share = share_of_sure(results)
    return share is not None and share >= DEMAND


# ── telling ────────────────────────────────────────────────────────────────────────────────


def bands(title: str, results: Results) -> str:
    """The bands of confidence as a table in Markdown, and the sure rows together."""
    lines = [f"{title}:", "", "| confidence | rows | mean confidence | right |", "|---|---|---|---|"]
    for least, most in itertools.pairwise(BANDS):
        ones = [(c, ok) for c, ok in results if least <= c < most or (c == most == BANDS[-1])]
        if ones:
            mean, fine = (sum(values) / len(ones) for values in zip(*ones, strict=True))
            lines.append(f"| {least:.2f} – {most:.2f} | {len(ones)} | {mean:.3f} | {fine:.3f} |")
    sure = sum(confidence >= SURE for confidence, _ in results)
    share = share_of_sure(results)
    shown = "–" if share is None else f"{share:.3f}"
    lines.append(f"| **{SURE} and above** | **{sure}** ({sure / max(len(results), 1):.0%}) | | **{shown}** |")
    return "\n".join([*lines, ""])


def written(table: Table) -> str:
    """The tables as YAML."""
    lines = [HEAD + f"caution: {table.caution}"]
    for aspect in ASPECTS:
        lines.append(f"{aspect}:")
        lines += [f"  {g}: {{right: {c.right}, rows: {c.rows}}}" for g, c in table.counts[aspect].items()]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Reads, counts, tries, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    pair = {"nargs": 2, "type": Path, "action": "append", "default": [], "metavar": ("DOCS", "GOLD")}
    parser.add_argument("--more", **pair, help="further documents with their answers")
    parser.add_argument("--record", **pair, help="documents that no rule has seen yet: keep how they were first read")
    parser.add_argument("--write", action="store_true", help="write the tables and the figures")
    given = parser.parse_args()
    for folders in given.record:
        record(read(*folders))
    sets = {"the corpus": read(HERE / "docs", HERE / "gold")}
    for hand in HANDS:
        sets[f"other hands, {hand}"] = read(HERE / "hands" / hand / "docs", HERE / "hands" / hand / "gold")
    if REAL.is_dir():
        sets["real documents"] = read(REAL / "docs", REAL / "gold")
    for number, folders in enumerate(given.more, start=1):
        sets[f"further documents {number}"] = read(*folders)
    now, first = [row for rows in sets.values() for row in rows], first_readings()
    trial = Trial([*now, *first])
    caution = trial.caution(now, first)
    results = trial.results(now, caution)
    hands = len({row.document for row in first})
    report = bands(f"All rows ({', '.join(sets)})", results)
    report += "\n" + bands(f"{hands} documents of other hands as they were first read", trial.results(first, caution))
    print(f"{report}\ncaution {caution}")
    for name, rows in sets.items():
        share = share_of_sure(trial.results(rows, caution))
        print(f"{name}: {len(rows)} rows; of the sure ones right: {'–' if share is None else f'{share:.3f}'}")
    if given.write:
        TABLES.write_text(written(Table(counted([*now, *first]), caution)), encoding="utf-8", newline="\n")
        text = REPORT.read_text("utf-8")
        REPORT.write_text(PLACE.sub(lambda _: report, text), encoding="utf-8", newline="\n")
    return 0 if holds(results) else 1


if __name__ == "__main__":
    sys.exit(main())
