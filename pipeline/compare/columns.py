"""Columns of a DataFrame: their names, types and meanings in one place, and a table made of them.

The documentation (docs/compare.md) lists the same columns, so that it cannot tell other ones than the table has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.compare.extras import need

if TYPE_CHECKING:
    import pandas

__all__ = ["Column", "table"]

TYPES: Mapping[str, str] = {
    "text": "string",
    "texts": "object",  # tuples: ``frame.explode(name)`` gives a row for each
    "integers": "object",
    "integer": "Int64",
    "number": "float64",
    "flag": "bool",
    "date": "datetime64[s]",  # in seconds: a plan may name the year 9999, which nanoseconds cannot hold
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column by name. `type` is a key of `TYPES`, or the values that an ordered categorical has, in their order."""

    name: str
    type: str | tuple[str, ...]
    meaning: str

    @property
    def dtype(self) -> str:
        """What pandas calls its type."""
        if isinstance(self.type, tuple):
            return "category"
        return "tuple" if TYPES[self.type] == "object" else TYPES[self.type]


def table(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> pandas.DataFrame:
    """The rows as a DataFrame with exactly these columns. Raises `UsageError` where pandas is not installed."""
    need("analysis", "pandas")
    import pandas

    listed = list(rows)
    names = {column.name for column in columns}
    for row in listed:
        if row.keys() != names:
            raise KeyError(sorted(row.keys() ^ names))
    return pandas.DataFrame({column.name: _series(column, [row[column.name] for row in listed]) for column in columns})


def _series(column: Column, values: list[Any]) -> pandas.Series:
    import pandas

    if isinstance(column.type, tuple):
        return pandas.Series(pandas.Categorical(values, categories=column.type, ordered=True))
    fit = _FIT.get(column.type)
    return pandas.Series([fit(value) for value in values] if fit else values, dtype=TYPES[column.type])


def _words(value: str | None) -> str | None:
    """Words that every format which pandas writes can hold: ``?`` for half a surrogate pair, as in our JSON."""
    return None if value is None else value.encode("utf-8", "replace").decode("utf-8")


def _all_words(values: Iterable[str]) -> tuple[str | None, ...]:
    return tuple(_words(value) for value in values)


_FIT: Mapping[str, Callable[[Any], Any]] = {"text": _words, "texts": _all_words, "integers": tuple}
