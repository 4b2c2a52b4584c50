"""``dondoc evaluate``: rows measured against right answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import Help, Lang, Language, status_of

__all__ = ["evaluate"]


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Thư mục đáp án, mỗi văn bản một tệp JSON.")],
    predictions: Annotated[
        Path, typer.Argument(metavar="PRED_DIR", help="Thư mục kết quả mà dondoc convert ghi ra, tệp cùng tên đáp án.")
    ],
    errors: Annotated[bool, typer.Option("--errors", help="Liệt kê từng chỗ sai và chữ mà nó được đọc từ đó.")] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="OLD_PRED", help="Kết quả lần trước, để so số đo và từng nhiệm vụ."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON thay cho bảng.")] = False,
    lang: Language = Lang.VI,
    help_: Help = False,
) -> None:
    """So kết quả với đáp án.

    Độ đúng theo trường, văn bản, loại văn bản và quy tắc; giá trị có căn cứ trong văn bản không; chỗ nào sai.
    """
    from pipeline import evaluate as measure
    from pipeline.errors import DondocError
    from pipeline.terminal import reporter

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
    from pipeline.evaluate.report import print_changes, print_evaluation, print_mistakes

    print_evaluation(found, lang.value)
    if errors:
        print_mistakes(found, lang.value)
    if before is not None:
        print_changes(before, found, lang.value)
