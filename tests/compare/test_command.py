"""``dondoc compare``: what is said of documents that cannot be compared, and that the rest is done all the same."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from compare.papers import FROM_PARENT, paper, parent_paper

from pipeline import cli

SILENT = "Nhằm bảo đảm nước sạch cho người dân, Ủy ban nhân dân xã ban hành Kế hoạch như sau:"
TREES = (
    "Thực hiện Kế hoạch số 9/KH-UBND ngày 02 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Sông Trong về trồng cây, "
    "Ủy ban nhân dân xã ban hành Kế hoạch như sau:"
)
NO_TASKS = "(Có danh mục kèm theo.)"


def plan(commune: str, preamble: str = FROM_PARENT, number: str = "12/KH-UBND") -> str:
    return paper(preamble, head=f"ỦY BAN NHÂN DÂN\nXÃ {commune.upper()}", place=commune, number=number)


FILES = {
    "cha.txt": parent_paper(),
    "cha-trong.txt": parent_paper(NO_TASKS),
    "an-lac.txt": plan("An Lạc"),
    "an-lac-chep.txt": plan("An Lạc"),
    "binh-hoa.txt": plan("Bình Hòa"),
    "khong-dan.txt": plan("Cẩm Sơn", SILENT),
    "cay-1.txt": plan("Đông Lâm", TREES),
    "cay-2.txt": plan("Gia Phú", TREES),
    "trong.txt": "",
}


@dataclass
class Told:
    """How a call ended: exit status, what stands on standard output and on standard error."""

    status: object
    out: str
    err: str


Call = Callable[..., Told]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Runs ``dondoc compare`` beside the files, as a shell does."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def call(*args: str) -> Told:
        monkeypatch.setattr(sys, "argv", ["dondoc", "compare", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        output = capfd.readouterr()
        return Told(ended.value.code or 0, output.out, " ".join(output.err.split()))

    return call


def compared(path: str) -> dict[str | None, list[str]]:
    """The plans that a file of results holds, by the document that they were compared with."""
    held: Any = json.loads(Path(path).read_text("utf-8"))
    return {
        one["parent"] and one["parent"]["document"]: [column["plan"]["document"] for column in one["plans"]]
        for one in held["families"]
    }


@pytest.mark.parametrize(
    ("args", "status", "vietnamese", "english", "expected"),
    [
        # the parent is found by what the plans cite
        (["cha.txt", "an-lac.txt", "binh-hoa.txt"], 0, "", "", {"cha.txt": ["an-lac.txt", "binh-hoa.txt"]}),
        # plans without their parent: against each other
        (["an-lac.txt", "binh-hoa.txt"], 0, "", "", {None: ["an-lac.txt", "binh-hoa.txt"]}),
        # a parent with no tasks: said, and its plans against each other
        (["cha-trong.txt", "an-lac.txt", "binh-hoa.txt"], 0,
         "cha-trong.txt: văn bản cấp trên không có nhiệm vụ nào để đối chiếu. Hãy kiểm tra lại tệp.",
         "cha-trong.txt: this document of the higher level has no tasks to compare with. Check the file.",
         {None: ["an-lac.txt", "binh-hoa.txt"]}),
        (["an-lac.txt", "--parent", "cha-trong.txt"], 0,
         "cha-trong.txt: văn bản cấp trên không có nhiệm vụ nào để đối chiếu.",
         "cha-trong.txt: this document of the higher level has no tasks to compare with.", {}),
        # a plan that cites nothing
        (["cha.txt", "an-lac.txt", "khong-dan.txt"], 0,
         "khong-dan.txt: không thấy dẫn văn bản cấp trên nào nên không xếp được vào họ văn bản; nếu biết, hãy nêu "
         "với --parent.",
         "khong-dan.txt: cites no document of a higher level and so belongs to no family; if you know it, name it "
         "with --parent.", {"cha.txt": ["an-lac.txt"]}),
        (["an-lac.txt", "khong-dan.txt", "--parent", "cha.txt"], 0,
         "khong-dan.txt: không dẫn văn bản cấp trên nào; vẫn so sánh với cha.txt vì được yêu cầu.",
         "khong-dan.txt: cites no document of a higher level; compared with cha.txt all the same, as asked.",
         {"cha.txt": ["an-lac.txt", "khong-dan.txt"]}),
        # one file under two names
        (["cha.txt", "an-lac.txt", "an-lac-chep.txt"], 0,
         "an-lac.txt: cùng nội dung với an-lac-chep.txt; chỉ tính một lần.",
         "an-lac.txt: the same file as an-lac-chep.txt; it counts once.", {"cha.txt": ["an-lac-chep.txt"]}),
        # documents of different families in one call
        (["cha.txt", "an-lac.txt", "cay-1.txt", "cay-2.txt"], 0, "", "",
         {"cha.txt": ["an-lac.txt"], None: ["cay-1.txt", "cay-2.txt"]}),
        (["cha.txt", "an-lac.txt", "cay-1.txt"], 0,
         "cay-1.txt: thực hiện 9/KH-UBND, không cùng họ với văn bản nào khác và không có 9/KH-UBND để so sánh.",
         "cay-1.txt: carries out 9/KH-UBND, of no other document's family, and 9/KH-UBND is not there",
         {"cha.txt": ["an-lac.txt"]}),
        (["an-lac.txt", "cay-1.txt", "--parent", "cha.txt"], 0,
         "cay-1.txt: dẫn 9/KH-UBND, không dẫn cha.txt; vẫn so sánh vì được yêu cầu.",
         "cay-1.txt: cites 9/KH-UBND and not cha.txt; compared all the same, as asked.",
         {"cha.txt": ["an-lac.txt", "cay-1.txt"]}),
        # the parent given among the plans too, as in a folder
        (["an-lac.txt", "cha.txt", "--parent", "cha.txt"], 0,
         "cha.txt: chính là văn bản cấp trên đã nêu; không đối chiếu với chính nó.",
         "cha.txt: is the parent that was named; it is not compared with itself.", {"cha.txt": ["an-lac.txt"]}),
        # one document only
        (["an-lac.txt"], 0, "an-lac.txt: thực hiện 154/KH-UBND, không cùng họ",
         "an-lac.txt: carries out 154/KH-UBND, of no other document's family", {}),
        # a broken file among good ones
        (["cha.txt", "an-lac.txt", "trong.txt"], 7, "Không đọc được: trong.txt:", "trong.txt:",
         {"cha.txt": ["an-lac.txt"]}),
        (["cha.txt", "an-lac.txt", "khong-co.txt"], 7, "khong-co.txt: Không tìm thấy tệp.", "khong-co.txt:",
         {"cha.txt": ["an-lac.txt"]}),
    ],
)  # fmt: skip
def test_what_is_said_and_done(
    call: Call,
    args: list[str],
    status: int,
    vietnamese: str,
    english: str,
    expected: dict[str | None, list[str]],
) -> None:
    for lang, message in (("vi", vietnamese), ("en", english)):
        told = call(*args, "--lang", lang, "-o", f"{lang}.json")
        assert (told.status, compared(f"{lang}.json")) == (status, expected)
        assert message in told.err
        assert message or not told.err


@pytest.mark.parametrize("args", [["khong-dan.txt"], ["cha.txt", "--parent", "cha.txt"], ["cha-trong.txt"]])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_output_is_written_where_nothing_can_be_compared(call: Call, args: list[str], lang: str) -> None:
    names = ["x.xlsx", "x.html", "x.json"]
    told = call(*args, "--lang", lang, *(part for name in names for part in ("-o", name)))
    assert told.status == 0
    assert all(Path(name).stat().st_size for name in names)
    assert {"vi": "Không có gì để so sánh", "en": "Nothing to compare"}[lang] in told.out


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (["an-lac.txt", "--parent", "trong.txt"], 1, "Không đọc được văn bản cấp trên trong.txt:"),
        (["an-lac.txt", "--parent", "khong-co.txt"], 1, "Không đọc được văn bản cấp trên khong-co.txt: Không tìm thấy"),
        (["trong.txt"], 1, "Không đọc được: trong.txt:"),
        (["an-lac.txt", "-o", "x.csv"], 2, "“x.csv”. Hãy nêu với -o một tệp có đuôi .xlsx, .html, .json."),
        (["an-lac.txt", "-o", "x"], 2, "“x”. Hãy nêu với -o một tệp có đuôi .xlsx, .html, .json."),
        ([], 2, "thiếu PLAN."),
    ],
)
def test_what_ends_a_call_writes_nothing(call: Call, args: list[str], status: int, message: str) -> None:
    before = set(Path().iterdir())
    told = call(*args, "-o", "y.json")
    assert (told.status, set(Path().iterdir())) == (status, before)
    assert message in told.err


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", ("2 văn bản đối chiếu với 2 nhiệm vụ của cha.txt", "Họ văn bản thực hiện 154/KH-UBND", "Thiếu")),
        ("en", ("2 documents against the 2 tasks of cha.txt", "Family implementing 154/KH-UBND", "Taken")),
    ],
)
def test_the_table_speaks_the_language(call: Call, lang: str, words: tuple[str, ...]) -> None:
    told = call("cha.txt", "an-lac.txt", "binh-hoa.txt", "--lang", lang)
    assert all(word in told.out for word in words)
    assert told.out.count("Ủy ban nhân dân xã") == 2
    assert call("cha.txt", "an-lac.txt", "--lang", lang, "--quiet").out == ""


def test_the_order_of_the_files_changes_nothing(call: Call) -> None:
    files = ["cha.txt", "an-lac.txt", "binh-hoa.txt", "khong-dan.txt"]
    call(*files, "-o", "1.json")
    call(*reversed(files), "-o", "2.json")
    assert Path("1.json").read_bytes() == Path("2.json").read_bytes()
