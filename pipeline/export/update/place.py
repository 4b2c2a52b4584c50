"""The file of the tracker and those beside it: who has it open, where the result goes when it must be left alone."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import OutputError
from pipeline.export.files import Written, put_kept, put_new
from pipeline.export.update.whole import COUNTED, Updated
from pipeline.export.update.wording import LOSSES, NOTES, WORDINGS
from pipeline.model import Warning

__all__ = ["beside", "read", "replace"]

MOST_NAMED = 6  # of what could not be kept


def read(path: Path) -> bytes:
    """The file as it is. Raises `OutputError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"Không đọc được sổ theo dõi đã có {path}. Hãy kiểm tra quyền đọc, hoặc chọn nơi ghi khác với -o."
        raise OutputError("cannot-read", message, f"{type(error).__name__}: {error}") from error


def opened_by(path: Path) -> Path | None:
    """The file by which Excel or LibreOffice says that it has the workbook open."""
    locks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    return next((lock for lock in locks if lock.exists()), None)


def replace(path: Path, before: bytes, result: Updated, lang: str) -> Written:
    """Puts the result in place of the file, which is kept under another name; or beside it. Raises `OutputError`."""
    if result.data is None:
        return Written(path, (_note("unchanged", lang, path),))
    if result.losses:
        named = [LOSSES[code][lang].format(place=place) for code, place in result.losses]
        more = [] if len(named) <= MOST_NAMED else ["…"]
        what = "; ".join([*dict.fromkeys(named[:MOST_NAMED]), *more])
        written = beside(path, result.data, lang, "cannot-keep", what)
    else:
        written = _in_place(path, before, result, result.data, lang)
    if not result.kept:
        return written
    sheets = "; ".join(f"{old} → {new}" for old, new in result.kept.items())
    return Written(written.path, (*written.notes, _note("sheets-kept", lang, path, sheets)))


def _in_place(path: Path, before: bytes, result: Updated, data: bytes, lang: str) -> Written:
    lock = opened_by(path)
    if lock is not None:
        return beside(path, data, lang, "open-elsewhere", lock.name)
    if read(path) != before:
        return beside(path, data, lang, "edited-meanwhile")
    kept = put_kept(path, data)
    if kept is None:  # Windows: somebody has it open and shows no file that says so
        return beside(path, data, lang, "open-elsewhere", f"~${path.name}")
    what = WORDINGS[lang].summary.format(**{name: result.counts[name] for name in COUNTED})
    return Written(path, (_note("updated", lang, kept, what),))


def beside(path: Path, data: bytes, lang: str, code: str, what: str = "", detail: str = "") -> Written:
    """Writes the result under the next free name, and says why. Raises `OutputError`."""
    other = put_new(path, data)
    return Written(other, (_note(code, lang, other, what, detail),))


def _note(code: str, lang: str, path: Path, what: str = "", detail: str = "") -> Warning:
    return Warning(code, NOTES[code][lang].format(name=path.name, what=what), detail=detail)
