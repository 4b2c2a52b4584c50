"""Tasks of the database as a file to take along, in every format and profile of `pipeline.export`.

The rows are those that people decided; what officers typed of them stands in the workbook and in CSV. Files are made
in a folder of their own, which is gone afterwards.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path, PurePath

from pipeline import export, ruleset, settings
from pipeline.export import csv_file, profiles, workbook
from pipeline.export.document_json import Names, encode
from pipeline.export.profiles.load import load as load_profile
from pipeline.export.profiles.load import names as profile_names
from pipeline.export.profiles.shape import Profile
from pipeline.export.words import for_line, storable
from pipeline.model import Directive, Warning
from pipeline.ruleset import Ruleset
from pipeline.serve.refusals import Refusal
from pipeline.store import effective, register
from pipeline.store.database import Database
from pipeline.store.register import Filter

__all__ = ["FORMATS", "LEFT_OUT", "MEDIA", "Chosen", "Made", "chosen", "formats", "known_profiles", "make"]

FORMATS = ("xlsx", "csv", "jsonl", "json", "ics", "parquet")
MOST = 200_000  # tasks of one file
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
    "ics": "text/calendar; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
LEFT_OUT = {
    "vi": "{count} dòng không ghi vì văn bản không còn nêu, hoặc chưa có bản đọc; hãy mở sổ nhiệm vụ để xem.",
    "en": "{count} rows are left out, for their document no longer says them or is not read; see the tasks.",
}
_STEM = "nhiem-vu"
_LONGEST = 100  # characters of a name
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|;%]+')
_WHEN = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP knows: equal tasks make equal bytes


@dataclass(frozen=True, slots=True)
class Chosen:
    """The documents with those of their tasks that were asked for; `left_out` tasks have no reading that says them."""

    ids: tuple[str, ...]
    directives: tuple[Directive, ...]
    left_out: int

    @property
    def tasks(self) -> int:
        """How many tasks there are to write."""
        return sum(len(one.tasks) for one in self.directives)


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and what is to be told of it."""

    name: str
    media_type: str
    data: bytes
    notes: tuple[Warning, ...]


def formats() -> tuple[str, ...]:
    """The formats that can be written here: some need a library."""
    return tuple(kind for kind in FORMATS if _has_library(kind))


def known_profiles(folder: Path | None) -> tuple[Profile, ...]:
    """The profiles that there are, by name: the shipped ones and those of the office's `folder` of rules.

    Raises `RuleError` where one is wrong.
    """
    return tuple(load_profile(name, folder) for name in profile_names(folder))


def chosen(database: Database, wanted: Filter) -> Chosen:
    """The tasks of a filter, with their documents as people decided them. Raises `Refusal` where they are too many."""
    total = register.count(database, wanted)
    if total > MOST:
        message = f"Có {total} nhiệm vụ, nhiều hơn {MOST} của một tệp. Hãy lọc bớt rồi xuất lại."
        raise Refusal(413, "too-many-tasks", message)
    found = register.homes(database, wanted, MOST)
    ids = {task for task, _ in found}
    homes = {home for _, home in found} | ({wanted.document} if wanted.document else set())
    pairs = [
        (name, replace(one, tasks=tuple(task for task in one.tasks if task.id in ids)))
        for name, one in effective.directives(database, [name for name in effective.stamps(database) if name in homes])
    ]
    written = sum(len(one.tasks) for _, one in pairs)
    return Chosen(tuple(name for name, _ in pairs), tuple(one for _, one in pairs), len(ids) - written)


def make(
    database: Database, asked: Chosen, kind: str, lang: str, order: profiles.Order | None = None
) -> Made:
    """The file. `kind` is one of `FORMATS`, with the `order` of a profile one of its formats.

    Its notes tell what is left out. Raises `UsageError` where the profile has no such format, `Refusal` for another
    format, and `OutputError` where the profile refuses the rows.
    """
    made = _make(database, asked, kind, lang, order)
    if not asked.left_out:
        return made
    note = Warning("left-out", LEFT_OUT[lang].format(count=asked.left_out))
    return replace(made, notes=(note, *made.notes))


def _make(database: Database, asked: Chosen, kind: str, lang: str, order: profiles.Order | None) -> Made:
    rules = ruleset.load() if database.rules is None else database.rules
    if order is not None:
        return _by_profile(asked, kind, lang, rules, order)
    if kind not in formats():
        message = f"Không có định dạng “{kind}”. Các định dạng hiện có: {', '.join(formats())}."
        raise Refusal(404, "unknown-format", message)
    if kind == "xlsx":
        office = settings.beside(database.address.path or Path())
        data = workbook.make(asked.directives, lang, rules, office, effective.typed(database, asked.ids))
        return _made(asked, kind, data)
    if kind == "csv":
        return _made(asked, kind, csv_file.encode(asked.directives, lang, effective.typed(database, asked.ids)))
    return _as_json(asked, lang) if kind == "json" else _written(asked, kind, lang, rules)


def _by_profile(asked: Chosen, kind: str, lang: str, rules: Ruleset, order: profiles.Order) -> Made:
    order.check(Path(f"{_STEM}.{kind}"))
    return _written(asked, kind, lang, rules, order)


def _written(asked: Chosen, kind: str, lang: str, rules: Ruleset, order: profiles.Order | None = None) -> Made:
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        (target,) = export.targets([Path(folder) / f"{_STEM}.{kind}"], order)
        written = export.write(asked.directives, target, lang, rules)
        data = Path(written.path).read_bytes()
    return _made(asked, kind, data, written.notes, "" if order is None else f"-{order.profile.name}")


def _as_json(asked: Chosen, lang: str) -> Made:
    """The JSON of one document; of several an archive of them."""
    if len(asked.directives) == 1:
        return _made(asked, "json", encode(asked.directives[0], lang))
    names, stream = Names(), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in asked.directives:
            name = storable(names(_safe(PurePath(one.document).stem) + ".json"))
            archive.writestr(zipfile.ZipInfo(name, _WHEN), encode(one, lang), zipfile.ZIP_DEFLATED)
    return _made(asked, "zip", stream.getvalue())


def _made(asked: Chosen, kind: str, data: bytes, notes: Sequence[Warning] = (), mark: str = "") -> Made:
    stem = _safe(PurePath(asked.directives[0].document).stem) if len(asked.directives) == 1 else _STEM
    return Made(f"{stem}{mark}.{kind}", MEDIA[kind], data, tuple(notes))


def _safe(stem: str) -> str:
    """A name of a document as the name of a file on any system, and as one in a header."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", for_line(stem)).split())
    return words.strip(". ")[:_LONGEST].strip() or _STEM


def _has_library(kind: str) -> bool:
    library, _ = export.LIBRARIES.get(f".{kind}", ("", ""))
    return not library or find_spec(library) is not None
