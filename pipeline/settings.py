"""What an office says of itself once: `dondoc.toml`, beside the output or else in the folder one works in.

    [office]
    name = "Ủy ban nhân dân xã Sông Trong"
    superior = "Ủy ban nhân dân tỉnh Quảng Hải"
    letterhead = "state"        # or "party"
    warning-days = 7

    [calendar]
    year = 2026                 # left out: the year in which most tasks are due
    days-off = "keep"           # or "before", "after": the nearest working day

Every key may be left out. A file with a key that is not known, or a value of the wrong kind, is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

__all__ = ["NAME", "Settings", "beside", "load"]

NAME = "dondoc.toml"
LETTERHEADS = ("state", "party")
DAYS_OFF = ("keep", "before", "after")
_LONGEST = 200  # characters of a name of an office
_YEARS, _WARNING = range(1990, 2101), range(366)


@dataclass(frozen=True, slots=True)
class Settings:
    """The office's name and that of the body above it, its letterhead (state or party), and how days are reckoned.

    `warning_days`: how many days before its deadline a task is due soon; `year` is that of the calendar, None where the
    tasks decide it; `days_off`: what becomes of a date on a weekend or a holiday (keep, before, after).
    """

    name: str = ""
    superior: str = ""
    letterhead: str = "state"
    warning_days: int = 7
    year: int | None = None
    days_off: str = "keep"

    @property
    def shift(self) -> bool:
        """Whether a date on a day off moves to a working day."""
        return self.days_off != "keep"

    @property
    def later(self) -> bool:
        """Whether it moves to the working day after, and not to the one before."""
        return self.days_off == "after"


def beside(output: Path) -> Settings:
    """The settings of the office for that output; the defaults where there is no such file. Raises `UsageError`."""
    for folder in dict.fromkeys((output.parent, Path())):
        if (folder / NAME).is_file():
            return load(folder / NAME)
    return Settings()


def load(path: Path) -> Settings:
    """The settings in that file. Raises `UsageError` where it cannot be read or says what is not known."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Notepad puts a mark in front
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"Không đọc được {path}. Hãy kiểm tra tệp: văn bản UTF-8, mỗi dòng một mục dạng tên = giá trị."
        raise UsageError("settings-unreadable", message, f"{type(error).__name__}: {error}") from error
    return Settings(**{
        field: value
        for section, keys in found.items()
        for field, value in _section(path, section, keys)
    })  # fmt: skip


def _section(path: Path, section: str, keys: Any) -> list[tuple[str, Any]]:
    if section not in _KEYS or not isinstance(keys, dict):
        raise _wrong(path, f"không có phần [{section}]", f"các phần có thể dùng: {', '.join(_KEYS)}")
    known = _KEYS[section]
    for key, value in keys.items():
        if key not in known:
            raise _wrong(path, f"phần [{section}] không có mục “{key}”", f"các mục có thể dùng: {', '.join(known)}")
        fits, expected = known[key]
        if not fits(value):
            raise _wrong(path, f"giá trị của “{key}” không hợp lệ", f"cần {expected}")
    return [(key.replace("-", "_"), value) for key, value in keys.items()]


def _wrong(path: Path, what: str, hint: str) -> UsageError:
    return UsageError("settings-wrong", f"Tệp {path}: {what}; {hint}.", str(path))


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def _whole(numbers: range) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and value in numbers


def _choice(values: tuple[str, ...]) -> tuple[Callable[[Any], bool], str]:
    return lambda value: value in values, " hoặc ".join(f'"{value}"' for value in values)


_NAME = (_text, f"chữ trong ngoặc kép, dài nhất {_LONGEST} ký tự")
_KEYS: Mapping[str, Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "office": {
        "name": _NAME,
        "superior": _NAME,
        "letterhead": _choice(LETTERHEADS),
        "warning-days": (_whole(_WARNING), f"số ngày từ {_WARNING[0]} đến {_WARNING[-1]}"),
    },
    "calendar": {
        "year": (_whole(_YEARS), f"năm từ {_YEARS[0]} đến {_YEARS[-1]}"),
        "days-off": _choice(DAYS_OFF),
    },
}
