"""DataFrames of comparisons: a row for each thing, typed columns, the same figures as the result, and what is refused."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

pandas = pytest.importorskip("pandas")

from export.comparisons import CITED, PARENT, compared, directive, plan, result, task, united  # noqa: E402

import pipeline  # noqa: E402
from pipeline.compare.columns import TYPES, Column, table  # noqa: E402
from pipeline.compare.frame_columns import COLUMNS  # noqa: E402
from pipeline.compare.model import COVERAGE, KINDS, Comparison, Finding, Issuer, Result  # noqa: E402
from pipeline.errors import UsageError  # noqa: E402
from pipeline.model import Milestone, UnitMention  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
FAMILY = ROOT / "corpus" / "families" / "pho-bien-phap-luat" / "docs"
RESULT = result(compared(), united())
OF_RESULTS = ("coverage", "links", "findings", "families", "standings")


def frame(name: str, source: object = RESULT, *rest: object):
    return getattr(pipeline.compare, name)(source, *rest)


def read(folder: Path) -> list[pipeline.model.Directive]:
    return [pipeline.extract(pipeline.read(path)) for path in sorted(folder.glob("*.txt"))]


# ── columns and types ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("source", [RESULT, Result(())], ids=["rows", "no rows"])
def test_columns_and_types_are_those_that_are_documented(name: str, source: Result) -> None:
    found = frame(name, source)
    assert list(found.columns) == [column.name for column in COLUMNS[name]]
    for column in COLUMNS[name]:
        kind = found[column.name].dtype
        if isinstance(column.type, tuple):
            assert (list(kind.categories), kind.ordered) == (list(column.type), True), column.name
        else:
            assert str(kind) == TYPES[column.type], column.name
        if column.dtype == "tuple":
            assert all(isinstance(value, tuple) for value in found[column.name]), column.name


@pytest.mark.parametrize("name", COLUMNS)
def test_names_are_unique_and_every_column_is_explained(name: str) -> None:
    names = [column.name for column in COLUMNS[name]]
    assert len(set(names)) == len(names)
    assert all(column.meaning for column in COLUMNS[name])


def test_a_row_with_other_fields_than_the_columns_is_a_fault() -> None:
    with pytest.raises(KeyError, match="b"):
        table((Column("a", "text", ""),), [{"a": "x", "b": 1}])


# ── what the rows say ──────────────────────────────────────────────────────────────────────


def test_coverage_has_a_row_for_each_task_and_plan() -> None:
    found = frame("coverage")
    assert len(found) == sum(len(one.tasks) * len(one.plans) for one in RESULT.comparisons)
    for comparison, (_, group) in zip(RESULT.comparisons, found.groupby("family", sort=False), strict=True):
        for column, (_, rows) in zip(comparison.plans, group.groupby("plan_document", sort=False), strict=True):
            assert list(rows["status"]) == [answer.status for answer in column.answers]
            assert list(rows["parent_document"]) == list(comparison.homes)
            assert list(rows["rows"]) == [len(answer.rows) for answer in column.answers]


def test_a_row_of_coverage_tells_both_sides_and_what_changed() -> None:
    rows = frame("coverage").set_index(["family", "plan", "parent_id"]).sort_index()
    first = rows.loc[("154/KH-UBND", "An Lạc", "p1")]
    said = first[["parent_lead", "parent_product", "plan_lead", "plan_ids", "deadline", "days", "province", "plan_days"]]
    assert list(said) == [("Sở Xây dựng",), "danh mục", ("Phòng Kinh tế",), ("An Lạc1",), "later", 15, "Sông Trong", 14]
    assert (first["parent_due"], first["plan_due"]) == (pandas.Timestamp(2026, 6, 15), pandas.Timestamp(2026, 6, 30))
    second = rows.loc[("154/KH-UBND", "An Lạc", "p2")]
    said = second[["status", "share", "score", "cadence", "number", "copied", "parent_quantity"]]
    assert list(said) == ["partly", 0.5, 0.8125, "weaker", "lower", 0.875, ("ít nhất 02 cuộc",)]
    missing = rows.loc[("154/KH-UBND", "An Lạc", "p3")]
    assert missing[["plan_text", "plan_due", "score", "deadline", "days", "plan_product"]].isna().all()


def with_findings(*kinds: str) -> Comparison:
    """The comparison with these findings on the first task of the first plan."""
    comparison = compared()
    column = comparison.plans[0]
    answer = column.answers[0]
    found = tuple(Finding(kind, answer.parent, answer.rows, amount=1.0) for kind in kinds)
    column = replace(column, answers=(replace(answer, findings=(answer.findings[0], *found)), *column.answers[1:]))
    return replace(comparison, plans=(column, *comparison.plans[1:]))


@pytest.mark.parametrize(
    ("kinds", "column", "value"),
    [(("deadline-less-precise", "deadline-" + value), "deadline", value)
     for value in ("earlier", "equal", "later", "lost", "added", "kind")]
    + [(("cadence-" + value,), "cadence", value) for value in ("weaker", "stronger")]
    + [
        (("number-higher", "number-lower"), "number", "lower"),  # the graver of several
        (("number-lower", "number-lost"), "number", "lost"),
        (("number-higher",), "number", "higher"),
        (("lead-several", "lead-dissolved"), "lead_finding", "dissolved"),
        (("lead-several", "lead-other-class"), "lead_finding", "other-class"),
        (("lead-missing",), "lead_finding", "missing"),
        (("product-lost",), "product", "lost"),
        (("copied",), "copied", 1.0),
        (("deadline-less-precise",), "less_precise", True),
    ],
)  # fmt: skip
def test_every_kind_of_finding_has_its_column(kinds: tuple[str, ...], column: str, value: object) -> None:
    assert frame("coverage", Result((with_findings(*kinds),))).loc[0, column] == value


def test_no_kind_of_finding_is_without_a_column() -> None:
    """A kind that is added later must be told here too."""
    told = {f"{side}-{value}" for side, column in (("deadline", "deadline"), ("cadence", "cadence"), ("number", "number"),
            ("lead", "lead_finding"), ("product", "product")) for one in COLUMNS["coverage"] if one.name == column
            for value in one.type}  # fmt: skip
    assert told | {*COVERAGE, "added", "deadline-less-precise", "copied"} == set(KINDS)


def test_links_are_those_of_the_answers() -> None:
    expected = [(link.parent.id, link.row.id, link.score) for comparison in RESULT.comparisons for column in comparison.plans
                for answer in column.answers for link in answer.links]  # fmt: skip
    found = frame("links")
    assert list(zip(found["parent_id"], found["plan_id"], found["score"], strict=True)) == expected


def test_findings_are_those_of_the_columns_with_the_words_of_both_sides() -> None:
    expected = [finding.kind for comparison in RESULT.comparisons for column in comparison.plans for finding in column.findings]
    found = frame("findings")
    assert list(found["kind"]) == expected
    late = found[found["kind"] == "deadline-later"].iloc[0]
    assert list(late[["name", "parent_says", "plan_says", "amount"]]) == ["Hạn muộn hơn", "trước 15/6", "30/6", 15.0]
    added = found[found["kind"] == "added"].iloc[0]
    assert added[["parent_document", "parent_id", "parent_text", "parent_page"]].isna().all()
    assert added["plan_text"] == "Trồng cây ở An Lạc."


def test_families_hold_every_document_with_its_part() -> None:
    found = frame("families")
    roles = found.groupby("family", sort=False, dropna=False)["role"].agg(list)
    assert list(roles) == [["parent", "plan", "plan", "plan"], ["plan", "plan"], ["alone"]]
    first = found.iloc[1]
    assert first["implements"] == ("154/KH-UBND", "53-CT/TW")
    assert list(first[["top", "quote", "days", "versions"]]) == ["53-CT/TW", CITED.quote, 14, ("KH An Lạc (bản cũ).docx",)]
    assert pandas.isna(found.iloc[0]["days"])


def test_standings_are_in_order_with_the_counts_of_the_findings() -> None:
    found = frame("standings")
    first = found[found["family"] == "154/KH-UBND"]
    assert list(first["place"]) == [1, 2, 3]
    assert first["coverage"].is_monotonic_decreasing
    counted = frame("findings").groupby(["family", "plan", "kind"], observed=False).size()
    for row in found.itertuples():
        for kind in KINDS:
            assert getattr(row, kind.replace("-", "_")) == counted[row.family, row.plan, kind], (row.plan, kind)
    shares = found.filter(like="clear_")
    assert shares.shape[1] == 7
    assert ((shares >= 0) & (shares <= 1)).all(axis=None)


# ── names ──────────────────────────────────────────────────────────────────────────────────


def test_two_families_of_one_number_stay_apart() -> None:
    assert list(frame("coverage", result(compared(), compared()))["family"].unique()) == ["154/KH-UBND", "154/KH-UBND (2)"]


def test_plans_of_one_commune_have_names_of_their_own() -> None:
    party = replace(plan("An Lạc", name="Đảng ủy xã An Lạc", document="p.docx"), issuer=Issuer("Đảng ủy xã An Lạc", "cap-uy", "xa", "An Lạc"))
    nameless = replace(plan("An Lạc", document="n.docx"), issuer=Issuer())
    twice = [plan("Bình Hòa", document=name) for name in ("b1.docx", "b2.docx")]
    found = frame("coverage", Result((compared(plan("An Lạc"), party, nameless, *twice),)))
    assert list(found["plan"].unique()) == ["UBND xã An Lạc", "Đảng ủy xã An Lạc", "n.docx", "b1.docx", "b2.docx"]


# ── tasks ──────────────────────────────────────────────────────────────────────────────────


def test_tasks_of_a_result_are_each_document_once() -> None:
    once = compared()
    twice = result(once, once)
    assert list(frame("tasks", twice)["id"]) == list(frame("tasks", result(compared()))["id"])
    assert len(frame("tasks", twice)) == 4 + 3 * 3


def test_tasks_of_documents_are_all_their_rows() -> None:
    directives = read(FAMILY)[:3]
    found = frame("tasks", directives)
    assert list(found["id"]) == [one.id for each in directives for one in each.tasks]
    assert list(found["lead"]) == [one.lead for each in directives for one in each.tasks]
    failed = replace(directives[0], status="failed")
    assert len(frame("tasks", [failed])) == 0


def test_the_words_of_sources_stand_where_they_say() -> None:
    directives = read(FAMILY)[:2]
    text = {one.document: one.text for one in directives}
    found = frame("sources", directives)
    assert len(found) == sum(len(places) for one in directives for each in one.tasks for places in each.evidence.values())
    assert all(text[row.document][row.start : row.end] == row.words for row in found.itertuples())
    assert {"2026", "lead"} <= {*found["value"].str[:4].dropna(), *found["field"]}


def test_workload_counts_tasks_and_days_by_body_and_month() -> None:
    office = UnitMention("Văn phòng", "van-phong/xa", "lead")
    made = directive(
        "x.docx",
        # every second Friday of a month: twelve days of one task
        task("a", "x", lead=("Văn phòng",), units=(office,), rrule="FREQ=MONTHLY;BYDAY=2FR"),
        task("b", "x", lead=("Văn phòng", "Công an"), units=(office,), due=dt.date(2026, 3, 31),
             milestones=(Milestone("bước 1", dt.date(2026, 3, 2)),)),
        task("c", "x", due=dt.date(2027, 1, 1)),
        date=dt.date(2026, 1, 1),
    )  # fmt: skip
    found = frame("workload", [made])
    rows = {(str(row.unit), row.month.month if row.month is not pandas.NaT else None): (row.tasks, row.dates) for row in found.itertuples()}
    expected = {("Văn phòng", month): (1, 1) for month in range(1, 13)} | {("Văn phòng", 3): (2, 3), ("Công an", 3): (1, 2)}
    assert rows == expected | {("<NA>", None): (1, 0)}  # what falls into another year is not lost
    assert set(found["canonical"].dropna()) == {"van-phong/xa"}
    later = frame("workload", [made], 2027)
    assert later[later["unit"].isna()]["month"].tolist() == [pandas.Timestamp(2027, 1, 1)]


# ── from documents ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", OF_RESULTS)
def test_documents_and_their_result_give_the_same(name: str) -> None:
    directives = read(FAMILY)[:6]
    compared = pipeline.compare.compare(directives)
    assert compared.comparisons
    pandas.testing.assert_frame_equal(frame(name, directives), frame(name, compared))


def test_a_parent_may_be_named() -> None:
    directives = read(FAMILY)
    (province,) = (one for one in directives if one.document.startswith("kh-ubnd-tinh"))
    communes = [one for one in directives if "-xa-" in one.document]
    found = frame("coverage", communes, province)
    assert set(found["parent_document"]) == {province.document}
    assert len(found) == len(province.tasks) * len(communes)


# ── what is hostile, missing or wrong ──────────────────────────────────────────────────────

HOSTILE = "=HYPERLINK(1) \ud800 <script> \x00 " + "dài " * 10_000


def test_hostile_words_stay_words_in_every_file(tmp_path: Path) -> None:
    far = task("p1", HOSTILE, lead=(HOSTILE,), due=dt.date.max, deliverable=HOSTILE)
    parent = replace(PARENT, directive=replace(PARENT.directive, tasks=(far, *PARENT.directive.tasks[1:])))
    source = Result((compared(parent=parent),))
    for name in COLUMNS:
        found = frame(name, source)
        found.to_csv(tmp_path / f"{name}.csv", encoding="utf-8")
        found.to_json(tmp_path / f"{name}.json", force_ascii=False, date_format="iso")
    found = frame("coverage", source)
    assert found.loc[0, "parent_text"] == HOSTILE.replace("\ud800", "?")
    assert found.loc[0, "parent_due"] == pandas.Timestamp(dt.date.max).as_unit("s")


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is None, reason="needs pyarrow")
@pytest.mark.parametrize("name", COLUMNS)
def test_frames_can_be_stored_as_parquet(name: str, tmp_path: Path) -> None:
    frame(name).to_parquet(tmp_path / "x.parquet")
    assert len(pandas.read_parquet(tmp_path / "x.parquet")) == len(frame(name))


@pytest.mark.parametrize("name", OF_RESULTS)
def test_a_result_has_its_parent_already(name: str) -> None:
    with pytest.raises(UsageError, match="bỏ parent"):
        frame(name, RESULT, PARENT.directive)


@pytest.mark.parametrize(
    ("module", "extra", "call"),
    [
        ("pandas", "analysis", lambda: pipeline.compare.coverage(RESULT)),
        ("pandas", "analysis", lambda: pipeline.compare.tasks([])),
        ("rapidfuzz", "compare", lambda: pipeline.compare.compare([])),
        ("scipy", "compare", lambda: pipeline.compare.coverage([])),
    ],
)
def test_a_missing_library_is_named_with_its_extra(module: str, extra: str, call, monkeypatch: pytest.MonkeyPatch) -> None:
    call()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=module) as caught:
        call()
    assert f'pip install "dondoc[{extra}]"' in caught.value.message


@pytest.mark.parametrize("name", OF_RESULTS)
def test_without_pandas_no_document_is_compared_for_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    documents = iter(read(FAMILY)[:1])
    with pytest.raises(UsageError, match="pandas"):
        frame(name, documents)
    assert next(documents, None) is not None


# ── what importing costs ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import pipeline; pipeline.compare.compare", {"pandas", "numpy", "scipy", "rapidfuzz", "matplotlib", "yaml"}),
        ("import pipeline; pipeline.compare.coverage", {"pandas", "numpy", "scipy", "rapidfuzz", "matplotlib"}),
        ("import pipeline.compare.pictures", {"pandas", "numpy", "matplotlib"}),
        # comparing alone needs no pandas
        ("import pipeline; pipeline.compare.compare([])", {"pandas", "matplotlib"}),
    ],
)
def test_importing_loads_no_library_before_it_is_used(code: str, absent: set[str]) -> None:
    code += "; import sys, json; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60, cwd=ROOT)
    assert not absent & set(json.loads(done.stdout))


def test_the_public_names_are_functions_whatever_was_imported_before() -> None:
    code = (
        "import pipeline.compare.families, pipeline.compare.frames, pipeline; from pipeline.compare.families import names;"
        "print({type(getattr(pipeline.compare, name)).__name__ for name in pipeline.compare.__all__}, names.__module__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60, cwd=ROOT)
    assert done.stdout.decode().split() == ["{'function'}", "pipeline.compare.families"]
    with pytest.raises(AttributeError):
        _ = pipeline.compare.no_such_name
