"""What a hostile file is, and the packages that most of them are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

OK = frozenset({"ok"})
STOPPED = frozenset({"time-limit", "memory-limit"})  # stopped from outside, as a last resort
MB = 1024 * 1024
SENTENCE = "Giao Công an xã tuần tra hằng tháng."


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file: its name, what makes its bytes, and the codes of errors of which each of its documents has one at most.

    ``ok`` among the codes stands for a document that is read. `why` says what could go wrong with it.
    """

    name: str
    make: Callable[[], bytes]
    codes: frozenset[str]
    why: str


def zipped(members: Iterable[tuple[str, bytes]], level: int = 1) -> bytes:
    """A ZIP of these members in this order, under names that Python itself would mend."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members:
            info = zipfile.ZipInfo()
            info.filename = name
            archive.writestr(info, data, zipfile.ZIP_DEFLATED, level)
    return file.getvalue()
