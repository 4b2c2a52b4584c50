"""``dondoc status``: how the tasks of a tracker stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import Help, Lang, Language, LogJson, Today, date_of, status_of

if TYPE_CHECKING:
    from pipeline.status import Status
    from pipeline.store.address import Address

__all__ = ["status"]

ENTERED = {
    "vi": "Đã ghi vào {url}: {count} nhiệm vụ có thay đổi.",
    "en": "Written to {url}: {count} tasks have changed.",
}
UNKNOWN = {
    "vi": "Lưu ý: {count} dòng chưa ghi được vì cơ sở dữ liệu không có mã nhiệm vụ đó: dòng {lines}. "
    "Nếu văn bản chưa được ghi vào cơ sở dữ liệu, hãy chạy: dondoc convert VĂN_BẢN -o {url}",
    "en": "Note: {count} lines were not written, for the database does not know their task id: lines {lines}. If the "
    "document is not in the database yet, run: dondoc convert DOCUMENT -o {url}",
}
NOTE = {"vi": "Lưu ý", "en": "Note"}
NAMED = 20  # lines that are named before “…”


def status(
    tracker: Annotated[Path, typer.Argument(metavar="TRACKER", help="Sổ theo dõi .xlsx mà dondoc convert đã lập.")],
    as_json: Annotated[bool, typer.Option("--json", help="In JSON thay cho bảng.")] = False,
    mail: Annotated[bool, typer.Option("--mail", help="In lời thư đôn đốc để gửi các đơn vị, thay cho bảng.")] = False,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="URL", help="Ghi trạng thái của cán bộ vào cơ sở dữ liệu này."),
    ] = None,
    today: Today = None,
    lang: Language = Lang.VI,
    log_json: LogJson = False,
    help_: Help = False,
) -> None:
    """Đọc lại sổ theo dõi: đếm theo tình trạng, nêu nhiệm vụ quá hạn và sắp đến hạn.

    Các cột được tìm theo tiêu đề, nên cán bộ có thể thêm cột, sắp xếp, thêm và xóa dòng.
    """
    import datetime as dt

    from pipeline import status as standing
    from pipeline import status_report
    from pipeline.errors import DondocError, UsageError
    from pipeline.status.tracker import read
    from pipeline.store import address
    from pipeline.terminal import clean, reporter

    try:
        if mail and as_json:
            message = "--mail và --json không dùng cùng nhau. Hãy chọn một: --mail in lời thư, --json in số liệu."
            raise UsageError("mail-or-json", message)
        where = None if output is None else address.parse(output)
        given = date_of(today, "--today")
        book = read(tracker, lang.value)
        found = standing.status(book, given or book.today or dt.date.today())
        told = [] if where is None else _enter(found, where, lang.value)
    except DondocError as error:
        reporter(lang.value, quiet=False, log_json=log_json).error(error)
        raise typer.Exit(status_of(error)) from error
    if as_json:
        import json

        typer.echo(json.dumps(status_report.as_json(found), ensure_ascii=False, indent=1))
    elif mail:
        typer.echo(status_report.mail(found, lang.value))
    else:
        status_report.print_status(found, lang.value)
    for problem in book.problems:
        typer.echo(clean(f"{NOTE[lang.value]}: {problem.message}"), err=True)
    for line in told:
        typer.echo(line, err=True)


def _enter(found: Status, where: Address, lang: str) -> list[str]:
    """Writes the states to the database; what there is to tell of it."""
    import datetime as dt

    from pipeline.store.states import enter

    entered = enter(where, found.states, dt.datetime.now(dt.UTC))
    told = [ENTERED[lang].format(url=where, count=entered.changed)]
    unknown = set(entered.unknown)
    lines = [one.line.number for one in found.standings if one.line.id is None or one.line.id in unknown]
    if lines:
        named = ", ".join(map(str, lines[:NAMED])) + (", …" if len(lines) > NAMED else "")
        told.append(UNKNOWN[lang].format(count=len(lines), lines=named, url=where))
    return told
