"""CSV, JSON Lines, Parquet and iCalendar of the corpus, against what the raw library needs for the same content.

Ours starts from tasks and ends with the file's bytes; the raw library is given finished values: cells for `csv`, lines
as dictionaries for `json`, rows for pyarrow, and for icalendar the day, summary and description of each entry.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import icalendar
import pyarrow
from pyarrow import parquet

from benchmarks.measure import Figure, compared, take_turns
from pipeline import export, extract, read, ruleset
from pipeline.export import parquet as columns
from pipeline.model import Directive

_CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "docs"


def run(small: bool) -> list[Figure]:
    """Tasks a second."""
    directives = _directives(50 if small else 10_000)
    tasks = sum(len(directive.tasks) for directive in directives)
    rules = ruleset.load()
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for suffix, name, prepare in (
            (".csv", "csv: the same cells", _csv),
            (".jsonl", "json: the same dictionaries", _json),
            (".parquet", "pyarrow: the same rows", _parquet),
            (".ics", "icalendar: day, summary, description", _calendar),
        ):
            (target,) = export.targets([Path(folder) / f"tasks{suffix}"])
            export.write(directives, target, "vi", rules)
            raw = prepare(target.path.read_bytes())

            def ours(target: export.Target = target) -> None:
                target.path.unlink()  # a CSV that is there would only be compared
                export.write(directives, target, "vi", rules)

            seconds = take_turns({"ours": ours, "raw": raw}, rounds=1 if small else 5)
            what = f"{suffix}, {tasks:,} tasks"
            figures.append(compared(what, "tasks/s", tasks, seconds["ours"], name, seconds["raw"]))
    return figures


def _directives(least: int) -> list[Directive]:
    """The corpus over and over until it has so many tasks, each with an id of its own."""
    read_once = [extract(read(path)) for path in sorted(_CORPUS.glob("kh-*.txt"))[:4]]
    found: list[Directive] = []
    for turn in count():
        for directive in read_once:
            if sum(len(one.tasks) for one in found) >= least:
                return found
            tasks = tuple(replace(task, id=f"{task.id}{turn:x}") for task in directive.tasks)
            found.append(replace(directive, tasks=tasks))
    raise AssertionError("count() does not end")


def _csv(data: bytes) -> Callable[[], object]:
    cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    def raw() -> bytes:
        stream = io.StringIO()
        csv.writer(stream).writerows(cells)
        return stream.getvalue().encode("utf-8-sig")

    return raw


def _json(data: bytes) -> Callable[[], object]:
    lines = [json.loads(line) for line in data.splitlines()]
    return lambda: "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _parquet(data: bytes) -> Callable[[], object]:
    rows = parquet.read_table(io.BytesIO(data)).to_pylist()
    schema = columns.schema()

    def raw() -> bytes:
        stream = io.BytesIO()
        parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), stream, compression="zstd")
        return stream.getvalue()

    return raw


def _calendar(data: bytes) -> Callable[[], object]:
    entries = [
        {name: part.decoded(name) for name in ("uid", "dtstamp", "dtstart", "summary", "description") if name in part}
        for part in icalendar.Calendar.from_ical(data).subcomponents
    ]
    return lambda: _made(entries)


def _made(entries: list[dict[str, Any]]) -> bytes:
    calendar = icalendar.Calendar()
    for entry in entries:
        event = icalendar.Event()
        for name, value in entry.items():
            event.add(name, value.decode() if isinstance(value, bytes) else value)
        calendar.add_component(event)
    return calendar.to_ical()
