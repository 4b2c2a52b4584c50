"""Pages that were recognised are not recognised again: not in the process, not where a journal keeps them."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.ingest import Settings, read_bytes
from pipeline.ingest.layout import Glyph, PageContent, Ruling
from pipeline.model import Aside, Box

pytest.importorskip("cv2")

from pipeline.ingest.scan import memory, page_file
from pipeline.ingest.scan.memory import Memory, key_of

LINES = ("UBND xã Tân Lập", "1. Văn phòng tham mưu báo cáo trước ngày 15/11/2026.")
with_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract")


def page(words: int = 3) -> PageContent:
    box = Box(1.25, 2.5, 3.1, 4.7)
    glyphs = [Glyph(i, f"từ{i}", box, 3.1, 1.25, 1, 4.6, 13.0, False, False, True, confidence=0.91) for i in range(words)]
    lines = (Ruling(1.0, 2.0, 3.0),)
    return PageContent(1, 595.2, 841.7, tuple(glyphs), lines, lines, 1.0, (Aside("stamp", "MẬT", 1),))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What tesseract is asked from now on, by a process that remembers nothing."""
    calls: list[str] = []
    real = subprocess.run

    def run(command: list[str], **more: Any) -> Any:
        calls.append(command[1] if command[1].startswith("--") else "picture")
        return real(command, **more)

    monkeypatch.setattr(subprocess, "run", run)
    memory.memory_of.cache_clear()
    yield calls
    memory.memory_of.cache_clear()


def scan() -> bytes:
    """A page of a few lines as a picture."""
    from PIL import Image, ImageDraw, ImageFont

    found = sorted(Path("/usr/share/fonts").rglob("LiberationSerif-Regular.ttf")) if Path("/usr/share/fonts").is_dir() else []
    font = ImageFont.truetype(str(found[-1]), 48) if found else ImageFont.load_default(48)
    image = Image.new("L", (1700, 700), 255)
    for place, line in enumerate(LINES):
        ImageDraw.Draw(image).text((120, 120 + 100 * place), line, font=font, fill=0)
    packed = io.BytesIO()
    image.save(packed, "PNG", dpi=(300, 300))
    return packed.getvalue()


@with_tesseract
def test_a_scan_that_is_read_again_asks_tesseract_nothing(asked: list[str]) -> None:
    data = scan()
    first = read_bytes("quet.png", data)
    assert "picture" in asked
    asked.clear()
    assert repr(read_bytes("quet.png", data)) == repr(first)
    assert asked == []


@with_tesseract
def test_a_later_process_finds_the_pages_beside_the_journal(asked: list[str], tmp_path: Path) -> None:
    settings = Settings(journal=tmp_path / ".dondoc-ra.sqlite")
    data = scan()
    read_bytes("quet.png", data, settings)
    assert list(tmp_path.iterdir()) == []  # a run without a journal leaves nothing behind
    (tmp_path / ".dondoc-ra.sqlite").touch()
    memory.memory_of.cache_clear()
    first = read_bytes("quet.png", data, settings)
    memory.memory_of.cache_clear()
    asked.clear()
    assert repr(read_bytes("quet.png", data, settings)) == repr(first)
    assert asked == []


@with_tesseract
def test_other_pixels_another_resolution_or_number_is_another_page() -> None:
    pixels = np.zeros((4, 6), np.uint8)
    other = pixels.copy()
    other[3, 5] = 1
    keys = {key_of(pixels, 300.0, 1), key_of(other, 300.0, 1), key_of(pixels, None, 1), key_of(pixels, 300.0, 2)}
    assert len({*keys, key_of(pixels.reshape(6, 4), 300.0, 1)}) == 5
    assert key_of(pixels, 300.0, 1) in keys


def test_a_page_comes_back_as_it_was_and_is_nobody_elses(tmp_path: Path) -> None:
    kept = Memory(None)
    kept.keep(b"a", page())
    found = kept.find(b"a")
    assert found is not None and repr(found) == repr(page())
    found.glyphs[0].text = "khác"
    assert kept.find(b"a") == page()


def test_memory_and_file_are_bounded_and_the_oldest_goes_first(tmp_path: Path) -> None:
    journal = tmp_path / "nhat-ky.sqlite"
    journal.touch()
    kept = Memory(journal, here=20_000, kept=300_000)
    for number in range(200):
        kept.keep(str(number).encode(), page(100))
    assert kept.find(b"199") == page(100)
    again = Memory(journal, here=20_000, kept=300_000)
    found = [number for number in range(200) if again.find(str(number).encode()) is not None]
    assert found and found == list(range(found[0], 200)) and found[0] > 0
    file = journal.with_name(journal.name + page_file.END)
    assert file.stat().st_size < 2 * 300_000


@pytest.mark.parametrize("written", [b"no database at all" * 100, b""])
def test_a_damaged_file_costs_nothing_but_time(tmp_path: Path, written: bytes) -> None:
    journal = tmp_path / "nhat-ky.sqlite"
    journal.touch()
    journal.with_name(journal.name + page_file.END).write_bytes(written)
    kept = Memory(journal)
    assert kept.find(b"a") is None
    kept.keep(b"a", page())
    assert Memory(journal).find(b"a") == page()


def test_what_somebody_else_wrote_into_the_file_is_no_page(tmp_path: Path) -> None:
    journal = tmp_path / "nhat-ky.sqlite"
    journal.touch()
    file = page_file.PageFile(journal, 1_000_000)
    file.keep(b"a", b"\x93no page")
    file.close()
    assert Memory(journal).find(b"a") is None
