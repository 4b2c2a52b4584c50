"""Last stage: directives → files. What an output is, its suffix says.

To add a format: a module with ``write(directives, path, lang, rules) -> Written`` and a line in `WRITERS`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from pipeline import ruleset
from pipeline.errors import UsageError
from pipeline.export.files import Written, kept_names
from pipeline.model import Directive

__all__ = ["WRITERS", "Target", "Written", "is_ours", "targets", "write"]

FOLDER = "/"
# suffix → the module that writes it, imported when first needed
WRITERS: dict[str, str] = {
    FOLDER: "pipeline.export.document_json",
    ".xlsx": "pipeline.export.workbook",
}

_SUPPORTED = "Hiện ghi được: sổ theo dõi .xlsx; thư mục JSON (đường dẫn kết thúc bằng “/”)."


@dataclass(frozen=True, slots=True)
class Target:
    """A place to write to, and the key of `WRITERS` that writes there."""

    path: Path
    kind: str

    @property
    def folder(self) -> bool:
        """Whether it is a folder that gets one file a document."""
        return self.kind == FOLDER


def targets(outputs: Iterable[str | Path]) -> tuple[Target, ...]:
    """What each output is; the same one named twice counts once. Raises `UsageError` for what cannot be written."""
    return tuple(dict.fromkeys(_target(output) for output in outputs))


def _target(output: str | Path) -> Target:
    text = os.fspath(output)
    path = Path(text)
    database = "://" in text
    if not database and (text.endswith(("/", os.sep)) or path.is_dir()):
        if path.exists() and not path.is_dir():
            raise UsageError("output-not-a-folder", f"{text} là tệp, không phải thư mục. {_SUPPORTED}", text)
        return Target(path, FOLDER)
    kind = path.suffix.lower()
    if database or kind not in WRITERS:
        raise UsageError("unknown-output", f"Chưa hỗ trợ ghi ra “{text}”. {_SUPPORTED}", text)
    return Target(path, kind)


def write(
    directives: Sequence[Directive], target: Target, lang: str = "vi", rules: ruleset.Ruleset | None = None
) -> Written:
    """Writes one output; equal directives give equal bytes. Raises `OutputError` where it cannot be written.

    `rules` are those that the documents were read with, by default the shipped ones: tasks are judged by their words.
    """
    writer = import_module(WRITERS[target.kind])
    return cast(Written, writer.write(directives, target.path, lang, rules or ruleset.load()))


def is_ours(path: Path, outputs: Sequence[Target]) -> bool:
    """Whether a file is one of the outputs or a kept predecessor of one, which a search for documents passes over."""
    return any(
        path.parent.resolve() == target.path.parent.resolve() and kept_names(target.path).fullmatch(path.name)
        for target in outputs
        if not target.folder
    )
