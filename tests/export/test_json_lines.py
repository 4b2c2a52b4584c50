"""JSON Lines: every line fits the schema that is published, and nothing but the schema's own file says so."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import task_schema
from jsonschema import Draft202012Validator

from pipeline import export, extract, read
from pipeline.export.document_json import as_json as document_as_json
from pipeline.export.json_lines import as_json
from pipeline.model import Directive, Meta, Task

Make = Callable[..., Directive]
ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = json.loads((ROOT / "docs" / "schema" / "task.schema.json").read_text("utf-8"))
CHECK = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def lines(directives: list[Directive], folder: Path) -> list[dict[str, Any]]:
    """What the file holds."""
    path = folder / "t.jsonl"
    export.write(directives, export.targets([path])[0])
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_what_is_published_is_that_of_the_model() -> None:
    # where this fails: python tests/task_schema.py --write
    for path, text in task_schema.published().items():
        assert path.read_text("utf-8") == text


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_lines_fit_the_schema(make: Make, task: Callable[..., Task], tmp_path: Path) -> None:
    found = lines([make(), make(task(), meta=Meta(), document="trống.txt")], tmp_path)
    assert len(found) == 2
    for line in found:
        CHECK.validate(line)


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "docs").glob("kh-*.txt"))[:4], ids=lambda path: path.stem)
def test_lines_of_documents_fit_the_schema(path: Path, tmp_path: Path) -> None:
    directive = extract(read(path))
    found = lines([directive], tmp_path)
    assert len(found) == len(directive.tasks) > 0
    for line in found:
        CHECK.validate(line)


BROKEN: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("a key is missing", lambda line: line.pop("due")),
    ("a key is not known", lambda line: line.update(deadline="2022-11-20")),
    ("a date is none", lambda line: line.update(due="20/11/2022")),
    ("a day that the calendar has not", lambda line: line.update(due="2022-11-31")),
    ("a kind is not known", lambda line: line.update(kind="goal")),
    ("a list is null", lambda line: line.update(lead=None)),
    ("a confidence of more than 1", lambda line: line.update(confidence=1.5)),
    ("a page before the first", lambda line: line.update(page=0)),
    ("a box of three sides", lambda line: line["evidence"]["lead"][0].update(bbox=[1.0, 2.0, 3.0])),
    ("a role is not known", lambda line: line["units"][0].update(role="boss")),
]


@pytest.mark.parametrize(("reason", "spoil"), BROKEN, ids=[reason for reason, _ in BROKEN])
def test_the_schema_refuses(make: Make, reason: str, spoil: Callable[[dict[str, Any]], object]) -> None:
    directive = make()
    line = copy.deepcopy(as_json(directive.tasks[0], directive))
    assert CHECK.is_valid(line)
    spoil(line)
    assert not CHECK.is_valid(line)


def test_keys_stand_in_the_order_of_the_schema(make: Make, tmp_path: Path) -> None:
    (line,) = lines([make()], tmp_path)
    assert list(line) == list(SCHEMA["properties"])
    assert list(line["meta"]) == list(SCHEMA["properties"]["meta"]["properties"])


def test_a_line_is_the_task_of_the_document_with_its_source_in_front(make: Make, tmp_path: Path) -> None:
    directive = make()
    (line,) = lines([directive], tmp_path)
    whole = document_as_json(directive)
    assert line.pop("document") == whole["document"]
    assert line.pop("meta").items() <= whole["meta"].items()
    assert line == whole["tasks"][0]


def test_nothing_within_a_line_ends_it(make: Make, task: Callable[..., Task], tmp_path: Path) -> None:
    words = "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g\r\nh"
    (line,) = lines([make(task(text=words))], tmp_path)  # splitlines knows all of these
    assert line["text"] == words
