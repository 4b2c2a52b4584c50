"""A comparison → one file: workbook, page or JSON, as its suffix says.

To add a format: a module with ``write(result, path, lang, rules) -> Written`` and a line in `WRITERS`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipeline.errors import UsageError
from pipeline.export.files import Written
from pipeline.ruleset import Ruleset

if TYPE_CHECKING:
    from pipeline.compare.model import Result

__all__ = ["WRITERS", "check", "write"]

# suffix → the module that writes it, imported when first needed
WRITERS: dict[str, str] = {
    ".xlsx": "pipeline.export.comparison.workbook",
    ".html": "pipeline.export.comparison.web_page",
    ".json": "pipeline.export.comparison.json_file",
}


def check(path: Path) -> None:
    """Raises `UsageError` where a comparison cannot be written to such a file, before any document is read."""
    if path.suffix.lower() not in WRITERS:
        suffixes = ", ".join(WRITERS)
        message = f"Kết quả so sánh chưa ghi được ra “{path}”. Hãy nêu với -o một tệp có đuôi {suffixes}."
        raise UsageError("unknown-output", message, str(path))


def write(result: Result, path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the comparison; equal results give equal bytes. Raises `UsageError` and `OutputError`.

    `rules` are those that the documents were read with: the “6 rõ” figures ask them.
    """
    check(path)
    return cast(Written, import_module(WRITERS[path.suffix.lower()]).write(result, path, lang, rules))
