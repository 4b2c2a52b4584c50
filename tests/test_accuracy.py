"""The accuracy table of the README is what the measure prints for this code, and nothing typed by hand.

``DONDOC_REGENERATE=1`` writes the table anew; a test fails while that switch is on, so that it never stays on.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline

ROOT = Path(__file__).resolve().parent.parent
EVAL = ROOT.parent / "shared" / "eval"
READMES = (ROOT / "README.md", ROOT / "README.vi.md")
TABLE = re.compile(r"(?<=<!-- accuracy: written by tests/test_accuracy.py -->\n).*?(?=<!-- end of accuracy -->)", re.DOTALL)
FIGURES = ("task_f1", "row_f1", "lead_f1", "coordinating_f1", "due_f1", "cadence_f1", "meta")
HANDS = ROOT / "corpus" / "hands"
SETS = {
    "real documents": (EVAL / "docs", EVAL / "gold"),
    "corpus, text": (ROOT / "corpus" / "docs", ROOT / "corpus" / "gold"),
    "corpus, DOCX": (ROOT / "corpus" / "formats" / "*.docx", ROOT / "corpus" / "gold"),
    "corpus, PDF": (ROOT / "corpus" / "formats" / "*.pdf", ROOT / "corpus" / "gold"),
    **{f"other hands, {hand}": (HANDS / hand / "docs", HANDS / hand / "gold") for hand in ("one", "two", "three", "four", "five", "six", "seven")},
}
# What came out the first time that documents in other hands were read, before any rule was changed for them.
FIRST = {f"other hands, {hand}, first reading": HANDS / hand for hand in ("one", "two", "three", "four", "five", "six", "seven")}

pytestmark = pytest.mark.skipif(not EVAL.is_dir(), reason="the measure and its documents are not beside the project")


def row(name: str, scratch: Path) -> str:
    """A row of the table: documents read of those there, and the figures over the ones that were read."""
    inputs, gold = SETS[name]
    out, chosen = scratch / "out", scratch / "gold"
    chosen.mkdir()
    result = pipeline.convert([inputs], [f"{out}/"])
    for directive in result.directives:
        if directive.status == "ok":
            file = f"{Path(directive.document).stem}.json"
            (chosen / file).write_bytes((gold / file).read_bytes())
    read = f"{result.count('ok')} / {len(result.directives)}"
    return f"| {name} | {read} | {measured(chosen, out)} |"


def measured(gold: Path, out: Path) -> str:
    """The number of tasks and the figures that the measure prints, as cells of the table."""
    command = [sys.executable, str(EVAL / "score.py"), str(gold), str(out), "--json"]
    total = json.loads(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)["total"]
    return " | ".join([str(total["gold"]), *(f"{total[figure]:.3f}" for figure in FIGURES)])


@pytest.mark.parametrize("name", SETS)
def test_the_table_is_what_the_measure_prints(name: str, tmp_path: Path) -> None:
    stands_in_the_table(name, row(name, tmp_path))


@pytest.mark.parametrize("name", FIRST)
def test_the_first_reading_is_in_the_table_beside_it(name: str) -> None:
    folder = FIRST[name]
    count = len(list((folder / "first").glob("*.json")))
    stands_in_the_table(name, f"| {name} | {count} / {count} | {measured(folder / 'gold', folder / 'first')} |")


def stands_in_the_table(name: str, now: str) -> None:
    """Fails where a README says something else; under ``DONDOC_REGENERATE`` it is written there first."""
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        if os.environ.get("DONDOC_REGENERATE") == "1":
            text = re.sub(rf"^\| {re.escape(name)} \|.*$", now, text, flags=re.MULTILINE)
            readme.write_text(text, encoding="utf-8", newline="\n")
        table = TABLE.search(text)
        assert table is not None
        assert now in table.group().splitlines()


def test_the_switch_that_rewrites_the_table_is_off() -> None:
    assert os.environ.get("DONDOC_REGENERATE") is None
