"""What the target would refuse, said before anything is written: row, column and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.export.page import Value
from pipeline.export.profiles.shape import Profile
from pipeline.export.profiles.values import Row

__all__ = ["Refusal", "check_file", "check_row", "listed"]

SHOWN = 30  # refusals that a message lists; the rest is counted
MISSING = "mà văn bản không nêu"
_WORDS = 60  # characters of a task by which a person knows it again
# What an office can do about documents that leave open what its system wants.
DEFAULTS = (
    "Với điều văn bản không nêu, có thể đặt giá trị mặc định: chép mẫu vào thư mục profiles/ của --rules rồi thêm "
    "“default: …” cho cột."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason of the target: the line of the sheet (from 1), the title of the column, empty for the row, the reason.

    `unknown` is the name that the table of codes lacks.
    """

    line: int
    column: str
    reason: str
    row: Row
    unknown: str = ""

    def __str__(self) -> str:
        where = f"cột “{self.column}”: " if self.column else ""
        task = self.row.task
        text = task.text if len(task.text) <= _WORDS else f"{task.text[:_WORDS].rstrip()}…"
        section = f", mục {task.section}" if task.section else ""
        return f"Dòng {self.line} ({self.row.directive.document}{section}: “{text}”): {where}{self.reason}."


def check_row(profile: Profile, values: Sequence[Value], row: Row, line: int) -> Iterator[Refusal]:
    """What is missing in a row."""
    filled = {column.title: value not in (None, "") for column, value in zip(profile.columns, values, strict=True)}
    for column in profile.columns:
        if column.required and not filled[column.title]:
            yield Refusal(line, column.title, f"bắt buộc phải có {MISSING}", row)
    for titles in profile.one_of:
        if not any(filled[title] for title in titles):
            names = " hoặc ".join(f"“{title}”" for title in titles)
            yield Refusal(line, "", f"phải có {names} {MISSING}", row)


def check_file(profile: Profile, rows: Sequence[tuple[Row, int]]) -> Iterator[Refusal]:
    """The rows, each with its line, beyond those that the target takes in one file."""
    most = profile.rows
    if most is not None and len(rows) > most:
        row, line = rows[most]
        reason = f"mỗi tệp chỉ được {most} dòng mà có {len(rows)}; hãy chuyển ít văn bản hơn trong một lần"
        yield Refusal(line, "", reason, row)


def listed(refusals: Sequence[Refusal], codes: str) -> str:
    """The refusals, a line each, and behind them the names that the table of codes lacks, once each."""
    lines = [str(refusal) for refusal in refusals[:SHOWN]]
    if len(refusals) > SHOWN:
        lines.append(f"… và {len(refusals) - SHOWN} lỗi khác.")
    names = dict.fromkeys(refusal.unknown for refusal in refusals if refusal.unknown)
    if names:
        lines.append(f"Tên cần thêm vào {codes}: {'; '.join(names)}.")
    if any(refusal.reason.endswith(MISSING) for refusal in refusals):
        lines.append(DEFAULTS)
    return "\n".join(lines)
