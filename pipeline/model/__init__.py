"""Every noun of the program, in the order in which a document meets it.

    bytes → Source (`found`) → Document (`canonical`, `outline`, `document`) → Directive (`directive`)

All types are frozen. Every offset is a half-open interval ``[start, end)`` of characters in
``Document.text``; ``document.text[e.start:e.end]`` are the words an `Evidence` was read from.
"""

from __future__ import annotations

from pipeline.model.canonical import Block, Grid, GridCell, Piece
from pipeline.model.directive import Directive, Evidence, Milestone, Task, TimeMention, UnitMention, Unplaced
from pipeline.model.document import Document
from pipeline.model.found import Aside, Box, Cell, Line, PageSize, Paragraph, Source, Style, Table, Warning, Word, Words
from pipeline.model.outline import Citation, Marker, Meta, Node, Outline, Section

__all__ = [
    "Aside", "Block", "Box", "Cell", "Citation", "Directive", "Document", "Evidence", "Grid", "GridCell", "Line",
    "Marker", "Meta", "Milestone", "Node", "Outline", "PageSize", "Paragraph", "Piece", "Section", "Source", "Style",
    "Table", "Task", "TimeMention", "UnitMention", "Unplaced", "Warning", "Word", "Words",
]  # fmt: skip
