"""What the cells of a workbook take from its shared strings is counted before they are given it."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.errors import DocumentError
from pipeline.ingest.sheet import strings

SHORT, LONG = b"<si><t>ab</t></si>", b'<si><r><rPr><b/></rPr><t>abcde</t></r><r><t xml:space="preserve">fghij</t></r></si>'


def count(table: bytes, *sheets: bytes, name: str = "xl/sharedStrings.xml") -> None:
    """Counts sheets of a workbook with these strings."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, b"<sst>%s</sst>" % table)
    with zipfile.ZipFile(file) as archive:
        shared = strings.Shared(archive)
        for sheet in sheets:
            shared.take(sheet)


def cells(*values: bytes, said: bytes = b't="s"') -> bytes:
    return b"".join(b'<c r="A1" %s><v>%s</v></c>' % (said, value) for value in values)


@pytest.mark.parametrize(
    ("table", "sheets", "taken"),
    [
        (SHORT + LONG, [cells(b"1", b"1", b"0")], 22),
        (SHORT + LONG, [cells(b"0", b"1"), cells(b" 1 ")], 22),
        (SHORT + LONG, [cells(b"1", b"1", said=b"s='4' t = 's'")], 20),
        (SHORT + LONG, [cells(b"1", b"1", said=b'x=">" t="s"')], 20),
        (SHORT + LONG, [cells(b"1", b"1").replace(b"<c", b"<x:c").replace(b"<v", b"<x:v")], 20),
        (SHORT + LONG, [cells(b"1", b"1", said=b't="n"') + cells(b"1")], 10),
        # what is no number of a string, or may be another's, counts as the longest
        (SHORT + LONG, [cells(b"0", b"7")], 12),
        (SHORT + LONG, [cells(b"0", b"0" * 50 + b"1")], 12),
        (SHORT + LONG, [cells(b"0", b"+1")], 12),
        (b"<!-- <si/> -->" + SHORT + LONG, [cells(b"0", b"0")], 20),
        (SHORT + LONG, [cells(b"0") + b"<!-- -->"], 10),
    ],
)
def test_what_cells_take(table: bytes, sheets: list[bytes], taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strings, "MOST", taken)
    count(table, *sheets)
    count(table, *sheets, name="xl\\SHAREDStrings.xml")
    monkeypatch.setattr(strings, "MOST", taken - 1)
    for name in ("xl/sharedStrings.xml", "xl/SHAREDSTRINGS.XML"):
        with pytest.raises(DocumentError) as refused:
            count(table, *sheets, name=name)
        assert refused.value.code == "too-large"


def test_a_workbook_without_shared_strings() -> None:
    count(b"", cells(b"0") * 10, name="xl/other.xml")
