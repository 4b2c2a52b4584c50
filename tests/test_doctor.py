"""`dondoc doctor`: every format that is read or written has a line, and what is missing a command."""

from __future__ import annotations

import pytest

from pipeline import doctor
from pipeline.export import WRITERS


def said() -> str:
    return " ".join(finding.formats for finding in doctor.examine()).upper()


def test_every_format_has_a_line() -> None:
    for suffix in WRITERS:
        if suffix.startswith("."):
            assert suffix.strip("./").upper() in said()
    assert {"SQLITE", "POSTGRESQL"} <= set(said().replace(",", " ").split())
    assert {"DOCX", "PDF", "XLSX", "DOC", "RTF", "ODT"} <= set(said().replace(",", " ").split())


@pytest.mark.parametrize(("module", "extra"), [("icalendar", "calendar"), ("pyarrow", "parquet"), ("alembic", "db"), ("distributed", "cluster")])
def test_what_is_missing_has_a_command(module: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = doctor.find_spec
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == module else found(name))
    advice = [finding.advice for finding in doctor.examine() if not finding.works]
    assert f'pip install "dondoc[{extra}]"' in advice
