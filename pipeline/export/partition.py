"""Which province and month a document belongs to: the folders that a large result is divided into.

Names are those of Hive partitioning, which pyarrow, dask, Spark and DuckDB read as the columns `province` and `month`:
``province=quang-ninh/month=2026-01``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Directive
from pipeline.ruleset import Ruleset
from pipeline.units import directory
from pipeline.units.context import context_of
from pipeline.units.places import provinces
from pipeline.units.words import slug

__all__ = ["FILE", "Partition", "partition_of"]

UNKNOWN = "__HIVE_DEFAULT_PARTITION__"  # what readers of partitions take for null
FILE = re.compile(rf"province=[\w-]+/month=(?:\d{{4}}-\d\d|{UNKNOWN})/part-\d{{5}}\.parquet")
"""The path of a file of ours below the folder of the result."""

# The words behind what a province is called by, as far as its name may reach; what is called so may follow at once.
_PROVINCE = re.compile(
    r"(?:tỉnh ủy|thành ủy|tỉnh|thành phố|TP\.?) (?=((?:(?:[^\W\d_][\w'’]*|-)(?: |$|(?=\W))){1,6}))", re.IGNORECASE
)
_LONGEST = 6  # words of a province's name: “Bà Rịa - Vũng Tàu” has five and a dash


@dataclass(frozen=True, slots=True, order=True)
class Partition:
    """A province of today by its slug and a month as ``2026-01``; empty where the document does not tell."""

    province: str = ""
    month: str = ""

    @property
    def folder(self) -> str:
        """Its folder below that of the result."""
        return f"province={self.province or UNKNOWN}/month={self.month or UNKNOWN}"


def partition_of(directive: Directive, rules: Ruleset) -> Partition:
    """The province of the issuer, that of today for one of the past, and the month of the document's date."""
    day = directive.meta.date
    return Partition(_province(directive, rules), "" if day is None else f"{day:%Y-%m}")


def _province(directive: Directive, rules: Ruleset) -> str:
    """The issuer's; for a commune or a district that more than one province has, the one that it reports to.

    Whom it writes to tells that. What its text names does not: a ministry's letter and a plan for a festival of one
    province name another.
    """
    meta = directive.meta
    context = context_of(directive.text, meta, directory(rules))
    found = context.province()
    if found is not None or context.level not in {"xa", "huyen"}:
        return found or ""
    said = "\n".join((meta.issuer or "", *meta.recipients, *meta.addressees))
    named = {_known(match[1]) for match in _PROVINCE.finditer(said)} - {""}
    return named.pop() if len(named) == 1 else ""


@lru_cache(maxsize=4096)  # the documents of a run write to the same few bodies
def _known(words: str) -> str:
    """The province of today whose name, of today or of the past, the words begin with."""
    now, parts = provinces().now, words.split()
    for size in range(min(len(parts), _LONGEST), 0, -1):
        if place := now.get(slug(" ".join(parts[:size]))):
            return place
    return ""
