"""The right answers for a family of documents: tab-separated tables beside the documents (see corpus/README.md).

    family.tsv    each document: what it implements, who issued it
    links.tsv     which row of a plan carries out which task of its parent
    findings.tsv  what is to be said of each task in each plan
    union.tsv     without a parent at hand: which rows of the plans are one task

Tasks are named by their first words. A table that is not there has nothing measured against it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.compare.model import ADDED, KINDS
from pipeline.errors import UsageError

__all__ = ["Gold", "GoldDocument", "GoldFinding", "GoldLink", "GoldRow", "is_family", "read_gold"]

FAMILY = "family.tsv"
Row = TypeVar("Row")
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document of a family, named like its file without the suffix.

    `parent` is the name of its direct parent at hand, or the number of one that is not, None where it has none; `top`
    is the number at the head of the chain. `body` may be the sort of a body alone (“so”: any department). `days` are
    those from the parent's date to its own.
    """

    name: str
    parent: str | None
    top: str | None
    body: str | None
    level: str | None
    commune: str | None
    province: str | None
    days: int | None


@dataclass(frozen=True, slots=True)
class GoldLink:
    """A row of a plan that carries out a task of its parent, or a part of it, both by their first words."""

    plan: str
    parent_words: str
    plan_words: str


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """A finding of one of the kinds. `words` begin the parent's task, of ``added`` the plan's."""

    plan: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A row of a plan that is an instance of a task of the union; rows of equal `task` are one."""

    task: str
    document: str
    words: str


@dataclass(frozen=True, slots=True)
class Gold:
    """The tables of a folder; None for one that is not there, or holds no line."""

    documents: Mapping[str, GoldDocument]
    links: tuple[GoldLink, ...] | None
    findings: tuple[GoldFinding, ...] | None
    union: tuple[GoldRow, ...] | None

    @property
    def families(self) -> dict[str, frozenset[str]]:
        """Parent → plans, where the parent is at hand or several plans share it: anything else is no family."""
        plans: dict[str, set[str]] = {}
        for document in self.documents.values():
            if document.parent:
                plans.setdefault(document.parent, set()).add(document.name)
        return {
            parent: frozenset(members)
            for parent, members in plans.items()
            if parent in self.documents or len(members) > 1
        }


def is_family(folder: Path) -> bool:
    """Whether a folder of right answers is one of a family."""
    return (folder / FAMILY).is_file()


def read_gold(folder: Path) -> Gold:
    """Reads the tables of a folder. Raises `UsageError` with file and line where a table is not as it should be."""
    rows = _table(folder / FAMILY, _document) or ()
    documents = {row.name: row for row in rows}

    def checked(name: str) -> str:
        if name not in documents:
            raise ValueError(f"“{name}” không có trong {FAMILY}")
        return name

    def at_hand(name: str) -> str:
        if documents[checked(name)].parent not in documents:
            raise ValueError(f"văn bản cấp trên của “{name}” không có trong {FAMILY}")
        return name

    def link(cells: Cells) -> GoldLink:
        return GoldLink(at_hand(cells["plan"]), _filled(cells, "parent_words"), _filled(cells, "plan_words"))

    def finding(cells: Cells) -> GoldFinding:
        kind = cells["kind"]
        if kind not in KINDS:
            raise ValueError(f"không có loại phát hiện “{kind}”")
        words = _filled(cells, "plan_words" if kind == ADDED else "parent_words")
        return GoldFinding(at_hand(cells["plan"]), kind, words)

    def instance(cells: Cells) -> GoldRow:
        return GoldRow(_filled(cells, "task"), checked(cells["document"]), _filled(cells, "words"))

    return Gold(
        documents,
        _table(folder / "links.tsv", link),
        _table(folder / "findings.tsv", finding),
        _table(folder / "union.tsv", instance),
    )


def _document(cells: Cells) -> GoldDocument:
    given = {key: cells[key].strip() or None for key in ("parent", "top", "body", "level", "commune", "province")}
    days = cells["days"].strip()
    if days and not days.isdecimal():
        raise ValueError(f"“{days}” không phải số ngày")
    return GoldDocument(_filled(cells, "document"), days=int(days) if days else None, **given)


def _filled(cells: Cells, column: str) -> str:
    if not cells[column].strip():
        raise ValueError(f"cột {column} để trống")
    return cells[column].strip()


def _table(path: Path, read: Callable[[Cells], Row]) -> tuple[Row, ...] | None:
    """The lines of a table, None without any; columns that are not asked for are passed over."""
    if not path.is_file():
        return None
    found: list[Row] = []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for cells in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                found.append(read({name: value or "" for name, value in cells.items() if isinstance(name, str)}))
    except KeyError as error:
        raise _wrong(path, len(found) + 2, f"thiếu cột {error.args[0]}") from error
    except UnicodeDecodeError as error:
        raise _wrong(path, len(found) + 2, "không phải UTF-8") from error
    except (ValueError, csv.Error) as error:
        raise _wrong(path, len(found) + 2, str(error)) from error
    return tuple(found) or None


def _wrong(path: Path, line: int, why: str) -> UsageError:
    return UsageError("wrong-gold", f"Đáp án sai ở {path}, dòng {line}: {why}.", str(path))
