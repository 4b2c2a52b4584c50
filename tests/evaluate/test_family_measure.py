"""`dondoc evaluate` on a family: tables small enough to be counted by hand, and what is said of wrong ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline import cli
from pipeline.errors import UsageError
from pipeline.evaluate.families import as_json, changes, evaluate, figures
from pipeline.evaluate.family_gold import read_gold
from pipeline.evaluate.family_model import Counted, FamilyMistake, Share
from pipeline.evaluate.family_prediction import read_prediction

PARENT, PLAN = "kh-tinh", "kh-xa"
TASKS = {
    "p1": "Rà soát danh sách hộ nghèo trước ngày 30/6/2026.",
    "p2": "Mở 02 lớp tập huấn, in tài liệu cho hòa giải viên.",
    "p3": "Báo cáo kết quả về Sở Nội vụ.",
}
ROWS = {
    "r1": "Lập danh sách hộ nghèo trước ngày 15/7/2026.",
    "r2": "Mở 01 lớp tập huấn.",
    "r3": "In tài liệu hỏi đáp.",
    "r4": "Trang trí trụ sở.",
}
FAMILY = [
    "document	parent	top	body	level	commune	province	days",
    "kh-tinh	12-CT/TU	12-CT/TU	ubnd	tinh		Hải Vân	",
    "kh-xa	kh-tinh	12-CT/TU	ubnd	xa	An Lộc	Hải Vân	20",
]
LINKS = [
    "plan	parent_words	plan_words",
    "kh-xa	Rà soát danh sách	Lập danh sách",
    "kh-xa	Mở 02 lớp	Mở 01 lớp",
    "kh-xa	Mở 02 lớp	In tài liệu hỏi",
]
FINDINGS = [
    "plan	kind	parent_words	plan_words",
    "kh-xa	covered	Rà soát danh sách	",
    "kh-xa	deadline-later	Rà soát danh sách	",
    "kh-xa	partly	Mở 02 lớp	",
    "kh-xa	missing	Báo cáo kết quả	",
    "kh-xa	added		Trang trí trụ sở",
]


def table(folder: Path, name: str, lines: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    for name, lines in (("family", FAMILY), ("links", LINKS), ("findings", FINDINGS)):
        table(folder, name, lines)
    return folder


# ── a comparison as `dondoc compare` writes it ────────────────────────────────────────────


def member(name: str, *implements: str, number: str | None = None, **issuer: str) -> dict:
    full = {"name": None, "body": None, "level": None, "commune": None, "province": None, **issuer}
    return {
        "document": f"{name}.docx", "number": number, "issuer": full,
        "implements": [{"number": one} for one in implements],
    }  # fmt: skip


def quoted(task: str, document: str = "") -> dict:
    return {"id": task, "document": f"{document}.docx", "quote": {**TASKS, **ROWS}.get(task, task)}


def finding(kind: str, task: str | None, *rows: str, says: tuple[str, str] = ("", ""), amount: float | None = None) -> dict:
    return {
        "kind": kind, "amount": amount, "parent": task and quoted(task, PARENT),
        "rows": [quoted(row, PLAN) for row in rows], "parent_says": says[0], "plan_says": says[1],
    }  # fmt: skip


def answer(task: str, rows: list[str], *findings: dict, plan: str = PLAN) -> dict:
    links = [{"score": 0.5, "parent": quoted(task, PARENT), "row": quoted(row, plan)} for row in rows]
    return {"links": links, "findings": list(findings)}


def column(plan: dict, answers: list[dict], added: list[dict], days: int | None = None) -> dict:
    return {"plan": plan, "days": days, "answers": answers, "added": added}


def family(parent: dict | None, columns: list[dict], tasks: dict[str, str], number: str = "5/KH-UBND", top: str = "12-CT/TU") -> dict:
    home = parent["document"] if parent else columns[0]["plan"]["document"]
    return {
        "reference": {"number": number}, "top": {"number": top}, "parent": parent, "above": [], "plans": columns,
        "tasks": [{"id": task, "document": home, "text": text} for task, text in tasks.items()],
    }  # fmt: skip


def put(path: Path, families: list[dict], alone: list[dict] | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"families": families, "alone": alone or [], "remarks": []}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


PROVINCE = member(PARENT, "12-CT/TU", number="5/KH-UBND", body="ubnd", level="tinh", province="Hải Vân")
COMMUNE = member(PLAN, "5/KH-UBND", "12-CT/TU", body="ubnd", level="xa", commune="An Lộc", province="Hải Dương")
LATER = finding("deadline-later", "p1", "r1", says=("trước ngày 30/6/2026", "trước ngày 15/7/2026"), amount=15)
# One link is missed and one is false; of four findings, two are right.
ANSWERS = [
    answer("p1", ["r1"], finding("covered", "p1", "r1"), LATER),
    answer("p2", ["r2"], finding("covered", "p2", "r2", says=(TASKS["p2"], ROWS["r2"]))),
    answer("p3", ["r4"], finding("covered", "p3", "r4", says=(TASKS["p3"], ROWS["r4"]))),
]


@pytest.fixture
def given(tmp_path: Path) -> Path:
    plan = column(COMMUNE, ANSWERS, [finding("added", None, "r3", says=("", ROWS["r3"]))], days=20)
    return put(tmp_path / "x.json", [family(PROVINCE, [plan], TASKS)])


# ── figures ───────────────────────────────────────────────────────────────────────────────


def test_links_and_findings_are_counted(gold: Path, given: Path) -> None:
    found = evaluate(gold, given)
    assert found.links == Counted(gold=3, given=3, right=2)
    assert found.links.f1 == pytest.approx(2 / 3)
    assert found.findings == {
        "covered": Counted(1, 3, 1),
        "partly": Counted(1, 0, 0),
        "missing": Counted(1, 0, 0),
        "added": Counted(1, 1, 0),
        "deadline-later": Counted(1, 1, 1),
    }
    assert found.all_findings == Counted(5, 5, 2)
    assert found.all_findings.f1 == pytest.approx(2 * 2 / (5 + 5))
    assert found.by_kind == pytest.approx((2 * 1 / 4 + 0 + 0 + 0 + 1) / 5)
    assert found.union is None
    assert found.unread == ()


def test_places_issuers_and_days(gold: Path, given: Path) -> None:
    found = evaluate(gold, given)
    assert found.families == Counted(1, 1, 1)
    assert found.members == Counted(1, 1, 1)
    # the commune's province differs; the days are asked of the plan alone
    assert found.values == {
        **dict.fromkeys(("parent", "top", "body", "level", "commune"), Share(2, 2)),
        "province": Share(2, 1), "days": Share(1, 1),
    }  # fmt: skip
    assert found.mistakes[0] == FamilyMistake(PLAN, "wrong", "province", wanted="Hải Vân", given="Hải Dương")


def test_mistakes_have_the_words_of_both_sides(gold: Path, given: Path) -> None:
    told = {(one.sort, one.what): one for one in evaluate(gold, given).mistakes}
    missed, false = told["missed", "link"], told["false", "link"]
    assert (missed.parent, missed.plan) == (TASKS["p2"], ROWS["r3"])
    assert (false.parent, false.plan, false.amount) == (TASKS["p3"], ROWS["r4"], 0.5)
    # of a missed finding, the rows that should have told it
    assert (told["missed", "partly"].parent, told["missed", "partly"].plan) == (TASKS["p2"], f"{ROWS['r2']} / {ROWS['r3']}")
    assert (told["missed", "missing"].parent, told["missed", "missing"].plan) == (TASKS["p3"], "")
    assert (told["missed", "added"].plan, told["false", "added"].plan) == (ROWS["r4"], ROWS["r3"])
    assert told["false", "covered"].parent in (TASKS["p2"], TASKS["p3"])


def test_a_comparison_with_another_parent_has_no_link_right(gold: Path, tmp_path: Path) -> None:
    other = member("kh-khac", number="9/KH-UBND")
    plan = column(COMMUNE, [answer("p9", ["r1"], finding("covered", "p9", "r1"))], [])
    found = evaluate(gold, put(tmp_path / "x.json", [family(other, [plan], {"p9": "Việc khác hẳn."})]))
    assert found.links == Counted(3, 1, 0)
    assert found.families == Counted(1, 1, 0)
    assert {(one.document, one.sort) for one in found.mistakes if one.what == "family"} == {
        (PARENT, "missed"), ("kh-khac", "false")
    }  # fmt: skip
    # what was not read is told by the words of the gold
    assert (PARENT, "Rà soát danh sách") in found.unread
    assert "rà soát danh sách" in {one.parent for one in found.mistakes if one.what == "link" and one.sort == "missed"}


def test_what_is_said_of_a_plan_whose_parent_is_not_at_hand_is_not_counted(gold: Path, tmp_path: Path) -> None:
    table(gold, "family", [*FAMILY, "kh-la	9/KH-UBND	9/KH-UBND	ubnd	xa	Kim Giang	Hải Vân	"])
    stranger = column(member("kh-la", "9/KH-UBND"), ANSWERS, [])
    found = evaluate(gold, put(tmp_path / "x.json", [family(PROVINCE, [stranger], TASKS)]))
    assert found.links == Counted(3, 0, 0)
    assert found.all_findings == Counted(5, 0, 0)
    # … but it stands in a family that is not its own
    assert found.members == Counted(1, 1, 0)


LOOKALIKES = [
    FAMILY[0],
    "kh-mot	142/KH-UBND	142/KH-UBND	ubnd	xa	Hòa Trung	Tân Phước	18",
    "kh-hai	31/KH-UBND	31/KH-UBND	ubnd	xa	Hòa Trung	Tân Phước	27",
]


def test_documents_that_only_look_alike(tmp_path: Path) -> None:
    gold, file = tmp_path / "gold", tmp_path / "x.json"
    table(gold, "family", LOOKALIKES)
    one = member("kh-mot", "142/KH-UBND", body="ubnd", level="xa", commune="Hòa Trung", province="Tân Phước")
    two = member("kh-hai", "31/KH-UBND", body="ubnd", level="xa", commune="Hòa Trung", province="Tân Phước")
    apart = evaluate(gold, put(file, [], [one, two]))
    assert (apart.families, apart.members, apart.mistakes) == (Counted(0, 0, 0), Counted(0, 0, 0), ())
    assert apart.values["days"] == Share(0, 0)
    both = [column(plan, [answer("p1", [])], []) for plan in (one, two)]
    together = evaluate(gold, put(file, [family(None, both, {"p1": TASKS["p1"]}, number="142/KH-UBND", top="142/KH-UBND")]))
    assert (together.families, together.members) == (Counted(0, 1, 0), Counted(0, 2, 0))
    assert together.values["parent"] == together.values["top"] == Share(2, 1)
    assert FamilyMistake("142/KH-UBND", "false", "family", plan="kh-hai, kh-mot") in together.mistakes


def test_a_union_is_measured_by_its_pairs(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    names = ("a", "b", "c")
    table(gold, "family", [FAMILY[0], *(f"{name}	36/KH-UBND	17-CT/TW	ubnd	xa		Bình Lãng	" for name in names)])
    table(gold, "union", ["task	document	words", *(f"t1	{name}	việc một của {name}" for name in names), "t2	a	việc hai của a", "t2	b	việc hai của b"])

    def column_of(name: str, firsts: list[str], seconds: list[str]) -> dict:
        return column(member(name, "36/KH-UBND"), [answer("việc", firsts, plan=name), answer("việc", seconds, plan=name)], [])

    # c's row stands with the second task, which makes of one right pair three, two of them false
    columns = [
        column_of("a", ["việc một của a"], ["việc hai của a"]),
        column_of("b", ["việc một của b"], ["việc hai của b"]),
        column_of("c", [], ["việc một của c"]),
    ]
    found = evaluate(gold, put(tmp_path / "x.json", [family(None, columns, {"x": "việc một", "y": "việc hai"}, "36/KH-UBND", "17-CT/TW")]))
    assert found.union == Counted(gold=3 + 1, given=1 + 3, right=1 + 1)
    assert (found.links, found.findings, found.unread) == (None, None, ())
    assert found.families == Counted(1, 1, 1)
    assert {(one.parent, one.plan) for one in found.mistakes if one.what == "union" and one.sort == "missed"} == {
        ("việc một của a", "việc một của c"), ("việc một của b", "việc một của c")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "task"),
    [
        # marks and capitals do not count
        ("phòng Y tế: rà soát", "plain"),
        # … unless they are what tells two tasks apart
        ("Phòng Y tế, Trạm", "comma"),
        ("Phòng Y tế - Trạm", "dash"),
        # the old spelling of a tone mark
        ("Hoà giải", "tone"),
        # a beginning goes before a place further on, and there the shortest task
        ("Trạm Y tế trực", "begins"),
        ("trực ngày lễ", "begins"),
        ("nói gì đó", None),
    ],
)
def test_a_phrase_is_found_in_a_task(tmp_path: Path, words: str, task: str | None) -> None:
    tasks = {
        "plain": "Phòng Y tế rà soát thuốc.",
        "dash": "Phòng Y tế - Trạm Y tế trực ngày lễ cả năm.",
        "comma": "Phòng Y tế, Trạm Y tế báo cáo.",
        "begins": "Trạm Y tế trực ngày lễ.",
        "tone": "Hòa giải ở cơ sở.",
    }
    path = put(tmp_path / "x.json", [family(member("a"), [], tasks)])
    assert read_prediction(path).find("a", words) == task


@pytest.mark.parametrize(
    ("wanted", "body", "right"),
    [("ubnd", "ubnd", 1), ("so", "so-noi-vu", 1), ("so-noi-vu", "so", 0), ("so", "soat", 0), ("ubnd", None, 0), ("", None, 1)],
)
def test_a_body_may_be_named_by_its_sort(tmp_path: Path, wanted: str, body: str | None, right: int) -> None:
    table(tmp_path, "family", [FAMILY[0], f"a			{wanted}				"])
    issued = {"body": body} if body else {}
    assert evaluate(tmp_path, put(tmp_path / "x.json", [], [member("a", **issued)])).values["body"] == Share(1, right)


def test_a_document_that_heads_its_chain_is_its_own_top(tmp_path: Path) -> None:
    table(tmp_path, "family", [FAMILY[0], "a		27/CT-UBND					"])
    found = evaluate(tmp_path, put(tmp_path / "x.json", [], [member("a", number="27/CT-UBND")]))
    assert found.values["top"] == found.values["parent"] == Share(1, 1)
    # a document that the comparison lost has no value right
    assert evaluate(tmp_path, put(tmp_path / "x.json", [])).values["top"] == Share(1, 0)


# ── two runs ──────────────────────────────────────────────────────────────────────────────


def test_two_runs(gold: Path, given: Path, tmp_path: Path) -> None:
    better = [*ANSWERS[:2], answer("p3", [], finding("missing", "p3"))]
    added = [finding("added", None, row) for row in ("r3", "r4")]
    after = evaluate(gold, put(tmp_path / "after.json", [family(PROVINCE, [column(COMMUNE, better, added, days=20)], TASKS)]))
    before = evaluate(gold, given)
    came, gone = changes(before, after)
    assert came == []
    assert sorted((one.sort, one.what) for one in gone) == [
        ("false", "covered"), ("false", "link"), ("missed", "added"), ("missed", "missing")
    ]  # fmt: skip
    assert (figures(before)["missing"], figures(after)["missing"]) == (0, 1)
    compared = as_json(after, before=before)["against"]
    assert compared["figures"]["links"]["difference"] == pytest.approx(2 * 2 / 5 - 2 * 2 / 6)
    assert compared["new_errors"] == []


# ── the command ───────────────────────────────────────────────────────────────────────────


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["evaluate", *map(str, args)])


def test_the_tables(gold: Path, given: Path) -> None:
    shown = run(gold, given)
    assert shown.exit_code == 0
    rows = [line.split() for line in shown.output.splitlines()]
    assert ["liên", "kết", "3", "3", "2", "0.667", "0.667", "0.667"] in rows
    assert ["Hạn", "muộn", "hơn", "1", "1", "1", "1.000", "1.000", "1.000"] in rows
    assert ["tỉnh", "2", "1", "0.500"] in rows
    assert "Sai sót" not in shown.output
    in_english = run(gold, given.parent, "--errors", "--lang", "en")  # the folder holds one comparison
    assert "Later deadline" in in_english.output
    assert "link: missed" in in_english.output
    assert f"plan: “{ROWS['r3']}”" in in_english.output
    assert f"parent: “{TASKS['p2']}”" in in_english.output
    assert "province: wrong: right is Hải Vân; given Hải Dương" in in_english.output


def test_json_and_against(gold: Path, given: Path) -> None:
    content = json.loads(run(gold, given, "--json", "--errors", "--against", given).output)
    assert content["findings"]["covered"] == {
        "gold": 1, "given": 3, "right": 1, "precision": 1 / 3, "recall": 1.0, "f1": 0.5
    }  # fmt: skip
    assert len(content["errors"]) == len(evaluate(gold, given).mistakes)
    assert content["against"]["new_errors"] == content["against"]["gone_errors"] == []
    assert "Không số đo nào thay đổi" in run(gold, given, "--against", given).output


def test_words_of_documents_stay_words(gold: Path, tmp_path: Path) -> None:
    bad = "[red]\x1b[31m=1+1 <script>" + "dài " * 10_000
    plan = column(COMMUNE, [], [finding("added", None, bad)])
    shown = run(gold, put(tmp_path / "x.json", [family(PROVINCE, [plan], TASKS)]), "--errors")
    assert shown.exit_code == 0
    assert "\x1b" not in shown.output
    assert "[red]" in shown.output
    assert len(shown.output) < 10_000


BAD_TABLES = [
    ("links", [*LINKS, "kh-khac	Rà soát	Lập danh sách"], "dòng 5: “kh-khac” không có trong family.tsv"),
    ("links", [LINKS[0], "kh-tinh	Rà soát	Lập danh sách"], "dòng 2: văn bản cấp trên của “kh-tinh” không có"),
    ("links", [LINKS[0], "kh-xa	Rà soát	"], "dòng 2: cột plan_words để trống"),
    ("links", ["plan	words", "kh-xa	Rà soát"], "dòng 2: thiếu cột parent_words"),
    ("findings", [FINDINGS[0], "kh-xa	late	Rà soát	"], "dòng 2: không có loại phát hiện “late”"),
    ("findings", [FINDINGS[0], "kh-xa	added	Rà soát	"], "dòng 2: cột plan_words để trống"),
    ("family", [FAMILY[0], "kh-xa	kh-tinh	12-CT/TU	ubnd	xa			hai"], "dòng 2: “hai” không phải số ngày"),
    ("union", ["task	document	words", "t1	kh-khac	Rà soát"], "dòng 2: “kh-khac” không có trong family.tsv"),
]


@pytest.mark.parametrize(("name", "lines", "said"), BAD_TABLES)
def test_a_wrong_table_is_named_with_its_line(gold: Path, given: Path, name: str, lines: list[str], said: str) -> None:
    table(gold, name, lines)
    refused = run(gold, given)
    assert refused.exit_code == 2
    assert said in refused.output
    assert f"{name}.tsv" in refused.output
    assert "The right answers are wrong in" in run(gold, given, "--lang", "en").output


def test_a_table_in_another_encoding(gold: Path) -> None:
    (gold / "links.tsv").write_bytes("\n".join(LINKS).encode("utf-16"))
    with pytest.raises(UsageError, match="không phải UTF-8"):
        read_gold(gold)


def test_a_prediction_that_is_none(gold: Path, tmp_path: Path) -> None:
    assert "Không có tệp hoặc thư mục" in run(gold, tmp_path / "khong-co.json").output
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "có 0 tệp kết quả so sánh" in run(gold, empty).output
    rows = tmp_path / "rows.json"
    rows.write_text('{"tasks": []}', encoding="utf-8")
    assert "không phải kết quả so sánh" in run(gold, rows).output
    rows.write_text('{"families": [{}]}', encoding="utf-8")
    assert "không phải kết quả so sánh" in run(gold, rows).output
    rows.write_text("{", encoding="utf-8")
    refused = run(gold, rows, "--lang", "en")
    assert refused.exit_code == 2
    assert "no JSON in UTF-8" in refused.output
    for name in ("a", "b"):
        put(empty / f"{name}.json", [])
    assert "có 2 tệp kết quả so sánh" in run(gold, empty).output
