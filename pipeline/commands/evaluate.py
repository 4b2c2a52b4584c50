"""``dondoc evaluate``: rows measured against right answers, or a comparison against those of its family."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.commands.options import Help, Lang, Language, status_of

__all__ = ["evaluate"]


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD_DIR",
            help="Thư mục đáp án: mỗi văn bản một tệp JSON, hoặc các bảng của một họ văn bản (family.tsv …).",
        ),
    ],
    predictions: Annotated[
        Path,
        typer.Argument(
            metavar="PRED_DIR",
            help="Thư mục kết quả mà dondoc convert ghi ra, tệp cùng tên đáp án; với một họ văn bản: tệp .json mà "
            "dondoc compare ghi ra, hoặc thư mục chứa nó.",
        ),
    ],
    errors: Annotated[bool, typer.Option("--errors", help="Liệt kê từng chỗ sai và chữ mà nó được đọc từ đó.")] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="OLD_PRED", help="Kết quả lần trước, để so số đo và từng chỗ sai."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON thay cho bảng.")] = False,
    lang: Language = Lang.VI,
    help_: Help = False,
) -> None:
    """So kết quả với đáp án.

    Độ đúng theo trường, văn bản, loại văn bản và quy tắc; giá trị có căn cứ trong văn bản không; chỗ nào sai. Với một
    họ văn bản: xếp họ, liên kết và phát hiện theo loại.
    """
    from pipeline.errors import DondocError
    from pipeline.evaluate.family_gold import is_family
    from pipeline.terminal import reporter

    measure, report = _of_family() if is_family(gold) else _of_documents()
    try:
        found = measure.evaluate(gold, predictions)
        before = None if against is None else measure.evaluate(gold, against)
    except DondocError as error:
        reporter(lang.value, quiet=False, log_json=False).error(error)
        raise typer.Exit(status_of(error)) from error
    if as_json:
        import json

        typer.echo(json.dumps(measure.as_json(found, errors=errors, before=before), ensure_ascii=False, indent=1))
        return
    report.print_evaluation(found, lang.value)
    if errors:
        report.print_mistakes(found, lang.value)
    if before is not None:
        report.print_changes(before, found, lang.value)


def _of_documents() -> tuple[Any, Any]:
    """What measures rows of documents, and what prints it."""
    from pipeline import evaluate as measure
    from pipeline.evaluate import report

    return measure, report


def _of_family() -> tuple[Any, Any]:
    """What measures a comparison, and what prints it: modules of the same four functions."""
    from pipeline.evaluate import families as measure
    from pipeline.evaluate import family_report as report

    return measure, report
