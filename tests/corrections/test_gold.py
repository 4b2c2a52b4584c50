"""Gold files of corrected documents, as ``dondoc evaluate`` reads them."""

from __future__ import annotations

import json
from pathlib import Path

from corrected import RULES, correct, plan, task

from pipeline import evaluate
from pipeline.corrections.gold import UNFINISHED, gold
from pipeline.corrections.model import Replayed
from pipeline.corrections.replay import replay
from pipeline.export import document_json

READ = plan()


def decided(*confirmed: str) -> Replayed:
    """The plan with one lead mended, one row rejected, and these rows confirmed."""
    row, none = task(READ, "hệ thống loa"), task(READ, "tài khoản định danh")
    log = [correct(1, "edit", row, lead=["Công an xã"]), correct(2, "reject", none)]
    rows = [task(READ, words) for words in confirmed]
    return replay(READ, [*log, correct(3, "confirm", *rows)] if rows else log, RULES)


ALL = ("đất đai", "phòng cháy", "tổng hợp kết quả", "hệ thống loa", "từng hộ dân")


def test_a_finished_document_is_what_is_right(tmp_path: Path) -> None:
    made = gold(decided(*ALL))
    assert made is not None
    assert (made.complete, made.folder) == (True, "")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "ke-hoach.json").write_bytes(made.data)
    document_json.write([READ], tmp_path / "read", "vi", RULES)
    measured = evaluate.evaluate(tmp_path / "gold", tmp_path / "read")
    assert not measured.unpaired
    assert not measured.without_gold
    wrong = {(one.kind, one.field) for one in measured.mistakes}
    assert len(measured.mistakes) == 2  # the mended lead, and the row that is none
    assert any(field == "lead" for _, field in wrong)
    # what was decided, read again, is right throughout
    document_json.write([decided(*ALL).directive], tmp_path / "now", "vi", RULES)
    assert not evaluate.evaluate(tmp_path / "gold", tmp_path / "now").mistakes


def test_an_unfinished_document_says_so_and_stays_out(tmp_path: Path) -> None:
    made = gold(decided(*ALL[:2]))
    assert made is not None
    content = json.loads(made.data)
    assert (made.complete, made.folder, content["complete"]) == (False, UNFINISHED, False)
    assert [row["reviewed"] for row in content["tasks"]] == [True, True, False, False, False]


def test_a_document_that_nobody_touched_has_none() -> None:
    assert gold(replay(READ, [], RULES)) is None


def test_a_lost_correction_leaves_a_document_unfinished() -> None:
    rows = list(READ.tasks)
    done = replay(READ, [correct(1, "confirm", *rows), correct(2, "reject", "0" * 12)], RULES)
    made = gold(done)
    assert made is not None
    assert not made.complete
