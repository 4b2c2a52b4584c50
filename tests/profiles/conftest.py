"""Rows of real documents, the codes that they need, and where files of a test go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import pipeline
from pipeline import ruleset
from pipeline.export import profiles
from pipeline.export.files import Written
from pipeline.model import Directive

DOCS = Path(__file__).resolve().parents[2] / "corpus" / "docs"
# Of a Party committee and of people's committees, with hours, targets, recurring work and several leads.
NAMES = ("cd-ubnd-tinh-ung-pho-bao", "kh-dang-uy-xa-sinh-hoat-chi-bo", "kh-ubnd-xa-chuyen-doi-so", "kh-tram-y-te-xa-nam-2026",
         "qd-so-y-te-ke-hoach-kiem-tra")  # fmt: skip


@pytest.fixture(scope="session")
def directives() -> tuple[Directive, ...]:
    """Documents of the corpus as `dondoc convert` reads them."""
    return pipeline.convert([DOCS / f"{name}.txt" for name in NAMES], []).directives


@pytest.fixture(scope="session")
def codes(directives: Sequence[Directive], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table with a code for each name in them, as Excel with Vietnamese settings writes it."""
    tasks = [task for one in directives for task in one.tasks]
    found = {name.casefold(): name for task in tasks for name in (*task.lead, *task.coordinating)}
    lines = ["ma;ten;loai", *(f"DV{number:02};{name};don-vi" for number, name in enumerate(found.values()))]
    path = tmp_path_factory.mktemp("codes") / "don-vi.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return path


@pytest.fixture
def led(directives: Sequence[Directive]) -> list[Directive]:
    """The same documents with the tasks that name a lead: what a target takes that wants one."""
    return [replace(one, tasks=tuple(task for task in one.tasks if task.lead)) for one in directives]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Written]:
    """Writes directives by a profile into the test's folder."""

    def write(
        name: str, directives: Sequence[Directive], codes: Path | None = None, *,
        rules: Path | None = None, suffix: str = ".xlsx", lang: str = "vi",
    ) -> Written:  # fmt: skip
        order = profiles.order(name, codes, rules)
        return profiles.write(directives, tmp_path / f"{name}{suffix}", lang, ruleset.load(), order)

    return write


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Writes a table of codes of these lines."""

    def table(*lines: str, head: str = "ma,ten,loai") -> Path:
        path = tmp_path / "don-vi.csv"
        path.write_text("\n".join((head, *lines)), encoding="utf-8")
        return path

    return table


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], Path]:
    """Puts a profile named `own` into a folder of rules and returns the folder."""

    def own(text: str) -> Path:
        folder = tmp_path / "my-rules"
        (folder / "profiles").mkdir(parents=True, exist_ok=True)
        (folder / "profiles" / "own.yaml").write_text(text, encoding="utf-8")
        return folder

    return own
