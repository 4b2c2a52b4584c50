"""Pictures of comparisons and evaluations: what they draw is what the frames say, and what cannot be drawn is told."""

from __future__ import annotations

import importlib.util
import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("pandas")
pytest.importorskip("matplotlib")

from export.comparisons import PARENT, compared, plan, result, task, united

import pipeline
from pipeline.compare import pictures
from pipeline.compare.canvas import words
from pipeline.compare.model import COVERAGE, KINDS, Result
from pipeline.compare.wording import KIND_NAMES
from pipeline.errors import UsageError
from pipeline.evaluate import evaluate, frames
from pipeline.evaluate import pictures as quality

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "compare.md").read_text("utf-8")
ONE = result(compared())
MARKS = dict(zip(COVERAGE, "✓½✗–", strict=True))


def texts(figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def labels(figure) -> tuple[list[str], list[str]]:
    axes = figure.axes[0]
    return [one.get_text() for one in axes.get_yticklabels()], [one.get_text() for one in axes.get_xticklabels()]


def drawn(figure) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream)
    return stream.getvalue()


def all_four(source: Result) -> dict[str, object]:
    coverage, findings = pipeline.compare.coverage(source), pipeline.compare.findings(source)
    return {
        "matrix": pictures.matrix(coverage),
        "deadlines": pictures.deadlines(coverage),
        "workload": pictures.workload(pipeline.compare.workload(source)),
        "added": pictures.added(findings),
    }


def test_the_matrix_has_a_mark_for_each_task_and_plan() -> None:
    frame = pipeline.compare.coverage(ONE)
    figure = pictures.matrix(frame)
    rows, plans = labels(figure)
    statuses = {(row.parent_text, row.plan): str(row.status) for row in frame.itertuples()}
    tasks = list(frame["parent_text"].unique())
    assert texts(figure) == [MARKS[statuses[one, plan]] for one in tasks for plan in plans]
    assert plans == ["Bình Hòa", "An Lạc", "Cẩm Sơn"]  # who took over most stands first
    assert [row.split(" ", 1)[1] for row in rows] == tasks


def test_deadlines_stand_on_their_days() -> None:
    from matplotlib.dates import num2date

    axes = pictures.deadlines(pipeline.compare.coverage(ONE)).axes[0]
    days = {one.get_label(): [num2date(x).date().isoformat() for x, _ in one.get_offsets()] for one in axes.collections}
    assert days == {"Hạn sớm hơn": [], "Hạn bằng": [], "Hạn muộn hơn": ["2026-06-30"], "Cấp trên": ["2026-06-15"]}


def test_a_deadline_that_is_lost_is_counted_beside_its_task() -> None:
    frame = pipeline.compare.coverage(ONE)
    frame.loc[frame["parent_id"] == "p1", "deadline"] = "lost"
    assert texts(pictures.deadlines(frame)) == ["mất hạn: 3"]


def test_workload_adds_documents_up_and_drops_nobody() -> None:
    frame = pipeline.compare.workload(ONE, 2026)
    figure = pictures.workload(frame)
    assert sum(int(number or 0) for number in texts(figure)) == frame["tasks"].sum()
    many = [plan("An Lạc")]
    many[0] = replace(many[0], directive=replace(many[0].directive, tasks=tuple(task(f"t{n}", "x", lead=(f"Tổ {n}",)) for n in range(30))))
    crowd = pipeline.compare.workload([many[0].directive])
    rows, _ = labels(pictures.workload(crowd))
    assert len(rows) == 21
    assert rows[-1] == "(các đơn vị khác: 10)"
    assert sum(int(number or 0) for number in texts(pictures.workload(crowd))) == 30


@pytest.mark.parametrize("comparison", [compared(), united()], ids=["parent", "union"])
def test_who_added_what_counts_the_rows_of_each_plan(comparison) -> None:
    figure = pictures.added(pipeline.compare.findings(Result((comparison,))))
    taken, own = figure.axes[0].containers[:2]
    names, _ = labels(figure)
    for name, first, second in zip(names, taken, own, strict=True):
        (column,) = (one for one in comparison.plans if one.plan.issuer.commune == name)
        others = [one for one in comparison.plans if one is not column]
        linked = {task.id: {row.id for row in answer.rows} for answer in column.answers for task in (answer.parent,) if answer.rows}
        alone = {one for one in linked if not any(answer.parent.id == one and answer.rows for each in others for answer in each.answers)}
        expected = {row for one in alone for row in linked[one]} if comparison.parent is None else {t.id for a in column.added for t in a.rows}
        shared = {row for one, rows in linked.items() if comparison.parent or one not in alone for row in rows}
        assert (first.get_width(), second.get_width()) == (len(shared), len(expected)), name


@pytest.mark.parametrize("name", ["matrix", "deadlines", "workload", "added"])
def test_hostile_words_are_drawn_as_words(name: str) -> None:
    hostile = r"$\frac{1$ \$x$ = \ud800 <script> " + "\x00\u202e" + "w" * 40_000
    parent = replace(PARENT, directive=replace(PARENT.directive, tasks=(replace(PARENT.directive.tasks[0], text=hostile), *PARENT.directive.tasks[1:])))
    member = plan("An Lạc", name=hostile, document=hostile)
    member = replace(member, issuer=replace(member.issuer, commune=hostile), directive=replace(
        member.directive, tasks=tuple(replace(one, lead=(hostile,)) for one in member.directive.tasks)))  # fmt: skip
    assert drawn(all_four(Result((compared(member, parent=parent),)))[name])[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("một\n hai\tba", "một hai ba"),
        ("$a$", r"\$a\$"),  # matplotlib shows "\$" as "$"
        ("một hai " * 20, "một hai một hai một hai một hai một hai một hai một hai một…"),
        ("x" * 100, "x" * 59 + "…"),
        ("", ""),
    ],
)
def test_words_are_one_short_line(text: str, shown: str) -> None:
    assert words(text) == shown


def test_equal_frames_give_equal_pictures() -> None:
    first, second = ({name: drawn(figure) for name, figure in all_four(ONE).items()} for _ in range(2))
    assert first == second


@pytest.mark.parametrize("draw", [pictures.matrix, pictures.deadlines])
def test_what_is_not_one_family_is_refused(draw) -> None:
    with pytest.raises(UsageError, match="2 họ văn bản"):
        draw(pipeline.compare.coverage(result(compared(), compared())))
    with pytest.raises(UsageError, match="không có dòng"):
        draw(pipeline.compare.coverage(Result(())))


def test_nothing_to_count_is_refused() -> None:
    with pytest.raises(UsageError, match="không có dòng"):
        pictures.workload(pipeline.compare.workload([]))
    with pytest.raises(UsageError, match="không có dòng"):
        pictures.added(pipeline.compare.findings(Result(())))


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pipeline.compare.coverage(ONE)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"dondoc\[analysis\]"):
        pictures.matrix(frame)


# ── evaluation ─────────────────────────────────────────────────────────────────────────────

GOLD = {
    "tasks": [
        {"text": "Rà soát hộ nghèo trên địa bàn xã", "section": "1", "kind": "task", "lead": ["Phòng Kinh tế"], "cadence": ["once"], "due": "2026-03-31"},
        {"text": "Báo cáo kết quả về Ủy ban nhân dân", "section": "2", "kind": "report", "lead": ["Văn phòng"], "report_to": ["UBND xã"], "cadence": []},
        {"text": "Tập huấn cán bộ ở mười hai thôn bản", "section": "3", "kind": "task", "coordinating": ["Công an xã"], "lead": [], "cadence": []},
        {"text": "Lắp đặt camera tại chợ trung tâm huyện lỵ", "section": "4", "kind": "task", "lead": ["Công an xã"], "cadence": []},
    ]
}  # fmt: skip
ROWS = {
    "tasks": [
        {**GOLD["tasks"][0], "due": "2026-04-30", "confidence": 0.95},  # another value
        {**GOLD["tasks"][1], "report_to": [], "lead": ["Văn phòng", "UBND xã"], "confidence": 0.5},  # taken for another role
        {**GOLD["tasks"][2], "coordinating": [], "lead": [], "deliverable": "danh sách", "confidence": 0.96},  # missed, and one made up
        {"text": "Chúc các đồng chí sức khỏe và hạnh phúc", "section": "9", "kind": "task", "lead": ["Ai"], "confidence": 1.0},
    ]
}


@pytest.fixture
def evaluation(tmp_path: Path):
    import json

    for name, content in (("gold", GOLD), ("rows", ROWS)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return evaluate(tmp_path / "gold", tmp_path / "rows")


def test_outcomes_of_fields(evaluation) -> None:
    frame = frames.outcomes(evaluation)
    counts = {(row.field, row.outcome): row.count_ for row in frame.rename(columns={"count": "count_"}).itertuples() if row.count_}
    assert {key: n for key, n in counts.items() if key[0] == "lead"} == {
        ("lead", "right"): 1, ("lead", "empty"): 1, ("lead", "other"): 1, ("lead", "no-row"): 1, ("lead", "no-task"): 1,
    }  # fmt: skip
    assert (counts["due", "other"], counts["due", "empty"]) == (1, 2)
    assert (counts["coordinating", "missed"], counts["deliverable", "extra"]) == (1, 1)
    assert ("due", "no-row") not in counts  # the task that is missed has no deadline to lose
    shares = quality.outcomes(frame)
    assert labels(shares)[0][0] == "Chủ trì"


def test_bodies_taken_for_another_role(evaluation) -> None:
    frame = frames.confusion(evaluation)
    counts = {(row.wanted, row.given): row.count_ for row in frame.rename(columns={"count": "count_"}).itertuples() if row.count_}
    assert counts == {("lead", "lead"): 2, ("report_to", "lead"): 1, ("coordinating", "nowhere"): 1}
    assert sorted(filter(None, texts(quality.confusion(frame)))) == ["1", "1", "2"]


def test_calibration_is_by_band(evaluation) -> None:
    frame = frames.calibration(evaluation)
    rows = [(row.least, row.most, row.rows, round(row.confidence, 3), round(row.right, 3)) for row in frame.itertuples()]
    # the second row is no sure one, and wrong; of the other three one is right: its time and its lead are
    assert rows == [(0.5, 0.7, 1, 0.5, 0.0), (0.95, 1.0, 3, 0.97, 0.333)]
    bars = quality.calibration(frame).axes[0].containers[0]
    assert [round(bar.get_height(), 3) for bar in bars] == [0.0, 0.333]


# ── the page ───────────────────────────────────────────────────────────────────────────────


def script():
    spec = importlib.util.spec_from_file_location("corpus_pictures", ROOT / "corpus" / "pictures.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_columns_in_the_page_are_those_of_the_program() -> None:
    module = script()
    assert module.PLACE.search(PAGE)[0] == module.columns(), "run python corpus/pictures.py --write"


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_explains_every_kind_of_finding(kind: str) -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith(f"| {KIND_NAMES['vi'][kind]} | `{kind}` | ")]
    assert len(rows) == 1


def test_pictures_are_there_and_small() -> None:
    import re

    named = set(re.findall(r"\]\((pictures/[\w-]+\.png)\)", PAGE + (ROOT / "docs" / "accuracy.md").read_text("utf-8")))
    assert named
    for name in named:
        assert (ROOT / "docs" / name).stat().st_size < 200_000, name
