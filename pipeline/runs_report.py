"""The runs of a folder, and one of them, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SQUARE
from rich.table import Table
from rich.text import Text

from pipeline.english import told
from pipeline.runs.history import Document, Record
from pipeline.terminal import clean, console

__all__ = ["print_run", "print_runs"]

BEGAN = {"vi": "%H:%M:%S %d/%m/%Y", "en": "%Y-%m-%d %H:%M:%S"}

TEXTS = {
    "vi": {
        "output": "Kết quả",
        "began": "Bắt đầu",
        "state": "Tình trạng",
        "documents": "Văn bản",
        "failed": "Không đọc được",
        "partial": "Đọc chưa hết",
        "seconds": "Giây",
        "running": "đang chạy",
        "stopped": "dừng giữa chừng",
        "done": "đã xong",
        "sources": "Đọc từ: {sources}",
        "outputs": "Ghi ra: {outputs}",
        "found": "Lấy lại từ lượt trước: {found} văn bản. Nhiệm vụ: {tasks}.",
        "path": "Tệp",
        "reason": "Lý do",
        "resume": "Chạy tiếp: dondoc runs resume {journal}",
        "retry": "Đọc lại những văn bản này: dondoc runs retry-failed {journal}",
    },
    "en": {
        "output": "Output",
        "began": "Began",
        "state": "State",
        "documents": "Documents",
        "failed": "Not read",
        "partial": "Read in part",
        "seconds": "Seconds",
        "running": "running",
        "stopped": "stopped",
        "done": "done",
        "sources": "Read from: {sources}",
        "outputs": "Written to: {outputs}",
        "found": "Taken from earlier runs: {found} documents. Tasks: {tasks}.",
        "path": "File",
        "reason": "Reason",
        "resume": "To go on: dondoc runs resume {journal}",
        "retry": "To read these again: dondoc runs retry-failed {journal}",
    },
}


def print_runs(records: Sequence[Record], lang: str) -> None:
    """Prints a line for each run."""
    texts = TEXTS[lang]
    table = Table(box=SQUARE)
    for name in ("output", "began", "state", "documents", "failed", "partial", "seconds"):
        table.add_column(texts[name], overflow="fold")
    for record in records:
        table.add_row(
            Text(clean(record.command.outputs[0])),
            record.began.strftime(BEGAN[lang]),
            texts[record.state],
            f"{record.done}/{record.total}",
            str(record.failed),
            str(record.partial),
            "" if record.seconds is None else f"{record.seconds:.1f}",
        )
    console().print(table)


def print_run(record: Record, failed: Sequence[Document], lang: str) -> None:
    """Prints what a run was asked, how far it has come, and what failed with the reason."""
    texts, out = TEXTS[lang], console()
    print_runs([record], lang)
    journal = clean(str(record.journal))
    out.print(texts["sources"].format(sources=clean(", ".join(record.command.sources))), soft_wrap=True)
    out.print(texts["outputs"].format(outputs=clean(", ".join(record.command.outputs))), soft_wrap=True)
    out.print(texts["found"].format(found=record.found, tasks=record.tasks))
    if failed:
        table = Table(box=SQUARE)
        table.add_column(texts["path"], overflow="fold")
        table.add_column(texts["reason"], overflow="fold")
        for document in failed:
            table.add_row(Text(clean(document.path)), Text(clean(told(document.reason, lang))))
        out.print(table)
    if record.state == "stopped":
        out.print(texts["resume"].format(journal=journal), soft_wrap=True)
    elif failed:
        out.print(texts["retry"].format(journal=journal), soft_wrap=True)
