"""Documents that nobody wrote: the same ones every time, and the program finds in them what they say."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

import pipeline
from benchmarks.generate import EXPECTED, FORMS, USUAL, write
from benchmarks.papers import grammar, houses, words
from benchmarks.papers.model import Paper
from benchmarks.papers.plain_forms import text

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "benchmarks.generate"]
CLOSE = 0.02  # of the tasks: a change of the rules may cost one here and there, not one in each document
ALL = tuple(FORMS)
# Of the thirteen documents in shared/eval, by their gold: tasks in 1,000 letters of those that have any (1.71 to 3.43,
# 2.75 of all); the share of the 368 tasks that have a lead, somebody who helps and a date; the letters of a task.
DENSITY = (1.7, 3.43)
SAID = {"lead": 0.69, "coordinating": 0.27, "due": 0.17}
LETTERS = 246
NEAR = 0.1


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_equal_arguments_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        command = [*COMMAND, str(tmp_path / name), "--documents", "10", "--formats", ",".join(ALL), "--pages", "1"]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    assert len(bytes_of(tmp_path / "one")) == 10 + 1
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")


def test_another_seed_gives_other_documents(tmp_path: Path) -> None:
    for seed in (0, 1):
        write(tmp_path / str(seed), 5, formats=ALL, pages=1, seed=seed)
    first, second = bytes_of(tmp_path / "0"), bytes_of(tmp_path / "1")
    assert all(first[name] != second[name] for name in first)


def test_a_longer_run_begins_with_the_shorter(tmp_path: Path) -> None:
    for documents in (4, 8):
        write(tmp_path / str(documents), documents, formats=ALL, pages=1)
    short, long = bytes_of(tmp_path / "4"), bytes_of(tmp_path / "8")
    assert {name: long[name] for name in short if name != EXPECTED} == {
        name: data for name, data in short.items() if name != EXPECTED
    }


@pytest.mark.parametrize("form", USUAL)
def test_the_program_finds_the_tasks(form: str, tmp_path: Path) -> None:
    made = write(tmp_path, 16, formats=(form,), pages=2)
    off = {}
    for one in made:
        found = len(pipeline.extract(pipeline.read(one.path)).tasks)
        if found != one.tasks:
            off[f"{one.path.name} {one.sort}"] = (found, one.tasks)
    assert sum(abs(found - expected) for found, expected in off.values()) <= CLOSE * sum(one.tasks for one in made), off


def test_tasks_are_as_far_apart_as_in_real_documents() -> None:
    for style, (sort, *_) in enumerate(grammar.SORTS):
        papers = [grammar.make(0, place, style + place % 4 * len(grammar.SORTS), 4) for place in range(8)]
        letters = sum(len(text(paper).decode("utf-8")) for paper in papers)
        low, high = DENSITY
        assert low <= 1000 * sum(paper.tasks for paper in papers) / letters <= high, sort


def test_tasks_say_as_much_as_those_of_real_documents(tmp_path: Path) -> None:
    made = write(tmp_path, 48, formats=("txt",))
    tasks = [task for one in made for task in pipeline.extract(pipeline.read(one.path)).tasks]
    for name, real in SAID.items():
        said = sum(bool(getattr(task, name)) for task in tasks) / len(tasks)
        assert abs(said - real) <= NEAR, (name, said)
    assert abs(sum(len(task.text) for task in tasks) / len(tasks) / LETTERS - 1) <= NEAR


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice converts RTF")
def test_rtf_is_read_through_libreoffice(tmp_path: Path) -> None:
    (made,) = write(tmp_path, 1, formats=("rtf",), pages=1)
    assert len(pipeline.extract(pipeline.read(made.path)).tasks) == made.tasks


def test_what_is_expected_stands_beside_the_documents(tmp_path: Path) -> None:
    made = write(tmp_path, 6, formats=("txt",))
    with (tmp_path / EXPECTED).open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [(line["document"], line["sort"], int(line["tasks"])) for line in lines] == [
        (one.path.name, one.sort, one.tasks) for one in made
    ]
    assert all(one.tasks > 0 for one in made)


@pytest.mark.parametrize("style", range(grammar.STYLES))
def test_a_document_of_so_many_pages_has_so_many(style: int) -> None:
    for pages in (3, 6):
        document = pypdfium2.PdfDocument(FORMS["pdf"](grammar.make(0, 1, style, pages)))
        assert abs(len(document) - pages) <= 1, style  # a table takes what it takes


def test_the_font_of_a_pdf_has_every_letter() -> None:
    for style in range(grammar.STYLES):
        paper = grammar.make(0, style, style, 1)
        document = pypdfium2.PdfDocument(FORMS["pdf"](paper))
        shown = " ".join(page.get_textpage().get_text_range() for page in document)
        said = set(re.findall(r"\w+", text(paper).decode("utf-8")))
        assert said <= set(re.findall(r"\w+", shown)), style


def test_no_number_is_given_twice() -> None:
    # The symbol says the type and the house; papers of several styles come from one house.
    for style in range(len(grammar.SORTS)):
        heads = [_head(grammar.make(0, place, style, 1)) for place in range(2 * houses.COMMUNES + 24)]
        assert len(set(heads)) == len(heads), grammar.SORTS[style][0]


def _head(paper: Paper) -> tuple[str, str]:
    (number,) = (line for line in paper.left if line.startswith("Số"))
    return number, paper.right[-1].split(",")[0]


def test_places_are_not_on_the_map() -> None:
    table = ROOT / "rules" / "places"
    real = {
        re.sub(r"^(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố) ", "", name.strip())
        for file in ("communes.tsv", "provinces.tsv")
        for line in (table / file).read_text("utf-8").splitlines()
        for name in re.split("[\t;]", line)  # those of the past among them
    }
    assert len(real) > 1000, "the tables were not read"
    made = {houses.village(number) for number in range(houses.COMMUNES)}
    assert len(made) == houses.COMMUNES
    assert not (made | set(words.PROVINCES)) & real


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--formats", "docx,odp"], "odp"),
        (["--styles", str(grammar.STYLES + 1)], str(grammar.STYLES)),
        (["--documents", "0"], "less than 1"),
    ],
)
def test_wrong_arguments_are_refused(arguments: list[str], named: str, tmp_path: Path) -> None:
    command = [*COMMAND, str(tmp_path / "made"), "--documents", "1", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", cwd=ROOT)
    assert done.returncode == 2
    assert named in done.stderr
    assert not (tmp_path / "made").exists()
