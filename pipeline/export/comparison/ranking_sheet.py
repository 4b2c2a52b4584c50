"""The sheet `Xếp hạng`: the plans of each family, best coverage first, with “6 rõ” and how complete their tasks are.

Below the lines of a family a chart draws what is covered, covered in part and missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.audit import CRITERIA
from pipeline.audit.wording import NAMES
from pipeline.compare.model import ADDED, COVERED, MISSING, NOT_APPLICABLE, PARTLY, Comparison, PlanColumn, Result
from pipeline.compare.wording import KIND_NAMES
from pipeline.export.comparison import phrases
from pipeline.export.comparison.matrix_sheet import link_to
from pipeline.export.comparison.wording import TEXTS
from pipeline.export.page import CENTRE, HEADING, LINK, SHARE, TEXT, Value, cell, heading, height, points, put, set_up

if TYPE_CHECKING:
    from pipeline.compare.ranking import Standing
    from pipeline.export.sheet import Sheet
    from pipeline.export.workbook import Book

__all__ = ["add"]

WHOLE = {"align": "center", "num_format": "#,##0"}
MOST_DRAWN = 40  # plans that the chart draws: more would not be read; the lowest are those to look at
BAR, CHART_WIDTH, AROUND, LINE = 24, 1100, 130, 21  # pixels: a plan's bar, the chart, its title and legend, a line
LINKED = 3  # the column that leads to the plan's page
DRAWN = (COVERED, PARTLY, MISSING)
WEAKER = ("deadline-later", "deadline-lost")
FILLS = {COVERED: "#548235", PARTLY: "#FFC000", MISSING: "#C00000"}
FONT = {"name": "Times New Roman", "size": 10}


@dataclass(frozen=True, slots=True)
class _Line:
    """A plan in the ranking: its rank, its head in the matrix, its figures."""

    rank: int
    head: str
    standing: Standing
    column: PlanColumn


@dataclass(frozen=True, slots=True)
class _Figure:
    """A column: heading, width, look, value."""

    head: str
    width: float
    look: Mapping[str, object]
    value: Callable[[_Line], Value]


def add(
    book: Book, result: Result, standings: Sequence[Sequence[Standing]], pages: Sequence[Sequence[str]], lang: str
) -> None:
    """Adds the sheet. For each family its standings, and the sheet of each plan in the order of its columns."""
    ranking = _Ranking(book, lang)
    for number, (comparison, ranked, names) in enumerate(zip(result.comparisons, standings, pages, strict=True), 1):
        ranking.family(comparison, number, ranked, names)
    ranking.finish()


class _Ranking:
    """The sheet in the making: `line` is the next free one, counted from 0."""

    def __init__(self, book: Book, lang: str) -> None:
        self.book, self.lang, self.texts = book, lang, TEXTS[lang]
        self.figures = _figures(lang)
        self.sheet: Sheet = book.add_sheet(self.texts["ranking"])
        self.line = 0
        for index, figure in enumerate(self.figures):
            self.sheet.set_column(index, index, figure.width)

    def family(self, comparison: Comparison, number: int, ranked: Sequence[Standing], pages: Sequence[str]) -> None:
        """The plans of a family, and their chart."""
        title = phrases.family(comparison, number, self.lang)
        put(self.book, self.sheet, self.line, 0, title, self.book.format(bold=True, font_size=14))
        self.line += 1
        for index, figure in enumerate(self.figures):
            put(self.book, self.sheet, self.line, index, figure.head, heading(self.book))
        self.sheet.set_row(self.line, 2 * HEADING)
        first = self.line + 1
        for line, page in _lines(comparison, ranked, pages):
            self.line += 1
            self._plan(line, page)
        if self.line >= first:
            self._bars(first)
            self._chart(first, self.line)
        self.line += 2

    def finish(self) -> None:
        """Screen and paper."""
        self.sheet.freeze_panes(0, 2)
        last = max(self.line - 2, 0)
        set_up(self.book, self.sheet, self.texts["ranking-title"], last, len(self.figures), repeated=None)

    def _plan(self, line: _Line, page: str) -> None:
        values = [figure.value(line) for figure in self.figures]
        for index, (value, figure) in enumerate(zip(values, self.figures, strict=True)):
            put(self.book, self.sheet, self.line, index, value, cell(self.book, **figure.look))
        link_to(self.sheet, self.line, LINKED, page, self.texts["open"], cell(self.book, **LINK))
        widths = [figure.width for figure in self.figures]
        self.sheet.set_row(self.line, max(height(zip(values, widths, strict=True)), points(1)))

    def _bars(self, first: int) -> None:
        """The share of coverage as a bar in its cell."""
        column = next(index for index, figure in enumerate(self.figures) if figure.head == self.texts["coverage"])
        rule = {"type": "data_bar", "bar_color": "#A9D18E", "min_type": "num", "min_value": 0,
                "max_type": "num", "max_value": 1}  # fmt: skip
        self.sheet.conditional_format(first, column, self.line, column, rule)

    def _chart(self, first: int, last: int) -> None:
        """Stacked bars of the family whose lines are from `first` to `last`; of many only the lowest."""
        many = last - first + 1 > MOST_DRAWN
        first = max(first, last - MOST_DRAWN + 1)
        name = self.texts["ranking"]
        chart = self.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
        for status in DRAWN:
            head = KIND_NAMES[self.lang][status]
            column = next(index for index, figure in enumerate(self.figures) if figure.head == head)
            chart.add_series({
                "name": head, "categories": [name, first, 1, last, 1], "values": [name, first, column, last, column],
                "fill": {"color": FILLS[status]}, "gap": 40,
            })  # fmt: skip
        chart.set_y_axis({"reverse": True, "num_font": FONT})
        chart.set_x_axis({"label_position": "high", "num_font": FONT, "num_format": "0",
                          "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})  # fmt: skip
        chart.set_legend({"position": "bottom", "font": FONT})
        title = self.texts["chart-lowest" if many else "chart"].format(count=MOST_DRAWN)
        chart.set_title({"name": title, "name_font": {"name": FONT["name"], "size": 12}, "overlay": False})
        tall = AROUND + BAR * (last - first + 1)
        chart.set_size({"width": CHART_WIDTH, "height": tall})
        self.sheet.insert_chart(last + 2, 1, chart, {"object_position": 2})
        self.line = last + 3 + -(-tall // LINE)


def _lines(comparison: Comparison, ranked: Sequence[Standing], pages: Sequence[str]) -> list[tuple[_Line, str]]:
    """The ranking with the columns and pages that its plans have; equals share a rank."""
    heads = phrases.heads(comparison)
    places = {id(column.plan): place for place, column in enumerate(comparison.plans)}
    found: list[tuple[_Line, str]] = []
    for position, standing in enumerate(ranked, start=1):
        before = found[-1][0] if found else None
        place = places[id(standing.plan)]
        rank = before.rank if before is not None and _worth(before.standing) == _worth(standing) else position
        found.append((_Line(rank, heads[place], standing, comparison.plans[place]), pages[place]))
    return found


def _worth(standing: Standing) -> tuple[float | None, int]:
    """What plans are ranked by, as in `pipeline.compare.ranking`: coverage, then later and lost deadlines."""
    return standing.coverage, sum(standing.kinds[kind] for kind in WEAKER)


def _figures(lang: str) -> tuple[_Figure, ...]:
    texts, kinds = TEXTS[lang], KIND_NAMES[lang]

    def count(kind: str) -> _Figure:
        return _Figure(kinds[kind], 9, WHOLE, lambda line: line.standing.kinds[kind])

    def clear(criterion: str) -> _Figure:
        return _Figure(NAMES[lang][criterion], 9, SHARE, lambda line: line.standing.clarity.share(criterion))

    return (
        _Figure(texts["rank"], 7, CENTRE, lambda line: line.rank),
        _Figure(texts["issuer"], 26, TEXT, lambda line: line.head),
        _Figure(texts["document"], 24, TEXT, lambda line: line.column.plan.document),
        _Figure(texts["own-page"], 8, LINK, lambda line: texts["open"]),
        _Figure(texts["coverage"], 11, SHARE, lambda line: line.standing.coverage),
        *(count(status) for status in (*DRAWN, NOT_APPLICABLE)),
        *(count(kind) for kind in (*WEAKER, ADDED)),
        _Figure(texts["days-after"], 11, WHOLE, lambda line: line.column.days),
        _Figure(texts["tasks"], 9, WHOLE, lambda line: line.standing.tasks),
        _Figure(texts["has-lead"], 9, SHARE, lambda line: line.standing.lead),
        _Figure(texts["has-due"], 10, SHARE, lambda line: line.standing.due),
        _Figure(texts["has-product"], 9, SHARE, lambda line: line.standing.product),
        *(clear(criterion) for criterion in CRITERIA),
        _Figure(texts["all-six"], 9, SHARE, lambda line: line.standing.clarity.share_of_all_six),
    )
