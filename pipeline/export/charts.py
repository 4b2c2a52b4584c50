"""The charts of `Tổng hợp`: by situation, by month, by lead unit. Each draws the cells of its block, so it is live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

    from pipeline.export.summary_sheet import Summary

__all__ = ["UNIT_LINES", "by_month", "by_situation", "by_unit"]

UNIT_LINES = 21  # lines of the sheet that the chart by unit takes
MOST_DRAWN = 12  # units that the chart draws: more would not be read
# In the order of the situations in the summary: not begun, in time, soon, overdue, done in time, done late, over, none.
COLOURS = ("#A6A6A6", "#5B9BD5", "#FFC000", "#C00000", "#548235", "#A9D18E", "#7F7F7F", "#D9D9D9")
DONE, OVERDUE, DUE = "#548235", "#C00000", "#5B9BD5"
FONT = {"name": "Times New Roman", "size": 10}
BLOCK_GAP = 30


def by_situation(summary: Summary, first: int, count: int) -> None:
    """Bars of the block whose first line is `first`, beside it."""
    chart = summary.book.workbook.add_chart({"type": "bar"})
    chart.add_series({
        **_cells(summary, first, first + count - 1, 1),
        "name": summary.texts["tasks"],
        "points": [{"fill": {"color": colour}} for colour in COLOURS],
        "data_labels": {"value": True, "font": FONT},
        "gap": BLOCK_GAP,
    })  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": FONT})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    _place(summary, chart, "chart-situation", first - 2, 4, (800, 400))


def by_month(summary: Summary, first: int) -> None:
    """Columns of what is due, done and overdue in each month, beside the block whose first line is `first`."""
    chart = summary.book.workbook.add_chart({"type": "column"})
    for column, colour in ((1, DUE), (2, DONE), (4, OVERDUE)):
        chart.add_series({
            **_cells(summary, first, first + 11, column),
            "name": [summary.texts["sheet"], first - 1, column],
            "fill": {"color": colour},
            "gap": 60,
        })  # fmt: skip
    chart.set_x_axis({"num_font": {**FONT, "rotation": -45}})
    chart.set_y_axis({"num_font": FONT, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_legend({"position": "bottom", "font": FONT})
    _place(summary, chart, "chart-month", first - 2, 6, (570, 370))


def by_unit(summary: Summary, line: int, first: int, count: int) -> None:
    """Stacked bars of the first units of the block that begins at `first`, at `line`."""
    chart = summary.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    last = first + min(count, MOST_DRAWN) - 1
    for column, colour in enumerate(COLOURS, start=2):
        chart.add_series({
            **_cells(summary, first, last, column),
            "name": [summary.texts["sheet"], first - 1, column],
            "fill": {"color": colour},
            "gap": BLOCK_GAP,
        })  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": FONT})
    gridlines = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_x_axis({"label_position": "high", "num_font": FONT, "major_gridlines": gridlines})
    chart.set_legend({"position": "bottom", "font": FONT})
    _place(summary, chart, "chart-unit", line, 0, (1440, 21 * (UNIT_LINES - 1)))


def _cells(summary: Summary, first: int, last: int, column: int) -> dict[str, Any]:
    name = summary.texts["sheet"]
    return {"categories": [name, first, 0, last, 0], "values": [name, first, column, last, column]}


def _place(summary: Summary, chart: Chart, title: str, line: int, column: int, size: Sequence[int]) -> None:
    chart.set_title({"name": summary.texts[title], "name_font": {"name": FONT["name"], "size": 12}, "overlay": False})
    chart.set_size({"width": size[0], "height": size[1]})
    summary.sheet.insert_chart(line, column, chart, {"x_offset": 8, "y_offset": 2, "object_position": 2})
