"""What a year of the country needs: ``python -m benchmarks.country [--documents N] [--price P] [--write]``.

Documents of each form are read by one worker's process, here; the rest is arithmetic, and the table says from what.
`docs/scale.md` holds the table that ``--write`` put there.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.generate import write
from pipeline.cluster import groups, readers, sources, work
from pipeline.cluster.store import Folder
from pipeline.convert import convert
from pipeline.workers import Limits

PAGE = Path(__file__).resolve().parent.parent / "docs" / "scale.md"
BEGIN, END = "<!-- measured: python -m benchmarks.country --write -->", "<!-- end of what was measured -->"
COUNTRY = 1_600_000  # documents: 3,321 communes, some 500 a year each
# Forms of a year's documents. Nobody counts them; the shares are a guess that can be replaced here.
MIX = {"docx": 0.45, "pdf": 0.35, "scan": 0.15, "rtf": 0.05}
DPI = 200  # of office scanners


@dataclass(frozen=True, slots=True)
class Form:
    """What documents of a form came to: counts, seconds of the processor, bytes that come in, lie between, go out."""

    name: str
    documents: int
    pages: int
    seconds: float
    read: int
    staged: int
    told: int
    result: int
    memory: int

    @property
    def rate(self) -> float:
        """Documents a second of one core."""
        return self.documents / self.seconds


def main() -> int:
    """Measures every form and prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.country", description=__doc__)
    parser.add_argument("--documents", type=int, default=60, metavar="N", help="of each form; of scans a twentieth")
    parser.add_argument("--price", type=float, default=0.05, help="dollars that an hour of a core costs")
    parser.add_argument("--write", action="store_true", help=f"put the tables into docs/{PAGE.name}")
    options = parser.parse_args()
    forms = [measured(name, max(options.documents // (20 if name == "scan" else 1), 1)) for name in MIX]
    text = "\n".join([*_by_form(forms), "", *_year(forms, options.price)]) + "\n"
    sys.stdout.write(text)
    if options.write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        page = f"{head}{BEGIN}\n\n{text}\n{END}{rest.partition(END)[2]}"
        PAGE.write_text(page, encoding="utf-8", newline="\n")
    return 0


def measured(name: str, documents: int) -> Form:
    """Reads documents of a form as a task of a worker does, and writes their result."""
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        write(folder / "in", documents, formats=["pdf" if name == "scan" else name])
        for path in (folder / "in").glob("*.pdf") if name == "scan" else ():
            path.write_bytes(_scanned(path.read_bytes()))
        entries, _ = sources.expand([folder / "in"], ())
        staging = Folder(str(folder / "between"))
        orders = work.Orders("", None, "auto", False, None, Limits(), staging, work.examine(staging))
        work.read_group(orders, groups.Group("warm", tuple(entries[:1])))
        began = _processor()
        staged = work.read_group(orders, groups.Group("all", tuple(entries)))
        seconds = _processor() - began
        memory = max(child.memory_info().rss for child in psutil.Process().children(recursive=True))
        readers.release()
        convert([folder / "in"], [f"{folder}/out.parquet"], jobs=2)
        return Form(
            name,
            documents,
            sum(receipt.pages for receipt in staged.receipts),
            seconds,
            read=sum(entry.size for entry in entries),
            staged=(folder / "between" / "all.directives").stat().st_size,
            told=(folder / "between" / "all.json").stat().st_size,
            result=(folder / "out.parquet").stat().st_size,
            memory=memory,
        )


def _processor() -> float:
    """Seconds of the processor that this process and what it has started have used: others may share the machine."""
    own = psutil.Process()
    spent = sum(own.cpu_times()[:2])
    return spent + sum(sum(child.cpu_times()[:4]) for child in own.children(recursive=True))


def _scanned(pdf: bytes) -> bytes:
    """The pages of a PDF as pictures in one."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
        stream = io.BytesIO()
        pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return stream.getvalue()


HEADS = (
    "form", "share of the year", "measured", "documents/s a core", "pages/s a core", "KB read", "KB between the rounds",
    "KB to the caller", "KB of Parquet", "MB of the process",
)  # fmt: skip


def _by_form(forms: list[Form]) -> Iterator[str]:
    yield f"| {' | '.join(HEADS)} |"
    yield "|---" + "|---:" * (len(HEADS) - 1) + "|"
    for form in forms:
        kilobytes = (size / form.documents / 1000 for size in (form.read, form.staged, form.told, form.result))
        cells = (
            form.name, f"{MIX[form.name]:.0%}", f"{form.documents}", f"{form.rate:.2f}",
            f"{form.pages / form.seconds:.1f}", *(f"{size:,.1f}" for size in kilobytes), f"{form.memory / 1e6:.0f}",
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def _year(forms: list[Form], price: float) -> Iterator[str]:
    def mean(value: Callable[[Form], float]) -> float:
        return sum(MIX[form.name] * value(form) / form.documents for form in forms)

    hours = COUNTRY * mean(lambda form: form.seconds) / 3600
    yield "| a year of the country | |"
    yield "|---|---|"
    yield f"| documents | {COUNTRY:,} |"
    yield f"| core hours, all forms | {hours:,.0f} |"
    yield f"| of these for scans | {COUNTRY * MIX['scan'] / forms[2].rate / 3600 / hours:.0%} |"
    yield f"| with 64 cores | {hours / 64:,.1f} h |"
    yield f"| cores for a night of 8 hours, a working day's documents (a 250th) | {hours / 250 / 8:,.1f} |"
    yield f"| cost of the cores at {price} $ an hour | {hours * price:,.0f} $ |"
    for what, value in (
        ("read", lambda form: form.read),
        ("between the rounds, written once and read once an output", lambda form: form.staged),
        ("receipts, to the caller", lambda form: form.told),
        ("Parquet", lambda form: form.result),
    ):
        yield f"| GB {what} | {COUNTRY * mean(value) / 1e9:,.1f} |"


if __name__ == "__main__":
    sys.exit(main())
