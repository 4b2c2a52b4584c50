"""One document through all stages in their order, and what becomes of it when one of them fails."""

from __future__ import annotations

import datetime as dt
import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import codec, opening, ruleset
from pipeline.errors import DocumentError, UsageError
from pipeline.model import Directive, Document, Source, Warning
from pipeline.workers import Failure, Limits

if TYPE_CHECKING:
    from pipeline.ingest import Contents

__all__ = [
    "Item", "Options", "PutOff", "Step", "extract", "load_rules", "read", "refused", "shown_path", "stopped", "take",
    "warm",
]  # fmt: skip

Where = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Options:
    """How all documents of a run are read. `programs` may run at once for one document.

    Pages that were recognised are kept beside the `journal` of the run, where it is there. With `view`, what shows a
    document beside its rows is made of each as well.
    """

    reference_date: dt.date | None = None
    rules_dir: Path | None = None
    ocr: str = "auto"
    allow_classified: bool = False
    programs: int = 1
    journal: Path | None = None
    view: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A document to be read: a file, or a member of one that `inside` leads to. `name` is what people are shown.

    `converted` is the DOCX that LibreOffice has made of it beforehand. With `later`, it is put off where pages of it
    would have to be recognised.
    """

    path: Path
    name: str
    inside: tuple[int, ...] = ()
    converted: Path | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class PutOff:
    """A document that was opened and not read: so many of its pages must be recognised."""

    pages: int


@dataclass(frozen=True, slots=True)
class Step:
    """A document that was just finished: the `done`-th of `total`, in `seconds` of its own process.

    `packed` is the directive as `codec` encodes it, where the process that read it has sent it; `view` as
    `pipeline.review.view` encodes it, where the options asked for it.
    """

    path: Path
    directive: Directive
    seconds: float
    done: int = 0
    total: int = 0
    packed: bytes | None = field(default=None, repr=False, compare=False)
    view: bytes | None = field(default=None, repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        """Sent as the journal keeps it: the process of the run, of which there is one, need not encode it again."""
        return _received, (self.path, codec.encode(self.directive, self.view), self.seconds, self.done, self.total)


def _received(path: Path, packed: bytes, seconds: float, done: int, total: int) -> Step:
    return Step(path, codec.decode(packed), seconds, done, total, packed, codec.view_in(packed))


def read(path: Where, *, rules_dir: Where | None = None, ocr: str = "auto", allow_classified: bool = False) -> Document:
    """The document in canonical text with its outline. Raises `DocumentError` when the file cannot be read.

    `rules_dir` is a folder of rules that are added to the shipped ones; a wrong rule raises `RuleError`. `ocr` is auto
    (pages whose words cannot be had otherwise), never or always. A document that is marked as secret raises the error
    ``classified`` unless `allow_classified`.
    """
    from pipeline import ingest

    settings = ingest.Settings(ocr=ocr, programs=os.cpu_count() or 1)
    return _outlined(ingest.read(Path(path), settings), load_rules(rules_dir), allow_classified)


def extract(document: Document, *, reference_date: dt.date | None = None, rules_dir: Where | None = None) -> Directive:
    """The meta, sections and tasks with evidence of a document that `read` returned. Pure: no clock, no network.

    Dates without a year count from `reference_date`; without one, from the document's own date.
    """
    from pipeline.extract import extract as extract_tasks

    return extract_tasks(document, load_rules(rules_dir), reference_date)


def load_rules(rules_dir: Where | None) -> ruleset.Ruleset:
    """The shipped rules with those of a folder. Raises `UsageError` where there is no such folder, `RuleError`."""
    if rules_dir is None:
        return ruleset.load()
    folder = Path(rules_dir)
    if not folder.is_dir():
        raise UsageError("no-rules-folder", f"Không có thư mục quy tắc {folder}. Hãy kiểm tra --rules.", str(folder))
    return ruleset.load(folder)


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


# ── in a process of the pool ───────────────────────────────────────────────────────────────


def warm(options: Options) -> None:
    """Loads in a fresh process what every document needs."""
    for stage in ("ingest", "normalise", "outline", "extract"):
        import_module(f"pipeline.{stage}")
    load_rules(options.rules_dir)


def take(options: Options, item: Item, tell: Callable[[int, int], None]) -> Step | Contents | PutOff:
    """Reads one document, or tells what is in a container. Never raises for a bad document."""
    from pipeline import ingest

    began = time.perf_counter()
    settings = ingest.Settings(options.ocr, options.programs, item.converted, tell, item.later, options.journal)
    view = None
    try:
        found = ingest.open_document(item.path, item.inside, settings)
        if isinstance(found, ingest.Contents):
            return found
        document = _outlined(found, load_rules(options.rules_dir), options.allow_classified)
        directive = extract(document, reference_date=options.reference_date, rules_dir=options.rules_dir)
        view = _view(document) if options.view else None
    except ingest.Pictured as pictured:
        return PutOff(pictured.pages)
    except DocumentError as error:
        directive = _failed(item, Warning(error.code, error.message, detail=error.detail))
    except MemoryError:
        raise  # the pool knows that one
    except Exception as error:  # a fault of the program must not cost the other documents; it is named, not hidden
        directive = _failed(item, _fault(error))
    return Step(shown_path(item), directive, time.perf_counter() - began, view=view)


def _view(document: Document) -> bytes:
    from pipeline.review import view

    return view.encode(view.view_of(document))


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


# ── what could not be read ─────────────────────────────────────────────────────────────────


def stopped(limits: Limits, item: Item, failure: Failure) -> Step:
    """The failed document whose process was stopped at a limit, or died over it."""
    memory = limits.memory // 1024**2
    code, message = {
        "time": (
            "time-limit",
            f"Đọc văn bản này quá lâu ({limits.quiet:g} giây không tiến triển hoặc {limits.seconds:g} giây tất cả) nên "
            "đã dừng. Hãy tách văn bản thành nhiều tệp nhỏ, hoặc mở và lưu lại rồi thử lại.",
        ),
        "memory": (
            "memory-limit",
            f"Văn bản này cần quá {memory} MB bộ nhớ nên đã dừng. Hãy tách thành nhiều tệp nhỏ, hoặc bỏ bớt ảnh lớn.",
        ),
        "died": (
            "worker-died",
            "Tiến trình đọc văn bản này bị dừng đột ngột (tệp hỏng nặng hoặc hết bộ nhớ). "
            "Hãy mở bằng Word hoặc trình đọc PDF, lưu lại rồi thử lại.",
        ),
    }[failure.kind]
    return refused(item, Warning(code, message, detail=failure.detail))


def refused(item: Item, error: Warning) -> Step:
    """The failed document of which nothing was read."""
    return Step(shown_path(item), _failed(item, error), 0.0)


def shown_path(item: Item) -> Path:
    """What a person is shown: a member of a container has no path of its own."""
    return Path(item.name) if item.inside else item.path


def _failed(item: Item, error: Warning) -> Directive:
    return Directive(
        document=item.name,
        sha256="" if item.inside else opening.sha256_of(item.path),
        media_type="application/octet-stream",
        pages=0,
        status="failed",
        errors=(error,),
    )
