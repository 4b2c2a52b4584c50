"""What a person types into a box of a row → values of its fields, or what is wrong with it and what to type.

    read("lead", "Phòng Kinh tế; Công an xã", directive, rules)    Value({"lead": [...]}, unknown=())
    read("due", "quý II/2026", directive, rules)                   Value({"due": "2026-06-30", "due_precision": …})

The values are plain JSON, as the ``values`` of an ``edit`` hold them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.corrections.completion import spelt, suggest_units
from pipeline.corrections.fields import TIMES, UNITS, Refused, decoded, one_line
from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.extract.units import read_whole
from pipeline.model import Directive, TimeMention
from pipeline.ruleset import Ruleset
from pipeline.time import IMPOSSIBLE, combine
from pipeline.time.clock import Clock
from pipeline.time.mentions import search
from pipeline.units import Resolver, resolver_of

__all__ = ["Problem", "Value", "read", "suggest_units"]

_LONGEST = 4000  # characters: more is no value that somebody types
_KINDS = {
    "task": ("task", "nhiem vu"),
    "target": ("target", "chi tieu"),
    "report": ("report", "bao cao"),
}
# Words of time as they are typed in haste; none of them is another word of time with its accents.
_HASTE = {
    "quy": "quý", "thang": "tháng", "nam": "năm", "truoc": "trước", "ngay": "ngày", "hang": "hằng", "moi": "mỗi",
    "tuan": "tuần", "cuoi": "cuối", "dau": "đầu", "thuong": "thường", "xuyen": "xuyên", "dot": "đột", "xuat": "xuất",
    "dinh": "định", "ky": "kỳ", "sau": "sau",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """The fields that what was typed sets. `unknown` are bodies that the directory does not know: they may stay.

    `year_inferred` says that the year was not typed: the page shows the day that was made of it.
    """

    fields: Mapping[str, object]
    unknown: tuple[str, ...] = ()
    year_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What was typed is no value of the field. `message` is Vietnamese: what is wrong, and what to type."""

    field: str
    typed: str
    message: str


def read(
    field: str, typed: str, directive: Directive, rules: Ruleset, reference_date: dt.date | None = None
) -> Value | Problem:
    """Reads what was typed for a field of `FIELDS`; an empty box empties the field.

    `reference_date` is the day that yearless dates count from; the document's own where None.
    """
    if len(typed) > _LONGEST:
        return Problem(field, typed[:_LONGEST], "Nội dung dài hơn 4000 ký tự. Hãy rút gọn.")
    words = one_line(typed if field == "text" else typed.replace("\n", "; "))
    if field in UNITS:
        return _bodies(field, words, directive, rules)
    if field in TIMES:
        return _time(field, words, directive, rules, reference_date)
    reader = _READERS.get(field)
    if reader is None:
        return Problem(field, typed, f"Không sửa được trường “{field}”. Hãy chọn một trường của nhiệm vụ.")
    return reader(field, words)


# ── bodies ─────────────────────────────────────────────────────────────────────────────────


def _bodies(field: str, typed: str, directive: Directive, rules: Ruleset) -> Value | Problem:
    known = resolver_of(directive.text, directive.meta, rules)
    names: list[str] = []
    for piece in typed.split(";"):
        if one := piece.strip(" .,"):
            names.extend(_proper(name, directive, rules) for name in _apart(one, known, rules))
    found = tuple(dict.fromkeys(names))
    unknown = tuple(name for name in found if known.resolve(name).canonical is None)
    return _checked(field, typed, {field: list(found)}, unknown)


def _apart(piece: str, known: Resolver, rules: Ruleset) -> list[str]:
    """The names in a piece without a semicolon: a comma parts bodies, and stands in the names of some."""
    if "," not in piece and " và " not in piece:
        return [piece]
    whole = read_whole(piece, tokens_of(piece), 0, lexicon(rules))
    if whole is not None:
        return [unit.name for unit in whole.units]
    parts = [part for part in re.split(r"\s*,\s*", piece) if part]
    return parts if all(known.resolve(part).canonical for part in parts) else [piece]


def _proper(name: str, directive: Directive, rules: Ruleset) -> str:
    """The name as it is written, where it was typed without accents or capitals."""
    return spelt(name, directive, rules) or name


# ── time ───────────────────────────────────────────────────────────────────────────────────


def _time(field: str, typed: str, directive: Directive, rules: Ruleset, reference: dt.date | None) -> Value | Problem:
    if field in ("due_precision", "rrule", "due_text"):
        return _checked(field, typed, {field: typed or None})
    if not typed:
        return Value(_no_time(field))
    meta = directive.meta
    clock = Clock(reference or meta.date, meta.year)
    found = combine(search(typed, clock, "phrase", rules))
    if found is None and typed.isascii():
        found = combine(search(_with_accents(typed), clock, "phrase", rules))
    wrong = _wrong_time(field, typed, found)
    if wrong is not None or found is None:
        return wrong or Problem(field, typed, "")
    if field == "start":
        first = found.begin or found.due
        return Value({"start": first and first.isoformat()}, year_inferred="year-inferred" in found.flags)
    if field == "cadence":
        return Value({"cadence": list(found.cadence), "rrule": found.rrule})
    return Value(_as_fields(found, typed), year_inferred="year-inferred" in found.flags)


def _no_time(field: str) -> dict[str, object]:
    if field == "start":
        return {"start": None}
    if field == "cadence":
        return {"cadence": [], "rrule": None}
    return {"due": None, "due_text": None, "due_precision": None, "cadence": [], "rrule": None}


def _as_fields(found: TimeMention, typed: str) -> dict[str, object]:
    fields: dict[str, object] = {
        "due": found.due and found.due.isoformat(),
        "due_text": typed,
        "due_precision": found.precision,
        "cadence": list(found.cadence),
        "rrule": found.rrule,
    }
    return fields | ({"start": found.begin.isoformat()} if found.begin else {})


def _wrong_time(field: str, typed: str, found: TimeMention | None) -> Problem | None:
    if found is None:
        return Problem(
            field,
            typed,
            f"Chưa hiểu “{typed}” là khi nào. Hãy gõ ngày (30/6/2026), quý (quý II/2026) hoặc chu kỳ (hằng quý).",
        )
    if IMPOSSIBLE in found.flags:
        return Problem(field, typed, f"Lịch không có ngày “{typed}”. Hãy gõ lại ngày, ví dụ 30/6/2026.")
    if "year-unknown" in found.flags:
        return Problem(field, typed, f"Chưa rõ “{typed}” thuộc năm nào. Hãy gõ thêm năm, ví dụ 30/6/2026.")
    if field == "start" and not (found.begin or found.due):
        return Problem(field, typed, f"“{typed}” không phải một ngày. Hãy gõ ngày bắt đầu, ví dụ 1/4/2026.")
    if field == "cadence" and not found.cadence:
        return Problem(field, typed, f"“{typed}” không phải một chu kỳ. Hãy gõ chu kỳ, ví dụ hằng quý.")
    return None


def _with_accents(typed: str) -> str:
    return re.sub(r"[a-z]+", lambda word: _HASTE.get(word[0], word[0]), typed.lower())


# ── the other fields ───────────────────────────────────────────────────────────────────────


def _kind(field: str, typed: str) -> Value | Problem:
    from pipeline.units.words import slug

    words = slug(typed).replace("-", " ")
    kind = next((kind for kind, names in _KINDS.items() if words in names), None)
    if kind is None:
        return Problem(field, typed, f"Không có loại “{typed}”. Hãy gõ nhiệm vụ, chỉ tiêu hoặc báo cáo.")
    return Value({"kind": kind})


def _listed(field: str, typed: str) -> Value | Problem:
    return _checked(field, typed, {field: [one for piece in typed.split(";") if (one := piece.strip())]})


def _text(field: str, typed: str) -> Value | Problem:
    if not typed:
        return Problem(field, typed, "Nội dung nhiệm vụ đang trống. Hãy gõ nội dung, hoặc loại dòng này.")
    return _checked(field, typed, {"text": typed})


def _plain(field: str, typed: str) -> Value | Problem:
    return _checked(field, typed, {field: typed if field == "section" else typed or None})


def _checked(field: str, typed: str, fields: Mapping[str, object], unknown: tuple[str, ...] = ()) -> Value | Problem:
    """The value, where a row can hold it: what is told here is what `replay` would refuse."""
    try:
        for name, value in fields.items():
            decoded(name, value)
    except Refused:
        return Problem(field, typed, f"Không ghi được “{typed}”. Hãy gõ lại bằng chữ và số thông thường.")
    return Value(fields, unknown)


_READERS: Mapping[str, Callable[[str, str], Value | Problem]] = {
    "kind": _kind,
    "text": _text,
    "quantity": _listed,
    "deliverable": _plain,
    "section": _plain,
}
