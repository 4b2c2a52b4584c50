"""JSON Lines: one task a line, for other programs. `docs/schema/task.schema.json` says what stands in a line.

UTF-8, not escaped but for what some readers take for the end of a line; keys in a fixed order, equal bytes for equal
directives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.export.document_json import task_as_json
from pipeline.export.files import Written, put
from pipeline.export.words import storable
from pipeline.model import Directive, Task
from pipeline.ruleset import Ruleset

__all__ = ["as_json", "write"]

# JSON escapes the control characters below the blank; these end a line too for Python's splitlines and for JavaScript.
_ENDS = re.compile("[\x85\u2028\u2029]")


def write(directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the tasks of all directives, in their order. The keys are the same in every `lang`."""
    put(path, (_line(task, directive) for directive in directives for task in directive.tasks))
    return Written(path)


def as_json(task: Task, directive: Directive) -> dict[str, Any]:
    """The task with the document that assigns it in front: its file, and what it is cited by."""
    meta = directive.meta
    cited = {
        "type": meta.type,
        "number": meta.number,
        "issuer": meta.issuer,
        "date": meta.date and meta.date.isoformat(),
        "title": meta.title,
    }
    return {"document": directive.document, "meta": cited, **task_as_json(task)}


def _line(task: Task, directive: Directive) -> bytes:
    line = storable(json.dumps(as_json(task, directive), ensure_ascii=False))
    return (_ENDS.sub(lambda mark: f"\\u{ord(mark[0]):04x}", line) + "\n").encode()
