"""A Word document of many paragraphs, against the ``.text`` of python-docx, which knows no automatic numbers."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import docx

from benchmarks.documents import word_file
from benchmarks.measure import Figure, compared, take_turns
from pipeline.ingest import read_bytes

LEAST = 1.0
RUNS = (1, 3)  # of a paragraph: Word begins another one at each change of look, language or time of editing


def run(small: bool) -> list[Figure]:
    """Paragraphs a second, the opening of the file included on both sides."""
    return [_measured(50 if small else 5000, runs, 1 if small else 5) for runs in RUNS]


def _measured(count: int, runs: int, rounds: int) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        data = word_file(Path(folder), count, runs).read_bytes()
    ways = {
        "ours": lambda: read_bytes("paragraphs.docx", data),
        "python-docx": lambda: "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs),
    }
    seconds = take_turns(ways, rounds)
    what = f"DOCX, {count} paragraphs of {runs} run{'s' if runs > 1 else ''}"
    raw, raw_name = seconds["python-docx"], "python-docx: text of each paragraph"
    return compared(what, "paragraphs/s", count, seconds["ours"], raw_name, raw, LEAST, "no slower than python-docx")
