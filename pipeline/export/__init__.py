"""Last stage: directives → files. What an output is, its suffix says.

To add a format: a module with ``write(directives, path, lang, rules) -> Written`` and a line in `WRITERS`. A database
gets its address in place of the path.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipeline import ruleset, settings
from pipeline.errors import UsageError
from pipeline.export.files import Written, kept_names
from pipeline.model import Directive
from pipeline.store.address import POSTGRESQL, SQLITE, Address, is_address, parse

if TYPE_CHECKING:
    from pipeline.export.profiles import Order

__all__ = ["WRITERS", "Target", "Written", "is_ours", "targets", "write"]

FOLDER = "/"
DATASET = ".parquet/"
REVIEW = ".html"
PROFILED = (".xlsx", ".docx")  # what a profile can be written as
# suffix, or scheme of a database → the module that writes it, imported when first needed
WRITERS: dict[str, str] = {
    FOLDER: "pipeline.export.document_json",
    ".xlsx": "pipeline.export.workbook",
    ".csv": "pipeline.export.csv_file",
    ".jsonl": "pipeline.export.json_lines",
    ".ics": "pipeline.export.calendar_file",
    ".parquet": "pipeline.export.parquet",
    REVIEW: "pipeline.export.review_page",
    DATASET: "pipeline.export.dataset",
    SQLITE: "pipeline.export.database",
    POSTGRESQL: "pipeline.export.database",
}

# suffix → the library that writes it where that is an extra, and the name of the extra
LIBRARIES: dict[str, tuple[str, str]] = {
    ".ics": ("icalendar", "calendar"),
    ".parquet": ("pyarrow", "parquet"),
    DATASET: ("pyarrow", "parquet"),
    ".docx": ("docx", "docx"),
    REVIEW: ("jinja2", "serve"),
}

_SUPPORTED = (
    "Hiện ghi được: sổ theo dõi .xlsx; bảng .csv, .jsonl, .parquet; lịch .ics; phụ lục .docx với --profile phu-luc; "
    "trang rà soát .html; thư mục JSON (đường dẫn kết thúc bằng “/”); thư mục Parquet theo tỉnh và tháng (….parquet/); "
    "cơ sở dữ liệu sqlite:///… và postgresql://…."
)


@dataclass(frozen=True, slots=True)
class Target:
    """A place to write to, and the key of `WRITERS` that writes there."""

    path: Path
    kind: str
    database: Address | None = None
    order: Order | None = None  # whose profile says what is written

    @property
    def folder(self) -> bool:
        """Whether it is a folder that gets one file a document."""
        return self.kind == FOLDER


def targets(outputs: Iterable[str | Path], order: Order | None = None) -> tuple[Target, ...]:
    """What each output is; the same one named twice counts once. Raises `UsageError` for what cannot be written.

    With an `order` the workbooks and Word documents among them are what its profile describes.
    """
    found = tuple(dict.fromkeys(_target(output, order) for output in outputs))
    if order is not None and all(target.order is None for target in found):
        name, formats = order.profile.name, ", ".join(order.profile.formats)
        raise UsageError("profile-unused", f"Mẫu {name} ghi ra tệp {formats}. Hãy nêu tệp với -o.", name)
    return found


def _target(output: str | Path, order: Order | None) -> Target:
    text = os.fspath(output)
    if is_address(text):
        address = parse(text)
        return Target(address.path or Path(), address.kind, address)
    path = Path(text)
    kind = path.suffix.lower()
    folder = text.endswith(("/", os.sep))
    if kind == ".parquet" and (folder or path.is_dir()):
        kind = DATASET
    elif path.is_dir() and not folder and kind in (*WRITERS, *PROFILED):
        message = (
            f"{text} là thư mục, không phải tệp {kind}. Hãy chọn tên tệp khác, hoặc viết “{text}/” để ghi JSON vào "
            "thư mục đó."
        )
        raise UsageError("output-is-a-folder", message, text)
    if folder or path.is_dir():
        if path.exists() and not path.is_dir():
            raise UsageError("output-not-a-folder", f"{text} là tệp, không phải thư mục. {_SUPPORTED}", text)
        kind = kind if kind == DATASET else FOLDER
        _require_library(kind, text)
        return Target(path, kind)
    if order is not None and kind in PROFILED:
        order.check(path)
        _require_library(kind, text)
        return Target(path, kind, order=order)
    if kind not in WRITERS:
        raise UsageError("unknown-output", f"Chưa hỗ trợ ghi ra “{text}”. {_SUPPORTED}", text)
    _require_library(kind, text)
    if kind == ".xlsx":
        settings.beside(path)  # wrong settings are told before any document is read
    return Target(path, kind)


def _require_library(kind: str, output: str) -> None:
    library, extra = LIBRARIES.get(kind, ("", ""))
    if library and find_spec(library) is None:
        message = f"Để ghi {output} cần thư viện {library}. Hãy cài bằng lệnh: pip install \"dondoc[{extra}]\""
        raise UsageError("library-missing", message, library)


def write(
    directives: Sequence[Directive],
    target: Target,
    lang: str = "vi",
    rules: ruleset.Ruleset | None = None,
    when: dt.datetime | None = None,
) -> Written:
    """Writes one output; equal directives give equal bytes. Raises `OutputError` where it cannot be written.

    `rules` are those that the documents were read with, by default the shipped ones: tasks are judged by their words.
    `when` is what a tracker that is updated says of the time of the update.
    """
    if target.order is not None:
        from pipeline.export import profiles

        return profiles.write(directives, target.path, lang, rules or ruleset.load(), target.order)
    writer = import_module(WRITERS[target.kind])
    if target.kind == ".xlsx":
        return cast(Written, writer.write(directives, target.path, lang, rules or ruleset.load(), when))
    return cast(Written, writer.write(directives, target.database or target.path, lang, rules or ruleset.load()))


def is_ours(path: Path, outputs: Sequence[Target]) -> bool:
    """Whether a file is one of the outputs or a kept predecessor of one, which a search for documents passes over."""
    return any(
        path.parent.resolve() == target.path.parent.resolve() and kept_names(target.path).fullmatch(path.name)
        for target in outputs
        if not target.folder and target.database is None
    )
