"""The JSON of the contract: keys in order, names, bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import export
from pipeline.export.document_json import as_json, encode
from pipeline.model import Box, Directive, Evidence, Meta, Task

Make = Callable[..., Directive]

TOP = "document sha256 media_type pages status errors warnings meta sections tasks unplaced text"
META = "type number issuer place date title signer_title signer recipients basis cites"
TASK = (
    "id parent section order text kind lead coordinating due start due_text due_precision milestones cadence rrule "
    "report_to deliverable quantity urgency related units confidence review page evidence"
)


def test_keys_stand_in_the_order_of_the_contract(make: Make) -> None:
    data = json.loads(encode(make()))
    assert list(data) == TOP.split()
    assert list(data["meta"]) == META.split()
    assert list(data["tasks"][0]) == TASK.split()
    assert list(data["sections"][0]) == ["path", "title", "role"]
    assert list(data["unplaced"][0]) == ["text", "section", "reason"]
    assert list(data["meta"]["cites"][0]) == ["number", "date", "issuer", "title"]
    assert list(data["tasks"][0]["units"][0]) == ["name", "canonical", "role"]
    assert list(data["tasks"][0]["evidence"]["lead"][0]) == ["start", "end", "page", "bbox", "rule"]


@given(text=st.text(st.characters()), side=st.floats(-1e6, 1e6), sure=st.floats(0, 1))
def test_text_is_indented_as_the_library_does(text: str, side: float, sure: float) -> None:
    words = Evidence(0, 1, 1, Box(side, 0.0, -side, 595.3), "due.day")
    task = Task("a", "II", 1, text, lead=(text,), confidence=sure, evidence={"due": (words,), "lead": ()})
    directive = Directive(text, "0" * 64, "text/plain", 1, "ok", meta=Meta(title=text), tasks=(task,), text=text)
    expected = json.dumps(as_json(directive), ensure_ascii=False, indent=1) + "\n"
    assert encode(directive) == expected.encode("utf-8", "replace")


def test_values_are_plain(make: Make) -> None:
    task = as_json(make())["tasks"][0]
    assert task["due"] == "2022-11-20"
    assert task["milestones"] == [{"text": "gửi dự thảo", "due": "2022-11-10"}]
    assert task["confidence"] == 0.97
    assert task["evidence"]["lead"][0]["bbox"] == [72.0, 310.3, 180.4, 324.0]
    assert task["evidence"]["due"][0]["bbox"] is None


def test_evidence_points_at_the_words(make: Make) -> None:
    data = as_json(make())
    place = data["tasks"][0]["evidence"]["due"][0]
    assert data["text"][place["start"] : place["end"]] == "trước ngày 20/11/2022"


def test_bytes_are_utf8_unescaped_and_end_in_a_line_feed(make: Make) -> None:
    data = encode(make())
    assert "kế hoạch".encode() in data
    assert b"\\u" not in data
    assert data.endswith(b"}\n")


def test_the_detail_for_the_developer_stays_out(make: Make) -> None:
    assert b"/somewhere/on/this/machine" not in encode(make())


def test_half_a_surrogate_pair_keeps_the_offsets(make: Make) -> None:
    data = json.loads(encode(make(text="a\ud800b")))
    assert data["text"] == "a?b"


@pytest.mark.parametrize(
    ("documents", "names"),
    [
        # one stem, two formats: neither is lost
        (["KH 85.docx", "KH 85.pdf"], ["KH 85.json", "KH 85 (2).json"]),
        # a file system may be blind to case
        (["kh.docx", "KH.pdf"], ["kh.json", "KH (2).json"]),
        # the number is taken by a document of that name
        (["a (2).txt", "a.docx", "a.txt"], ["a (2).json", "a.json", "a (3).json"]),
        # only the last suffix goes
        (["CV.01.2026.docx"], ["CV.01.2026.json"]),
    ],
)
def test_file_names(make: Make, tmp_path: Path, documents: list[str], names: list[str]) -> None:
    directives = [make(document=name, meta=Meta()) for name in documents]
    (target,) = export.targets([f"{tmp_path}/out/"])
    export.write(directives, target)
    read = {path.name: json.loads(path.read_bytes())["document"] for path in (tmp_path / "out").iterdir()}
    assert read == dict(zip(names, documents, strict=True))
