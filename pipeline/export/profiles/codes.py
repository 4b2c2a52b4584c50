"""The office's own table of codes: a CSV with the columns `ma`, `ten`, `loai` (code, name, kind).

A name of a document finds its code by its words, then without accents, then by the id that the directory of bodies
gives both: “UBND xã” in the table and “Ủy ban nhân dân xã Tân Lập” in Tân Lập's plan are one body. `ten` may also be
such an id itself (``phong-kinh-te/xa``).
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.export.profiles.values import plain
from pipeline.model import Directive, Task
from pipeline.ruleset import Ruleset
from pipeline.units.words import slug, words_of

__all__ = ["Code", "Codes", "Finder", "read"]

COLUMNS = ("ma", "ten", "loai")

_COMMITTEE = re.compile(r"(?<!\w)(đảng|huyện|tỉnh|thành|quận|thị) ủy(?! viên)")
_LEVELS = ("xa", "phuong", "dac", "khu", "thi", "tran", "huyen", "thanh", "pho", "tinh")
_Index = Mapping[str, tuple["Code", ...]]


@dataclass(frozen=True, slots=True)
class Code:
    """A line of the table."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Codes:
    """All codes of an office, and the name of the file that they stand in."""

    file: str
    codes: tuple[Code, ...]

    @cached_property
    def by_words(self) -> _Index:
        """The codes by code and by name, as they are written."""
        return _indexed((key, code) for code in self.codes for key in {_words(code.code), _words(code.name)})

    @cached_property
    def by_letters(self) -> _Index:
        """The codes by name without accents."""
        return _indexed((plain(code.name), code) for code in self.codes)


class Finder:
    """Finds the codes of the names of one document."""

    def __init__(self, codes: Codes, directive: Directive, rules: Ruleset) -> None:
        self._codes = codes
        self._directive = directive
        self._rules = rules

    def find(self, name: str, task: Task) -> tuple[Code, ...]:
        """The codes that a name of the task may mean: one where it is known, several where the table cannot tell."""
        found = self._codes.by_words.get(_words(name)) or self._codes.by_letters.get(plain(name))
        if found:
            return found
        ids = {unit.canonical for unit in task.units if unit.name == name} - {None}
        for canonical in sorted(filter(None, ids)):
            known = tuple(code for code in self._by_id.get(canonical, ()) if self._alike(name, code.name))
            found = self._codes.by_words.get(_words(canonical)) or known
            if found:
                return found
        return ()

    def _alike(self, name: str, own: str) -> bool:
        """Whether two names of one id differ by their place and level alone.

        In the plan of a district "Văn phòng Đảng ủy" has the id of its own office; the table's is that of another.
        """
        if _committees(name) != _committees(own):
            return False
        written, listed = self._written_out(name), self._written_out(own)
        return (written <= listed or listed <= written) and (written ^ listed) <= self._fillers

    def _written_out(self, name: str) -> set[str]:
        from pipeline.units import directory

        words = directory(self._rules).expand(words_of(name))
        return set(slug(" ".join(word.text for word in words)).split("-"))

    @cached_property
    def _fillers(self) -> set[str]:
        """The words of the document's own place, and of levels."""
        places = " ".join(filter(None, (self._directive.meta.place, self._directive.meta.issuer)))
        capital = [word.text for word in words_of(places) if word.capital]
        return {*slug(" ".join(capital)).split("-"), *_LEVELS} - {"uy"}

    @cached_property
    def _by_id(self) -> _Index:
        """The codes by the id that their names have in this document: a bare “UBND xã” is the issuer's own."""
        from pipeline.units import Resolver, directory
        from pipeline.units.context import context_of

        bodies = directory(self._rules)
        resolver = Resolver(bodies, context_of(self._directive.text, self._directive.meta, bodies))
        pairs = ((resolver.resolve(code.name).canonical, code) for code in self._codes.codes)
        return _indexed((canonical, code) for canonical, code in pairs if canonical is not None)


def _committees(name: str) -> set[str]:
    """The Party committees that a name speaks of: "đảng", "huyện", "tỉnh" … before "ủy"."""
    return set(_COMMITTEE.findall(_words(name)))


def _indexed(pairs: Iterable[tuple[str, Code]]) -> _Index:
    found: defaultdict[str, list[Code]] = defaultdict(list)
    for key, code in pairs:
        if code not in found[key]:
            found[key].append(code)
    return {key: tuple(codes) for key, codes in found.items()}


def _words(name: str) -> str:
    import unicodedata

    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def read(path: Path) -> Codes:
    """Reads the table; commas, semicolons (Excel with Vietnamese settings) or tabs part its columns.

    Raises `UsageError` with file and line: no such file, other columns, an empty entry, a name with two codes.
    """
    text = _text(path)
    head = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        names = [plain(name) for name in next(lines, [])]
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise _refuse(path, 1, f"thiếu cột {', '.join(missing)}; dòng đầu phải là ma,ten,loai")
        places = [names.index(name) for name in COLUMNS]
        seen: dict[tuple[str, str], tuple[str, int]] = {}
        codes = []
        for cells in lines:
            if any(cell.strip() for cell in cells):
                codes.append(_code(path, lines.line_num, cells, places, seen))
    except csv.Error as error:
        raise _refuse(path, lines.line_num, f"không đọc được ({error})") from error
    return Codes(path.name, tuple(codes))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"Không đọc được bảng mã {path}. Hãy kiểm tra --codes."
        raise UsageError("codes-file", message, str(error)) from error
    except UnicodeDecodeError as error:
        message = f"Bảng mã {path.name} không phải UTF-8. Trong Excel hãy lưu lại dạng “CSV UTF-8”."
        raise UsageError("codes-file", message, str(error)) from error


def _code(
    path: Path, line: int, cells: list[str], places: list[int], seen: dict[tuple[str, str], tuple[str, int]]
) -> Code:
    values = [cells[place].strip() if place < len(cells) else "" for place in places]
    for name, value in zip(COLUMNS, values, strict=True):
        if not value:
            raise _refuse(path, line, f"thiếu giá trị ở cột {name}")
    code = Code(values[0], values[1], values[2].casefold())
    key = (_words(code.name), code.kind)
    before, there = seen.setdefault(key, (code.code, line))
    if before != code.code:
        raise _refuse(path, line, f"“{code.name}” đã có mã khác ở dòng {there}")
    return code


def _refuse(path: Path, line: int, why: str) -> UsageError:
    return UsageError("codes-entry", f"Bảng mã sai ở {path.name}, dòng {line}: {why}.", f"{path}:{line}: {why}")
