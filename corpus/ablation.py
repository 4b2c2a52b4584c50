"""What each mechanism of extraction adds and costs: ``python corpus/ablation.py [--more NAME DOCS GOLD]… [--write]``.

Reads the corpus, the documents of other hands and, where they are beside the project, the real ones; then extracts
again with one thing changed: a mechanism of our own taken away, or the tags of underthesea asked at one place of doubt.
The last table asks what tags are worth on words that the lists do not hold: every third verb is forgotten. Printed are
tables in Markdown; ``--write`` puts them into ``docs/ablation.md``. It takes some minutes and needs underthesea.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from mechanisms import OWN, TAGS, Mechanism, changed, forget, forgetful

from pipeline import ingest, normalise, outline, ruleset
from pipeline.evaluate.judging import figures, judge
from pipeline.export.document_json import as_json
from pipeline.extract import extract
from pipeline.model import Document, Source
from pipeline.ruleset import Ruleset

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "docs" / "ablation.md"
REAL = HERE.parent.parent / "shared" / "eval"
PLACE = re.compile(r"(?<=<!-- ablation: written by corpus/ablation.py -->\n).*?(?=<!-- end of ablation -->)", re.DOTALL)
SHOWN = ("task_f1", "row_f1", "lead_f1")
ROUNDS = 3  # of timing; the middle one counts
NOTHING = Mechanism("–")
Documents = tuple[tuple[Document, ...], ...]  # by set
COST = """
import time, psutil
own, began = psutil.Process(), time.perf_counter()
before = own.memory_info().rss
import underthesea
imported = time.perf_counter() - began
underthesea.pos_tag("Sở Nội vụ tham mưu kế hoạch.")
print(f"{imported:.1f} {time.perf_counter() - began - imported:.1f} {(own.memory_info().rss - before) / 2**20:.0f}")
"""


def folders() -> list[tuple[str, Path]]:
    """Each set by name with its folder: the corpus, every set in other hands, the real documents where they are."""
    hands = sorted(path for path in (HERE / "hands").iterdir() if path.is_dir())
    real = [("real", REAL)] if REAL.is_dir() else []
    return [("corpus", HERE), *((f"hands {path.name}", path) for path in hands), *real]


@dataclass(frozen=True, slots=True)
class Set:
    """Documents with their right answers, as their files were read."""

    name: str
    sources: tuple[tuple[Source, dict[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What extraction came to: its documents by set, their figures, and milliseconds of the processor a document.

    Of a change the milliseconds are those that it adds.
    """

    rules: Ruleset
    documents: Documents
    figures: tuple[dict[str, Any], ...]
    milliseconds: float


def read(name: str, documents: Path, gold: Path) -> Set:
    """The documents of a folder that have a gold file. Raises DocumentError for one that cannot be read."""
    settings = ingest.Settings(programs=os.cpu_count() or 1)
    answers = ((path, gold / f"{path.stem}.json") for path in sorted(documents.iterdir()))
    known = [(path, json.loads(answer.read_text("utf-8"))) for path, answer in answers if answer.is_file()]
    return Set(name, tuple((ingest.read(path, settings), answer) for path, answer in known))


def as_it_is(sets: Sequence[Set], rules: Ruleset) -> Outcome:
    """Extraction of all sets with nothing changed."""
    with changed(NOTHING, rules):
        documents = outlined(sets, rules)
        found = measured(sets, documents, rules)
        return Outcome(rules, documents, found, median(milliseconds(documents, rules) for _ in range(ROUNDS)))


def with_change(sets: Sequence[Set], mechanism: Mechanism, base: Outcome) -> Outcome:
    """Extraction with one thing changed, timed in turns with the extraction it is compared to."""
    with changed(mechanism, base.rules) as rules:
        documents = outlined(sets, rules)
        found = measured(sets, documents, rules)
    added = []
    for _ in range(ROUNDS):
        before = milliseconds(base.documents, base.rules)
        with changed(mechanism, base.rules):
            added.append(milliseconds(documents, rules) - before)
    return Outcome(rules, documents, found, median(added))


def outlined(sets: Sequence[Set], rules: Ruleset) -> Documents:
    """The documents of each set, ready for extraction."""
    return tuple(tuple(_outlined(source, rules) for source, _ in one.sources) for one in sets)


def _outlined(source: Source, rules: Ruleset) -> Document:
    document = normalise.normalise(source, rules)
    return replace(document, outline=outline.build(document, rules))


def measured(sets: Sequence[Set], documents: Documents, rules: Ruleset) -> tuple[dict[str, Any], ...]:
    """The figures of each set."""
    found = []
    for one, read_now in zip(sets, documents, strict=True):
        counts: Counter[str] = Counter()
        for (_, gold), document in zip(one.sources, read_now, strict=True):
            counts.update(judge(document.name, gold, as_json(extract(document, rules))).counts)
        found.append(figures(counts))
    return tuple(found)


def milliseconds(documents: Documents, rules: Ruleset) -> float:
    """What extraction takes of the processor, a document."""
    every = [document for one in documents for document in one]
    forget()
    extract(every[0], rules)  # patterns and word lists are made once in a process
    began = time.process_time()
    for document in every:
        extract(document, rules)
    return 1000 * (time.process_time() - began) / len(every)


# ── tables ─────────────────────────────────────────────────────────────────────────────────


def table(first: str, sets: Sequence[Set], base: Outcome, mechanisms: Sequence[Mechanism]) -> str:
    """A table: the figures as they are, and below what each change adds to them, in hundredths."""
    cells = [[first, *(f"{one.name} ({len(one.sources)})" for one in sets), "ms a document"], ["---"] * (len(sets) + 2)]
    cells.append(["*as it is*", *map(_plain, base.figures), f"{base.milliseconds:.1f}"])
    for mechanism in mechanisms:
        print(mechanism.name, file=sys.stderr)
        outcome = with_change(sets, mechanism, base)
        gains = (_gain(found, before) for found, before in zip(outcome.figures, base.figures, strict=True))
        cells.append([mechanism.name, *gains, f"{outcome.milliseconds:+.1f}"])
    return "".join(f"| {' | '.join(row)} |\n" for row in cells)


def _plain(found: dict[str, Any]) -> str:
    return " / ".join(f"{found[name]:.3f}" for name in SHOWN)


def _gain(found: dict[str, Any], before: dict[str, Any]) -> str:
    gains = [100 * ((found[name] or 0.0) - before[name]) for name in SHOWN]
    return " / ".join(f"{gain:+.1f}" if abs(gain) >= 0.05 else "0" for gain in gains)


def report(sets: Sequence[Set]) -> str:
    """All tables."""
    rules = ruleset.load()
    base, forgot = as_it_is(sets, rules), as_it_is(sets, forgetful(rules))
    own = table("taken away", sets, base, OWN)
    tags = table("tags asked", sets, base, TAGS)
    unknown = table("tags asked", sets, forgot, TAGS)
    printed = subprocess.run([sys.executable, "-c", COST], capture_output=True, check=True, encoding="utf-8").stdout
    imported, first, memory = printed.split()
    return (
        f"Each cell: {' / '.join(SHOWN)}.\n\n"
        f"**Our own mechanisms, each taken away**\n\n{own}\n"
        f"**Tags of underthesea, each place of doubt alone**\n\n{tags}\n"
        f"In each process: import {imported} s, first tag {first} s, {memory} MB of memory.\n\n"
        f"**The same with every third verb of the lists forgotten**\n\n{unknown}"
    )


def main() -> None:
    """Reads the sets, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--more", nargs=3, action="append", default=[], metavar=("NAME", "DOCS", "GOLD"))
    parser.add_argument("--write", action="store_true", help="put the tables into docs/ablation.md")
    options = parser.parse_args()
    sets = [read(name, folder / "docs", folder / "gold") for name, folder in folders()]
    sets += [read(name, Path(documents), Path(gold)) for name, documents, gold in options.more]
    tables = report(sets)
    print(tables)
    if options.write:
        text = PLACE.sub(lambda _: tables, REPORT.read_text("utf-8"))
        REPORT.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
