"""What the command line says: errors and progress on standard error, results on standard output.

Words from documents are cleaned before they reach a terminal: no control sequence and no markup of theirs works.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol, Self

import typer

from pipeline.convert import Progress, Result, Step
from pipeline.english import told
from pipeline.errors import DondocError
from pipeline.model import Warning

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.progress_line import ProgressLine

__all__ = ["Reporter", "clean", "console", "lines", "reporter"]

WIDTH = 100  # columns where there is no terminal to ask
FEW, SOON = 5, 2.0  # documents, seconds: below both a progress bar would only flicker
_NAME = 40  # characters of a document's name in front of the bar
_SELDOM = 10.0  # seconds between two events of progress

# Escape sequences, other control characters but the line feed, and marks that turn the direction of writing.
_UNSAFE = re.compile(
    "\x1b\\[[0-9;?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?"
    "|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

TEXTS = {
    "vi": {
        "error": "Lỗi",
        "failed": "Không đọc được",
        "partial": "Đọc chưa hết",
        "note": "Lưu ý",
        "elsewhere": " (và {count} chỗ khác)",
        "page": "trang {page}",
        "of-pages": "{name}: nhận dạng trang {done}/{total}",
        "summary": "Đã đọc {read}/{total} văn bản, {tasks} nhiệm vụ, {seconds} giây ({each} giây một văn bản).",
        "unplaced": "Còn {count} đoạn giống nhiệm vụ chưa xếp được; xem bằng: dondoc show TỆP --explain",
        "output": "Kết quả: {path}",
        "stopped": "Đã dừng theo yêu cầu: xong {done}/{total} văn bản. Để đọc tiếp, hãy chạy lại đúng lệnh này hoặc "
        "dondoc runs resume; những văn bản đã đọc xong không phải đọc lại.",
    },
    "en": {
        "error": "Error",
        "failed": "Not read",
        "partial": "Read in part",
        "note": "Note",
        "elsewhere": " (and {count} more)",
        "page": "page {page}",
        "of-pages": "{name}: recognised page {done} of {total}",
        "summary": "Read {read} of {total} documents, {tasks} tasks, {seconds} s ({each} s a document).",
        "unplaced": "{count} passages look like tasks and became none; see: dondoc show FILE --explain",
        "output": "Output: {path}",
        "stopped": "Stopped as asked: {done} of {total} documents done. To go on, run the same command again or dondoc "
        "runs resume; what has been read is not read again.",
    },
}


def clean(words: str) -> str:
    """The words on one line, without what a terminal would obey."""
    return " ".join(_UNSAFE.sub("", words).split())


def lines(words: str) -> str:
    """The words without what a terminal would obey but the line feed: a message may list what it is about."""
    return "\n".join(clean(line) for line in words.split("\n"))


def console() -> Console:
    """Where tables are printed: standard output, as wide as the terminal; words of documents are nothing but words."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, markup=False, emoji=False)


class Reporter(Protocol):
    """Tells the user, or a program, how a run goes. A context manager around the run itself."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def step(self, step: Step) -> None:
        """A document is done."""

    def progress(self, progress: Progress) -> None:
        """The state of the run, whenever a document is done, in no order."""

    def page(self, name: str, done: int, total: int) -> None:
        """A page of a long document is done. Called from another thread."""

    def stopped(self) -> None:
        """The user has stopped the run."""

    def error(self, error: DondocError) -> None:
        """The run could not go on, or an output could not be written."""

    def end(self, result: Result) -> None:
        """All is done."""


def reporter(lang: str, *, quiet: bool, log_json: bool) -> Reporter:
    """The reporter for a person, or with `log_json` the one for a program."""
    return Log(lang) if log_json else Report(lang, quiet)


class Report:
    """For a person: a progress bar where there is a terminal and something to wait for, each bad file, a summary."""

    def __init__(self, lang: str, quiet: bool) -> None:
        self._lang = lang
        self._texts = TEXTS[lang]
        self._quiet = quiet
        self._began = time.monotonic()
        self._line: ProgressLine | None = None
        self._progress: Progress | None = None
        self._lock = threading.Lock()  # pages are told from another thread

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._line is not None:
            self._line.stop()
            self._line = None

    def progress(self, progress: Progress) -> None:
        """Moves the bar, where there is a terminal and something to wait for."""
        self._progress = progress
        with self._lock:
            if progress.total > progress.done and (progress.total > FEW or self._is_late()):
                self._begin(progress.total)
            if self._line is not None:
                self._line.show(progress)

    def step(self, step: Step) -> None:
        """Names the document in front of the bar, and for good where it could not be read."""
        if self._line is not None:
            self._line.name(clean(step.path.name)[:_NAME])
        if step.directive.errors:
            verdict = self._texts["failed" if step.directive.status == "failed" else "partial"]
            for error in step.directive.errors:
                self._say(f"{verdict}: {step.path}: {told(error.message, self._lang)}")

    def page(self, name: str, done: int, total: int) -> None:
        """Shows how far a long document has come, where there is a terminal and it takes long."""
        if not self._is_late():
            return
        with self._lock:
            self._begin(1)
            if self._line is not None:
                self._line.name(self._texts["of-pages"].format(name=clean(name)[:_NAME], done=done, total=total))

    def stopped(self) -> None:
        """Says what is done and how to go on."""
        done, total = (self._progress.done, self._progress.total) if self._progress is not None else (0, 0)
        typer.echo(self._texts["stopped"].format(done=done, total=total), err=True)

    def _is_late(self) -> bool:
        return time.monotonic() - self._began > SOON

    def _begin(self, total: int) -> None:
        if self._line is None and not self._quiet and sys.stderr.isatty():
            from pipeline.progress_line import ProgressLine

            self._line = ProgressLine(self._lang, "", total)

    def _say(self, text: str) -> None:
        if self._line is not None:
            self._line.print(clean(text))
        else:
            typer.echo(clean(text), err=True)

    def error(self, error: DondocError) -> None:
        """Prints what happened and what to do."""
        typer.echo(lines(f"{self._texts['error']}: {told(error.message, self._lang)}"), err=True)

    def end(self, result: Result) -> None:
        """Prints the inputs that gave no document, and the summary."""
        for problem in result.problems:
            typer.echo(f"{self._texts['error']}: {clean(told(problem.message, self._lang))}", err=True)
        if self._quiet:
            return
        for passed in result.notes:
            typer.echo(f"{self._texts['note']}: {clean(told(passed.message, self._lang))}", err=True)
        for step in result.steps:
            for line in self._warnings(step):
                typer.echo(line, err=True)
        total = len(result.steps)
        each = result.seconds / total if total else 0.0
        seconds, each_text = (f"{figure:.2f}" for figure in (result.seconds, each))
        summary = self._texts["summary"].format(
            read=total - result.count("failed"), total=total, tasks=result.tasks, seconds=seconds, each=each_text
        )
        typer.echo(summary)
        if result.unplaced:
            typer.echo(self._texts["unplaced"].format(count=result.unplaced))
        for written in result.outputs:
            typer.echo(self._texts["output"].format(path=clean(str(written.path))))
            for note in written.notes:
                typer.echo(lines(f"{self._texts['note']}: {note.message}"))

    def _warnings(self, step: Step) -> list[str]:
        """A line for each kind of warning: the first of its kind, and how many more there are."""
        kinds: dict[str, list[Warning]] = {}
        for warning in step.directive.warnings:
            kinds.setdefault(warning.code, []).append(warning)
        lines = []
        for first, *others in kinds.values():
            place = "" if first.page is None else f" ({self._texts['page'].format(page=first.page)})"
            more = self._texts["elsewhere"].format(count=len(others)) if others else ""
            message = told(first.message, self._lang)
            lines.append(clean(f"{self._texts['note']}: {step.path}: {message}{place}{more}"))
        return lines


class Log:
    """For a program: each event as a line of JSON on standard error."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._told = time.monotonic()
        self._progress: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None: ...

    def _event(self, event: str, **facts: Any) -> None:
        line = json.dumps({"event": event, **facts}, ensure_ascii=False)
        typer.echo(line.encode("utf-8", "replace").decode("utf-8"), err=True)

    def step(self, step: Step) -> None:
        """An event `document`, with the developer's detail of each error."""
        directive = step.directive
        self._event(
            "document",
            path=str(step.path),
            status=directive.status,
            tasks=len(directive.tasks),
            unplaced=len(directive.unplaced),
            seconds=round(step.seconds, 3),
            errors=[self._facts(error) for error in directive.errors],
            warnings=[self._facts(warning) for warning in directive.warnings],
        )

    def progress(self, progress: Progress) -> None:
        """An event `progress` every few seconds."""
        self._progress = progress
        if time.monotonic() - self._told >= _SELDOM:
            self._told = time.monotonic()
            self._event("progress", **{name: round(figure, 3) for name, figure in asdict(progress).items()})

    def stopped(self) -> None:
        """An event `stopped`."""
        done, total = (self._progress.done, self._progress.total) if self._progress is not None else (0, 0)
        message = TEXTS[self._lang]["stopped"].format(done=done, total=total)
        self._event("stopped", done=done, total=total, message=message)

    def page(self, name: str, done: int, total: int) -> None:
        """An event `page`."""
        self._event("page", document=name, done=done, total=total)

    def error(self, error: DondocError) -> None:
        """An event `error`."""
        self._event("error", code=error.code, message=told(error.message, self._lang), detail=error.detail)

    def end(self, result: Result) -> None:
        """An event `error` for each input without a document, `output` for each file, and `end`."""
        for problem in result.problems:
            self._event("error", code=problem.code, message=told(problem.message, self._lang), detail=problem.input)
        for passed in result.notes:
            self._event("note", code=passed.code, message=told(passed.message, self._lang), detail=passed.input)
        for written in result.outputs:
            self._event("output", path=str(written.path), notes=[self._facts(note) for note in written.notes])
        self._event(
            "end",
            documents=len(result.steps),
            failed=result.count("failed"),
            tasks=result.tasks,
            seconds=round(result.seconds, 3),
            exit_status=result.exit_status,
        )

    def _facts(self, warning: Warning) -> dict[str, Any]:
        message = told(warning.message, self._lang)
        return {"code": warning.code, "page": warning.page, "message": message, "detail": warning.detail}
