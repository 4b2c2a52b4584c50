"""What works on this machine: for each format what reads or writes it, what is missing, and how that is installed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec

import typer

__all__ = ["Finding", "examine", "print_report"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A group of formats: whether it works here, by what, and the command that installs what is missing."""

    formats: str
    works: bool
    by: str
    advice: str = ""


TEXTS = {
    "vi": {
        "formats": "Định dạng",
        "works": "Dùng được",
        "by": "Nhờ",
        "advice": "Cần cài",
        "yes": "có",
        "no": "CHƯA",
        "all": "Máy này đọc và ghi được mọi định dạng.",
        "some": "Các định dạng ghi CHƯA vẫn được báo lỗi rõ ràng, không mất văn bản khác.",
    },
    "en": {
        "formats": "Formats",
        "works": "Works",
        "by": "Through",
        "advice": "To install",
        "yes": "yes",
        "no": "NO",
        "all": "Every format can be read and written on this machine.",
        "some": "A file of a format marked NO gets a clear error and costs the others nothing.",
    },
}


def examine() -> list[Finding]:
    """Looks at what readers and writers (→) need. Starts nothing but tesseract, for its languages."""
    return [
        Finding("TXT, MD, DOCX, PDF, HTML, MHT, EML, ZIP", True, "dondoc"),
        _python("XLSX", ("python_calamine",), "sheets"),
        _scans(),
        *_old_files(),
        Finding("→ XLSX, CSV, JSONL, JSON", True, "dondoc"),
        _python("→ ICS", ("icalendar",), "calendar"),
        _python("→ Parquet", ("pyarrow",), "parquet"),
        _python("→ DOCX (phu-luc)", ("docx",), "docx"),
        _python("→ SQLite, PostgreSQL", ("sqlalchemy", "alembic", "pg8000"), "db"),
        _python("--engine dask", ("distributed", "fsspec"), "cluster"),
    ]


def _python(formats: str, modules: tuple[str, ...], extra: str) -> Finding:
    missing = [module for module in modules if find_spec(module) is None]
    advice = f'pip install "dondoc[{extra}]"' if missing else ""
    return Finding(formats, not missing, ", ".join(modules), advice)


def _scans() -> Finding:
    formats = "PNG, JPEG, TIFF, PDF quét / scanned"
    libraries = _python(formats, ("cv2", "PIL"), "ocr")
    if not libraries.works:
        return libraries
    from pipeline.ingest.scan import tesseract

    if tesseract.missing() is None:
        return Finding(formats, True, "tesseract (vie)")
    return Finding(
        formats, False, "tesseract (vie)", _install("tesseract-ocr tesseract-ocr-vie", "Tesseract OCR (vie)")
    )


def _old_files() -> list[Finding]:
    from pipeline.ingest import office, oldword

    advice = _install("libreoffice-writer libreoffice-calc", "LibreOffice")
    if office.find_program() is not None:
        return [Finding("DOC, RTF, ODT, XLS, ODS", True, "LibreOffice")]
    fallback = oldword.find_program()
    by = f"{fallback}: chỉ chữ / words only" if fallback else "LibreOffice"
    others = Finding("RTF, ODT, XLS, ODS", False, "LibreOffice", advice)
    return [Finding("DOC", fallback is not None, by, advice), others]


def _install(packages: str, name: str) -> str:
    """How a program is installed here: by Debian's packages, elsewhere by its own installer."""
    return f"apt install {packages}" if sys.platform.startswith("linux") else f"cài / install {name}"


def print_report(findings: list[Finding], lang: str) -> None:
    """Prints the findings as a table."""
    from rich.console import Console
    from rich.table import Table

    texts = TEXTS[lang]
    table = Table(*(texts[name] for name in ("formats", "works", "by", "advice")))
    for finding in findings:
        table.add_row(finding.formats, texts["yes" if finding.works else "no"], finding.by, finding.advice or "–")
    Console(markup=False, highlight=False, soft_wrap=False).print(table)
    typer.echo(texts["all" if all(finding.works for finding in findings) else "some"])
