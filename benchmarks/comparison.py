"""Plans against a parent: the comparison alone, and the whole command with its files.

The raw libraries do what lies at the bottom of it: rapidfuzz the likeness of every pair of texts, scipy the
assignment of each plan. Tasks are those of the plans in corpus/families, shuffled; growth is the time for all
plans over that for half of them. The memory is that of a fresh process: ``python -m benchmarks.comparison
PLANS`` compares so many and prints it.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pipeline
from benchmarks.measure import Figure, compared, take_turns
from benchmarks.pdf_memory import own_peak
from pipeline.compare import compare
from pipeline.model import Directive, Task

FAMILY = Path(__file__).resolve().parent.parent / "corpus" / "families" / "pho-bien-phap-luat" / "docs"
PARENT = "kh-ubnd-tinh-pho-bien-phap-luat.txt"
TASKS = 60
MB = 1_000_000
MINUTE, GIGABYTE, LINEAR = 60.0, 1000.0, 2.2  # seconds, MB, and what twice the plans may cost


def run(small: bool) -> list[Figure]:
    """Plans a second, the growth, seconds of the whole command, and the peak of the resident memory in MB."""
    many = 8 if small else 300
    parent, plans = make(many)
    seconds = take_turns(
        {
            "ours": lambda: compare(plans, parent),
            "half": lambda: compare(plans[: many // 2], parent),
            "raw": lambda: _raw(plans, parent),
        },
        rounds=1 if small else 3,
    )
    growth = min(whole / half for whole, half in zip(seconds["ours"], seconds["half"], strict=True))
    whole, peak = _command(plans, parent), _peak(many)
    what = f"{many} plans of {TASKS} tasks against a parent of {TASKS}"
    return [
        compared(what, "plans/s", many, seconds["ours"], "rapidfuzz and scipy: likeness and assignment",
        seconds["raw"]), Figure(f"{what}, growth", "time over that of half", growth, "limit", LINEAR, growth /
        LINEAR,
               "linear in the plans", growth < LINEAR),
        Figure(f"{what}, from files to a workbook, two processes", "seconds", whole, "limit", MINUTE, whole / MINUTE,
               "under 60 s", whole < MINUTE),
        Figure(f"memory for {what}", "MB at the peak", peak, "limit", GIGABYTE, peak / GIGABYTE, "under 1 GB",
               peak < GIGABYTE),
    ]  # fmt: skip


def make(count: int) -> tuple[Directive, list[Directive]]:
    """A parent of 60 tasks, and so many plans of 60 tasks that cite it."""
    head, others = _family()
    chance = random.Random(count)
    pool = [task for directive in (head, *others) for task in directive.tasks]
    plans = []
    for number in range(count):
        other = others[number % len(others)]
        meta = replace(other.meta, number=f"{number + 1}/KH-UBND", issuer=f"Ủy ban nhân dân xã Số {number + 1}")
        tasks = _tasks(chance, pool, number)
        plans.append(replace(other, document=f"{number}.txt", sha256=str(number), meta=meta, tasks=tasks))
    return replace(head, tasks=_tasks(chance, pool, -1)), plans


@cache
def _family() -> tuple[Directive, list[Directive]]:
    read = {path.name: pipeline.extract(pipeline.read(path)) for path in sorted(FAMILY.glob("kh-*.txt"))}
    head = read.pop(PARENT)
    return head, list(read.values())


def _tasks(chance: random.Random, pool: Sequence[Task], document: int) -> tuple[Task, ...]:
    return tuple(replace(task, id=f"{document}-{place}") for place, task in enumerate(chance.sample(pool, TASKS)))


def _raw(plans: Sequence[Directive], parent: Directive) -> None:
    from rapidfuzz import fuzz, process
    from scipy.optimize import linear_sum_assignment

    texts = [task.text for task in parent.tasks]
    for plan in plans:
        alike = process.cdist(texts, [task.text for task in plan.tasks], scorer=fuzz.token_set_ratio)
        linear_sum_assignment(alike, maximize=True)


def _command(plans: Sequence[Directive], parent: Directive) -> float:
    """Seconds of ``dondoc compare`` from the files of the plans to a workbook, with two processes."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        head = place / "parent.txt"
        head.write_text(_paper(parent), encoding="utf-8")
        (place / "plans").mkdir()
        for plan in plans:
            (place / "plans" / plan.document).write_text(_paper(plan), encoding="utf-8")
        command = [sys.executable, "-m", "pipeline", "compare", str(place / "plans"), "--parent", str(head)]
        start = time.perf_counter()
        subprocess.run(
            [*command, "-o", str(place / "c.xlsx"), "--jobs", "2", "--quiet"], check=True, capture_output=True
        )
        return time.perf_counter() - start


def _paper(directive: Directive) -> str:
    """A plan as text: its front as it stands, and its tasks with their leads and times as labelled lines."""
    front = directive.text.split("\nI.", 1)[0]
    lines = [front, "II. NHIỆM VỤ"]
    for number, task in enumerate(directive.tasks, start=1):
        lines.append(f"{number}. {task.text}")
        lines += [f"- Đơn vị chủ trì: {', '.join(task.lead)}."] if task.lead else []
        lines += [f"- Thời gian: {task.due_text}."] if task.due_text else []
    return "\n".join(lines) + "\n"


def _peak(count: int) -> float:
    command = [sys.executable, "-m", "benchmarks.comparison", str(count)]
    return int(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout) / MB


if __name__ == "__main__":
    head, rows = make(int(sys.argv[1]))
    compare(rows, head)
    sys.stdout.write(str(own_peak()))
