"""The JSON of a comparison: it fits the schema that is published, and holds every link and finding with both sources."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from export.comparisons import ABOVE, PARENT, compared, directive, plan, result, task, united
from jsonschema import Draft202012Validator

from pipeline import ruleset
from pipeline.audit import CRITERIA
from pipeline.compare.model import COVERAGE, KINDS, Finding, Issuer, Member, Result
from pipeline.compare.ranking import ranking
from pipeline.export import comparison as export
from pipeline.model import Directive, Task

RULES = ruleset.load()
PATH = Path(__file__).resolve().parent.parent.parent / "docs" / "schema" / "comparison.schema.json"
SCHEMA = json.loads(PATH.read_text("utf-8"))
CHECK = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def written(folder: Path, found: Result, lang: str = "vi") -> Any:
    export.write(found, folder / "s.json", lang, RULES)
    return json.loads((folder / "s.json").read_text("utf-8"))


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object that the schema describes, wherever it stands."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema.get("required"), list):
            yield schema
        for part in schema.values():
            yield from objects(part)


def test_the_schema_is_one_and_leaves_no_key_open() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    described = list(objects(SCHEMA))
    assert len(described) == len(SCHEMA["$defs"]) + 4  # the file itself, counts, kinds, clear
    for one in described:
        assert one["additionalProperties"] is False and one["required"] == list(one["properties"])


def test_the_schema_has_the_codes_of_the_model() -> None:
    parts = SCHEMA["$defs"]
    assert parts["finding"]["properties"]["kind"]["enum"] == list(KINDS)
    assert parts["answer"]["properties"]["status"]["enum"] == list(COVERAGE)
    assert list(parts["standing"]["properties"]["kinds"]["properties"]) == list(KINDS)
    assert list(parts["standing"]["properties"]["clear"]["properties"]) == list(CRITERIA)


@pytest.mark.parametrize(
    "found",
    [
        result(compared(), united()),
        result(replace(compared(), family=replace(compared().family, above=(PARENT,), reference=None, top=None))),
        Result(()),
        # nothing is known of it, and nobody has a task
        result(replace(compared(), tasks=(), homes=(), plans=())),
    ],
    ids=["two families", "with what stands above", "nothing", "empty"],
)
def test_what_is_written_fits_the_schema(found: Result, tmp_path: Path) -> None:
    CHECK.validate(written(tmp_path, found))


def in_order(value: Any, schema: Any) -> None:
    """Keys stand in the order of the schema, all the way down."""
    schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if "anyOf" in schema and value is not None:
        in_order(value, schema["anyOf"][0])
    elif isinstance(value, dict) and "properties" in schema:
        assert list(value) == list(schema["properties"])
        for name, part in value.items():
            in_order(part, schema["properties"][name])
    elif isinstance(value, list):
        for part in value:
            in_order(part, schema["items"])


def test_keys_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    in_order(written(tmp_path, result(compared(), united())), SCHEMA)


BROKEN: list[tuple[str, Callable[[Any], object]]] = [
    ("a key is missing", lambda found: found["families"][0].pop("tasks")),
    ("a key is new", lambda found: found["families"][0]["plans"][0].update(x=1)),
    ("a kind that there is not", lambda found: first(found)["findings"][0].update(kind="late")),
    ("a status that is no coverage", lambda found: first(found).update(status="added")),
    ("a score above one", lambda found: first(found)["links"][0].update(score=1.5)),
    ("a day that is none", lambda found: found["families"][0]["tasks"][0].update(due="15/6/2026")),
    ("a finding without a source", lambda found: first(found)["findings"][0]["parent"].pop("quote")),
]


def first(found: Any) -> Any:
    """The first plan's answer to the first task."""
    return found["families"][0]["plans"][0]["answers"][0]


@pytest.mark.parametrize(("change"), [change for _, change in BROKEN], ids=[name for name, _ in BROKEN])
def test_what_does_not_fit_is_refused(change: Callable[[Any], object], tmp_path: Path) -> None:
    found = written(tmp_path, result())
    CHECK.validate(found)
    broken = copy.deepcopy(found)
    change(broken)
    assert not CHECK.is_valid(broken)


# ── what it holds ──────────────────────────────────────────────────────────────────────────


def quoted(one: Task, home: Directive) -> dict[str, Any]:
    return {"id": one.id, "document": home.document, "section": one.section, "page": one.page, "quote": one.text}


def test_every_link_and_finding_with_both_quotations(tmp_path: Path) -> None:
    one = compared()
    (family,) = written(tmp_path, result(one))["families"]
    home = PARENT.directive
    for column, shown in zip(one.plans, family["plans"], strict=True):
        own = column.plan.directive

        def said(finding: Finding, own: Directive = own) -> dict[str, Any]:
            return {
                "kind": finding.kind,
                "amount": finding.amount,
                "parent": finding.parent and quoted(finding.parent, home),
                "rows": [quoted(row, own) for row in finding.rows],
                "parent_says": finding.parent_says,
                "plan_says": finding.plan_says,
            }

        for number, (answer, found) in enumerate(zip(column.answers, shown["answers"], strict=True), start=1):
            assert (found["task"], found["status"]) == (number, answer.status)
            assert found["links"] == [
                {"score": round(link.score, 3), "parts": {"actor": 1.0, "words": 0.75},
                 "parent": quoted(link.parent, home), "row": quoted(link.row, own)}
                for link in answer.links
            ]  # fmt: skip
            assert found["findings"] == [said(finding) for finding in answer.findings]
        assert shown["added"] == [said(finding) for finding in column.added]
        assert shown["days"] == column.days
        assert shown["coverage"] == pytest.approx(column.coverage, abs=1e-4)
        counts = {**{status: column.count(status) for status in COVERAGE}, "added": len(column.added)}
        assert shown["counts"] == counts


def test_a_quotation_is_what_stands_in_the_document(tmp_path: Path) -> None:
    # the row's own words are on one line, those of the document are kept as they stand there
    found = plan("An Lạc")
    row = replace(found.directive.tasks[0], text="Rà soát (các) giếng.")
    made = replace(found, directive=replace(found.directive, tasks=(row, *found.directive.tasks[1:])))
    (family,) = written(tmp_path, result(compared(made)))["families"]
    place = row.evidence["text"][0]
    assert first({"families": [family]})["links"][0]["row"]["quote"] == made.directive.text[place.start : place.end]


def test_a_union_names_the_document_of_each_task(tmp_path: Path) -> None:
    one = united()
    (family,) = written(tmp_path, result(one))["families"]
    assert family["parent"] is None
    assert [found["document"] for found in family["tasks"]] == list(one.homes)
    last = family["plans"][1]["answers"][-1]
    assert last["links"][0]["parent"]["document"] == one.homes[-1]


def test_documents_with_what_they_implement(tmp_path: Path) -> None:
    found = written(tmp_path, result())
    (family,) = found["families"]
    member = family["plans"][0]["plan"]
    assert (member["document"], member["issuer"]["commune"]) == ("KH An Lạc.docx", "An Lạc")
    assert [one["number"] for one in member["implements"]] == ["154/KH-UBND", ABOVE.number]
    assert (family["reference"]["number"], family["top"]["number"]) == ("154/KH-UBND", ABOVE.number)
    assert member["versions"] == ["KH An Lạc (bản cũ).docx"]
    assert [one["document"] for one in found["alone"]] == ["Giấy mời.docx"]
    assert found["remarks"] == [{"code": "no-citation", "message": "Giấy mời.docx không viện dẫn gì."}]


def test_the_ranking_has_the_figures_of_the_standings(tmp_path: Path) -> None:
    one = compared()
    (family,) = written(tmp_path, result(one))["families"]
    standings = ranking(one, RULES)
    for shown, standing in zip(family["ranking"], standings, strict=True):
        assert family["plans"][shown["plan"] - 1]["plan"]["document"] == shown["document"] == standing.plan.document
        assert shown["tasks"] == standing.tasks
        assert shown["kinds"] == {kind: standing.kinds[kind] for kind in KINDS}
        assert shown["clear"] == {criterion: standing.clarity.clear[criterion] for criterion in CRITERIA}
        for name in ("coverage", "lead", "due", "product"):
            assert shown[name] == pytest.approx(getattr(standing, name), abs=1e-4)


# ── bytes ──────────────────────────────────────────────────────────────────────────────────


def test_equal_results_give_equal_bytes_in_every_language(tmp_path: Path) -> None:
    for name, lang in (("a.json", "vi"), ("b.json", "vi"), ("c.json", "en")):
        export.write(result(compared(), united()), tmp_path / name, lang, RULES)
    assert len({(tmp_path / name).read_bytes() for name in ("a.json", "b.json", "c.json")}) == 1


def test_letters_are_not_escaped_and_a_line_holds_one_answer(tmp_path: Path) -> None:
    written(tmp_path, result())
    lines = (tmp_path / "s.json").read_text("utf-8").splitlines()
    assert sum(line.startswith('{"task": ') for line in lines) == len(compared().plans) * len(compared().tasks)
    assert any("Rà soát công trình cấp nước." in line for line in lines)


def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    words = '\ud800"\\\x00\u2028</script>{"' + "n" * 40_000
    asked = replace(PARENT, directive=directive(words, *(task(f"p{n}", words) for n in range(4))))
    own = Member(directive(words, *(task(f"r{n}", words) for n in range(3))), Issuer(words, commune=words))
    found = written(tmp_path, result(compared(own, parent=asked)))
    CHECK.validate(found)
    assert first(found)["links"][0]["row"]["quote"] == words.replace("\ud800", "?")
