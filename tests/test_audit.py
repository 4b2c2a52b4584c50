"""`dondoc audit`: the six questions, one by one, and the report in its three forms."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

import pipeline
from pipeline import cli, ruleset
from pipeline.audit import CRITERIA, audit, tally
from pipeline.audit.criteria import examine
from pipeline.audit.wording import LACKS, NAMES, SHORT, TEXTS
from pipeline.model import Directive, Task

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "corpus" / "docs" / "kh-hoi-phu-nu-xa-nam-2026.txt"
NOTICE = ROOT / "corpus" / "docs" / "tb-dang-uy-xa-ket-luan-giao-ban.txt"
NO_TASKS = ROOT / "corpus" / "docs" / "gm-ubnd-xa-hoi-nghi.txt"
RULES = ruleset.load()

CLEAR = Task(
    id="1",
    section="II.1",
    order=1,
    text="Phòng Kinh tế rà soát danh sách hộ nghèo, báo cáo Ủy ban nhân dân xã trước ngày 30/6/2026.",
    lead=("Phòng Kinh tế",),
    due=dt.date(2026, 6, 30),
    cadence=("once",),
    report_to=("Ủy ban nhân dân xã",),
    deliverable="danh sách hộ nghèo",
)


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["audit", *map(str, args)])


def lacks(**changes: object) -> set[tuple[str, str]]:
    return {(lack.criterion, lack.code) for lack in examine(replace(CLEAR, **changes), RULES).lacks}


def test_a_task_that_is_clear_in_all_six() -> None:
    assert lacks() == set()


NOBODY = {("person", "no-lead"), ("responsibility", "nobody-answers")}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lead": ()}, NOBODY),
        # Kết luận 226-KL/TW: one task, one lead
        ({"lead": ("Phòng Kinh tế", "Công an xã")}, {("responsibility", "several-leads")}),
        # a group of which nobody answers alone
        ({"lead": ("các cơ quan, đơn vị liên quan",)}, {("responsibility", "group-leads")}),
        # each in his own village
        ({"lead": ("Trưởng các thôn",)}, set()),
        ({"due": None, "cadence": ()}, {("time", "no-time")}),
        # a cadence alone, and a deadline that hangs on an event and has no date
        ({"due": None, "cadence": ("monthly",)}, set()),
        ({"due": None, "cadence": (), "due_text": "sau khi kết thúc kỳ họp"}, set()),
        ({"deliverable": None}, {("product", "no-product")}),
        # an amount is a result that can be counted; a report is its own product
        ({"deliverable": None, "quantity": ("ít nhất 02 cuộc",)}, set()),
        ({"deliverable": None, "kind": "report"}, set()),
    ],
)
def test_fields(changes: dict, expected: set) -> None:
    assert lacks(**changes) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rà soát hồ sơ đất đai.", None),
        # no verb of the lists
        ("Chất lượng nước sạch ở nông thôn.", "no-action"),
        # a verb and nothing behind it
        ("Phòng Kinh tế rà soát.", "no-object"),
        ("Tổ chức thực hiện.", "no-object"),
    ],
)
def test_work(text: str, code: str | None) -> None:
    found = {lack.code for lack in examine(replace(CLEAR, text=text), RULES).lacks if lack.criterion == "work"}
    assert found == ({code} if code else set())


def test_a_target_says_what_by_its_amount() -> None:
    assert not lacks(text="100% thôn bản", kind="target", quantity=("100%",))


@pytest.mark.parametrize(
    ("text", "lead", "clear"),
    [
        # the lead decides itself
        ("Ủy ban nhân dân xã ban hành Kế hoạch cải cách hành chính.", "Ủy ban nhân dân xã", True),
        # somebody else decides, and is named
        ("Văn phòng tham mưu Ủy ban nhân dân xã ban hành Kế hoạch.", "Văn phòng", True),
        ("Phòng Kinh tế trình Chủ tịch xã phê duyệt danh sách.", "Phòng Kinh tế", True),
        # somebody else decides, and is not named
        ("Văn phòng tham mưu ban hành Kế hoạch.", "Văn phòng", False),
        ("Phòng Kinh tế trình phê duyệt danh sách.", "Phòng Kinh tế", False),
        # "trình" inside another word hands nothing up
        ("Ban Quản lý theo chương trình công tác quyết định lịch thi công.", "Ban Quản lý", True),
        # a decision that is a document or was taken before
        ("Phòng Kinh tế thực hiện Quyết định số 12/QĐ-UBND.", "Phòng Kinh tế", False),
        ("Phòng Kinh tế thực hiện quy hoạch đã phê duyệt.", "Phòng Kinh tế", False),
        ("Phòng Kinh tế góp ý việc ban hành quy chế.", "Phòng Kinh tế", False),
        ("Phòng Kinh tế rà soát hộ nghèo.", "Phòng Kinh tế", False),
        # without a lead nobody can be the one who decides
        ("Ban hành Kế hoạch cải cách hành chính.", "", False),
    ],
)
def test_authority(text: str, lead: str, clear: bool) -> None:
    task = replace(CLEAR, text=text, lead=(lead,) if lead else (), report_to=())
    assert examine(task, RULES).clear("authority") is clear


def test_counts_of_documents() -> None:
    tasks = (CLEAR, replace(CLEAR, lead=("A", "B")), replace(CLEAR, lead=(), deliverable=None))
    document = Directive("a.docx", "", "", 1, "ok", tasks=tasks)
    failed = Directive("b.docx", "", "", 0, "failed")
    (one,) = audit([document, failed], RULES)
    found = tally([one])
    assert (found.tasks, found.all_six, found.several_leads) == (3, 1, 1)
    assert [found.clear[name] for name in CRITERIA] == [2, 3, 3, 1, 3, 2]
    assert found.share("person") == pytest.approx(2 / 3)
    empty = tally([])
    assert (empty.share("person"), empty.share_of_all_six) == (None, None)


def test_every_lack_has_words_in_both_languages() -> None:
    codes = {"no-lead", "no-action", "no-object", "no-time", "nobody-answers", "several-leads", "group-leads"}
    for lang in ("vi", "en"):
        assert codes | {"no-authority", "no-product"} == set(LACKS[lang])
        assert set(NAMES[lang]) == set(SHORT[lang]) == set(CRITERIA)
    assert TEXTS["vi"].keys() == TEXTS["en"].keys()


# ── the command ───────────────────────────────────────────────────────────────────────────


def test_the_report_on_a_terminal() -> None:
    done = run(NOTICE, PLAN, NO_TASKS)
    assert done.exit_code == 0
    told = " ".join(done.stdout.split())
    for words in ("6 rõ: tỷ lệ nhiệm vụ đã rõ", "Tất cả", "Chưa rõ", "không giao nhiệm vụ nào", "Đã đọc 3/3 văn bản"):
        assert words in told
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_json_counts_what_it_lists() -> None:
    done = run(NOTICE, PLAN, "--json", "--jobs", "2")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    rows = [row for document in found["documents"] for row in document["rows"]]
    assert found["total"]["tasks"] == len(rows) > 0
    for criterion in CRITERIA:
        without = sum(any(lack["criterion"] == criterion for lack in row["lacks"]) for row in rows)
        assert found["total"]["clear"][criterion] == len(rows) - without
    several = [row for row in rows if len(row["lead"]) > 1]
    assert found["total"]["several_leads"] == len(several) > 0


def test_the_workbook_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "6-ro.xlsx"
    done = run(NOTICE, PLAN, "-o", path)
    assert done.exit_code == 0
    assert f"Kết quả: {path}" in done.stdout
    found = json.loads(run(NOTICE, PLAN, "--json").stdout)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["6 rõ"]
    lines = list(book["6 rõ"].iter_rows(values_only=True))
    empty = next(place for place, line in enumerate(lines) if not any(line))
    plans, listed = lines[1:empty], lines[empty + 2 :]
    assert [plan[2] for plan in plans] == [*(document["document"] for document in found["documents"]), None]
    total = found["total"]
    expected = [total["several_leads"], *(total["clear"][name] / total["tasks"] for name in CRITERIA)]
    assert list(plans[-1][4:]) == pytest.approx([*expected, total["all_six"] / total["tasks"]])
    assert [plan[1] for plan in plans] == [*(document["tasks"] for document in found["documents"]), total["tasks"]]
    wanted = [row for document in found["documents"] for row in document["rows"]]
    for number, (line, row) in enumerate(zip(listed, wanted, strict=True), start=1):
        # alone in its workbook the sheet leads nowhere: its numbers are plain
        assert (line[0], line[1], line[3]) == (number, row["id"], row["text"])
        open_ = [name for name, answer in zip(CRITERIA, line[5:11], strict=True) if answer != "Đạt"]
        assert open_ == [name for name in CRITERIA if any(lack["criterion"] == name for lack in row["lacks"])]


def test_the_tracker_judges_by_the_rules_that_were_given(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text(
        "- {id: deciding.ours, kind: deciding, words: [tổ chức], example: tổ chức, counter: tổ dân phố}\n",
        encoding="utf-8",
    )
    clear = []
    for name, rules_dir in (("shipped.xlsx", None), ("ours.xlsx", tmp_path)):
        result = pipeline.convert([PLAN], [tmp_path / name], rules_dir=rules_dir)
        found = tally(audit(result.directives, ruleset.load(rules_dir) if rules_dir else RULES))
        sheet = openpyxl.load_workbook(tmp_path / name)["6 rõ"]
        assert sheet["J2"].value == pytest.approx(found.share("authority"))
        clear.append(found.clear["authority"])
    assert clear[0] < clear[1]


def test_equal_input_gives_an_equal_workbook(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        run(NOTICE, "-o", tmp_path / name, "--quiet")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_report_is_not_read_as_a_document(tmp_path: Path) -> None:
    shutil.copy(NOTICE, tmp_path)
    first = run(tmp_path, "-o", tmp_path / "6-ro.xlsx")
    again = run(tmp_path, "-o", tmp_path / "6-ro.xlsx")
    assert first.exit_code == again.exit_code == 0
    assert "Đã đọc 1/1 văn bản" in again.stdout


def test_bad_files_are_named_and_the_others_audited(tmp_path: Path) -> None:
    (tmp_path / "rong.docx").write_bytes(b"")
    done = run(tmp_path / "rong.docx", NOTICE, "no/such/*", "--json")
    assert done.exit_code == 7
    assert "Tệp rỗng" in done.stderr and "Không có tệp nào khớp" in done.stderr
    assert len(json.loads(done.stdout)["documents"]) == 1
    assert run(tmp_path / "rong.docx").exit_code == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-o", "x.csv"], "chỉ ghi được ra tệp .xlsx"),
        (["--rules", "no/such/folder"], "Không có thư mục quy tắc"),
        (["--reference-date", "1/1/2026"], "không phải ngày"),
    ],
)
def test_wrong_usage(args: list[str], said: str) -> None:
    done = run(NOTICE, *args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_quiet_and_english(tmp_path: Path) -> None:
    assert run(NOTICE, "--quiet").output == ""
    assert "Six clarities" in run(NOTICE, "--lang", "en").stdout
