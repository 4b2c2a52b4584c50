"""``dondoc doctor``: what this machine reads."""

from __future__ import annotations

import typer

from pipeline.commands.options import Help, Lang, Language

__all__ = ["doctor"]


def doctor(lang: Language = Lang.VI, help_: Help = False) -> None:
    """Cho biết máy này đọc được định dạng nào, còn thiếu gì và cài bằng lệnh nào."""
    from pipeline.doctor import examine, print_report

    findings = examine()
    print_report(findings, lang.value)
    raise typer.Exit(0 if all(finding.works for finding in findings) else 1)
