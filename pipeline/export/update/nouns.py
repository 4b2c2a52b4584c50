"""openpyxl's nouns, for annotations: its stubs do not know what a workbook holds in private, and half of it is needed
here to take a sheet from one workbook into another."""

from __future__ import annotations

from typing import Any, TypeAlias

__all__ = ["Area", "Areas", "Cell", "Sheet", "Table", "Workbook"]

Workbook: TypeAlias = Any
Sheet: TypeAlias = Any
Cell: TypeAlias = Any
Table: TypeAlias = Any
Area: TypeAlias = Any  # CellRange
Areas: TypeAlias = Any  # MultiCellRange
