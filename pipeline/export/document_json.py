"""One JSON file a document: UTF-8, not escaped, keys in a fixed order, equal bytes for equal directives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

import msgspec

from pipeline.english import told
from pipeline.export.files import Written, holds, make_folder, put
from pipeline.model import Citation, Directive, Evidence, Meta, Task, Warning
from pipeline.ruleset import Ruleset

__all__ = ["Folder", "Names", "as_json", "encode", "task_as_json", "write"]

_LONGEST = 240  # bytes of a stem: file systems take 255 with the number and the suffix


def write(directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes each directive to the folder `path`, named like its document with the suffix replaced by ``.json``.

    Of two documents with one stem the second becomes ``stem (2).json``. The keys are the same in every `lang`, which is
    that of the messages of errors and warnings alone; no value asks the `rules` again.
    """
    folder = Folder(path, lang)
    for directive in directives:
        folder.add(directive)
    return folder.written()


class Folder:
    """The same, document by document as they come."""

    def __init__(self, path: Path, lang: str) -> None:
        self._path, self._lang, self._names = path, lang, Names()

    def add(self, directive: Directive) -> None:
        """Writes the next one; a file that holds the same already is left alone. Raises `OutputError`."""
        path = self._path / self._names(directive.document)
        data = encode(directive, self._lang)
        if not holds(path, data):
            put(path, data)

    def written(self) -> Written:
        """All were added. Raises `OutputError` where the folder cannot be made."""
        make_folder(self._path)
        return Written(self._path)


class Names:
    """The name of the file of each document, called with their names in order."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}  # the number that a stem had last: of 10,000 equal ones each is found at once

    def __call__(self, document: str) -> str:
        """The name of the next one."""
        stem = _short(PurePath(document).stem)
        number = self._last.get(stem, 0) + 1
        name = f"{stem}.json" if number == 1 else f"{stem} ({number}).json"
        while name.casefold() in self._taken:  # a file system may be blind to case
            number += 1
            name = f"{stem} ({number}).json"
        self._taken.add(name.casefold())
        self._last[stem] = number
        return name


def _short(stem: str) -> str:
    """The stem, cut where file systems would refuse the name that is made of it."""
    if len(stem.encode("utf-8", "surrogateescape")) <= _LONGEST:
        return stem
    return stem.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")


def encode(directive: Directive, lang: str = "vi") -> bytes:
    """The directive as the bytes of its JSON file. What UTF-8 cannot hold (half a surrogate pair) becomes ``?``."""
    value = as_json(directive, lang)
    try:
        packed = msgspec.json.encode(value)
    except UnicodeEncodeError:
        whole = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        packed = msgspec.json.encode(json.loads(whole))
    return msgspec.json.format(packed, indent=1) + b"\n"


def as_json(directive: Directive, lang: str = "vi") -> dict[str, Any]:
    """The directive as plain dicts and lists, dates in ISO form."""
    return {
        "document": directive.document,
        "sha256": directive.sha256,
        "media_type": directive.media_type,
        "pages": directive.pages,
        "status": directive.status,
        "errors": [_warning(error, lang) for error in directive.errors],
        "warnings": [_warning(warning, lang) for warning in directive.warnings],
        "meta": _meta(directive.meta),
        "sections": [{"path": s.path, "title": s.title, "role": s.role} for s in directive.sections],
        "tasks": [task_as_json(task) for task in directive.tasks],
        "unplaced": [{"text": u.text, "section": u.section, "reason": u.reason} for u in directive.unplaced],
        "text": directive.text,
    }


def _warning(warning: Warning, lang: str) -> dict[str, Any]:
    return {"code": warning.code, "page": warning.page, "message": told(warning.message, lang)}


def _meta(meta: Meta) -> dict[str, Any]:
    return {
        "type": meta.type,
        "number": meta.number,
        "issuer": meta.issuer,
        "place": meta.place,
        "date": meta.date and meta.date.isoformat(),
        "title": meta.title,
        "signer_title": meta.signer_title,
        "signer": meta.signer,
        "recipients": list(meta.recipients),
        "basis": list(meta.basis),
        "cites": [_citation(citation) for citation in meta.cites],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "date": citation.date and citation.date.isoformat(),
        "issuer": citation.issuer,
        "title": citation.title,
    }


def task_as_json(task: Task) -> dict[str, Any]:
    """A task as plain dicts and lists, its keys in the order of the contract."""
    return {
        "id": task.id,
        "parent": task.parent,
        "section": task.section,
        "order": task.order,
        "text": task.text,
        "kind": task.kind,
        "lead": list(task.lead),
        "coordinating": list(task.coordinating),
        "due": task.due and task.due.isoformat(),
        "start": task.start and task.start.isoformat(),
        "due_text": task.due_text,
        "due_precision": task.due_precision,
        "milestones": [{"text": m.text, "due": m.due.isoformat()} for m in task.milestones],
        "cadence": list(task.cadence),
        "rrule": task.rrule,
        "report_to": list(task.report_to),
        "deliverable": task.deliverable,
        "quantity": list(task.quantity),
        "urgency": task.urgency,
        "related": list(task.related),
        "units": [{"name": u.name, "canonical": u.canonical, "role": u.role} for u in task.units],
        "confidence": round(task.confidence, 2),
        "review": list(task.review),
        "page": task.page,
        "evidence": {name: [_evidence(e) for e in task.evidence[name]] for name in sorted(task.evidence)},
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    box = evidence.box
    return {
        "start": evidence.start,
        "end": evidence.end,
        "page": evidence.page,
        "bbox": box and [round(side, 1) for side in (box.left, box.top, box.right, box.bottom)],
        "rule": evidence.rule,
    }
