"""A document whose reader knew no fonts: repaired as a whole, for a few words of it prove nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.ingest.encodings.texts import old_encoding, repair
from pipeline.ingest.reading import Reading
from pipeline.model import Aside, Line, Paragraph, Table


def repaired(reading: Reading) -> Reading:
    """The reading with its lines in an old encoding as Unicode, and a warning where there are any.

    Lines whose words have places stay: letters and places belong together, and their reader has seen to it.
    """
    lines = [line.text for block in reading.blocks for line in _lines(block) if not line.words]
    beside = [aside.text for aside in reading.asides]
    before = "\n".join((*lines, *beside))
    after = repair(before)
    if after == before:
        return reading
    texts = iter(after.split("\n"))
    blocks = tuple(_block(block, texts) for block in reading.blocks)
    asides = tuple(_aside(aside, texts) for aside in reading.asides)
    warnings = tuple(warning for warning in reading.warnings if warning.code != "old-encoding")
    return replace(reading, blocks=blocks, asides=asides, warnings=(*warnings, old_encoding()))


def _lines(block: Paragraph | Table) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield from block.lines
    else:
        yield from (line for cell in block.cells for paragraph in cell.paragraphs for line in paragraph.lines)


def _block(block: Paragraph | Table, texts: Iterator[str]) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        return _paragraph(block, texts)
    cells = (replace(cell, paragraphs=tuple(_paragraph(p, texts) for p in cell.paragraphs)) for cell in block.cells)
    return replace(block, cells=tuple(cells))


def _paragraph(paragraph: Paragraph, texts: Iterator[str]) -> Paragraph:
    return replace(paragraph, lines=tuple(_line(line, texts) for line in paragraph.lines))


def _line(line: Line, texts: Iterator[str]) -> Line:
    """The line with its text, which may hold line feeds of its own."""
    return line if line.words else replace(line, text=_taken(line.text, texts))


def _aside(aside: Aside, texts: Iterator[str]) -> Aside:
    return replace(aside, text=_taken(aside.text, texts))


def _taken(text: str, texts: Iterator[str]) -> str:
    return "\n".join(next(texts) for _ in range(text.count("\n") + 1))
