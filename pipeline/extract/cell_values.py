"""What a cell of a task table says: the field of its column, or those that labels and brackets in it name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.candidates import Label
from pipeline.labels import parts_of
from pipeline.model import Block, Document, GridCell
from pipeline.ruleset import Ruleset

# Columns whose cells may hold labelled lines of their own ("Chủ trì: Sở Y tế; phối hợp: …").
_MAY_HOLD_LABELS = frozenset({"lead", "coordinating", "time", "product", "note"})
_BULLET = re.compile(r"[-–+*•]\s*")
# "Sở Y tế (chủ trì); Sở Tài chính (phối hợp)": the brackets speak of what stands before them.
_ROLE = re.compile(r"\s*\((chủ trì|phối hợp)(?: thực hiện)?\)[;,.]?\s*", re.IGNORECASE)
# "Sở Y tế (phối hợp: Sở Tài chính)": they hold the name.
_HOLDS = re.compile(
    r"\s*\((?:(?:đơn vị|cơ quan) )?(chủ trì|phối hợp)(?: thực hiện)?(?: với|:)\s*([^()]+)\)[;,.]?\s*", re.IGNORECASE
)
_FIELD = {"chủ trì": "lead", "phối hợp": "coordinating"}

Part = tuple[str | None, int, int]  # field and place; no field where nothing in the cell names it


def values_of(document: Document, cell: GridCell, name: str, rule: str, rules: Ruleset) -> list[Label]:
    """The values of a cell in a column of the field `name`."""
    whole = Label(name, cell.blocks[0].start, cell.blocks[-1].end, f"column.{rule}")
    said = document.text[whole.start : whole.end]
    if name not in _MAY_HOLD_LABELS or not (":" in said or "(" in said):
        return [whole]
    parts = list(_parts(document, cell, rules))
    if all(field is None for field, _, _ in parts):
        return [whole]
    return [
        Label(field or name, start, end, f"label.{field}" if field else f"column.{rule}")
        for field, start, end in parts
        if start < end
    ]


def lines_of(document: Document, cell: GridCell, rules: Ruleset) -> tuple[list[Block], list[Label]]:
    """The paragraphs of a task cell that are its text, and the labelled lines in it."""
    lines: list[Block] = []
    labels: list[Label] = []
    for block in cell.blocks:
        if ":" not in document.text[block.start : block.end]:
            lines.append(block)
            continue
        parts = list(_labelled(document, block, rules))
        labels.extend(
            Label(field, start, end, f"label.{field}") for field, start, end in parts if field and start < end
        )
        if not lines or parts[0][0] is None:
            lines.append(block)
    return lines, labels


def _parts(document: Document, cell: GridCell, rules: Ruleset) -> Iterator[Part]:
    """The parts of all paragraphs; a label without a value names those that follow ("Phối hợp:" | "Sở Tài chính")."""
    open_label = None
    for block in cell.blocks:
        for field, start, end in _labelled(document, block, rules):
            if field is None:
                yield from _by_brackets(document.text, open_label, start, end)
            else:
                open_label = field if start == end else None
                yield field, start, end


def _labelled(document: Document, block: Block, rules: Ruleset) -> Iterator[Part]:
    text = document.text[block.start : block.end]
    bullet = _BULLET.match(text)
    for field, _, value, end in parts_of(text, rules, bullet.end() if bullet else 0):
        yield field, block.start + value, block.start + end


def _by_brackets(text: str, field: str | None, start: int, end: int) -> Iterator[Part]:
    """A part cut where brackets say who leads and who coordinates."""
    for holds in _HOLDS.finditer(text, start, end):
        yield _FIELD[holds[1].lower()], *holds.span(2)
        if start < holds.start():
            yield field, start, holds.start()
        start = holds.end()
    for role in _ROLE.finditer(text, start, end):
        yield _FIELD[role[1].lower()], start, role.start()
        start = role.end()
    if start < end:
        yield field, start, end
