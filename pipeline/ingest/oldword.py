"""Word 97 without LibreOffice: the words alone, through catdoc or antiword, small programs that many machines have.

Automatic numbers, merged cells and the look of the text are lost, and a warning says so.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.ingest.reading import Reading, truncated
from pipeline.model import Cell, Line, Paragraph, Table, Warning

TIME_LIMIT = 60  # seconds: 100 pages take a hundredth of one
# program → its arguments in front of the file: UTF-8, one paragraph a line
_PROGRAMS: dict[str, tuple[str, ...]] = {
    "catdoc": ("-dutf-8", "-w"),
    "antiword": ("-m", "UTF-8.txt", "-w", "0"),
}
_COLUMN = {"catdoc": "\t", "antiword": "|"}
# How catdoc is to write special characters: as it does by itself, but for the soft hyphen, which it leaves out. In an
# ABC font that is the letter ư.
_MAPS = {"words.specchars": '001C "\\t"\n001E "\\n"\n', "words.replchars": ""}
_WHAT = "tệp Word đời cũ"


def find_program() -> str | None:
    """The first of the programs that this machine has."""
    return next((name for name in _PROGRAMS if shutil.which(name)), None)


def read(data: bytes, name: str) -> Reading:
    """The words of a .doc file through the program `name`. Raises DocumentError ``time-limit`` or ``truncated``."""
    path = shutil.which(name) or name
    with tempfile.TemporaryDirectory(prefix="dondoc-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "document.doc"
        file.write_bytes(data)
        command = [path, *_PROGRAMS[name], str(file)]
        home = _home(Path(folder))
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=TIME_LIMIT, env=home
            )
        except subprocess.TimeoutExpired as error:
            message = f"Đọc tệp .doc quá {TIME_LIMIT} giây. Hãy mở bằng Word và lưu lại thành .docx."
            raise DocumentError("time-limit", message, str(error)) from error
    lines = done.stdout.decode("utf-8", "replace").replace("\x1f", "").replace("\x07", "").splitlines()
    blocks = list(_blocks(lines, _COLUMN[name]))
    if not blocks:
        raise truncated(_WHAT, done.stderr.decode("utf-8", "replace").strip() or f"exit {done.returncode}")
    message = (
        f"Máy chưa có LibreOffice nên tệp .doc được đọc bằng {name}: mất số thứ tự tự động và ô gộp của bảng. "
        "Hãy cài LibreOffice rồi đọc lại."
    )
    return Reading(tuple(blocks), warnings=(Warning("plain-words-only", message),))


def _home(folder: Path) -> dict[str, str]:
    """An environment in which catdoc finds `_MAPS`, and no settings of the person at the machine."""
    for name, content in _MAPS.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / ".catdocrc").write_text(f"map_path={folder}\nformat=words\n", encoding="utf-8")
    return {**os.environ, "HOME": str(folder)}


def _blocks(lines: Sequence[str], mark: str) -> Iterator[Paragraph | Table]:
    """Paragraphs, and tables where lines with as many columns follow each other."""
    for columns, group in itertools.groupby(lines, key=lambda line: len(_cells(line, mark))):
        rows = list(group)
        if columns > 2 or (columns == 2 and len(rows) > 3):
            yield _table([_cells(row, mark) for row in rows], columns)
        else:
            yield from (_paragraph(cell) for row in rows for cell in _cells(row, mark) if cell)


def _cells(line: str, mark: str) -> list[str]:
    bare = line.strip(" \f")
    if mark == "|":
        return [cell.strip() for cell in bare.strip("|").split("|")] if bare.startswith("|") else [bare]
    return [cell.strip() for cell in bare.split(mark)]


def _table(rows: list[list[str]], columns: int) -> Table:
    cells = (
        Cell(row, column, (_paragraph(text),))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    )
    return Table(len(rows), columns, tuple(cells))


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Line(text),))
