"""What ``dondoc compare`` wrote as JSON, as the measure asks for it: places of documents, links, findings, unions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.compare.content import plain
from pipeline.errors import UsageError

__all__ = ["GivenFinding", "Place", "Prediction", "fold", "name_of", "read_prediction"]

Pair = tuple[str, str, str]  # plan, id of the parent's task, id of the plan's row


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document was put, in the terms of the gold: names of documents at hand, numbers of others."""

    parent: str | None
    top: str | None
    issuer: Mapping[str, str | None]
    days: int | None = None


@dataclass(frozen=True, slots=True)
class GivenFinding:
    """A finding of one kind, with the words of both sides that it was read from."""

    parent_says: str
    plan_says: str
    amount: float | None


@dataclass(slots=True)
class Prediction:
    """A comparison read back. Documents are named without their suffix, tasks by their id.

    `texts` holds the tasks of each document that the comparison says anything of, in the order of the file. `links` and
    `findings` are those against a parent; `clusters` are the rows of each task of a union, as (document, id).
    """

    places: dict[str, Place] = field(default_factory=dict)
    families: dict[str, frozenset[str]] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[Pair, float] = field(default_factory=dict)
    findings: dict[str, dict[tuple[str, str], GivenFinding]] = field(default_factory=dict)
    clusters: list[frozenset[tuple[str, str]]] = field(default_factory=list)

    def find(self, document: str, words: str) -> str | None:
        """The id of the task that begins with the words, else of the shortest one that holds them.

        As written comes before folded: a comma alone may tell “Phòng Y tế, Trạm …” from “Phòng Y tế - Trạm …”.
        """
        wanted, exact = fold(words), " ".join(words.split())
        tasks = self.texts.get(document, {})
        folded = {task: fold(text) for task, text in tasks.items()}
        begun = [task for task in tasks if folded[task].startswith(wanted)]
        written = [task for task in begun if " ".join(tasks[task].split()).startswith(exact)]
        holding = sorted((task for task in tasks if wanted in folded[task]), key=lambda task: len(folded[task]))
        return next(iter(written or begun or holding), None)


def fold(text: str) -> str:
    """The words of a text in small letters, tone marks in the new spelling, without points and dashes."""
    return " ".join(re.findall(r"\w+", plain(text)))


def name_of(document: str) -> str:
    """The name of a file without its suffix, as the gold names documents."""
    return Path(document).stem


def read_prediction(path: Path) -> Prediction:
    """Reads the file, or the only comparison in a folder. Raises `UsageError`."""
    source = _only(path) if path.is_dir() else path
    content = _content(source)
    if not _is_comparison(content):
        raise _shapeless(source, "families")
    found = Prediction()
    try:
        for family in content["families"]:
            _family(family, found)
        for family in content["families"]:
            for member in (family["parent"], *family["above"]):
                if member is not None:
                    found.places.setdefault(name_of(member["document"]), _place(member))
        for member in content["alone"]:
            found.places.setdefault(name_of(member["document"]), _place(member))
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise _shapeless(source, repr(error)) from error
    return found


# ── the file ───────────────────────────────────────────────────────────────────────────────


def _only(folder: Path) -> Path:
    comparisons = [path for path in sorted(folder.glob("*.json")) if _is_comparison(_content(path))]
    if len(comparisons) != 1:
        message = (
            f"Thư mục {folder} có {len(comparisons)} tệp kết quả so sánh .json, cần đúng một. Hãy nêu tên tệp mà "
            "dondoc compare đã ghi ra."
        )
        raise UsageError("no-comparison", message, ", ".join(path.name for path in comparisons))
    return comparisons[0]


def _content(path: Path) -> Any:
    if not path.is_file():
        message = f"Không có tệp hoặc thư mục {path}. Hãy nêu tệp .json mà dondoc compare đã ghi ra."
        raise UsageError("no-comparison", message, str(path))
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"Không đọc được {path}: tệp không phải JSON UTF-8. Hãy tạo lại tệp này."
        raise UsageError("not-json", message, str(error)) from error


def _is_comparison(content: Any) -> bool:
    return isinstance(content, dict) and isinstance(content.get("families"), list)


def _shapeless(path: Path, detail: str) -> UsageError:
    message = f"Tệp {path} không phải kết quả so sánh. Hãy tạo bằng: dondoc compare VĂN_BẢN -o {path}"
    return UsageError("wrong-shape", message, detail)


# ── its families ───────────────────────────────────────────────────────────────────────────


def _place(member: Mapping[str, Any]) -> Place:
    """Where a document stands that is no plan of a family: by what it cites itself, else it heads its own chain."""
    cited = [reference["number"] for reference in member["implements"]]
    return Place(cited[0] if cited else None, cited[-1] if cited else member["number"], member["issuer"])


def _family(family: Mapping[str, Any], found: Prediction) -> None:
    parent, reference, top = family["parent"], family["reference"] or {}, family["top"] or {}
    key = reference.get("number") if parent is None else name_of(parent["document"])
    for task in family["tasks"]:
        found.texts.setdefault(name_of(task["document"]), {}).setdefault(task["id"], task["text"])
    names = [name_of(column["plan"]["document"]) for column in family["plans"]]
    for name, column in zip(names, family["plans"], strict=True):
        found.places[name] = Place(key, top.get("number"), column["plan"]["issuer"], column["days"])
        _texts(name, column, found)
        if parent is not None:
            _answers(name, column, found)
    # The gold tells families apart by their parent alone, so that two of one parent are one here too.
    found.families[key or ""] = found.families.get(key or "", frozenset()) | frozenset(names)
    if parent is None:
        found.clusters += _clusters(family)


def _texts(name: str, column: Mapping[str, Any], found: Prediction) -> None:
    """Remembers the rows of a plan that are linked, or added by it: against a parent these are all."""
    texts = found.texts.setdefault(name, {})
    rows = [link["row"] for answer in column["answers"] for link in answer["links"]]
    for row in (*rows, *(row for finding in column["added"] for row in finding["rows"])):
        texts.setdefault(row["id"], row["quote"])


def _answers(name: str, column: Mapping[str, Any], found: Prediction) -> None:
    for answer in column["answers"]:
        for link in answer["links"]:
            found.links[name, link["parent"]["id"], link["row"]["id"]] = link["score"]
    for finding in (*(one for answer in column["answers"] for one in answer["findings"]), *column["added"]):
        task = finding["parent"] or finding["rows"][0]
        said = GivenFinding(finding["parent_says"], finding["plan_says"], finding["amount"])
        found.findings.setdefault(finding["kind"], {}).setdefault((name, task["id"]), said)


def _clusters(family: Mapping[str, Any]) -> Iterator[frozenset[tuple[str, str]]]:
    for place in range(len(family["tasks"])):
        links = [link for column in family["plans"] for link in column["answers"][place]["links"]]
        yield frozenset((name_of(link["row"]["document"]), link["row"]["id"]) for link in links)
