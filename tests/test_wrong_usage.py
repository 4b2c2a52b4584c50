"""What a call that cannot be understood is told, in the language that it asks for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.commands.wrong_usage import language_of

NOTICE = Path(__file__).resolve().parents[1] / "corpus" / "docs" / "tb-dang-uy-xa-ket-luan-giao-ban.txt"
Told = Callable[..., tuple[object, str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Told:
    """Runs the program as a shell does, and returns its exit status and what stands on standard error."""

    def told(*args: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["dondoc", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        output = capfd.readouterr()
        assert output.out == ""
        return ended.value.code, output.err

    return told


@pytest.mark.parametrize(
    ("args", "vietnamese", "english"),
    [
        (
            ["list", "sqlite:///x.db", "--due-soon", "abc"],
            "giá trị “abc” không hợp lệ cho --due-soon: cần số nguyên từ 0 trở lên.",
            "“abc” is not a value of --due-soon: it must be a whole number from 0 on.",
        ),
        (
            ["list", "sqlite:///x.db", "--due-soon", "-1"],
            "giá trị “-1” không hợp lệ cho --due-soon: cần số nguyên từ 0 trở lên.",
            "“-1” is not a value of --due-soon: it must be a whole number from 0 on.",
        ),
        (
            ["convert", "x", "--ocr", "xx"],
            "giá trị “xx” không hợp lệ cho --ocr: cần một trong: auto, never, always.",
            "“xx” is not a value of --ocr: it must be one of: auto, never, always.",
        ),
        (["convert", "x", "--profil", "y"], "không có tùy chọn --profil. Có phải --profile?",
         "there is no option --profil. Did you mean --profile?"),
        (["convert", "x", "-z"], "không có tùy chọn -z.", "there is no option -z."),
        (["convert", "x", "--quiet=1"], "tùy chọn --quiet không nhận giá trị.", "the option --quiet takes no value."),
        (["convert"], "thiếu INPUT.", "INPUT is missing."),
        (["list"], "thiếu URL.", "URL is missing."),
        (["lst"], "không có lệnh lst. Có phải list?", "there is no command lst. Did you mean list?"),
        (["publish"], "không có lệnh publish.", "there is no command publish."),
        # what a name with blanks comes to without quotes
        (["show", "KH", "85.docx"], "thừa 85.docx. Tên tệp có dấu cách phải đặt trong ngoặc kép.",
         "too much was given: 85.docx. A file name with blanks stands in quotes."),
    ],
)  # fmt: skip
def test_a_wrong_call(told: Told, args: list[str], vietnamese: str, english: str) -> None:
    status, said = told(*args)
    assert (status, said.splitlines()[0]) == (2, f"Lỗi: {vietnamese}")
    status, said = told(*args, "--lang", "en")
    assert (status, said.splitlines()[0]) == (2, f"Error: {english}")


def test_an_option_at_the_end_lacks_its_value(told: Told) -> None:
    assert told("convert", "x", "-o")[1].startswith("Lỗi: tùy chọn -o cần một giá trị đi sau.\n")
    assert told("convert", "x", "--lang=en", "-o")[1].startswith("Error: the option -o needs a value behind it.\n")


def test_a_language_that_is_none(told: Told) -> None:
    status, said = told("convert", "x", "--lang", "xx")
    assert (status, said) == (
        2,
        "Lỗi: giá trị “xx” không hợp lệ cho --lang: cần một trong: vi, en.\nXem cách dùng: dondoc convert --help\n",
    )


def test_no_control_sequence_gets_through(told: Told) -> None:
    assert "\x1b" not in told("convert", "x", "--jobs", "\x1b[31mđỏ")[1]


@pytest.mark.parametrize(
    ("args", "lang"),
    [
        (["x"], "vi"), (["x", "--lang", "en"], "en"), (["--lang=en", "x"], "en"), (["x", "--lang", "vi"], "vi"),
        (["en", "--lang"], "vi"), (["x", "--lang"], "vi"),
    ],
)  # fmt: skip
def test_the_language_of_a_call(args: list[str], lang: str) -> None:
    assert language_of(args) == lang


# ── calls that can be parsed and mean nothing ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("args", "vietnamese", "english"),
    [
        (
            ["status", "so.xlsx", "--mail", "--json"],
            "--mail và --json không dùng cùng nhau.",
            "--mail and --json cannot go together.",
        ),
        # no address is quoted that was never typed
        (
            ["list", "a.db"],
            "“a.db” là tên tệp, không phải địa chỉ cơ sở dữ liệu. Hãy viết sqlite:///a.db\n",
            "“a.db” is the name of a file, not the address of a database. Write sqlite:///a.db\n",
        ),
        (
            ["status", "so.xlsx", "-o", "x.csv"],
            "“x.csv” không phải địa chỉ cơ sở dữ liệu. Hãy dùng sqlite:///tệp.db",
            "“x.csv” is no address of a database. Use sqlite:///file.db or postgresql://user",
        ),
        # where a password may stand in what was typed, nothing is quoted
        (
            ["list", "postgresql:/vp:M4t@may/x"],
            "Chữ đã gõ không phải địa chỉ cơ sở dữ liệu.",
            "What was typed is no address of a database.",
        ),
        (["list", "mysql://a/b"], "Chưa hỗ trợ cơ sở dữ liệu “mysql://…”.", "The database “mysql://…” cannot be used."),
        (["list", "sqlite:///none.db"], "Chưa có cơ sở dữ liệu sqlite:///none.db.", "There is no database sqlite:///none.db."),
        (["status", "none.xlsx"], "Không mở được none.xlsx.", "none.xlsx cannot be opened."),
        (["list", "sqlite:///x.db", "--today", "1/2"], "không phải ngày dạng YYYY-MM-DD", "is no date of the form"),
    ],
)
def test_what_means_nothing_is_refused(
    told: Told, args: list[str], vietnamese: str, english: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, said = told(*args)
    assert status in {1, 2}
    assert vietnamese in said
    assert "M4t" not in said
    assert english in told(*args, "--lang", "en")[1]
    assert list(tmp_path.iterdir()) == []


def test_mail_and_json_together_are_wrong_usage(told: Told, tmp_path: Path) -> None:
    assert told("status", str(tmp_path / "so.xlsx"), "--json", "--mail")[0] == 2


@pytest.mark.parametrize("name", ["dir.csv", "dir.xlsx", "dir.JSONL", "dir.docx"])
def test_a_folder_that_is_named_like_a_file_is_refused(
    told: Told, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).mkdir()
    status, said = told("convert", str(NOTICE), "-o", str(tmp_path / name))
    assert status == 2
    assert f"{tmp_path / name} là thư mục, không phải tệp {Path(name).suffix.lower()}." in said
    assert list((tmp_path / name).iterdir()) == []
