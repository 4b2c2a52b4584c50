"""``failed.csv``: the documents of a run that could not be read, or not wholly, each with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pipeline.english import told
from pipeline.errors import OutputError
from pipeline.export.csv_file import safe
from pipeline.export.files import put, put_new
from pipeline.runs.recorded import Recorded, reading_of

__all__ = ["HEADINGS", "NAME", "encoded", "reason_of", "write"]

NAME = "failed.csv"
HEADINGS = ("path", "status", "code", "reason", "time")  # for programs too: the same in every language
_MORE = {"vi": "{reason} (và {count} chỗ khác)", "en": "{reason} (and {count} more)"}
_CUT = "…"


def write(steps: Recorded, folder: Path, lang: str) -> Path | None:
    """Writes what failed to `folder`, and returns the file; removes the file of an earlier run where nothing did.

    A file of that name which is somebody else's is left alone, and this one gets another name. Raises `OutputError`.
    """
    path = folder / NAME
    rows = _rows(steps, lang)
    head = encoded([])
    try:
        ours = not path.exists() or path.read_bytes().startswith(head)
        if not rows:
            if ours:
                path.unlink(missing_ok=True)
            return None
    except OSError as error:
        message = f"Không ghi được {path}. Hãy kiểm tra quyền ghi và dung lượng đĩa, hoặc chọn nơi khác với -o."
        raise OutputError("cannot-write", message, f"{type(error).__name__}: {error}") from error
    if not ours:
        return put_new(path, encoded(rows))
    put(path, encoded(rows))
    return path


def _rows(steps: Recorded, lang: str) -> list[list[str]]:
    words = (
        "SELECT path, status, code, reason, errors, at FROM documents WHERE run = ? AND (status = 'failed' OR errors) "
        "ORDER BY place"
    )
    with closing(reading_of(steps.path)) as connection:
        found = connection.execute(words, (steps.run,)).fetchall()
    return [
        [path.decode("utf-8", "replace"), status, code or "", reason_of(reason or "", errors - 1, lang), at]
        for path, status, code, reason, errors, at in found
    ]


def reason_of(message: str, others: int, lang: str) -> str:
    """What is said of a document: its first error, and how many others there are."""
    reason = told(message, lang)
    return _MORE[lang].format(reason=reason, count=others) if others > 0 else reason


def encoded(rows: Iterable[list[str]]) -> bytes:
    """UTF-8 with a byte order mark, as Excel wants it; no cell is taken for a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([safe(cell, _CUT) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")
