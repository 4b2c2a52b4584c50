"""The command line: help, outputs, exit statuses, one clear line for each bad file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline import __version__, cli, steps
from pipeline.terminal import clean

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "corpus" / "docs"
NOTICE = DOCS / "tb-dang-uy-xa-ket-luan-giao-ban.txt"
PLAN = DOCS / "kh-hoi-phu-nu-xa-nam-2026.txt"  # nothing of it needs a remark
DOCX = ROOT / "corpus" / "formats" / "gm-ubnd-xa-hoi-nghi.docx"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.app, [str(arg) for arg in args])


def command(*args: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program as it is started from a shell."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, args)],
        capture_output=True, check=False, cwd=ROOT, env={**os.environ, **environment}, timeout=120,
    )  # fmt: skip


# ── help ──────────────────────────────────────────────────────────────────────────────────


COMMANDS = [
    ["convert"], ["show"], ["status"], ["list"], ["audit"], ["evaluate"], ["doctor"], ["rules"], ["rules", "list"],
    ["rules", "test"], ["runs"], ["runs", "list"], ["runs", "show"], ["runs", "resume"], ["runs", "retry-failed"],
    ["serve"], ["users"], ["users", "add"], ["users", "list"], ["users", "disable"], ["users", "password"],
    ["corrections"], ["corrections", "export"], ["corrections", "suggest"],
]  # fmt: skip


@pytest.mark.parametrize("args", [[], *COMMANDS])
def test_every_command_and_option_has_help(args: list[str]) -> None:
    text = run(*args, "--help").stdout
    name = r"(?:-\w, )?--[\w-]+|[A-Z_]+\b|(?:convert|show|status|audit|evaluate|doctor|rules|runs|resume|retry-failed|list|test|serve|users|add|disable|password|corrections|export|suggest)\b(?=  )"
    described = re.findall(rf"^  (?:{name}).*?(?:  +|\n +)(\S.*)$", text, re.M)
    named = re.findall(rf"^  (?:{name})", text, re.M)
    assert len(described) == len(named) > 0
    # Vietnamese: no description without a letter that English has not
    assert all(any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", line)) for line in described)


def test_options_of_the_contract_are_there() -> None:
    text = run("convert", "--help").stdout
    for option in "-o --jobs --reference-date --ocr --rules --lang --quiet --log-json".split():
        assert option in text


def test_version() -> None:
    assert run("--version").stdout == f"dondoc {__version__}\n"


# ── wrong usage ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "thiếu lệnh"),
        (["convert"], "thiếu INPUT"),
        (["convert", "x", "--colour"], "không có tùy chọn --colour"),
        (["convert", "x", "--jobs", "0"], "giá trị “0” không hợp lệ cho --jobs"),
        (["convert", "x", "--lang", "fr"], "giá trị “fr” không hợp lệ cho --lang"),
        (["convert", "x", "-o"], "-o"),
        (["publish"], "không có lệnh publish"),
        (["convert", "x", "-o", "t.tsv"], "Chưa hỗ trợ ghi ra “t.tsv”"),
        (["convert", "x", "--reference-date", "15/11/2022"], "không phải ngày dạng YYYY-MM-DD"),
        (["convert", "x", "--rules", "no/such/folder"], "Không có thư mục quy tắc"),
        (["show", "corpus"], "là thư mục"),
        (["audit"], "thiếu INPUT"),
        (["evaluate", "corpus/gold"], "thiếu PRED_DIR"),
        (["rules"], "thiếu lệnh"),
        (["rules", "check"], "không có lệnh check"),
    ],
)
def test_wrong_usage(
    args: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["dondoc", *args])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    output = capfd.readouterr()
    assert ended.value.code == 2
    assert said in output.err
    assert output.err.startswith("Lỗi: ")
    assert output.out == ""


# ── convert ───────────────────────────────────────────────────────────────────────────────


def test_a_folder_to_a_workbook_and_json(tmp_path: Path) -> None:
    done = run("convert", PLAN, DOCX, "-o", tmp_path / "new" / "t.xlsx", "-o", f"{tmp_path}/json/")
    assert (done.exit_code, done.stderr) == (0, "")
    assert re.search(r"Đã đọc 2/2 văn bản, \d+ nhiệm vụ, \d+\.\d\d giây", done.stdout)
    assert f"Kết quả: {tmp_path / 'new' / 't.xlsx'}" in done.stdout
    assert (tmp_path / "new" / "t.xlsx").is_file()
    assert len(list((tmp_path / "json").iterdir())) == 2


def test_the_default_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("convert", NOTICE, "--quiet").exit_code == 0
    assert (tmp_path / "outputs" / "tracker.xlsx").is_file()


def truncated(path: Path) -> None:
    path.write_bytes(DOCX.read_bytes()[:9000])


def locked(path: Path) -> None:
    """A PDF whose trailer asks for a password that is not known."""
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>endobj\n"
        b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \n0000000103 00000 n \n"
        b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\nstartxref\n300\n%%EOF\n"
    )


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<not closed")


# (file name, how it is made, what the line says)
BAD: list[tuple[str, Callable[[Path], object], str]] = [
    ("rong.docx", lambda path: path.write_bytes(b""), "Tệp rỗng"),
    ("cut.docx", truncated, "bị hỏng|bị cắt|không đầy đủ|thiếu phần cuối|chép"),
    ("khoa.pdf", locked, "mật khẩu"),
    ("anh.pdf", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)), "tệp ảnh"),
    ("hong.docx", bomb, "Word|hỏng"),
    ("la.pdf", lambda path: path.write_bytes(bytes(range(256)) * 40), "Không nhận ra loại tệp"),
    ("mat.docx", lambda path: None, "Không tìm thấy tệp"),
    ("thu-muc.docx", lambda path: path.mkdir(), "không có văn bản nào"),
]


def cells(path: Path) -> dict[str, list[list[object]]]:
    """The cells of each sheet but that of the documents and what the program remembers."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    names = [name for name in book.sheetnames if name not in {"Văn bản", "_dondoc"}]
    return {name: [[cell.value for cell in row] for row in book[name].iter_rows()] for name in names}


@pytest.mark.parametrize(("name", "make", "said"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_file_gets_one_line_and_costs_the_others_nothing(
    name: str, make: Callable[[Path], object], said: str, tmp_path: Path
) -> None:
    make(tmp_path / name)
    alone = run("convert", tmp_path / name, "-o", f"{tmp_path}/alone/")
    assert alone.exit_code == 1
    done = run("convert", tmp_path / name, PLAN, "-o", f"{tmp_path}/json/", "-o", tmp_path / "t.xlsx")
    assert done.exit_code == 7
    (line,) = done.stderr.splitlines()
    assert name in line
    assert re.search(said, line)
    good = run("convert", PLAN, "-o", f"{tmp_path}/good/", "-o", tmp_path / "good.xlsx")
    assert good.exit_code == 0
    names = PLAN.with_suffix(".json").name
    assert (tmp_path / "json" / names).read_bytes() == (tmp_path / "good" / names).read_bytes()
    # The sheet of the documents names the bad one; all others are those of the good one.
    assert cells(tmp_path / "t.xlsx") == cells(tmp_path / "good.xlsx")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mat.docx"
    path.write_bytes(b"x")

    def refuse(name: str, flags: int) -> int:
        # the mode bits would not stop a suite that runs as root
        raise PermissionError(13, "Permission denied", name)

    monkeypatch.setattr("pipeline.opening._without_waiting", refuse)
    step = steps.take(steps.Options(), steps.Item(path, path.name), lambda done, total: None)
    assert isinstance(step, steps.Step)
    (error,) = step.directive.errors
    assert (step.directive.status, error.code) == ("failed", "unreadable-file")
    assert "Không có quyền đọc tệp" in error.message


def test_nothing_but_a_glob_that_matches_nothing(tmp_path: Path) -> None:
    done = run("convert", f"{tmp_path}/*.docx", "-o", tmp_path / "t.xlsx")
    assert done.exit_code == 1
    assert "Không có tệp nào khớp" in done.stderr
    assert not (tmp_path / "t.xlsx").exists()


def test_a_file_that_is_no_tracker_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"words of an officer")
    done = run("convert", NOTICE, "-o", tmp_path / "t.xlsx")
    assert "t (2).xlsx" in done.stdout
    assert (tmp_path / "t.xlsx").read_bytes() == b"words of an officer"


def test_a_tracker_that_is_there_is_updated(tmp_path: Path) -> None:
    assert run("convert", NOTICE, "-o", tmp_path / "t.xlsx").exit_code == 0
    before = (tmp_path / "t.xlsx").read_bytes()
    same = run("convert", NOTICE, "-o", tmp_path / "t.xlsx")
    assert "không có gì phải sửa" in same.stdout
    assert (tmp_path / "t.xlsx").read_bytes() == before
    done = run("convert", PLAN, "-o", tmp_path / "t.xlsx")
    assert "t.truoc-1.xlsx" in done.stdout
    assert (tmp_path / "t.truoc-1.xlsx").read_bytes() == before


def test_quiet_says_only_what_went_wrong(tmp_path: Path) -> None:
    fine = run("convert", NOTICE, "-o", tmp_path / "t.xlsx", "--quiet")
    assert fine.output == ""
    bad = run("convert", NOTICE, tmp_path / "no.docx", "-o", tmp_path / "t.xlsx", "--quiet")
    assert (bad.stdout, len(bad.stderr.splitlines())) == ("", 1)


def test_english(tmp_path: Path) -> None:
    done = run("convert", NOTICE, "-o", tmp_path / "t.xlsx", "--lang", "en")
    assert "Read 1 of 1 documents" in done.stdout


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = run("convert", NOTICE, "-o", tmp_path / "file" / "t.xlsx")
    assert done.exit_code == 1
    assert "Không ghi được" in done.stderr


def test_log_json_is_a_line_of_json_an_event(tmp_path: Path) -> None:
    (tmp_path / "rong.docx").write_bytes(b"")
    done = run("convert", NOTICE, tmp_path / "rong.docx", "no/such/*", "-o", tmp_path / "t.xlsx", "--log-json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["event"] for event in events] == ["document", "document", "error", "output", "end"]
    failed = events[0]
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", "empty-file")
    assert failed["errors"][0]["detail"]
    assert events[-1]["exit_status"] == done.exit_code == 7
    assert done.stdout == ""


# ── show ──────────────────────────────────────────────────────────────────────────────────


def test_show_fits_a_hundred_columns() -> None:
    done = run("show", NOTICE)
    assert done.exit_code == 0
    for heading in ("STT", "Mục", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Chu kỳ", "Báo cáo"):
        assert heading in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_explain_names_words_place_and_rule() -> None:
    done = run("show", NOTICE, "--explain")
    told = " ".join(done.stdout.split())
    found = re.findall(r"← “[^”]+” \(trang \d+, ký tự \d+–\d+; quy tắc [\w.-]+\)", told)
    assert len(found) > 20


def test_show_of_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "rong.docx").write_bytes(b"")
    done = run("show", tmp_path / "rong.docx")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Tệp rỗng" in done.stderr


HOSTILE = "Giao Văn phòng [red]rà soát[/red] [/] \x1b[31mhồ sơ\x1b]0;tiêu đề\x07 \u202eđảo\u202c trước ngày 15/11/2026."


@pytest.mark.parametrize("explain", [[], ["--explain"]])
def test_words_of_a_document_do_nothing_to_the_terminal(tmp_path: Path, explain: list[str]) -> None:
    (tmp_path / "x.txt").write_text(f"KẾ HOẠCH\nKiểm tra\n\nI. NHIỆM VỤ\n\n1. {HOSTILE}\n", encoding="utf-8")
    done = command("show", tmp_path / "x.txt", *explain)
    shown = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert "[red]" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", shown)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("a\x1b[31mb\x1b[0m", "ab"),
        ("a\x1b]8;;http://x\x07b", "ab"),
        # an escape sequence that is not closed
        ("a\x1b]0;b", "a"),
        ("a\nb\r\n  c", "a b c"),
        ("a\ud800\u202e\x9bb", "ab"),
        ("Ủy ban nhân dân", "Ủy ban nhân dân"),
    ],
)
def test_clean(words: str, left: str) -> None:
    assert clean(words) == left


# ── as a program ──────────────────────────────────────────────────────────────────────────


def test_a_console_without_vietnamese_letters(tmp_path: Path) -> None:
    done = command("convert", PLAN, "-o", tmp_path / "t.xlsx", PYTHONIOENCODING="cp1252", LC_ALL="C")
    assert done.returncode == 0
    assert "văn bản" in done.stdout.decode("utf-8")


def test_exit_status_of_the_program(tmp_path: Path) -> None:
    done = command("convert", tmp_path / "no.docx", PLAN, "-o", tmp_path / "t.xlsx")
    assert done.returncode == 7


def test_two_processes(tmp_path: Path) -> None:
    shutil.copy(PLAN, tmp_path / "a.txt")
    shutil.copy(DOCX, tmp_path / "b.docx")
    done = command("convert", tmp_path, "-o", f"{tmp_path}/json/", "--jobs", "2")
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(list((tmp_path / "json").iterdir())) == 2
