"""Small documents to run over, and what two runs over them are compared by."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLAN = """ỦY BAN NHÂN DÂN
XÃ {name}
Số: {number}/KH-UBND

KẾ HOẠCH
Công tác tháng {month} năm 2026

I. NHIỆM VỤ

{tasks}
"""
TASK = "{number}. Văn phòng xã {name} rà soát hồ sơ đợt {number}, báo cáo trước ngày {day}/{month}/2026.\n"
RUN_FILES = ("failed.csv", ".dondoc-json.sqlite")  # what names the time of a run


def plan(number: int, tasks: int = 3) -> str:
    """A plan of its own for each number."""
    facts = {"name": f"Tân Lập {number}", "month": number % 12 + 1}
    lines = (TASK.format(number=task + 1, day=task % 27 + 1, **facts) for task in range(tasks))
    return PLAN.format(number=number + 1, tasks="\n".join(lines), **facts)


def fill(folder: Path, count: int, tasks: int = 3) -> Path:
    """A folder of so many documents and a few more: in two folders each stem stands twice, one file is empty, one a ZIP."""
    for number in range(count):
        path = folder / ("a", "b")[number % 2] / f"KH {number // 2}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plan(number, tasks), encoding="utf-8")
    (folder / "rong.docx").write_bytes(b"")
    (folder / "goi.zip").write_bytes(packed({f"xa {number}/KH.txt": plan(1000 + number) for number in range(3)}))
    return folder


def packed(files: dict[str, str]) -> bytes:
    """A ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but those that name the time of a run."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(RUN_FILES)
    }


def command(documents: Path, place: Path, *options: str) -> list[str]:
    """A run over a folder into a folder of JSON, JSON Lines and a workbook in `place`."""
    outputs = ("-o", f"{place / 'json'}/", "-o", str(place / "tasks.jsonl"), "-o", str(place / "tracker.xlsx"))
    return [sys.executable, "-m", "pipeline", "convert", str(documents), *outputs, "--jobs", "2", *options]


def started(call: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """The program, under way."""
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(call, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "utf-8"}, **pipes)


def finished(call: list[str], **options: Any) -> tuple[int, str]:
    """Its exit status and what it said on standard error."""
    done = subprocess.run(call, cwd=ROOT, capture_output=True, check=False, timeout=300, **options)
    return done.returncode, done.stderr.decode("utf-8", "replace")
