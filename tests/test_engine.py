"""The documents of a run on their way: lanes, the order of results, what is known from before, and Ctrl-C."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import psutil
import pytest

from pipeline import engine
from pipeline.pace import OCR, TEXT, Pace, Progress
from pipeline.progress_line import said
from pipeline.steps import Item, Options, Step
from pipeline.workers import Limits

ROOT = Path(__file__).resolve().parent.parent
PLAN = "KẾ HOẠCH\nTriển khai công tác năm 2026\nII. NHIỆM VỤ\n1. Văn phòng rà soát thủ tục {}, xong trước ngày 30/6/2026.\n"
needs_ocr = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


class Memory:
    """A journal in memory that notes what it is asked."""

    def __init__(self, *known: Step) -> None:
        self.kept = {step.path: step for step in known}
        self.put_in: list[str] = []
        self.placed: list[str] = []
        self.found: list[str] = []

    def find(self, item: Item) -> Step | None:
        if item.path in self.kept:
            self.found.append(item.name)
        return None if item.inside else self.kept.get(item.path)

    def put(self, item: Item, step: Step) -> None:
        assert item == Item(item.path, item.name, item.inside)  # nothing of how it was read
        self.put_in.append(item.name)
        self.kept[item.path] = step

    def place(self, item: Item, step: Step) -> None:
        self.placed.append(item.name)


def run(folder: Path, memory: Memory, scratch: Path, jobs: int = 1, **told: object) -> list[Step]:
    scratch.mkdir()
    one = engine.Run(Options(), Limits(), jobs, scratch, **told)  # type: ignore[arg-type]
    with one.pool:
        found = list(one.steps(sorted(folder.iterdir()), memory))
    assert one.total == len(found) == len(memory.placed)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Plans of many sizes, the smallest first by name."""
    place = tmp_path / "in"
    place.mkdir()
    for number in range(8):
        (place / f"{number}.txt").write_text(PLAN.format("một " * (number + 1)), encoding="utf-8")
    return place


def scan(path: Path) -> None:
    """A page with a few words on it, as a picture: a PDF or an image file."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1240, 500), 255)
    ImageDraw.Draw(page).text((100, 100), "KE HOACH NAM 2026", fill=0, font=ImageFont.load_default(60))
    page.save(path, resolution=150.0, dpi=(150, 150))


def names(steps: list[Step]) -> list[str]:
    return [step.path.name for step in steps]


@pytest.mark.parametrize("jobs", [1, 2])
def test_largest_first_and_yet_in_order(folder: Path, tmp_path: Path, jobs: int) -> None:
    memory = Memory()
    found = run(folder, memory, tmp_path / "scratch", jobs)
    assert names(found) == memory.placed == [f"{number}.txt" for number in range(8)]
    assert [len(step.directive.tasks) for step in found] == [1] * 8
    if jobs == 1:
        assert memory.put_in == memory.placed[::-1]


@needs_ocr
@pytest.mark.parametrize("name", ["0-scan.pdf", "0-scan.png", "0-scan.zip"])
def test_scans_do_not_hold_texts_up(folder: Path, tmp_path: Path, name: str) -> None:
    """A PDF is opened first, for it is the largest, and handed back; a picture is known by its name."""
    if name.endswith(".zip"):
        for member in ("scan.pdf", "scan.jpg"):
            scan(tmp_path / member)
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.write(tmp_path / "scan.pdf", "scan.pdf")
            archive.writestr("a.txt", PLAN.format("trong tệp nén"))
            archive.write(tmp_path / "scan.jpg", "scan.jpg")
        scans = [f"{name}/scan.pdf", f"{name}/scan.jpg"]
    else:
        scan(folder / name)
        scans = [name]
    memory = Memory()
    found = run(folder, memory, tmp_path / "scratch")
    assert set(memory.put_in[-len(scans) :]) == set(scans)
    assert [step.directive.status for step in found] == ["ok"] * len(found)
    assert [str(step.path) for step in found if "HOACH" in step.directive.text] == [
        str(folder / name) if len(scans) == 1 else shown for shown in scans
    ]


@needs_ocr
def test_a_single_scan_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "in"
    place.mkdir()
    scan(place / "scan.pdf")
    handed: list[Item] = []
    submit = engine.Pool.submit

    def noted(pool: engine.Pool[Item, object], item: Item, **how: object) -> None:
        handed.append(item)
        submit(pool, item, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.Pool, "submit", noted)
    assert [step.directive.status for step in run(place, Memory(), tmp_path / "scratch")] == ["ok"]
    assert [item.later for item in handed] == [False]


def test_what_is_known_is_not_read_again(folder: Path, tmp_path: Path) -> None:
    first = run(folder, Memory(), tmp_path / "first")
    memory = Memory(first[0], first[5])
    seen: list[Progress] = []
    again = run(folder, memory, tmp_path / "again", watch=seen.append)
    assert [step.directive for step in again] == [step.directive for step in first]
    assert "0.txt" not in memory.put_in and "5.txt" not in memory.put_in
    assert len(memory.put_in) == 6
    assert [(progress.done, progress.total) for progress in seen] == [(number, 8) for number in range(1, 9)]


def test_results_that_wait_are_left_to_the_journal(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_HELD", 2)
    memory = Memory()
    found = run(folder, memory, tmp_path / "scratch")
    # largest first: 7 and 6 wait in memory, the others in the journal; 0 is the first in order, and last done
    assert memory.found == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]
    assert names(found) == [f"{number}.txt" for number in range(8)]


def test_a_file_that_has_changed_while_its_result_waited_is_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Forgetful(Memory):
        def find(self, item: Item) -> Step | None:
            step = super().find(item)
            return None if self.put_in.count(item.name) == 1 and item.name == "3.txt" else step

    monkeypatch.setattr(engine, "_HELD", 0)
    memory = Forgetful()
    seen: list[Progress] = []
    found = run(folder, memory, tmp_path / "scratch", watch=seen.append)
    assert names(found) == [f"{number}.txt" for number in range(8)]
    assert memory.put_in.count("3.txt") == 2
    # all eight were read before it was the turn of 3.txt; then it was one to be read again, and not a ninth
    assert [(progress.done, progress.total) for progress in seen] == [*((number, 8) for number in range(1, 9)), (8, 8)]


@pytest.mark.parametrize("known", [False, True])
def test_what_is_to_be_read_again_is_as_if_it_had_not_been(known: bool) -> None:
    pace = Pace(jobs=1)
    pace.count(2, failed=False)
    before = pace.progress(9)
    pace.count(7, failed=True, known=known)
    pace.uncount(7, failed=True, known=known)
    after = pace.progress(9)
    assert (after.done, after.failed, before.done) == (1, 0, 1)
    assert after.pages_a_second == pytest.approx(2 * after.documents_a_second)


# ── how fast it goes ──


def test_the_time_left_counts_pages_of_scans_and_documents_of_texts() -> None:
    pace = Pace(jobs=2)
    pace.expect(TEXT, 1000)
    texts_only = pace.progress(1000).left
    pace.expect(OCR, 100)
    assert pace.progress(1100).left > texts_only
    for _ in range(1000):
        pace.spent(TEXT, 1, 0.5)
        pace.count(3, failed=False)
    only_scans = pace.progress(1100)
    assert (only_scans.done, only_scans.left) == (1000, pytest.approx(100 * 3.0 / 2))
    pace.spent(OCR, 100, 700.0)
    assert pace.progress(1100).left == 0.0


def test_what_an_earlier_run_has_done_is_not_speed_of_this_one() -> None:
    pace = Pace(jobs=1)
    pace.count(5, failed=True, known=True)
    progress = pace.progress(2)
    assert (progress.done, progress.failed, progress.documents_a_second, progress.pages_a_second) == (1, 1, 0.0, 0.0)


@pytest.mark.parametrize(
    ("left", "failed", "lang", "line"),
    [
        (40.4, 0, "vi", "2,5 văn bản/giây · 17 trang/giây · còn khoảng 40 giây"),
        (40.4, 3, "en", "2.5 documents/s · 17 pages/s · about 40 s left · 3 failed"),
        (61.0, 1, "vi", "2,5 văn bản/giây · 17 trang/giây · còn khoảng 1 phút · 1 văn bản lỗi"),
        (3599.0, 0, "en", "2.5 documents/s · 17 pages/s · about 1 h 00 min left"),
        (26_000.0, 0, "vi", "2,5 văn bản/giây · 17 trang/giây · còn khoảng 7 giờ 13 phút"),
    ],
)
def test_the_line_at_the_foot(left: float, failed: int, lang: str, line: str) -> None:
    assert said(Progress(10, 100, failed, 2.5, 17.2, left), lang) == line


# ── Ctrl-C ──

INTERRUPTED = """
import json, signal, sys
import psutil
from pipeline import cli, terminal
shown = terminal.Report.progress
def progress(self, progress):
    shown(self, progress)
    if progress.done == 5:
        children = psutil.Process().children(recursive=True)
        print(json.dumps([child.pid for child in children]), flush=True)
        signal.raise_signal(signal.SIGINT)
terminal.Report.progress = progress
cli.main()
"""


def convert(*args: str | Path, script: str | None = None) -> subprocess.CompletedProcess[str]:
    start = ["-c", script] if script else ["-m", "pipeline"]
    return subprocess.run(
        [sys.executable, *start, "convert", *map(str, args)],
        capture_output=True, check=False, cwd=ROOT, timeout=120, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(folder: Path, tmp_path: Path, jobs: str, lang: str) -> None:
    again = [folder, "-o", f"{tmp_path / 'out'}/", "--jobs", jobs, "--lang", lang]
    stopped = convert(*again, script=INTERRUPTED)
    assert stopped.returncode == 130
    assert "Traceback" not in stopped.stderr
    assert "5/8" in stopped.stderr if lang == "vi" else "5 of 8" in stopped.stderr
    assert "dondoc runs resume" in stopped.stderr
    children = [int(number) for number in stopped.stdout.strip("[]\n").split(",")]
    assert children and not any(runs(number) for number in children)
    done = convert(*again)
    assert (done.returncode, done.stderr) == (0, "")
    convert(folder, "-o", f"{tmp_path / 'undisturbed'}/", "--lang", lang)
    assert written(tmp_path / "out") == written(tmp_path / "undisturbed")


def runs(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}
