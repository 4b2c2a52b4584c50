"""A paper as plain text, HTML and RTF. Each gives the bytes of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.papers.model import Line, Look, Paper, Table

_BREADTH = 9300  # twentieths of a point: of the page between its margins
_PARTED = r"\par "
_ALIGNED = {Look.TITLE: r"\qc", Look.NOTE: r"\qc"}
_SET = {Look.TITLE: r"\b", Look.HEADING: r"\b", Look.NOTE: r"\i", Look.BASIS: r"\i", Look.BODY: ""}


def text(paper: Paper) -> bytes:
    """Paragraphs parted by empty lines; tables as rows of pipes."""
    parts = ["\n".join(paper.left), "\n".join(paper.right), *map(_plain, paper.body)]
    parts += ["\n".join(paper.recipients), "\n".join(paper.signature), *map(_plain, paper.annex)]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _plain(block: Line | Table) -> str:
    if isinstance(block, Line):
        return block.typed
    rows = [f"| {' | '.join(row)} |" for row in block.rows]
    return "\n".join([rows[0], "|" + "---|" * len(block.rows[0]), *rows[1:]])


def html(paper: Paper) -> bytes:
    """A page with tables for the letterhead, the closing and the annex."""
    parts = [_side_by_side(paper.left, paper.right), *map(_marked, paper.body)]
    parts += [_side_by_side(paper.recipients, paper.signature), *map(_marked, paper.annex)]
    page = "\n".join(['<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"></head><body>', *parts])
    return f"{page}\n</body></html>\n".encode()


def _side_by_side(left: Sequence[str], right: Sequence[str]) -> str:
    cells = ("<br>".join(map(escape, side)) for side in (left, right))
    return f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"


def _marked(block: Line | Table) -> str:
    if isinstance(block, Table):
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        return f'<table border="1">{"".join(f"<tr>{row}</tr>" for row in rows)}</table>'
    words = escape(block.typed)
    return f"<p><b>{words}</b></p>" if block.look in (Look.TITLE, Look.HEADING) else f"<p>{words}</p>"


def rtf(paper: Paper) -> bytes:
    """What LibreOffice must convert before it can be read."""
    parts = [_row((paper.left, paper.right)), *(part for block in paper.body for part in _blocks(block))]
    parts += [_row((paper.recipients, paper.signature)), r"\pard\par"]
    parts += [part for block in paper.annex for part in _blocks(block)]
    head = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\paperw11906\paperh16838\fs26"
    return "\n".join([head, *parts, "}"]).encode("ascii")


def _blocks(block: Line | Table) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (_row([[cell] for cell in row], border=True) for row in block.rows)
        yield r"\pard\par"
    else:
        yield rf"\pard{_ALIGNED.get(block.look, '')}{{{_SET[block.look]} {_coded(block.typed)}}}\par"


def _row(cells: Sequence[Sequence[str]], *, border: bool = False) -> str:
    sides = r"\clbrdrt\brdrs\clbrdrl\brdrs\clbrdrb\brdrs\clbrdrr\brdrs" if border else ""
    ends = "".join(rf"{sides}\cellx{_BREADTH * place // len(cells)}" for place in range(1, len(cells) + 1))
    inside = "".join(rf"\pard\intbl {_PARTED.join(map(_coded, lines))}\cell" for lines in cells)
    return rf"\trowd{ends}{inside}\row"


def _coded(words: str) -> str:
    """Letters beyond ASCII by their number, each with the question mark that old readers show."""
    return "".join(letter if letter.isascii() else rf"\u{ord(letter)}?" for letter in words)
