"""The program's own sheets beside the tasks: made anew, unless an officer wrote on one. Then that one stays as it is,
and the new one gets another name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from pipeline.export.settings_sheet import TEXTS as SETTINGS
from pipeline.export.task_sheet import column_named
from pipeline.export.update.content import lines, text_of
from pipeline.export.update.layout import ID, NUMBER
from pipeline.export.update.memory import SHEET, Memory, fingerprint
from pipeline.export.update.nouns import Cell, Sheet, Workbook
from pipeline.export.update.saving import Charts
from pipeline.export.update.transplant import Looks, copy_names, free_title, put_sheet
from pipeline.export.wording import WORDINGS

__all__ = ["Remade", "replace_sheets", "with_new_names"]

_LINK = re.compile(r",\d+\),\d+\)$")  # how the number of a task ends that leads to its row


@dataclass(slots=True)
class Remade:
    """Titles of the sheets that were replaced, and of those that an officer wrote on → that of the new one beside each;
    new names as formulas have them."""

    replaced: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)


def replace_sheets(
    book: Workbook, fresh: Workbook, memory: Memory, looks: Looks, numbers: Mapping[str, str], lang: str
) -> Remade:
    """Puts every sheet of `fresh` but that of the tasks into the book.

    `numbers` are the numbers of the tasks in the tracker by id. What is chosen on the sheet of the settings is the
    officer's: it is made anew only while nobody wrote on it.
    """
    done = Remade()
    titles: dict[str, str] = {}
    places: dict[str, tuple[int, Sheet]] = {}
    for sheet in fresh.worksheets:
        if sheet.title in {WORDINGS[lang].sheet, SHEET}:
            continue
        title, was = memory.sheets.get(sheet.title, [sheet.title, ""])
        titles[sheet.title] = title
        if title not in book.sheetnames:
            continue
        if _is_untouched(book[title], was):
            places[sheet.title] = book.sheetnames.index(title), book[title]
            done.replaced.append(title)
        elif sheet.title == SETTINGS[lang]["sheet"]:
            del titles[sheet.title]
        else:
            titles[sheet.title] = done.kept[title] = free_title(book.sheetnames, sheet.title)
    for _, old in places.values():
        book.remove(old)
    for name, title in titles.items():
        done.renamed.update(_free_tables(book, fresh[name]))
        if title != name:
            done.renamed[f"'{name}'!"] = f"'{title}'!"
    for name, title in titles.items():
        _mend(fresh[name], done.renamed, numbers, lang)
        place, before = places.get(name, (_behind(book), None))
        new = put_sheet(book, fresh[name], looks, title, place)
        if before is not None:
            _keep_view(before, new)
        memory.sheets[name] = [title, fingerprint(new)]
    copy_names(fresh, book)
    return done


def with_new_names(charts: Charts, renamed: Mapping[str, str]) -> Charts:
    """The charts with their sheets and tables by the names that these have now."""
    found = {}
    for key, (chart, data) in charts.items():
        words = data.decode("utf-8")
        for old, new in renamed.items():
            words = words.replace(escape(old), escape(new))
        found[key] = chart, words.encode("utf-8")
    return found


def _is_untouched(sheet: Sheet, was: str) -> bool:
    drawn = len(sheet._images)
    noted = any(cell.comment is not None for cells in lines(sheet) for cell in cells)
    return not drawn and not noted and fingerprint(sheet) == was


def _behind(book: Workbook) -> int:
    """The place behind the last sheet that is seen."""
    return len(book.sheetnames) - (SHEET in book.sheetnames and book.sheetnames[-1] == SHEET)


def _free_tables(book: Workbook, sheet: Sheet) -> dict[str, str]:
    """New names for the tables of a sheet that the workbook has already, as they stand in formulas."""
    taken = {name.casefold() for one in book.worksheets for name in one.tables}
    found = {}
    for name in list(sheet.tables):
        if name.casefold() in taken:
            number = 2
            while f"{name}_{number}".casefold() in taken:
                number += 1
            table = sheet.tables.pop(name)
            table.name = table.displayName = f"{name}_{number}"
            sheet.tables[table.displayName] = table
            found[f"{name}["] = f"{table.displayName}["
    return found


def _mend(sheet: Sheet, renamed: Mapping[str, str], numbers: Mapping[str, str], lang: str) -> None:
    """New names in formulas, and the numbers that the tasks have in the tracker."""

    def mended(words: str) -> str:
        for old, new in renamed.items():
            words = words.replace(old, new)
        return words

    key, number = (column_named(name).heading(lang) for name in (ID, NUMBER))
    columns: tuple[int, int] | None = None
    for cells in lines(sheet):
        held = {cell.column: cell for cell in cells}
        heads = {cell.value: cell.column for cell in cells if cell.data_type == "s" and cell.value in (key, number)}
        if len(heads) == 2:
            columns = heads[number], heads[key]
            continue
        for cell in cells:
            if renamed and cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = mended(cell.value)
        if columns and columns[0] in held and columns[1] in held:
            task = numbers.get(text_of(held[columns[1]].value), "")
            if task.isdigit():
                _renumber(held[columns[0]], int(task))


def _renumber(cell: Cell, number: int) -> None:
    if cell.data_type == "f":
        cell.value = _LINK.sub(f",{number}),{number})", cell.value)
    elif isinstance(cell.value, int):
        cell.value = number


def _keep_view(old: Sheet, new: Sheet) -> None:
    """Widths of columns and whether the sheet is shown are the officer's also where the words are not."""
    for name, column in old.column_dimensions.items():
        size = new.column_dimensions[name]
        size.min, size.max, size.width, size.hidden = column.min, column.max, column.width, column.hidden
    new.sheet_state = old.sheet_state
    new.sheet_properties.tabColor = old.sheet_properties.tabColor
