"""`dondoc rules list` and `dondoc rules test`, also with a folder of an officer's own rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline import cli, ruleset

CONTACT = """\
- id: lead.contact
  field: lead
  pattern: 'cán bộ đầu mối'
  example: {example}
  counter: {counter}
"""


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["rules", *map(str, args)])


def folder(tmp_path: Path, example: str = "Cán bộ đầu mối", counter: str = "Cán bộ không chuyên trách") -> Path:
    (tmp_path / "labels.yaml").write_text(CONTACT.format(example=example, counter=counter), encoding="utf-8")
    return tmp_path


def test_list_shows_every_file_and_rule() -> None:
    done = run("list")
    shown = done.stdout.replace("\n", "").replace(" ", "")  # a long id may be broken
    assert done.exit_code == 0
    rules = ruleset.load()
    for name in rules:
        assert f"{name}.yaml ({len(rules[name])} quy tắc)" in done.stdout
    assert "lead.assigned" in shown
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_list_marks_rules_that_a_folder_adds(tmp_path: Path) -> None:
    done = run("list", "--rules", folder(tmp_path))
    marked = [line for line in done.stdout.splitlines() if "(bổ sung)" in line]
    assert len(marked) == 1
    assert "lead.contact" in marked[0] and "Cán bộ đầu mối" in marked[0]


def test_shipped_rules_hold() -> None:
    done = run("test")
    rules = ruleset.load()
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"{sum(len(rules[name]) for name in rules)} quy tắc" in done.stdout


def test_a_good_rule_of_a_folder_holds(tmp_path: Path) -> None:
    assert run("test", "--rules", folder(tmp_path)).exit_code == 0


@pytest.mark.parametrize(
    ("example", "counter", "said"),
    [
        # a typing error in the example
        ("Cán bộ đầu mói", "Cán bộ khác", "không đọc được ví dụ “Cán bộ đầu mói”"),
        ("Cán bộ đầu mối", "Cán bộ đầu mối", "vẫn đọc phản ví dụ “Cán bộ đầu mối”"),
        # a shipped rule reads it first
        ("Đơn vị phối hợp", "Cán bộ khác", "quy tắc coordinating đọc trước"),
    ],
)
def test_a_rule_that_fails_is_named_with_its_file(tmp_path: Path, example: str, counter: str, said: str) -> None:
    done = run("test", "--rules", folder(tmp_path, example, counter))
    assert (done.exit_code, done.stdout) == (1, "")
    first, *_, last = done.stderr.splitlines()
    assert first.startswith("labels.yaml, lead.contact: ")
    assert said in first
    assert last.startswith("1 chỗ sai")


@pytest.mark.parametrize("command", ["list", "test"])
def test_wrong_folders_and_files(command: str, tmp_path: Path) -> None:
    missing = run(command, "--rules", tmp_path / "no")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "Không có thư mục quy tắc" in missing.stderr
    (tmp_path / "labels.yaml").write_text("- {id: a, feld: lead, example: x, counter: y}\n", encoding="utf-8")
    wrong = run(command, "--rules", tmp_path)
    assert wrong.exit_code == 2
    assert "labels.yaml, dòng 1: khóa lạ “feld”" in wrong.stderr


def test_english() -> None:
    assert "every example and counter-example holds" in run("test", "--lang", "en").stdout
    assert "Fills" in run("list", "--lang", "en").stdout
