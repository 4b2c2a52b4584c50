"""Whether a file that is there already was written by the same profile: only such a one may be replaced.

An officer may have filled it in, and then it is kept beside the new one. Any other file, a tracker above all, is none
of the profile's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.export.profiles.shape import Profile

__all__ = ["is_export"]


def is_export(path: Path, profile: Profile) -> bool:
    """Whether a sheet, or a table of a Word document, begins with the titles of the profile where its header stands."""
    titles = [column.title for column in profile.columns]
    try:
        heads = list(_of_document(path) if path.suffix.lower() == ".docx" else _of_workbook(path, profile.header))
    except Exception:  # whatever zipfile, openpyxl and python-docx say of a file that is something else, or broken
        return False
    return any(head[: len(titles)] == titles for head in heads)


def _of_workbook(path: Path, header: int) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    with path.open("rb") as stream:  # openpyxl leaves a file open that it opened by name
        book = load_workbook(stream, read_only=True)
        for sheet in book.worksheets:
            for line in sheet.iter_rows(min_row=header, max_row=header, values_only=True):
                yield [str(value).strip() for value in line]


def _of_document(path: Path) -> Iterator[list[str]]:
    import docx

    with path.open("rb") as stream:
        for table in docx.Document(stream).tables:
            yield [cell.text.strip() for cell in table.rows[0].cells]
