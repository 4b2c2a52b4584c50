"""The harnesses of atheris: that each runs, and would see a fault."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from fuzz import harnesses
from fuzz.given import WORDS, Numbers, prose

ROOT = Path(__file__).resolve().parent.parent
RUNS = 200


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is made for Linux, and for some versions of Python")
@pytest.mark.parametrize("name", harnesses.HARNESSES)
def test_each_harness_runs(name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fuzz", name, "--keep", str(tmp_path), f"-runs={RUNS}", "-seed=1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert f"Done {RUNS} runs" in done.stderr
    covered = [int(count) for count in re.findall(r"cov: (\d+)", done.stderr)]
    assert covered[-1] > 50, "nothing of the program is watched"


@pytest.mark.parametrize("name", harnesses.HARNESSES)
def test_each_harness_takes_anything(name: str) -> None:
    for data in (b"", b"\x00", b"\x01", b"\xff" * 40, bytes(range(256))):
        harnesses.HARNESSES[name](data)


def test_a_fault_of_a_reader_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr("pipeline.ingest.text._page_blocks", fault)
    with pytest.raises(AssertionError, match="IndexError"):
        harnesses.read_text(b"Giao")


def test_words_outside_the_text_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.harnesses.find_citations", lambda text, start, end: [type("Cite", (), {"start": 0, "end": end + 1})])
    with pytest.raises(AssertionError, match="outside the text"):
        harnesses.find_cited(b"\x01Giao")


def test_bytes_become_words() -> None:
    assert prose(b"\x01" + "Giao xã".encode()) == "Giao xã"
    assert prose(b"\x00a\x80\xff") == f"a {WORDS[0]} {WORDS[127]}"
    assert len(set(WORDS)) > 100
    given = Numbers(b"\x07\x01\x02")
    assert (given.below(5), given.below(1000), given.below(9), given.more) == (2, 0x102, 0, False)
