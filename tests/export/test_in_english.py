"""`--lang en`: remarks, errors and the names of documents are English in what is written and on the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from pipeline import cli, export, ruleset
from pipeline.english import told
from pipeline.errors import OutputError
from pipeline.export.profiles import order, write
from pipeline.model import Directive, Meta
from pipeline.model import Warning as Caution

Make = Callable[..., Directive]
BLANK = "Số văn bản để trống hoặc không đọc được. Hãy ghi số theo bản gốc."
BLANK_EN = "The document's number is blank or cannot be read. Enter it from the original."
PLAN = "KẾ HOẠCH\nTriển khai công tác quý I\n\n1. Văn phòng lập báo cáo trước ngày 20/3/2026.\n"


def run(*args: object) -> Result:
    return CliRunner().invoke(cli.app, [str(arg) for arg in args])


def columns(path: Path, sheet: str) -> dict[str, Any]:
    """The first line of a sheet by heading."""
    head, line, *_ = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return dict(zip(map(str, head), line, strict=True))


def written(make: Make, folder: Path, lang: str, **fields: Any) -> Path:
    (target,) = export.targets([folder / "t.xlsx"])
    export.write([make(**fields)], target, lang)
    return folder / "t.xlsx"


@pytest.mark.parametrize(("lang", "sheet", "heading", "said"), [
    ("vi", "Văn bản", "Cảnh báo", f"trang 1: {BLANK}"), ("en", "Documents", "Warnings", f"page 1: {BLANK_EN}"),
])  # fmt: skip
def test_the_remarks_of_a_document(
    make: Make, tmp_path: Path, lang: str, sheet: str, heading: str, said: str
) -> None:
    path = written(make, tmp_path, lang, warnings=(Caution("blank-number", BLANK, 1),))
    assert columns(path, sheet)[heading] == said


@pytest.mark.parametrize(("kind", "source", "name"), [
    ("công văn", "Official letter no. 12/UBND-VP", "Official letter"),
    ("kế hoạch", "Plan no. 12/UBND-VP", "Plan"),
    # a kind that the rules do not know, and none
    ("cẩm nang", "Cẩm nang no. 12/UBND-VP", "Cẩm nang"),
    (None, "Document no. 12/UBND-VP", None),
])  # fmt: skip
def test_the_source_of_a_task(make: Make, tmp_path: Path, kind: str | None, source: str, name: str | None) -> None:
    path = written(make, tmp_path, "en", meta=Meta(type=kind, number="12/UBND-VP"))
    assert columns(path, "Tasks")["Source"] == source
    assert columns(path, "Documents")["Type"] == name


def test_vietnamese_names_stay(make: Make, tmp_path: Path) -> None:
    path = written(make, tmp_path, "vi", meta=Meta(type="công văn", number="12/UBND-VP"))
    assert columns(path, "Nhiệm vụ")["Văn bản giao"] == "Công văn số 12/UBND-VP"


def test_json_differs_in_its_messages_alone(make: Make, tmp_path: Path) -> None:
    found = {}
    for lang in ("vi", "en"):
        (target,) = export.targets([f"{tmp_path / lang}/"])
        export.write([make(warnings=(Caution("blank-number", BLANK, 1),))], target, lang)
        found[lang] = json.loads((tmp_path / lang / "KH 85.json").read_text(encoding="utf-8"))
    messages = [found[lang]["warnings"][0].pop("message") for lang in ("vi", "en")]
    assert messages == [BLANK, BLANK_EN]
    assert found["vi"] == found["en"]


def test_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "kh.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "rong.txt").write_bytes(b"")
    args = ("convert", tmp_path / "kh.txt", tmp_path / "rong.txt", tmp_path / "none*.txt", "-o", f"{tmp_path}/out/")
    said = {lang: run(*args, "--lang", lang) for lang in ("vi", "en")}
    assert said["vi"].exit_code == said["en"].exit_code == 7
    assert "Tệp rỗng (0 byte)." in said["vi"].stderr
    assert "The file is empty (0 bytes). Download or copy the original again." in said["en"].stderr
    assert f"Error: No file matches “{tmp_path / 'none*.txt'}”. Check it." in said["en"].stderr
    log = [json.loads(line) for line in run(*args, "--lang", "en", "--log-json").stderr.splitlines()]
    (failed,) = [event for event in log if event.get("status") == "failed"]
    assert failed["errors"][0]["message"].startswith("The file is empty (0 bytes).")


def test_what_a_target_refuses(make: Make, tmp_path: Path) -> None:
    (tmp_path / "ma.csv").write_text("ma,ten,loai\nx,Phòng Lạ,don-vi\n", encoding="utf-8")
    wanted = order("vigov", tmp_path / "ma.csv", None)
    with pytest.raises(OutputError) as caught:
        write([make()], tmp_path / "v.xlsx", "en", ruleset.load(), wanted)
    first, *lines = told(caught.value.message, "en").splitlines()
    assert first.startswith("v.xlsx was not written: the target would hand the whole file back for ")
    assert "“Văn phòng Huyện ủy” has no code in ma.csv." in lines[0]
    assert lines[0].startswith("Line 2 (KH 85.docx, section III.3: “")
    assert "Names to be added to ma.csv: Văn phòng Huyện ủy" in lines[-1]


def test_the_rows_that_were_left_out(make: Make, tmp_path: Path, task: Callable[..., Any]) -> None:
    folder = tmp_path / "rules" / "profiles"
    folder.mkdir(parents=True)
    (folder / "so.yaml").write_text(
        "title: Sổ\nsheet: Sổ\ncolumns:\n  - {title: Việc, value: text}\n  - {title: Ai, value: lead.all, required: true}\n",
        encoding="utf-8",
    )
    found = write([make(task())], tmp_path / "s.xlsx", "en", ruleset.load(), order("so", None, tmp_path / "rules"))
    (said,) = [note.message for note in found.notes if note.code == "refused-rows"]
    assert "1 rows were left out" in said
    assert "column “Ai”: it must be filled, and the document does not say it." in said
    assert "What documents do not say may have a default" in said
