"""The workbook of a comparison. One module a sheet; equal results give equal bytes.

First what the whole comparison comes to (a matrix a family, findings, ranking, families), then a page a commune.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.compare.model import Result
from pipeline.export.comparison import commune_sheet, families_sheet, findings_sheet, matrix_sheet, ranking_sheet
from pipeline.export.comparison.cell_notes import Notes
from pipeline.export.comparison.page_names import Page, SheetNames, pages_of
from pipeline.export.comparison.wording import TEXTS
from pipeline.export.files import Written, put_beside
from pipeline.export.wording import WORDINGS
from pipeline.export.workbook import CREATED, Book, options
from pipeline.model import Warning
from pipeline.ruleset import Ruleset
from pipeline.settings import beside

if TYPE_CHECKING:
    from pipeline.compare.ranking import Standing

__all__ = ["write"]


def write(result: Result, path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the workbook; one that is there already is kept under another name. Raises `OutputError`.

    The office's name and letterhead are those of `dondoc.toml` (`pipeline.settings`).
    """
    import xlsxwriter

    from pipeline.compare.ranking import ranking

    standings = [ranking(comparison, rules) for comparison in result.comparisons]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options()) as workbook:
        workbook.set_properties({"title": TEXTS[lang]["title"], "created": CREATED})
        said = _fill(Book(workbook, WORDINGS[lang], beside(path)), result, standings, lang)
    written = put_beside(path, stream.getvalue(), lang)
    return replace(written, notes=(*written.notes, *said))


def _fill(book: Book, result: Result, standings: list[tuple[Standing, ...]], lang: str) -> tuple[Warning, ...]:
    """All sheets, in their order; returns what the user should know of them."""
    texts = TEXTS[lang]
    matrices = _matrices(len(result.comparisons), texts["matrix"])
    fixed = (*matrices, *(texts[sheet] for sheet in ("findings", "ranking", "families")))
    pages = pages_of(result, SheetNames(fixed), lang)
    names = _sheet_of_each_plan(result, pages)
    notes = Notes(book)
    for number, (comparison, name) in enumerate(zip(result.comparisons, matrices, strict=True), start=1):
        matrix_sheet.add(book, comparison, number, name, names[number - 1], notes, lang)
    said = _left_out(notes, lang)
    findings_sheet.add(book, result, lang)
    if result.comparisons:
        ranking_sheet.add(book, result, standings, names, lang)
    families_sheet.add(book, result, (*result.remarks, *said), lang)
    for page in pages:
        commune_sheet.add(book, page, matrices, lang)
    return said


def _matrices(families: int, name: str) -> list[str]:
    """What the sheets of the families are called: numbered where there are several."""
    return [name] if families == 1 else [f"{name} {number}" for number in range(1, families + 1)]


def _sheet_of_each_plan(result: Result, pages: tuple[Page, ...]) -> list[list[str]]:
    """For each family the sheet that each of its plans stands on."""
    names = [[""] * len(comparison.plans) for comparison in result.comparisons]
    for page in pages:
        for block in page.blocks:
            names[block.number - 1][block.place] = page.name
    return names


def _left_out(notes: Notes, lang: str) -> tuple[Warning, ...]:
    """What is said where the cells that quote a plan are too many for each to have a note."""
    if not notes.left_out:
        return ()
    texts = TEXTS[lang]
    words = texts["notes-left-out"].format(cells=notes.wanted, most=notes.most, findings=texts["findings"])
    return (Warning("notes-left-out", words),)
