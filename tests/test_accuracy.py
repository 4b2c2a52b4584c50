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
SETS = {
    "real documents": (EVAL / "docs", EVAL / "gold"),
    "corpus, text": (ROOT / "corpus" / "docs", ROOT / "corpus" / "gold"),
    "corpus, DOCX": (ROOT / "corpus" / "formats" / "*.docx", ROOT / "corpus" / "gold"),
    "corpus, PDF": (ROOT / "corpus" / "formats" / "*.pdf", ROOT / "corpus" / "gold"),
}

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
    command = [sys.executable, str(EVAL / "score.py"), str(chosen), str(out), "--json"]
    total = json.loads(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)["total"]
    figures = " | ".join(f"{total[figure]:.3f}" for figure in FIGURES)
    return f"| {name} | {result.count('ok')} / {len(result.directives)} | {total['gold']} | {figures} |"


@pytest.mark.parametrize("name", SETS)
def test_the_table_is_what_the_measure_prints(name: str, tmp_path: Path) -> None:
    now = row(name, tmp_path)
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
