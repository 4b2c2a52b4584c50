"""A tracker that people work in, brought up to date with what was read: nothing that was typed is lost.

    package     what the file holds that could not be written again
    layout      which sheet, line and column is which by now
    memory      what the program wrote last, kept inside the workbook
    matching    which document and which line each task is
    merging     what is new, changed, gone (`findings`); the officer's words stay
    standing    the whole tracker read back, as the program's own sheets need it
    adding, own_sheets, transplant, told, notes   what is put where
    saving, comparing   bytes, and whether they still hold every word
    place       the file and those beside it

A file that cannot be updated without loss is left as it is, and the result is written beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.export.files import Written
from pipeline.model import Directive

__all__ = ["write"]


def write(
    directives: Sequence[Directive],
    path: Path,
    lang: str,
    make: Callable[[Sequence[Directive], str], bytes],
    when: dt.datetime | None = None,
) -> Written:
    """Updates the tracker at `path`, or writes beside it and says why. Raises `OutputError`.

    `make` writes a tracker of directives from scratch. `when` is what the log says of the time; without it, equal
    files and equal directives give equal bytes.
    """
    from pipeline.export.update.place import beside, read, replace
    from pipeline.export.update.whole import Unfit, update

    before = read(path)
    try:
        result = update(before, directives, make, when)
    except Unfit as unfit:
        return beside(path, make(directives, lang), lang, unfit.code, detail=unfit.detail)
    return replace(path, before, result, lang)
