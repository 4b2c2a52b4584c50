"""Tasks written down as they are needed: fields by name, the units that their leads are."""

from __future__ import annotations

from typing import Any

from pipeline import ruleset
from pipeline.compare.likeness import Scores, Side, Terms
from pipeline.model import Meta, Task, UnitMention
from pipeline.units import Resolver, directory
from pipeline.units.context import context_of

RULES = ruleset.load()
_RESOLVER = Resolver(directory(RULES), context_of("", Meta(), directory(RULES)))


def task(text: str = "Rà soát công trình cấp nước", name: str = "t", **fields: Any) -> Task:
    """A task; the bodies among its leads and of those that it is reported to are looked up in the directory."""
    roles = (("lead", "lead"), ("coordinating", "coordinating"), ("report_to", "report_to"))
    units = tuple(
        UnitMention(body, _RESOLVER.resolve(body).canonical, role) for key, role in roles for body in fields.get(key, ())
    )
    return Task(name, "I.1", 1, text, units=units, **fields)


def scored(table: list[list[float]]) -> tuple[Side, Side, Scores]:
    """Two sides whose scores are these: a row of the table for each task of the parent."""
    import numpy as np
    from scipy.sparse import csr_matrix

    nothing = Terms(csr_matrix((0, 1)), np.zeros(0))
    tasks, rows = (
        Side([task(name=f"{letter}{i}") for i in range(size)], (), nothing, nothing, nothing, ())
        for letter, size in (("p", len(table)), ("r", len(table[0])))
    )
    total = np.array(table, dtype=np.float64)
    return tasks, rows, Scores(total, {"cosine": total})
