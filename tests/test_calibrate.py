"""corpus/calibrate.py: a document is tried by what the others say, and what is written down is what was counted."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from pipeline.extract.confidence import Count, load

ROOT = Path(__file__).resolve().parent.parent
REPORT = (ROOT / "docs" / "accuracy.md").read_text("utf-8")


def script():
    spec = importlib.util.spec_from_file_location("corpus_calibrate", ROOT / "corpus" / "calibrate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


CALIBRATE = script()
Row = CALIBRATE.Row


def rows(document: str, group: str, fine: int, wrong: int) -> list:
    groups = (group, "subject/one", "own/clear")
    return [Row(document, groups, (True, True, True))] * fine + [Row(document, groups, (False, False, False))] * wrong


def test_lead_and_time_are_counted_of_tasks_alone() -> None:
    counts = CALIBRATE.counted(rows("a", "named", 3, 2))
    assert counts["task"] == {"named": Count(3, 5)}
    assert counts["lead"] == {"subject/one": Count(3, 3)}


def test_a_document_is_tried_by_the_others() -> None:
    good, bad = rows("a", "named", 20, 0), rows("b", "named", 0, 20)
    trial = CALIBRATE.Trial([*good, *bad])
    # by its own rows, "a" would be all right; by those of "b", nothing of the kind ever was
    assert {confidence for confidence, _ in trial.results(good, 0.0)} == {0.0}
    assert {fine for _, fine in trial.results(good, 0.0)} == {True}


def test_the_caution_lets_most_rows_be_sure_while_the_demand_holds() -> None:
    now = [row for name in "abcd" for row in (*rows(name, "named", 50, 1), *rows(name, "other", 10, 3))]
    trial = CALIBRATE.Trial(now)
    caution = trial.caution(now, now)
    assert CALIBRATE.holds(trial.results(now, caution))
    sure = [sum(c >= CALIBRATE.SURE for c, _ in trial.results(now, z)) for z in CALIBRATE.CAUTIONS]
    assert sum(c >= CALIBRATE.SURE for c, _ in trial.results(now, caution)) == max(sure) == 4 * 51


@pytest.mark.parametrize(
    ("results", "held"),
    [
        ([], False),
        ([(0.5, True)], False),
        ([(0.9, True)] * 19 + [(0.99, False)], True),
        ([(0.9, True), (0.9, False)], False),
    ],
)
def test_the_demand(results: list, held: bool) -> None:
    assert CALIBRATE.holds(results) is held


def test_bands_count_every_row_once() -> None:
    results = [(0.0, False), (0.5, True), (0.93, True), (0.95, True), (1.0, True)]
    table = CALIBRATE.bands("x", results)
    counts = [int(n) for n in re.findall(r"^\| [\d.]+ – [\d.]+ \| (\d+) ", table, re.M)]
    assert counts == [1, 1, 1, 2]
    assert "| **0.9 and above** | **3** (60%) | | **1.000** |" in table


def test_first_readings_are_kept_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CALIBRATE, "FIRST", tmp_path / "first.tsv")
    (tmp_path / "first.tsv").write_text("header\n", encoding="utf-8")
    CALIBRATE.record(rows("a", "named", 1, 1))
    CALIBRATE.record([*rows("a", "named", 9, 0), *rows("b", "other", 1, 0)])
    assert CALIBRATE.first_readings() == [*rows("a", "named", 1, 1), *rows("b", "other", 1, 0)]


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    table = CALIBRATE.Table(CALIBRATE.counted(rows("a", "named/time", 3, 2)), 1.5)
    path = tmp_path / "confidence.yaml"
    path.write_text(CALIBRATE.written(table), encoding="utf-8")
    assert load(path) == table


# ── what stands in the project ────────────────────────────────────────────────────────────


def test_the_report_tells_of_the_tables_that_ship() -> None:
    told = [int(count) for count in re.findall(r"^\| [\d.]+ – [\d.]+ \| (\d+) ", REPORT, re.M)]
    assert sum(told) == sum(count.rows for count in load().counts["task"].values())


def test_the_demand_holds_in_the_report() -> None:
    shares = [float(share) for share in re.findall(r"^\| \*\*0\.9 and above\*\* .*\*\*([\d.]+)\*\* \|$", REPORT, re.M)]
    assert len(shares) == 2
    assert shares[0] >= CALIBRATE.DEMAND  # the rows read now; what was first read is told and promised nothing
