"""What a profile says of the tracker that rows are handed to: its sheet, its columns, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.export.page import Value

__all__ = ["Column", "Condition", "Profile"]


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds for a row whose `value` has one of these words in it, blind to case and to accents."""

    value: str
    has: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the target; the keys of a profile file by their names, with “-” for “_”.

    `value` are fields of `values.FIELDS`: the first that holds something is written. `mapping` turns words that the
    value has into a value of the target (the first entry that fits), `default` stands where nothing was found.
    `codes` are the kinds of codes that names of units are written by; of a name without one `unknown` says whether the
    row is refused or the name left out of this column.
    """

    title: str
    value: tuple[str, ...] = ()
    fixed: Value = None
    type: str = "text"  # text, number, date
    format: str = "dd/mm/yyyy"  # of dates: dd d mm m yyyy HH MM, mm are months and MM minutes
    hour: str | None = None  # of a deadline that names none, where the format has HH
    codes: tuple[str, ...] = ()
    unknown: str = "refuse"  # refuse, blank
    separator: str = "; "
    mapping: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    default: Value = None
    when: Condition | None = None
    unless: Condition | None = None
    required: bool = False  # a row without it is refused
    ask: bool = False  # the target wants it and documents do not say it: an officer fills it in
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    rest: bool = False  # what the target has no column for is appended here
    width: float = 20.0

    @property
    def has_time(self) -> bool:
        """Whether its dates have an hour."""
        return "HH" in self.format


@dataclass(frozen=True, slots=True)
class Profile:
    """A target: where its header stands (rows count from 1), its columns in order, what it takes and refuses.

    `above` are lines over the header, in which ``{source}`` stands for the document; `others` names the profile for
    tasks of other `kinds`. With `all_or_nothing` one refused row keeps the file from being written.
    """

    name: str
    title: str
    sheet: str
    columns: tuple[Column, ...]
    header: int = 1
    above: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("task", "target", "report")
    others: str | None = None
    rows: int | None = None
    all_or_nothing: bool = False
    one_of: tuple[tuple[str, ...], ...] = ()  # of these columns at least one is filled
    order: tuple[str, ...] = ()
    groups: str | None = None  # section, lead
    formats: tuple[str, ...] = (".xlsx",)

    @property
    def coded(self) -> bool:
        """Whether it writes units by the codes of the office."""
        return any(column.codes for column in self.columns)
