"""``dondoc list``: what a database of tasks says."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import Help, Lang, Language, LogJson, Today, date_of, status_of

__all__ = ["list_tasks"]


def list_tasks(
    url: Annotated[
        str,
        typer.Argument(metavar="URL", help="Cơ sở dữ liệu mà dondoc convert đã ghi: sqlite:///… hoặc postgresql://…"),
    ],
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ nhiệm vụ quá hạn chưa hoàn thành.")] = False,
    due_soon: Annotated[
        int | None,
        typer.Option("--due-soon", min=0, metavar="N", help="Chỉ việc đến hạn, đến mốc, đến kỳ trong N ngày tới."),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="TEXT", help="Chỉ nhiệm vụ của đơn vị này; gõ có dấu hoặc không dấu đều được."),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="TEXT", help="Chỉ nhiệm vụ của văn bản này: tệp, số, trích yếu, cơ quan."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON thay cho bảng.")] = False,
    today: Today = None,
    lang: Language = Lang.VI,
    log_json: LogJson = False,
    help_: Help = False,
) -> None:
    """Tra cứu nhiệm vụ trong cơ sở dữ liệu.

    Quá hạn, sắp đến hạn, theo đơn vị, theo văn bản; tình trạng tính theo trạng thái mà dondoc status đã ghi vào.
    """
    import datetime as dt
    from pathlib import Path

    from pipeline import settings, task_list
    from pipeline.errors import DondocError
    from pipeline.store import address
    from pipeline.terminal import reporter

    try:
        where = address.parse(url)
        day = date_of(today, "--today") or dt.date.today()
        office = settings.beside(where.path or Path())
        from pipeline.store.asking import entries

        tasks = task_list.listed(entries(where, day), day, office.warning_days)
    except DondocError as error:
        reporter(lang.value, quiet=False, log_json=log_json).error(error)
        raise typer.Exit(status_of(error)) from error
    found = task_list.chosen(tasks, overdue=overdue, due_soon=due_soon, unit=unit, document=document)
    if as_json:
        import json

        typer.echo(json.dumps(task_list.as_json(found, day), ensure_ascii=False, indent=1))
    else:
        task_list.print_list(found, len(tasks), day, lang.value)
