"""XlsxWriter's sheet, made to hold a hundred thousand lines: quick for formulas, small in memory."""

from __future__ import annotations

import shutil
import tempfile
from typing import IO, Any

from xlsxwriter.worksheet import Worksheet

__all__ = ["Sheet"]


class Sheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose formulas are taken as they stand, and whose lines are put away while it grows.

    XlsxWriter goes through every formula thirty times, for functions newer than Excel 2007 that have another name in
    the file. Ours use none: that took half of the time of a large tracker. And it holds the cells of all sheets until
    the end, which took twice the memory that a hundred thousand tasks may take; its own way out knows no tables.
    """

    dim_rowmin: int
    dim_rowmax: int
    fh: IO[str]

    def __init__(self) -> None:
        super().__init__()
        self._away: IO[str] | None = None
        self._next = 0  # the first line that is not put away

    def add_table(self, *place: Any, **options: Any) -> int:
        """As in XlsxWriter, which remembers each cell of a table to find tables that overlap; here a sheet has one."""
        done: int = super().add_table(*place, **options)
        self.table_cells.clear()
        return done

    def put_away(self) -> None:
        """Moves the lines written so far to a temporary file, as they will stand in the workbook; they are final."""
        if self._away is None:
            self._away = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed when it is read back
        first, held = self.dim_rowmin, self.fh
        self.dim_rowmin, self.fh = self._next, self._away
        self._write_rows()
        self.dim_rowmin, self.fh = first, held
        self._next = self.dim_rowmax + 1
        self.table.clear()
        self.row_info.clear()

    def _prepare_formula(self, formula: str, expand_future_functions: Any = False) -> str:
        return formula.removeprefix("=")

    def _write_sheet_data(self) -> None:
        if self._away is None:
            super()._write_sheet_data()
            return
        self._xml_start_tag("sheetData")
        with self._away as lines:
            lines.seek(0)
            shutil.copyfileobj(lines, self.fh)
        self._xml_end_tag("sheetData")
