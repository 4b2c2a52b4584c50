"""Rows for the other trackers of an office, as the profiles in ``rules/profiles/`` describe them.

    order = profiles.order("vigov", Path("don-vi.csv"), rules_dir=None)
    written = profiles.write(directives, Path("import.xlsx"), "vi", rules, order)

What the target would refuse is said before anything is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.english import told
from pipeline.errors import OutputError, UsageError
from pipeline.export.files import Written, put_beside, put_new
from pipeline.export.profiles.check import listed
from pipeline.export.profiles.codes import Codes, read
from pipeline.export.profiles.fill import Sheet, fill
from pipeline.export.profiles.load import load
from pipeline.export.profiles.shape import Profile
from pipeline.export.profiles.standing import is_export
from pipeline.export.task_sheet import source
from pipeline.export.wording import VI
from pipeline.model import Directive, Warning
from pipeline.ruleset import Ruleset

__all__ = ["Order", "order", "write"]

MOST_SOURCES = 3  # documents that the lines above the header name

NOTES = {
    "not-an-export": {
        "vi": "Tệp đã có {there} không phải tệp đã xuất theo mẫu {profile} nên được để nguyên; kết quả được ghi sang "
        "{name}.",
        "en": "The file {there} was not written by the profile {profile} and was left alone; the result was written to "
        "{name}.",
    },
    "refused-rows": {
        "vi": "{count} dòng không ghi vì hệ thống đích sẽ không nhận (số dòng tính như khi ghi đủ):\n{rows}",
        "en": "{count} rows were left out, for the target would refuse them (lines as if all were written):\n{rows}",
    },
    "other-kinds": {
        "vi": "{count} mục không thuộc mẫu này nên không ghi.{hint}",
        "en": "{count} entries are of a kind that this profile does not take.{hint}",
    },
    "no-column": {
        "vi": "Mẫu không có cột cho các giá trị sau nên không ghi: {values}.",
        "en": "Not written, for the profile has no column for it: {values}.",
    },
    "to-fill": {
        "vi": "Cán bộ cần điền trước khi nộp: {columns}.",
        "en": "To be filled in by hand before it is handed over: {columns}.",
    },
}
HINTS = {"vi": " Dùng: --profile {others}", "en": " Use: --profile {others}"}


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """What is to be written: the profile, and the codes of the office. Equal to itself alone: a run has one."""

    profile: Profile
    codes: Codes

    def check(self, path: Path) -> None:
        """Raises `UsageError` where the profile cannot be written to such a file."""
        if path.suffix.lower() not in self.profile.formats:
            message = f"Mẫu {self.profile.name} ghi ra {', '.join(self.profile.formats)}, không ghi được ra “{path}”."
            raise UsageError("unknown-output", message, str(path))


def order(name: str, codes: Path | None, rules_dir: Path | None) -> Order:
    """The profile of that name with a table of codes. Raises `UsageError`; `RuleError` where the profile is wrong."""
    profile = load(name, rules_dir)
    if profile.coded and codes is None:
        message = f"Mẫu {name} ghi đơn vị bằng mã. Hãy thêm --codes TỆP.csv với các cột ma, ten, loai."
        raise UsageError("codes-missing", message, name)
    if codes is not None and not profile.coded:
        raise UsageError("codes-unused", f"Mẫu {name} ghi đơn vị bằng tên, không dùng --codes.", name)
    return Order(profile, Codes("", ()) if codes is None else read(codes))


def write(directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset, order: Order) -> Written:
    """Writes the rows as the profile says.

    What this profile wrote there before is kept beside it under another name; any other file that is there is left
    alone, and the rows go to a new one.
    Raises `OutputError` where it cannot be written, or where the target would refuse a row of a profile that is all or
    nothing.
    """
    profile = order.profile
    read_well = [one for one in directives if one.status != "failed"]
    sheet = fill(profile, read_well, order.codes, rules)
    if sheet.refusals and profile.all_or_nothing:
        message = (
            f"Chưa ghi {path.name}: hệ thống đích sẽ trả lại cả tệp vì {len(sheet.refusals)} lỗi.\n"
            f"{listed(sheet.refusals, order.codes.file)}"
        )
        raise OutputError("profile-refused", message, "\n".join(map(str, sheet.refusals)))
    if path.suffix.lower() == ".docx":
        from pipeline.export.profiles.write_docx import encode
    else:
        from pipeline.export.profiles.write_xlsx import encode
    data = encode(profile, sheet, _sources(read_well))
    if path.exists() and not is_export(path, profile):
        written = _apart(path, data, profile, lang)
    else:
        written = put_beside(path, data, lang)
    return Written(written.path, (*written.notes, *_notes(order, sheet, lang)))


def _apart(path: Path, data: bytes, profile: Profile, lang: str) -> Written:
    other = put_new(path, data)
    said = NOTES["not-an-export"][lang].format(there=path.name, profile=profile.name, name=other.name)
    return Written(other, (Warning("not-an-export", said),))


def _sources(directives: Sequence[Directive]) -> str:
    """The documents, as the lines above the header name them."""
    found = [source(one, VI) for one in directives if one.tasks]
    more = f" và {len(found) - MOST_SOURCES} văn bản khác" if len(found) > MOST_SOURCES else ""
    return "; ".join(found[:MOST_SOURCES]) + more


def _notes(order: Order, sheet: Sheet, lang: str) -> Iterator[Warning]:
    def note(code: str, **facts: object) -> Warning:
        return Warning(code, NOTES[code][lang].format(**facts))

    profile = order.profile
    if sheet.refusals:
        count = len({refusal.row.number for refusal in sheet.refusals})
        rows = told(listed(sheet.refusals, order.codes.file), lang)
        yield note("refused-rows", count=count, rows=rows)
    if sheet.passed_over:
        hint = HINTS[lang].format(others=profile.others) if profile.others else ""
        yield note("other-kinds", count=sheet.passed_over, hint=hint)
    left = Counter((vi if lang == "vi" else en) for row in sheet.rows for vi, en, _ in row.rest)
    if left:
        yield note("no-column", values=", ".join(f"{name} ({count})" for name, count in left.items()))
    asked = [
        f"{column.title} ({count})"
        for index, column in enumerate(profile.columns)
        if column.ask and (count := sum(row.values[index] in (None, "") for row in sheet.rows))
    ]
    if asked:
        yield note("to-fill", columns=", ".join(asked))
