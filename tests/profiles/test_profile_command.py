"""``dondoc convert … --profile NAME --codes FILE.csv -o PATH``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

DOCS = Path(__file__).resolve().parents[2] / "corpus" / "docs"
PLAN = DOCS / "cv-ubnd-xa-thu-gom-so-lieu-nha-o.txt"


def dondoc(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "convert", str(PLAN), *arguments],
        capture_output=True,
        cwd=folder,
        timeout=120,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def test_from_a_document_to_the_file_that_a_system_takes(tmp_path: Path) -> None:
    """As an officer goes about it: the refusal lists what the table lacks, and with that in it the file is written."""
    codes = tmp_path / "don-vi.csv"
    codes.write_text("ma,ten,loai\nkinh-te,Phòng Kinh tế,don-vi\n", encoding="utf-8")
    call = ("--profile", "vigov", "--codes", "don-vi.csv", "-o", "import.xlsx", "-o", "json/")
    status, _, error = dondoc(tmp_path, *call)
    assert status == 1
    assert not (tmp_path / "import.xlsx").exists()
    assert (tmp_path / "json" / f"{PLAN.stem}.json").exists()  # other outputs are as ever
    first, *_, last = error.splitlines()
    assert first.startswith("Lỗi: Chưa ghi import.xlsx: hệ thống đích sẽ trả lại cả tệp vì ")
    marker = "Tên cần thêm vào don-vi.csv: "
    assert last.startswith(marker)
    missing = last.removeprefix(marker).rstrip(".").split("; ")
    lines = [f"m-{number},{name},don-vi\n" for number, name in enumerate(missing)]
    codes.write_text(codes.read_text("utf-8") + "".join(lines), encoding="utf-8")
    status, output, error = dondoc(tmp_path, *call)
    assert (status, error) == (0, "")
    assert "Kết quả: import.xlsx" in output
    sheet = openpyxl.load_workbook(tmp_path / "import.xlsx").active
    assert {row[2] for row in sheet.iter_rows(min_row=2, values_only=True)} >= {"kinh-te", "m-0"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--profile", "vigov"], "Hãy nêu nơi ghi"),
        (["--profile", "vigo", "-o", "t.xlsx"], "Các mẫu hiện có: "),
        (["--profile", "vigov", "-o", "t.xlsx"], "Hãy thêm --codes"),
        (["--profile", "xa-6", "-o", "t.docx"], "Mẫu xa-6 ghi ra .xlsx"),
        (["--profile", "xa-6", "-o", "json/"], "Hãy nêu tệp với -o"),
        (["--codes", "don-vi.csv", "-o", "t.xlsx"], "--codes chỉ dùng cùng với --profile"),
        (["-o", "t.docx"], "phụ lục .docx với --profile phu-luc"),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: list[str], message: str) -> None:
    status, output, error = dondoc(tmp_path, *arguments)
    assert (status, output) == (2, "")
    assert message in error
    assert list(tmp_path.iterdir()) == []


def test_the_annex_as_a_word_document(tmp_path: Path) -> None:
    status, _, error = dondoc(tmp_path, "--profile", "phu-luc", "-o", "phu-luc.docx", "-o", "phu-luc.xlsx", "--quiet")
    assert (status, error) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {"phu-luc.docx", "phu-luc.xlsx"}


def test_the_example_of_the_contributors_page_works(tmp_path: Path) -> None:
    page = (DOCS.parents[1] / "CONTRIBUTING.md").read_text("utf-8")
    text = page.split("`my-rules/profiles/phong.yaml`", 1)[1].split("```yaml\n", 1)[1].split("```", 1)[0]
    folder = tmp_path / "my-rules" / "profiles"
    folder.mkdir(parents=True)
    (folder / "phong.yaml").write_text(text, encoding="utf-8")
    status, _, error = dondoc(tmp_path, "--profile", "phong", "--rules", "my-rules", "-o", "phong.xlsx")
    assert (status, error) == (0, "")
    assert openpyxl.load_workbook(tmp_path / "phong.xlsx").active.max_row > 3
