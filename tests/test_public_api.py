"""The library of the contract: what ``import pipeline`` gives, what it costs, and what a run comes to."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline import steps
from pipeline.convert import Result, Step
from pipeline.errors import DocumentError, OutputError, RuleError, UsageError

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "corpus" / "docs"
NOTICE = DOCS / "tb-dang-uy-xa-ket-luan-giao-ban.txt"
HEAVY = {"docx", "lxml", "pypdfium2", "xlsxwriter", "yaml", "holidays", "rich"}


def fresh(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60, cwd=ROOT)
    return done.stdout.decode("utf-8").strip()


@pytest.mark.parametrize("module", ["pipeline", "pipeline.cli"])
def test_an_import_loads_nothing_heavy(module: str) -> None:
    loaded = json.loads(fresh(f"import sys, json, {module}; print(json.dumps(sorted(sys.modules)))"))
    assert "typer" in loaded or module == "pipeline"
    assert not HEAVY & {name.split(".")[0] for name in loaded}


@pytest.mark.parametrize(
    "first",
    [
        "import pipeline",
        # whatever was imported before, the public names stay functions
        "import pipeline, pipeline.extract.units, pipeline.convert",
        "from pipeline.extract import extract; import pipeline",
        "from pipeline.convert import convert; import pipeline",
    ],
)
def test_the_public_names_are_functions(first: str) -> None:
    kinds = "[type(getattr(pipeline, name)).__name__ for name in ('read', 'extract', 'convert')]"
    assert fresh(f"{first}; print({kinds})") == "['function', 'function', 'function']"


def test_stages_and_errors_are_reached_from_the_package() -> None:
    code = (
        "import datetime, pipeline; print(pipeline.errors.DocumentError.__name__, "
        "pipeline.time.parse('trước ngày 15/11/2022', reference=datetime.date(2022, 10, 1)).due)"
    )
    assert fresh(code) == "DocumentError 2022-11-15"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        getattr(pipeline, "no_such_name")  # noqa: B009


def test_all_that_is_named_is_there() -> None:
    assert set(pipeline.__all__) == set(dir(pipeline))
    for name in pipeline.__all__:
        assert getattr(pipeline, name) is not None


def test_read_and_extract() -> None:
    document = pipeline.read(NOTICE)
    assert document.outline is not None
    directive = pipeline.extract(document)
    assert directive.status == "ok"
    assert directive.tasks
    assert directive.text == document.text


def test_every_offset_is_inside_the_text() -> None:
    for path in sorted(DOCS.glob("*.txt")):
        directive = pipeline.extract(pipeline.read(path))
        for task in directive.tasks:
            for name, places in task.evidence.items():
                for place in places:
                    assert directive.text[place.start : place.end].strip(), (path.name, task.order, name)


def test_read_raises_for_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        pipeline.read(tmp_path / "nothing.docx")


def test_rules_are_added_and_wrong_ones_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        pipeline.read(NOTICE, rules_dir=tmp_path / "nowhere")
    (tmp_path / "labels.yaml").write_text("- id: x\n  colour: red\n", encoding="utf-8")
    with pytest.raises(RuleError):
        pipeline.read(NOTICE, rules_dir=tmp_path)
    with pytest.raises(RuleError):
        pipeline.convert([NOTICE], [], rules_dir=tmp_path)


def test_the_reference_date_gives_the_year(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "KẾ HOẠCH\nKiểm tra\n\nI. NHIỆM VỤ\n\n1. Văn phòng gửi báo cáo trước ngày 15/6.\n", encoding="utf-8"
    )
    (result,) = pipeline.convert([tmp_path / "x.txt"], [], reference_date=dt.date(2031, 1, 1)).directives
    assert [task.due for task in result.tasks] == [dt.date(2031, 6, 15)]


def copies(folder: Path, count: int) -> list[Path]:
    """Some documents of the corpus in a folder of their own, and the list of them."""
    folder.mkdir()
    return [shutil.copy(path, folder / path.name) for path in sorted(DOCS.glob("*.txt"))[:count]]


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_runs_are_equal_to_the_byte(tmp_path: Path) -> None:
    paths = copies(tmp_path / "in", 6)
    runs = {"a": (paths, 1), "b": (paths, 1), "c": (paths[::-1], 1), "d": ([tmp_path / "in"], 2)}
    for name, (inputs, jobs) in runs.items():
        pipeline.convert(inputs, [f"{tmp_path / name}/", tmp_path / f"{name}.xlsx"], jobs=jobs)
    first = bytes_below(tmp_path / "a")
    assert len(first) == 6
    for name in "bcd":
        assert bytes_below(tmp_path / name) == first
        assert (tmp_path / f"{name}.xlsx").read_bytes() == (tmp_path / "a.xlsx").read_bytes()


def test_a_file_is_read_once_however_it_is_named(tmp_path: Path) -> None:
    (path,) = copies(tmp_path / "in", 1)
    link = tmp_path / "in" / "zz.txt"
    link.symlink_to(path)
    inputs = [path, str(path), tmp_path / "in", f"{tmp_path}/in/*.txt", f"{tmp_path}/in/../in/{path.name}"]
    assert len(pipeline.convert(inputs, []).steps) == 1


def test_a_search_goes_down_and_passes_over_what_is_hidden(tmp_path: Path) -> None:
    for name in ("a.txt", "sub/b.txt", ".hidden/c.txt", ".d.txt", "~$e.docx", "f.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Giao Văn phòng rà soát.", encoding="utf-8")
    names = [step.path.name for step in pipeline.convert([tmp_path], []).steps]
    assert names == ["a.txt", "b.txt"]
    # named itself, a file is always tried
    assert len(pipeline.convert([tmp_path / "f.py"], []).steps) == 1


def test_our_own_workbook_is_not_an_input(tmp_path: Path) -> None:
    copies(tmp_path / "in", 2)
    output = tmp_path / "in" / "tracker.xlsx"
    for _ in range(2):
        assert pipeline.convert([tmp_path / "in"], [output]).exit_status == 0


def test_a_fault_of_the_program_is_named_and_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = copies(tmp_path / "in", 1)
    normalise = importlib.import_module("pipeline.normalise")

    def faulty(source: object, rules: object) -> object:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(normalise, "normalise", faulty)
    step = steps.take(steps.Options(), steps.Item(path, path.name), lambda done, total: None)
    assert isinstance(step, Step)
    failed = step.directive
    assert (failed.status, failed.errors[0].code) == ("failed", "internal-error")
    assert "ZeroDivisionError: planted" in failed.errors[0].detail
    assert len(failed.sha256) == 64


def test_progress_is_told_in_order(tmp_path: Path) -> None:
    steps: list[Step] = []
    pipeline.convert(copies(tmp_path / "in", 3), [], progress=steps.append)
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]


def test_nothing_read_leaves_a_good_workbook_alone(tmp_path: Path) -> None:
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "t.xlsx").write_bytes(b"good")
    result = pipeline.convert([tmp_path / "empty.docx"], [tmp_path / "t.xlsx", f"{tmp_path}/json/"])
    assert result.exit_status == 1
    assert (tmp_path / "t.xlsx").read_bytes() == b"good"
    assert json.loads((tmp_path / "json" / "empty.json").read_bytes())["status"] == "failed"


def test_an_output_that_fails_does_not_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError):
        pipeline.convert([NOTICE], [tmp_path / "file" / "t.xlsx", f"{tmp_path}/json/"])
    assert (tmp_path / "json" / "tb-dang-uy-xa-ket-luan-giao-ban.json").is_file()


def test_wrong_outputs_are_refused_before_anything_is_read() -> None:
    def never(step: Step) -> None:
        raise AssertionError(step)

    with pytest.raises(UsageError):
        pipeline.convert([NOTICE], ["t.tsv"], progress=never)


def test_exit_statuses() -> None:
    def result(*statuses: str, problems: int = 0) -> Result:
        steps = [Step(Path(), pipeline.model.Directive("", "", "", 1, status), 0.0) for status in statuses]
        missing = pipeline.convert(["no/such/*"], []).problems * problems
        return Result(tuple(steps), missing, (), (), 0.0)

    assert result("ok", "ok").exit_status == 0
    assert result("ok", "failed").exit_status == 7
    assert result("ok", "partial").exit_status == 7
    assert result("ok", problems=1).exit_status == 7
    assert result("failed").exit_status == 1
    assert result().exit_status == 1
