"""A directive comes back from its bytes as it was, and nothing that is not such bytes does any harm."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

import pipeline
from pipeline import codec, steps
from pipeline.export.document_json import encode
from pipeline.model import Directive, Evidence, Task, Warning

ROOT = Path(__file__).resolve().parents[1] / "corpus"
FORMATS = {".docx", ".pdf", ".txt", ".xlsx", ".html", ".zip", ".png"}
PATHS = sorted(
    path for folder in ("docs", "formats", "hands") for path in (ROOT / folder).rglob("*") if path.suffix in FORMATS
)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_the_corpus_comes_back_as_it_was(path: Path) -> None:
    step = steps.take(steps.Options(ocr="never"), steps.Item(path, path.name), lambda done, total: None)
    assert isinstance(step, steps.Step)
    directive = step.directive
    back = codec.decode(codec.encode(directive))
    assert back == directive
    assert repr(back) == repr(directive)  # 1 is not 1.0, and a list no tuple
    assert encode(back) == encode(directive)
    assert codec.encode(back) == codec.encode(directive)


def test_the_corpus_has_every_field() -> None:
    directives = [pipeline.extract(pipeline.read(path, ocr="never")) for path in PATHS if path.parent.name == "docs"]
    tasks = [task for directive in directives for task in directive.tasks]
    empty = {name for name in Task.__slots__ if not any(getattr(task, name) for task in tasks)}
    assert not empty
    assert any(directive.warnings for directive in directives)


def test_what_no_reader_makes_comes_back_too() -> None:
    evidence = {"lead": (Evidence(0, 1, 1, None, "x"),), "": ()}
    task = Task("i", "I", 1, "t", confidence=1e-17, evidence=evidence)
    warnings = (Warning("code", "message", None, "detail\x00"), Warning("code", "", 3))
    for name in ("KH.txt", "K\udcc3H.txt", "\ud800", ""):
        directive = Directive(name, "", "", 0, "partial", tasks=(task,), warnings=warnings, errors=warnings)
        assert repr(codec.decode(codec.encode(directive))) == repr(directive)


def test_a_step_is_sent_as_the_journal_keeps_it() -> None:
    directive = Directive("KH.txt", "a" * 64, "text/plain", 1, "ok", tasks=(Task("i", "I", 1, "t"),), text="Giao")
    step = steps.Step(Path("KH.txt"), directive, 0.5, 3, 7)
    back = pickle.loads(pickle.dumps(step))
    assert back == step
    assert back.packed == codec.encode(directive)


class Trap:
    """What a pickle can start."""

    def __reduce__(self) -> object:
        return (pytest.fail, ("a journal has run a program",))


def deep(depth: int) -> bytes:
    """A message of so many lists in each other."""
    return b"m" + zlib.compress(b"\x91" * depth + b"\xc0")


WHOLE = codec.encode(Directive("KH.txt", "a" * 64, "text/plain", 1, "ok", text="Giao Văn phòng. " * 50))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"m", b"x", WHOLE[:-1], WHOLE[:30], WHOLE + b"x", WHOLE[:20] + b"\x00" + WHOLE[21:], None, "text", 7,
        pickle.dumps(Trap()), b"m" + pickle.dumps(Trap()), b"m" + zlib.compress(pickle.dumps(Trap())),
        b"m" + zlib.compress(b"\xc0"), b"j" + zlib.compress(b"[1"), b"j" + zlib.compress(b'{"document": 1}'),
        b"j" + zlib.compress(b"[" * 100_000), deep(100_000),
    ],
)  # fmt: skip
def test_what_is_no_result_is_refused(data: object) -> None:
    with pytest.raises(codec.Damaged):
        codec.decode(data)


def test_a_few_bytes_that_unpack_to_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    directive = replace(codec.decode(WHOLE), text="a" * 1_000_000)
    data = codec.encode(directive)
    assert len(data) < 10_000
    assert codec.decode(data) == directive
    monkeypatch.setattr(codec, "LARGEST", 100_000)
    with pytest.raises(codec.Damaged):
        codec.decode(data)
