"""`dondoc evaluate`: the measures agree with the measure of the gold files, and say where a mistake comes from."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import pipeline
from pipeline import cli
from pipeline.evaluate import as_json, evaluate
from pipeline.evaluate.grounding import ground
from pipeline.evaluate.judging import figures, judge
from pipeline.evaluate.likeness import FIELDS, dice, inside, pair, right, words

ROOT = Path(__file__).resolve().parent.parent
MEASURE = ROOT.parent / "shared" / "eval" / "score.py"
GOLD = ROOT / "corpus" / "gold"
NAMES = ("tb-dang-uy-xa-ket-luan-giao-ban", "ct-huyen-uy-dat-dai-xay-dung", "gm-ubnd-xa-hoi-nghi")


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["evaluate", *map(str, args)])


def put(folder: Path, name: str, content: dict) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def task(text: str, **fields: object) -> dict:
    return {
        "section": "I", "text": text, "kind": "task", "lead": [], "coordinating": [], "due": None, "cadence": [],
        "rrule": None, "report_to": [], "deliverable": None, "quantity": [], **fields,
    }  # fmt: skip


@pytest.fixture(scope="module")
def predictions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pred")
    pipeline.convert([ROOT / "corpus" / "docs" / f"{name}.txt" for name in NAMES], [f"{folder}/"])
    return folder


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold")
    for name in NAMES:
        (folder / f"{name}.json").write_bytes((GOLD / f"{name}.json").read_bytes())
    return folder


# ── the measures ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("UBND xã", "Ủy ban nhân dân xã", 1.0),
        # old spelling of tone marks; "quỳ" is no such case
        ("Uỷ ban hoà giải", "Ủy ban hòa giải", 1.0),
        ("quỳ", "qùy", 0.0),
        # letters that are composed in another way
        ("Huye\u0302\u0323n u\u0309y", "Huyện ủy", 1.0),
        ("", None, 1.0),
        ("a b", "b c d e", 2 / 6),
        ("a a b", "a", 2 / 4),
        # a date is one word
        ("15/11/2022", "15/11/2023", 0.0),
    ],
)
def test_dice(one: str, other: str, alike: float) -> None:
    assert dice(one, other) == pytest.approx(alike)


def test_inside_is_a_share_of_the_first() -> None:
    assert inside("rà soát quy hoạch", "các phòng rà soát quy hoạch và báo cáo") == 1.0
    assert inside("rà soát quy hoạch", "rà soát") == 0.5


def test_pairs_are_one_to_one_and_the_most_alike_first() -> None:
    alike = {("a", "x"): 0.7, ("a", "y"): 0.9, ("b", "y"): 0.95, ("b", "x"): 0.1}
    assert pair(["a", "b"], ["x", "y"], lambda one, other: alike[one, other], 0.6) == {1: 1, 0: 0}
    assert pair(["a"], ["x"], lambda one, other: 0.5, 0.6) == {}


RIGHT = [
    ("lead", {"lead": ["UBND xã"]}, ["Ủy ban nhân dân xã"], True),
    # one body too few, one too many
    ("lead", {"lead": ["Sở Nội vụ", "Sở Tư pháp"]}, ["Sở Nội vụ"], False),
    ("lead", {"lead": []}, ["Sở Nội vụ"], False),
    # another reading that the gold allows
    ("lead", {"lead": ["Sở Nội vụ"], "lead_or": [[]]}, [], True),
    ("due", {"due": "2026-12-31", "due_or": [None]}, None, True),
    ("due", {"due": "2026-12-31"}, "2026-12-30", False),
    ("cadence", {"cadence": ["annual", "ad_hoc"]}, ["ad_hoc", "annual"], True),
    ("cadence", {"cadence": ["annual"]}, ["annual", "once"], False),
    # the parts of a rule in another order; the interval may be left out
    ("rrule", {"rrule": "FREQ=YEARLY;BYMONTH=11"}, "BYMONTH=11;FREQ=YEARLY", True),
    ("rrule", {"rrule": "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6"}, "FREQ=MONTHLY;BYMONTH=3,6", True),
    ("rrule", {"rrule": "FREQ=YEARLY;BYMONTH=11"}, "FREQ=YEARLY;BYMONTH=12", False),
    ("deliverable", {"deliverable": "Báo cáo sơ kết"}, "dự thảo Báo cáo sơ kết", True),
    ("deliverable", {"deliverable": "Báo cáo sơ kết"}, "Kế hoạch", False),
    ("deliverable", {"deliverable": None}, None, True),
    ("deliverable", {"deliverable": None}, "Kế hoạch", False),
]


@pytest.mark.parametrize(("field", "answer", "given", "fine"), RIGHT)
def test_right(field: str, answer: dict, given: object, fine: bool) -> None:
    assert right(answer, {field: given}, field) is fine


def test_figures_of_a_small_document() -> None:
    gold = {"document": "a", "meta": {}, "tasks": [
        task("rà soát danh sách hộ nghèo", lead=["UBND xã"], due="2026-06-30", cadence=["once"]),
        task("lập tổ công tác về nhà ở", lead=["Công an xã"]),
        task("tổng kết phong trào thi đua", lead=["Phòng Kinh tế"]),
    ]}  # fmt: skip
    rows = [
        # all right
        task("rà soát danh sách hộ nghèo", lead=["Ủy ban nhân dân xã"], due="2026-06-30", cadence=["once"]),
        # another lead
        task("lập tổ công tác về nhà ở", lead=["Phòng Kinh tế"]),
        # no task
        task("hội nghị đã nghe báo cáo", due="2026-01-01"),
    ]
    found = figures(judge("a", gold, {"tasks": rows}).counts)
    assert (found["task_p"], found["task_r"], found["found"]) == (2 / 3, 2 / 3, 2 / 3)
    assert found["row_f1"] == pytest.approx(2 * 1 / 6)
    # one lead found and right; one wrong (a false one and a missed one), one missed with its task
    assert found["lead_f1"] == pytest.approx(2 / (2 + 1 + 2))
    # the false row's date is a false alarm
    assert found["due_f1"] == pytest.approx(2 / (2 + 1))
    assert found["cites_f1"] is None


# ── against the measure of the gold files ─────────────────────────────────────────────────


def spoilt(document: dict, seed: int) -> dict:
    """A prediction with mistakes of every kind: rows lost, split, doubled, and values changed or emptied."""
    chance = random.Random(seed)
    rows = []
    for row in deepcopy(document["tasks"]):
        for field in (*FIELDS, "kind"):
            if chance.random() < 0.15:
                other = chance.choice(document["tasks"])
                row[field] = chance.choice([other[field], [] if isinstance(row[field], list) else None])
        cut = row["text"].split()
        if chance.random() < 0.1:
            row["text"] = " ".join(cut[: max(len(cut) // 2, 1)])
        rows.extend([row] * chance.choice([0, 1, 1, 1, 1, 1, 1, 2]))
    chance.shuffle(rows)
    meta = {field: value for field, value in document["meta"].items() if chance.random() < 0.8}
    return {**document, "meta": meta, "tasks": rows}


@pytest.mark.skipif(not MEASURE.is_file(), reason="the measure is not beside the project")
@pytest.mark.parametrize("seed", [None, *range(6)])
def test_every_figure_is_that_of_the_measure(seed: int | None, tmp_path: Path, predictions: Path, gold: Path) -> None:
    """On what the program finds (no seed), and on all gold files with mistakes put into them."""
    folder = predictions
    if seed is not None:
        gold, folder = GOLD, tmp_path / "pred"
        for place, path in enumerate(sorted(GOLD.glob("*.json"))):
            if place % 7:  # some have no prediction at all
                put(folder, path.stem, spoilt(json.loads(path.read_text("utf-8")), seed * 100 + place))
    command = [sys.executable, str(MEASURE), str(gold), str(folder), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)
    ours = as_json(evaluate(gold, folder))
    assert ours["total"].keys() == theirs["total"].keys()
    assert ours["total"] == pytest.approx(theirs["total"])
    assert ours["documents"].keys() == theirs["documents"].keys()
    for name, row in theirs["documents"].items():
        assert ours["documents"][name] == pytest.approx(row), name


# ── where a mistake comes from ────────────────────────────────────────────────────────────

TEXT = "Giao Công an xã rà soát danh sách, xong trước ngày 30/6/2026."


def read_row(**fields: object) -> dict:
    lead = {"start": 5, "end": 15, "page": 2, "bbox": None, "rule": "lead.assigned"}
    due = {"start": TEXT.index("trước"), "end": len(TEXT) - 1, "page": 2, "bbox": None, "rule": "time.day"}
    evidence = {"text": [{"start": 0, "end": len(TEXT), "page": 2, "bbox": None, "rule": "block"}]}
    evidence |= {"lead": [lead], "due": [due], "cadence": [due]}
    return task(TEXT, lead=["Công an xã"], due="2026-06-30", cadence=["once"], evidence=evidence, **fields)


def prediction(*rows: dict) -> dict:
    return {"document": "a.txt", "text": TEXT, "tasks": list(rows), "meta": {}}


def test_a_wrong_value_names_its_words_page_and_rule() -> None:
    gold = {
        "document": "a.txt",
        "meta": {},
        "tasks": [task(TEXT, lead=["Công an tỉnh"], due="2026-06-30", cadence=["once"])],
    }
    (mistake,) = judge("a", gold, prediction(read_row())).mistakes
    assert (mistake.kind, mistake.field, mistake.wanted, mistake.given) == (
        "field",
        "lead",
        (["Công an tỉnh"],),
        ["Công an xã"],
    )
    (source,) = mistake.source
    assert (source["words"], source["page"], source["rule"]) == ("Công an xã", 2, "lead.assigned")


def test_a_missed_task_names_the_row_that_swallowed_it() -> None:
    gold = {"document": "a.txt", "meta": {}, "tasks": [task("rà soát danh sách")]}
    missed, extra = judge("a", gold, prediction(read_row())).mistakes
    assert (missed.kind, missed.source[0]["words"]) == ("missed", TEXT)
    assert extra.kind == "extra"


@pytest.mark.parametrize(
    ("field", "value", "evidence", "counts"),
    [
        ("lead", ["Công an xã"], [(5, 15)], (1, 1, 1)),
        # evidence at other words, evidence that is missing, evidence outside the text
        ("lead", ["Công an xã"], [(0, 4)], (1, 1, 0)),
        ("lead", ["Công an xã"], None, (1, 0, 0)),
        ("lead", ["Công an xã"], [(5, 999)], (1, 1, 0)),
        # of two values, one is grounded
        ("lead", ["Công an xã", "Phòng Kinh tế"], [(5, 15)], (2, 2, 1)),
        # a date is computed: its words need not hold it
        ("due", "2026-06-30", [(35, 60)], (1, 1, 1)),
        ("due", "2026-06-30", None, (1, 0, 0)),
    ],
)
def test_grounding(field: str, value: object, evidence: list | None, counts: tuple[int, int, int]) -> None:
    places = [{"start": start, "end": end, "rule": "x"} for start, end in evidence or []]
    row = {"text": "", field: value, "evidence": {field: places} if places else {}}
    totals: dict = {}
    assert ground({"text": TEXT, "tasks": [row]}, totals)
    found = totals[field]
    assert (found.filled, found.evidenced, found.grounded) == counts


def test_grounding_needs_the_text() -> None:
    assert not ground({"tasks": [read_row()]}, {})


def test_rules_are_counted_with_what_they_got_wrong(tmp_path: Path) -> None:
    gold = {
        "document": "a.txt",
        "meta": {},
        "tasks": [task(TEXT, lead=["Công an tỉnh"], due="2026-06-30", cadence=["once"])],
    }
    put(tmp_path / "gold", "a", gold)
    extra = {**read_row(), "text": "Hội nghị đã nghe báo cáo"}
    put(tmp_path / "pred", "a", prediction(read_row(), extra))
    rules = {
        (f.rule, f.field): (f.fired, f.right, f.wrong, f.no_task)
        for f in evaluate(tmp_path / "gold", tmp_path / "pred").rules
    }
    assert rules["lead.assigned", "lead"] == (2, 0, 2, 1)
    assert rules["time.day", "due"] == (2, 1, 1, 1)
    assert rules["block", "text"] == (2, 1, 1, 1)


def test_our_own_values_are_all_grounded(gold: Path, predictions: Path) -> None:
    grounding = evaluate(gold, predictions).grounding
    assert grounding["lead"].filled > 0
    assert {field: grounds.share for field, grounds in grounding.items()} == dict.fromkeys(grounding, 1.0)


def test_styles_are_the_types_of_the_documents(gold: Path, predictions: Path) -> None:
    found = evaluate(gold, predictions)
    assert set(found.styles) == {"thông báo", "chỉ thị", "giấy mời"}
    assert sum(row["gold"] for row in found.styles.values()) == found.total["gold"]


# ── two runs ──────────────────────────────────────────────────────────────────────────────


def test_two_runs_show_what_became_right_and_wrong(tmp_path: Path) -> None:
    one, two = (
        task("rà soát danh sách hộ nghèo", lead=["Công an xã"]),
        task("lập tổ công tác về nhà ở", lead=["Phòng Kinh tế"]),
    )
    put(tmp_path / "gold", "a", {"document": "a", "meta": {}, "tasks": [one, two]})
    put(tmp_path / "old", "a", {"tasks": [one, {**two, "lead": []}, task("đã nghe báo cáo")]})
    put(tmp_path / "new", "a", {"tasks": [{**one, "due": "2026-01-01"}, two, task("ý kiến của đại biểu")]})
    done = run(tmp_path / "gold", tmp_path / "new", "--against", tmp_path / "old", "--json")
    against = json.loads(done.stdout)["against"]
    assert {(c["kind"], c["text"], tuple(c["fields"])) for c in against["changes"]} == {
        ("became-wrong", one["text"], ("due",)),
        ("became-right", two["text"], ("lead",)),
        ("new-extra", "ý kiến của đại biểu", ()),
        ("gone-extra", "đã nghe báo cáo", ()),
    }
    lead = against["figures"]["lead_f1"]
    assert lead["difference"] == pytest.approx(lead["after"] - lead["before"]) and lead["difference"] > 0


def test_a_run_against_itself_changes_nothing(gold: Path, predictions: Path) -> None:
    done = run(gold, predictions, "--against", predictions)
    assert "Không số đo nào thay đổi" in done.stdout
    assert "Từ đúng thành sai" not in done.stdout


# ── the command ───────────────────────────────────────────────────────────────────────────


def test_tables_and_errors(gold: Path, predictions: Path) -> None:
    done = run(gold, predictions, "--errors")
    assert (done.exit_code, done.stderr) == (0, "")
    for words_ in ("Theo văn bản", "Theo loại văn bản", "giấy mời", "Căn cứ", "row_mean", "Sai sót"):
        assert words_ in done.stdout
    assert re.search(r"← “[^”]+” \(trang \d+, ký tự \d+–\d+; quy tắc\s[\w.-]+\)", " ".join(done.stdout.split()))
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_english(gold: Path, predictions: Path) -> None:
    assert "By type of document" in run(gold, predictions, "--lang", "en").stdout


def test_what_has_no_counterpart_is_named(tmp_path: Path, gold: Path) -> None:
    put(tmp_path, "khac", {"tasks": []})
    told = " ".join(run(gold, tmp_path).stdout.split())
    assert "Không có kết quả cho đáp án: " in told and NAMES[0] in told
    assert "Bỏ qua 1 kết quả không có đáp án: khac." in told


def test_a_prediction_without_text_is_named(tmp_path: Path, gold: Path) -> None:
    put(tmp_path, NAMES[0], {"tasks": [task("x")]})
    assert f"không kèm văn bản: {NAMES[0]}." in " ".join(run(gold, tmp_path).stdout.split())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Không có thư mục"),
        ("", "không có tệp đáp án"),
        ("{", "không phải JSON"),
        ("[]", "không có dạng đáp án"),
        ('{"tasks": [{"lead": []}]}', "không có dạng đáp án"),
        ('{"meta": {}}', "không có dạng đáp án"),
        ('{"tasks": [], "meta": [1]}', "không có dạng đáp án"),
    ],
)
def test_wrong_folders(content: str | None, said: str, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    if content is not None:
        folder.mkdir()
    if content:
        (folder / "a.json").write_text(content, encoding="utf-8")
    done = run(folder, tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Lỗi: ")
    assert said in done.stderr


def test_words_are_counted_once_however_often_they_are_asked() -> None:
    # a counter that a caller changes would spoil the next figure
    before = words("Sở Nội vụ").copy()
    dice("Sở Nội vụ", "Sở Nội vụ")
    inside("Sở Nội vụ", "Sở")
    assert words("Sở Nội vụ") == before
