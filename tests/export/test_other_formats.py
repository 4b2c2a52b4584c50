"""What holds in every format: all tasks, equal bytes, hostile words, a library that is missing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline import export
from pipeline.errors import UsageError
from pipeline.model import Directive, Meta, Milestone, Task, UnitMention

Make = Callable[..., Directive]
SUFFIXES = [".csv", ".jsonl", ".parquet", ".ics"]
ROOT = Path(__file__).resolve().parent.parent.parent


def written(suffix: str, directives: list[Directive], folder: Path) -> bytes:
    path = folder / f"t{suffix}"
    export.write(directives, export.targets([path])[0])
    return path.read_bytes()


def texts(suffix: str, data: bytes) -> list[str]:
    """The words of each task as the format has them."""
    if suffix == ".csv":
        return [line["Nội dung nhiệm vụ"] for line in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    if suffix == ".jsonl":
        return [json.loads(line)["text"] for line in data.decode("utf-8").splitlines()]
    if suffix == ".parquet":
        from pyarrow import parquet

        return parquet.read_table(io.BytesIO(data))["text"].to_pylist()
    from icalendar import Calendar

    return [str(entry["description"]).partition("”")[0].lstrip("“") for entry in Calendar.from_ical(data).subcomponents]


HOSTILE = [
    "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x";"y")', "a;=1+1",
    "\x00\x01\x1b[31mđỏ\x07", "nửa \ud800 cặp", "\udfff", "\ufffe\uffff", "dòng\r\nsau", "\u2028\x85\u202e",
    "ấ" * 40_000, "😀" * 20_000, '"', "'", ",", "</script>", "\\n", "{{x}}", "", " ",
]  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words_wherever_they_stand(
    make: Make, task: Callable[..., Task], tmp_path: Path, suffix: str, words: str
) -> None:
    hostile = task(
        id="a", section=words, text=words, lead=(words,), coordinating=(words, words), due_text=words,
        due=dt.date(2026, 1, 2), milestones=(Milestone(words, dt.date(2026, 1, 1)),), cadence=(words,), report_to=(words,),
        deliverable=words, quantity=(words,), urgency=words, related=(words,),
        units=(UnitMention(words, words, words),), review=(words,),
    )  # fmt: skip
    meta = Meta(type=words, number=words, issuer=words, title=words, date=dt.date(2026, 1, 1))
    directives = [make(hostile, task(id="b", text="Việc sau."), meta=meta, document=words)]
    found = texts(suffix, written(suffix, directives, tmp_path))
    assert len(found) == (3 if suffix == ".ics" else 2)  # a milestone has an entry of its own
    assert found[-1] == "Việc sau."
    if suffix in (".jsonl", ".parquet"):
        assert found[0] == words.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_task_is_there_in_order(make: Make, task: Callable[..., Task], tmp_path: Path, suffix: str) -> None:
    directives = [make(*(task(id=f"{place}{number}", text=f"{place}{number}") for number in range(30))) for place in "vu"]
    assert texts(suffix, written(suffix, directives, tmp_path)) == [one.text for part in directives for one in part.tasks]


SCRIPT = """
import sys
from pathlib import Path
from pipeline import export, extract, read
paths = [Path("corpus/docs/kh-hdnd-xa-giam-sat-2026.txt"), Path("corpus/docs/kh-hoi-phu-nu-xa-nam-2026.txt")]
directives = [extract(read(path)) for path in paths]
for output in sys.argv[1:]:
    export.write(directives, export.targets([output])[0])
"""


def test_equal_input_gives_equal_bytes_in_another_process(tmp_path: Path) -> None:
    for seed in ("1", "2"):  # of hashes, which decide the order of sets
        (tmp_path / seed).mkdir()
        outputs = [str(tmp_path / seed / f"t{suffix}") for suffix in SUFFIXES]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TZ": ("UTC", "Asia/Ho_Chi_Minh")[seed == "2"]}
        subprocess.run([sys.executable, "-c", SCRIPT, *outputs], check=True, cwd=ROOT, env=environment, timeout=120)
    for suffix in SUFFIXES:
        first, second = ((tmp_path / seed / f"t{suffix}").read_bytes() for seed in ("1", "2"))
        assert first == second, suffix
        assert len(first) > 1000


@pytest.mark.parametrize(("output", "library"), [("a/Lịch.ics", "icalendar"), ("t.PARQUET", "pyarrow")])
def test_a_missing_library_is_named_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, output: str, library: str
) -> None:
    monkeypatch.setattr(export, "find_spec", lambda name: None if name == library else find_spec(name))
    with pytest.raises(UsageError) as caught:
        export.targets(["t.xlsx", output])
    assert caught.value.code == "library-missing"
    assert library in caught.value.message
    assert 'pip install "dondoc[' in caught.value.message
    assert export.targets(["t.csv", "t.jsonl"])  # these need nothing


def test_an_extra_that_a_message_names_installs_the_library() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    distributions = packages_distributions()
    for library, extra in export.LIBRARIES.values():
        assert set(distributions[library]) <= set(extras[extra])
        assert extra in re.findall(r"\w+", extras["all"][0])
