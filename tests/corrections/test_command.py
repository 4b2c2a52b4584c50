"""``dondoc corrections``: right answers and suggestions from the database of a server."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from corrected import MORNING, correct, plan
from typer.testing import CliRunner, Result

from pipeline import cli, evaluate, export
from pipeline.corrections.fields import as_confirmed
from pipeline.corrections.gold import UNFINISHED
from pipeline.model import Directive
from pipeline.store import corrections
from pipeline.store.address import parse
from pipeline.store.database import Database
from pipeline.store.rows import document_id
from pipeline.store.saving import save


@pytest.fixture
def database(tmp_path: Path) -> Database:
    with Database(parse(f"sqlite:///{tmp_path / 'x.db'}")) as opened:
        save(opened, [plan(), other()], MORNING)
        yield opened


def other() -> Directive:
    """Another document of the same file name."""
    return plan(**{"12/KH-UBND": "13/KH-UBND"})


def call(database: Database, *args: str) -> Result:
    return CliRunner().invoke(cli.app, ["corrections", *args, "--db", str(database.address)])


def confirm(database: Database, directive: Directive, rows: int) -> None:
    tasks = directive.tasks[:rows]
    draft = replace(correct(0, "confirm", *tasks, **as_confirmed(tasks)), by="lan")
    corrections.append(database, document_id(directive), draft, 0, MORNING)


def test_what_was_reviewed_becomes_right_answers(database: Database, tmp_path: Path) -> None:
    confirm(database, plan(), len(plan().tasks))
    confirm(database, other(), 1)
    gold = tmp_path / "gold"
    done = call(database, "export", "-o", str(gold))
    assert done.exit_code == 0, done.output
    assert "1 văn bản đã rà soát xong, 1 văn bản còn dở" in done.stderr
    (whole,), (part,) = gold.glob("*.json"), (gold / UNFINISHED).glob("*.json")
    assert whole.name != part.name  # both documents have one file name
    assert [row["text"] for row in json.loads(whole.read_text("utf-8"))["tasks"]] == [task.text for task in plan().tasks]
    # and they are answers: what was read is measured against them
    (target,) = export.targets([f"{tmp_path / 'read'}/"])
    export.write([plan()], target, "vi", None)
    whole.rename(gold / "ke-hoach.json")
    measured = evaluate.as_json(evaluate.evaluate(gold, tmp_path / "read"), errors=True, before=None)
    assert (measured["total"]["gold"], measured["total"]["task_f1"]) == (len(plan().tasks), 1.0)


def test_equal_corrections_give_equal_bytes(database: Database, tmp_path: Path) -> None:
    confirm(database, plan(), 2)
    found = []
    for name in ("one", "two"):
        call(database, "export", "-o", str(tmp_path / name))
        found.append([path.read_bytes() for path in sorted((tmp_path / name).rglob("*.json"))])
    assert found[0] == found[1] != []


def test_a_file_that_was_overtaken_is_named_and_not_deleted(database: Database, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    confirm(database, plan(), 1)
    assert "lần xuất trước" not in call(database, "export", "-o", str(gold)).stderr
    (part,) = (gold / UNFINISHED).iterdir()
    confirm_rest = replace(correct(0, "confirm", *plan().tasks[1:], **as_confirmed(plan().tasks[1:])), by="lan")
    corrections.append(database, document_id(plan()), confirm_rest, 0, MORNING)
    told = call(database, "export", "-o", str(gold)).stderr
    assert "lần xuất trước" in told and part.name in told
    assert part.exists() and (gold / part.name).exists()


def test_what_recurs_is_suggested(database: Database) -> None:
    assert "Chưa có sửa đổi nào lặp lại" in call(database, "suggest").stderr
    for task in plan().tasks[:3]:
        draft = replace(correct(0, "edit", task, lead=["Liên minh Sữa"], before={"lead": list(task.lead)}), by="lan")
        corrections.append(database, document_id(plan()), draft, 0, MORNING)
    told = call(database, "suggest").stdout
    assert "“Liên minh Sữa”" in told and "3 lần" in told
    assert "units.yaml" in told and "- id:" in told
    english = CliRunner().invoke(cli.app, ["corrections", "suggest", "--db", str(database.address), "--lang", "en"]).stdout
    assert "was met 3 times" in english


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "khong.db"
    done = CliRunner().invoke(cli.app, ["corrections", "export", "--db", f"sqlite:///{path}", "-o", str(tmp_path / "x")])
    assert done.exit_code != 0 and not path.exists() and not (tmp_path / "x").exists()
