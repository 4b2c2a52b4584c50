"""``dondoc compare``: what each plan took over of what it implements, changed, forgot and added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import (
    Classified,
    Help,
    Jobs,
    Lang,
    Language,
    LogJson,
    Ocr,
    OcrMode,
    Quiet,
    ReferenceDate,
    Rules,
    date_of,
    status_of,
)

if TYPE_CHECKING:
    from pipeline.inputs import Problem

__all__ = ["compare"]


def compare(
    sources: Annotated[
        list[str], typer.Argument(metavar="PLAN", help="Các kế hoạch: tệp, thư mục (tìm cả bên trong) hoặc mẫu.")
    ],
    parent: Annotated[
        Path | None,
        typer.Option(
            "--parent",
            metavar="FILE",
            help="Văn bản cấp trên để đối chiếu (mặc định: tìm trong các tệp theo văn bản mà kế hoạch dẫn).",
        ),
    ] = None,
    outputs: Annotated[
        list[Path] | None,
        typer.Option(
            "-o", "--output", metavar="PATH", help="Ghi kết quả ra tệp .xlsx, .html hoặc .json; nêu được nhiều lần."
        ),
    ] = None,
    jobs: Jobs = 1,
    reference_date: ReferenceDate = None,
    ocr: OcrMode = Ocr.AUTO,
    allow_classified: Classified = False,
    rules: Rules = None,
    lang: Language = Lang.VI,
    quiet: Quiet = False,
    log_json: LogJson = False,
    help_: Help = False,
) -> None:
    """So sánh các kế hoạch với văn bản mà chúng thực hiện, hoặc với nhau.

    Mỗi kế hoạch đã đưa vào nhiệm vụ nào, sửa gì, thiếu gì, thêm gì; mỗi nhận xét kèm trích dẫn hai bên.
    """
    from dataclasses import replace
    from functools import partial

    from pipeline import compare as comparing
    from pipeline import compare_report, inputs, steps
    from pipeline.convert import convert
    from pipeline.errors import DondocError
    from pipeline.export import comparison
    from pipeline.export.files import kept_names
    from pipeline.ingest import is_candidate
    from pipeline.terminal import reporter

    report = reporter(lang.value, quiet=quiet, log_json=log_json)
    targets = outputs or []
    try:
        for path in targets:
            comparison.check(path)
        loaded = steps.load_rules(rules)
        ours = [(path.parent.resolve(), kept_names(path)) for path in targets]
        paths, problems = inputs.expand(
            sources,
            lambda path: is_candidate(path)
            and not any(path.parent.resolve() == folder and name.fullmatch(path.name) for folder, name in ours),
        )
        read = partial(
            convert,
            outputs=[],
            jobs=jobs,
            reference_date=date_of(reference_date),
            rules_dir=rules,
            ocr=ocr.value,
            allow_classified=allow_classified,
            lang=lang.value,
            progress=report.step,
            watch=report.progress,
            pages=report.page,
        )
        with report:
            head = compare_report.readable(read([parent]), parent) if parent is not None else None
            result = read(paths)
        found = comparing.compare(result.directives, head, loaded)
        remarks = [*_given_twice(sources), *(inputs.Problem("", one.code, one.message) for one in found.remarks)]
        result = replace(result, problems=(*problems, *result.problems), notes=(*result.notes, *remarks))
        if result.count("failed") < len(result.steps):
            written = [comparison.write(found, path, lang.value, loaded) for path in targets]
            result = replace(result, outputs=tuple(written))
    except DondocError as error:
        report.error(error)
        raise typer.Exit(status_of(error)) from error
    if not quiet and not log_json:
        compare_report.print_comparison(found, lang.value)
    report.end(result)
    raise typer.Exit(result.exit_status)


def _given_twice(sources: Sequence[str]) -> Iterator[Problem]:
    """What is said of a file that was named twice: the search for documents gives each path once."""
    from pipeline.inputs import Problem

    named = Counter(Path(source).resolve() for source in sources if Path(source).is_file())
    for path, count in named.items():
        if count > 1:
            yield Problem(str(path), "same-file", f"{path.name}: được nêu {count} lần; chỉ tính một lần.")
