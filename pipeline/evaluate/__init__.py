"""Measures rows against gold files: figures by document and by type, grounding, rules, mistakes, and two runs compared.

    judging    one document: what is right, every mistake with its source
    grounding  is the evidence where the value is?
    firing     which rule was right how often
    against    two runs over the same gold
    report     all of it on a terminal; `as_json` for programs
    families   a comparison of plans measured against the tables of its family (family_gold, family_prediction,
               family_model), and family_report for the terminal

The measures are those of the guideline by which the gold files were written (see docs/accuracy.md).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.evaluate.against import Change, changes
from pipeline.evaluate.firing import Firing, firings
from pipeline.evaluate.grounding import Grounds, ground
from pipeline.evaluate.judging import Judged, Mistake, figures, judge

__all__ = ["Evaluation", "Figures", "as_json", "compare", "evaluate"]

Figures = dict[str, int | float | None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run measured. `mean` holds the means over the documents.

    `unpaired` are gold files without a prediction (all missed), `without_gold` predictions that nothing was said of,
    `without_text` predictions that do not hold the text that evidence counts in.
    """

    judged: tuple[Judged, ...]
    total: Figures
    mean: Figures
    documents: Mapping[str, Figures]
    styles: Mapping[str, Figures]
    grounding: Mapping[str, Grounds]
    rules: tuple[Firing, ...]
    without_text: tuple[str, ...]
    unpaired: tuple[str, ...]
    without_gold: tuple[str, ...]

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every mistake, in the order of the documents."""
        return tuple(mistake for judged in self.judged for mistake in judged.mistakes)


def evaluate(gold: Path, predictions: Path) -> Evaluation:
    """Measures the predictions of a folder; files pair by name, and a gold file without a prediction is all missed.

    Raises `UsageError` where a folder is not there, the first holds no gold, or a file is no JSON of that shape.
    """
    answers, given = _read(gold, _is_gold), _read(predictions, _is_prediction)
    if not answers:
        raise UsageError("no-gold", f"Thư mục {gold} không có tệp đáp án .json nào. Hãy kiểm tra đường dẫn.", str(gold))
    judged = tuple(judge(name, answer, given.get(name, {})) for name, answer in answers.items())
    by_document = {document.name: figures(document.counts) for document in judged}
    mean = _mean(by_document.values())
    total = figures(_sum(judged))
    total["row_mean"] = mean["row_f1"]
    grounds: dict[str, Grounds] = {}
    silent = [one.name for one in judged if one.prediction and not ground(one.prediction, grounds)]
    return Evaluation(
        judged=judged,
        total=total,
        mean=mean,
        documents=by_document,
        styles=_styles(judged),
        grounding=grounds,
        rules=tuple(firings(judged)),
        without_text=tuple(silent),
        unpaired=tuple(name for name in answers if name not in given),
        without_gold=tuple(name for name in given if name not in answers),
    )


def compare(before: Evaluation, after: Evaluation) -> tuple[Mapping[str, tuple[float, float]], list[Change]]:
    """The figures that both runs have, before and after, and what changed sides."""
    both = {
        name: (float(old), float(new))
        for name, new in after.total.items()
        if new is not None and (old := before.total.get(name)) is not None
    }
    return both, changes(before.judged, after.judged)


def as_json(now: Evaluation, *, errors: bool = False, before: Evaluation | None = None) -> dict[str, Any]:
    """The evaluation as plain dicts and lists."""
    out: dict[str, Any] = {
        "total": now.total,
        "mean": now.mean,
        "documents": now.documents,
        "styles": now.styles,
        "grounding": {field: {**asdict(grounds), "share": grounds.share} for field, grounds in now.grounding.items()},
        "rules": [{**asdict(firing), "wrong": firing.wrong} for firing in now.rules],
        "without_prediction": list(now.unpaired),
        "without_gold": list(now.without_gold),
        "without_text": list(now.without_text),
    }
    if errors:
        out["errors"] = [asdict(mistake) for mistake in now.mistakes]
    if before is not None:
        both, changed = compare(before, now)
        out["against"] = {
            "figures": {
                name: {"before": old, "after": new, "difference": new - old} for name, (old, new) in both.items()
            },
            "changes": [asdict(change) for change in changed],
        }
    return out


def _read(folder: Path, fits: Callable[[Any], bool]) -> dict[str, dict[str, Any]]:
    """The JSON objects of a folder by file name without suffix, sorted."""
    if not folder.is_dir():
        raise UsageError("no-folder", f"Không có thư mục {folder}. Hãy kiểm tra đường dẫn.", str(folder))
    found = {}
    for path in sorted(folder.glob("*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            message = f"Không đọc được {path}: tệp không phải JSON UTF-8. Hãy tạo lại tệp này."
            raise UsageError("not-json", message, str(error)) from error
        if not fits(content):
            message = f"Tệp {path} không có dạng đáp án hoặc kết quả: cần danh sách “tasks” mà mỗi nhiệm vụ có “text”."
            raise UsageError("wrong-shape", message, str(path))
        found[path.stem] = content
    return found


def _is_gold(content: Any) -> bool:
    return _is_prediction(content) and "tasks" in content


def _is_prediction(content: Any) -> bool:
    """Whether it may be a prediction: one of a document that could not be read has no tasks."""
    if not isinstance(content, dict) or not isinstance(content.get("meta") or {}, dict):
        return False
    tasks = content.get("tasks", [])
    rows = tasks if isinstance(tasks, list) else [None]
    return all(isinstance(row, dict) and isinstance(row.get("text"), str) for row in rows)


def _sum(judged: Iterable[Judged]) -> Counter[str]:
    total: Counter[str] = Counter()
    for document in judged:
        total.update(document.counts)
    return total


def _mean(documents: Iterable[Figures]) -> Figures:
    """The mean of each share over the documents that have it; counts have none."""
    rows = list(documents)
    out: Figures = {}
    for name in rows[0]:
        values = [value for row in rows if isinstance(value := row[name], float)]
        out[name] = sum(values) / len(values) if values else None
    return out


def _styles(judged: Iterable[Judged]) -> dict[str, Figures]:
    """The figures by type of document, the type with most documents first."""
    groups: dict[str, list[Judged]] = {}
    for document in judged:
        groups.setdefault(document.style, []).append(document)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return {style: figures(_sum(documents)) for style, documents in ordered}
