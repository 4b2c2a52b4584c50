"""``dondoc audit``: what the tasks of a plan leave open."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
    Sources,
    date_of,
    status_of,
)

__all__ = ["audit"]


def audit(
    sources: Sources,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="Ghi báo cáo ra sổ .xlsx này.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON thay cho bảng.")] = False,
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
    """Xét 6 rõ của từng nhiệm vụ.

    Nhiệm vụ nào chưa rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ thẩm quyền, rõ sản phẩm.
    """
    from dataclasses import replace

    from pipeline import audit as six
    from pipeline import audit_report, export, inputs, steps
    from pipeline.convert import convert
    from pipeline.errors import DondocError
    from pipeline.export import clarity_sheet
    from pipeline.ingest import is_candidate
    from pipeline.terminal import reporter

    report = reporter(lang.value, quiet=quiet or as_json, log_json=log_json)
    try:
        if output is not None:
            clarity_sheet.check(output)
        ours = export.targets([] if output is None else [output])
        loaded = steps.load_rules(rules)
        paths, problems = inputs.expand(sources, lambda path: is_candidate(path) and not export.is_ours(path, ours))
        with report:
            result = convert(
                paths,
                [],
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
        audits = six.audit(result.directives, loaded)
        result = replace(result, problems=(*problems, *result.problems))
        if output is not None and audits:
            result = replace(result, outputs=(clarity_sheet.write(audits, output, lang.value),))
    except DondocError as error:
        report.error(error)
        raise typer.Exit(status_of(error)) from error
    if as_json:
        import json

        typer.echo(json.dumps(six.as_json(audits), ensure_ascii=False, indent=1))
    elif audits and not quiet:
        audit_report.print_audit(audits, lang.value)
    report.end(result)
    raise typer.Exit(result.exit_status)
