"""``dondoc show``: the tasks of one document on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import (
    Classified,
    Help,
    Lang,
    Language,
    LogJson,
    Ocr,
    OcrMode,
    ReferenceDate,
    Rules,
    date_of,
    status_of,
)

__all__ = ["show"]


def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Văn bản cần xem.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Nêu từng giá trị được đọc từ chữ nào, ở đâu, theo quy tắc nào.")
    ] = False,
    reference_date: ReferenceDate = None,
    ocr: OcrMode = Ocr.AUTO,
    allow_classified: Classified = False,
    rules: Rules = None,
    lang: Language = Lang.VI,
    log_json: LogJson = False,
    help_: Help = False,
) -> None:
    """In các nhiệm vụ của một văn bản thành bảng."""
    from pipeline.convert import convert as run
    from pipeline.errors import DondocError, UsageError
    from pipeline.explanation import print_explanation, print_table
    from pipeline.terminal import reporter

    report = reporter(lang.value, quiet=True, log_json=log_json)
    try:
        if file.is_dir():
            raise UsageError("folder", f"{file} là thư mục; show đọc từng tệp; với thư mục hãy dùng dondoc convert.")
        with report:
            result = run(
                [file],
                [],
                reference_date=date_of(reference_date),
                rules_dir=rules,
                ocr=ocr.value,
                allow_classified=allow_classified,
                lang=lang.value,
                progress=report.step,
                watch=report.progress,
                pages=report.page,
            )
    except DondocError as error:
        report.error(error)
        raise typer.Exit(status_of(error)) from error
    for directive in result.directives:
        if directive.status != "failed":
            print_table(directive, lang.value)
            if explain:
                print_explanation(directive, lang.value)
    report.end(result)
    raise typer.Exit(result.exit_status)
