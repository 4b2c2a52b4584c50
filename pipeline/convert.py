"""Composes the stages: the one module that knows them all and the order in which a document meets them."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path

from pipeline import export, inputs, ruleset, workers
from pipeline.errors import DocumentError, OutputError, UsageError
from pipeline.inputs import Problem
from pipeline.model import Directive, Document, Source, Warning

__all__ = ["Problem", "Result", "Step", "convert", "extract", "read"]

ALL_READ, NONE_READ, SOME_READ = 0, 1, 7  # exit statuses; 2 is wrong usage

Where = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Step:
    """A document that was just finished: the `done`-th of `total`, in `seconds` of its own process."""

    path: Path
    directive: Directive
    seconds: float
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to: one directive a document, sorted by name; the failed ones are among them."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    outputs: tuple[export.Written, ...]
    seconds: float

    @property
    def directives(self) -> tuple[Directive, ...]:
        """The directives in order."""
        return tuple(step.directive for step in self.steps)

    @property
    def tasks(self) -> int:
        """How many tasks were found in all documents."""
        return sum(len(directive.tasks) for directive in self.directives)

    def count(self, status: str) -> int:
        """How many documents have that status: ok, partial or failed."""
        return sum(directive.status == status for directive in self.directives)

    @property
    def exit_status(self) -> int:
        """0 all read; 7 some with errors or not at all; 1 none."""
        if self.count("failed") == len(self.steps):
            return NONE_READ
        return SOME_READ if self.problems or self.count("ok") < len(self.steps) else ALL_READ


def read(path: Where, *, rules_dir: Where | None = None, ocr: str = "auto", allow_classified: bool = False) -> Document:
    """The document in canonical text with its outline. Raises `DocumentError` when the file cannot be read.

    `rules_dir` is a folder of rules that are added to the shipped ones; a wrong rule raises `RuleError`. `ocr` is auto
    (pages whose words cannot be had otherwise), never or always. A document that is marked as secret raises the error
    ``classified`` unless `allow_classified`.
    """
    from pipeline import ingest

    source = ingest.read(Path(path), ingest.Settings(ocr=ocr))
    return _outlined(source, _rules(rules_dir), allow_classified)


def _outlined(source: Source, rules: ruleset.Ruleset, allow_classified: bool) -> Document:
    from pipeline import normalise, outline

    document = normalise.normalise(source, rules)
    document = replace(document, outline=outline.build(document, rules))
    mark = document.outline.classification if document.outline is not None else None
    if mark is not None and not allow_classified:
        message = (
            f"Văn bản đóng dấu {mark} nên không được xử lý. Chỉ dùng --allow-classified trên máy được phép "
            "xử lý tài liệu mật."
        )
        raise DocumentError("classified", message, mark)
    return document


def extract(document: Document, *, reference_date: dt.date | None = None, rules_dir: Where | None = None) -> Directive:
    """The meta, sections and tasks with evidence of a document that `read` returned. Pure: no clock, no network.

    Dates without a year count from `reference_date`; without one, from the document's own date.
    """
    from pipeline.extract import extract as extract_tasks

    return extract_tasks(document, _rules(rules_dir), reference_date)


def convert(
    sources: Iterable[str | Path],
    outputs: Iterable[str | Path],
    *,
    jobs: int = 1,
    reference_date: dt.date | None = None,
    rules_dir: Where | None = None,
    lang: str = "vi",
    progress: Callable[[Step], None] | None = None,
) -> Result:
    """Reads files, folders and globs, and writes every output; never raises for a bad document.

    A document that cannot be read becomes a directive with the status ``failed`` and its error; the others go on.
    `outputs` are told apart by suffix (see `pipeline.export`), `lang` (vi or en) is the language of their headings,
    `progress` is called after each document, in order. Raises `UsageError` before any document is read where an
    output or the rules folder does not exist or an output's kind is unknown, `RuleError` for a wrong rule, and
    `OutputError` where a result cannot be written, after all other outputs were.
    """
    began = time.perf_counter()
    targets = export.targets(outputs)
    _rules(rules_dir)
    from pipeline.ingest import is_candidate

    paths, problems = inputs.expand(sources, lambda path: is_candidate(path) and not export.is_ours(path, targets))
    steps: list[Step] = []
    for step in _steps(paths, jobs, reference_date, rules_dir):
        steps.append(replace(step, done=len(steps) + 1, total=len(paths)))
        if progress is not None:
            progress(steps[-1])
    written = _write([step.directive for step in steps], targets, lang)
    return Result(tuple(steps), tuple(problems), written, time.perf_counter() - began)


def _rules(rules_dir: Where | None) -> ruleset.Ruleset:
    if rules_dir is None:
        return ruleset.load()
    folder = Path(rules_dir)
    if not folder.is_dir():
        raise UsageError("no-rules-folder", f"Không có thư mục quy tắc {folder}. Hãy kiểm tra --rules.", str(folder))
    return ruleset.load(folder)


def _steps(paths: Sequence[Path], jobs: int, reference_date: dt.date | None, rules_dir: Where | None) -> Iterable[Step]:
    work = partial(_step, reference_date=reference_date, rules_dir=rules_dir)
    return workers.run(work, paths, jobs=jobs, died=_died, warm=partial(_warm, rules_dir))


def _warm(rules_dir: Where | None) -> None:
    """Loads in a fresh process what every document needs."""
    for stage in ("ingest", "normalise", "outline", "extract"):
        import_module(f"pipeline.{stage}")
    _rules(rules_dir)


def _step(path: Path, reference_date: dt.date | None, rules_dir: Where | None) -> Step:
    began = time.perf_counter()
    try:
        document = read(path, rules_dir=rules_dir)
        directive = extract(document, reference_date=reference_date, rules_dir=rules_dir)
    except DocumentError as error:
        directive = _failed(path, Warning(error.code, error.message, detail=error.detail))
    except Exception as error:  # a fault of the program must not cost the other documents; it is named, not hidden
        directive = _failed(path, _fault(error))
    return Step(path, directive, time.perf_counter() - began)


def _fault(error: Exception) -> Warning:
    where = traceback.extract_tb(error.__traceback__)[-1]
    detail = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
    if os.environ.get("DONDOC_DEBUG"):
        detail = "".join(traceback.format_exception(error))
    message = (
        "Chương trình gặp lỗi ngoài dự kiến ở văn bản này. Hãy gửi tệp (hoặc phần không mật) cho người phụ trách "
        "phần mềm; chạy lại với --log-json để có chi tiết."
    )
    return Warning("internal-error", message, detail=detail)


def _died(path: Path) -> Step:
    message = (
        "Tiến trình đọc văn bản này bị dừng đột ngột (hết bộ nhớ hoặc tệp hỏng nặng). "
        "Hãy mở bằng Word hoặc trình đọc PDF, lưu lại rồi thử lại."
    )
    return Step(path, _failed(path, Warning("worker-died", message, detail="BrokenProcessPool")), 0.0)


def _failed(path: Path, error: Warning) -> Directive:
    return Directive(
        document=path.name,
        sha256=_digest(path),
        media_type="application/octet-stream",
        pages=0,
        status="failed",
        errors=(error,),
    )


def _digest(path: Path) -> str:
    """The hash of the bytes, so that a failed document is known again; empty where they cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _write(directives: Sequence[Directive], targets: Sequence[export.Target], lang: str) -> tuple[export.Written, ...]:
    written, failed = [], []
    nothing_read = all(directive.status == "failed" for directive in directives)
    for target in targets:
        if nothing_read and not target.folder:
            continue  # an empty workbook would only take the place of a good one
        try:
            written.append(export.write(directives, target, lang))
        except OutputError as error:
            failed.append(error)
    if failed:
        raise failed[0]
    return tuple(written)
