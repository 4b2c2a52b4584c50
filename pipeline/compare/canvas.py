"""What all pictures share: a figure without global state, words that stay words, tables of coloured cells.

matplotlib comes with the extra ``analysis``. A figure is drawn where it is shown: ``%matplotlib inline`` in a notebook,
or ``figure.savefig("x.png")``. Equal data give equal pictures with one version of matplotlib.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.compare.extras import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["GREY", "INK", "canvas", "cells", "fitted", "words"]

INK, GREY = "#222222", "#b8bec4"
_LONGEST = 200.0  # inches: matplotlib draws no picture of more than 65,536 points a side


def canvas(width: float, height: float, title: str) -> tuple[Figure, Axes]:
    """A figure of so many inches with one pair of axes. Raises `UsageError` where matplotlib is not installed."""
    need("analysis", "matplotlib")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(min(width, _LONGEST), min(height, _LONGEST)), dpi=100, layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, loc="left", fontsize=11, color=INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def words(text: str, most: int = 60) -> str:
    """The first words of a text on one line. A dollar stays one: between two of them matplotlib reads a formula."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * most]).split())
    if len(line) > most:
        line = line[:most].rsplit(" ", 1)[0][: most - 1] + "…"
    return line.replace("$", r"\$")


def fitted(axes: Axes, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Names the rows and columns of a table of cells, the columns above it and slanting."""
    axes.set_yticks(range(len(rows)), rows, fontsize=8)
    axes.set_xticks(range(len(columns)), columns, fontsize=8, rotation=40, ha="left", rotation_mode="anchor")
    axes.tick_params(length=0, labeltop=True, labelbottom=False, top=False, bottom=False)
    for spine in axes.spines.values():
        spine.set_visible(False)


def cells(axes: Axes, colours: Sequence[Sequence[str]], marks: Sequence[Sequence[str]]) -> None:
    """A table of coloured cells with a mark in each, so that it can be read without colours too."""
    from matplotlib.colors import to_rgb

    if not colours or not colours[0]:
        axes.set_axis_off()
        return
    axes.imshow([[to_rgb(colour) for colour in row] for row in colours], aspect="auto", interpolation="nearest")
    axes.set_xticks([column - 0.5 for column in range(1, len(colours[0]))], minor=True)
    axes.set_yticks([row - 0.5 for row in range(1, len(colours))], minor=True)
    axes.grid(which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="minor", length=0)
    for i, row in enumerate(marks):
        for j, mark in enumerate(row):
            dark = sum(to_rgb(colours[i][j])) < 1.4
            axes.text(j, i, mark, ha="center", va="center", fontsize=8, color="white" if dark else INK)
