"""The memory that a long PDF takes: of a fresh process that reads it, against one in which pypdfium2 does.

``python -m benchmarks.pdf_memory ours|pypdfium2 FILE`` is that process; it prints its peak in bytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Figure

LIMIT = 300.0  # MB
_MB = 1_000_000


def run(small: bool) -> list[Figure]:
    """Peak of the resident memory in MB."""
    import pypdfium2

    from benchmarks.documents import long_pdf

    with tempfile.TemporaryDirectory() as folder:
        path = long_pdf(Path(folder), 30 if small else 7500)
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        document.close()
        ours, raw = _peak("ours", path), _peak("pypdfium2", path)
    what, raw_name = f"memory for a PDF of {pages} pages", "pypdfium2: plain text of each page"
    return [Figure(what, "MB at the peak", ours, raw_name, raw, ours / raw, "under 300 MB", ours < LIMIT)]


def _peak(way: str, path: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.pdf_memory", way, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return int(done.stdout) / _MB


# ── the process that is measured ───────────────────────────────────────────────────────────


def _read(way: str, path: Path) -> None:
    if way == "ours":
        from pipeline.ingest import read

        read(path)
        return
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()


def own_peak() -> int:
    """The most memory that this process ever held, in bytes."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage counts what the parent held when it started this process
        lines = status.read_text("utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS


if __name__ == "__main__":
    _read(sys.argv[1], Path(sys.argv[2]))
    sys.stdout.write(f"{own_peak()}\n")
