"""The sheet `Tổng hợp`: how many tasks stand how, counted by formulas from the table of the tasks, with charts.

By situation, by what is said of time where there is no deadline, by month of a year, and by lead unit.
What a document no longer says, and nobody has done, is counted on a line of its own and nowhere else.
Every cell is the program's. The counts follow what the officer enters; a lead unit that is new to the tracker gets its
line at the next conversion. Year, day and days of warning are those of `Cài đặt`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.export import settings_sheet
from pipeline.export.charts import UNIT_LINES, by_month, by_situation, by_unit
from pipeline.export.page import SHARE, cell, heading, lines, motto, points, put, room, set_up
from pipeline.export.settings_sheet import TODAY, YEAR
from pipeline.export.summary_words import TEXTS
from pipeline.export.table import TASKS
from pipeline.export.task_sheet import Row, column_named, is_gone

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.workbook import Book

__all__ = ["add"]

FIRST, OTHERS, COLUMNS = 36, 14, 11  # widths of the first column and of the ten others; how many there are
MOST_UNITS = 50  # lines by lead unit: every one is counted again at each change of the workbook
SCALE = 68  # per cent: so the first three blocks fill one page of A4
LONGEST_NAME = 120  # characters of a unit's name in a condition, of which Excel takes 255
Count = tuple[str, int | str]  # a formula, and what it comes to as far as that is known without a clock
WHOLE = {"align": "center", "num_format": "#,##0"}
BOLD = {"bold": True}


def add(book: Book, rows: Sequence[Row], lang: str) -> None:
    """Adds the sheet."""
    Summary(book, rows, lang).write()


class Summary:
    """The sheet in the making: `line` is the next free one, counted from 0."""

    def __init__(self, book: Book, rows: Sequence[Row], lang: str) -> None:
        self.book, self.rows, self.lang = book, rows, lang
        self.texts = TEXTS[lang]
        self.sheet: Worksheet = book.add_sheet(self.texts["sheet"])
        self.line = self.units_from = 0
        waiting, in_time, soon, overdue, done, done_late, none, self.gone = book.wording.situations
        self.standing = f'{self.column("Tình trạng")},"<>{self.gone}"'  # the condition that a document still says it
        over = book.wording.states[3:]
        # What a line or a column counts: its heading, and the situations that belong to it.
        self.groups = (
            (waiting, (waiting,)), (in_time, (in_time,)), (soon, (soon,)), (overdue, (overdue,)), (done, (done,)),
            (done_late, (done_late,)), (self.texts["over"], over), (none, (none,)),
        )  # fmt: skip

    def write(self) -> None:
        """Writes all of it."""
        for index in range(COLUMNS):
            self.sheet.set_column(index, index, OTHERS if index else FIRST)
        self._letterhead()
        first = self._situations()
        self._undated()
        by_situation(self, first, len(self.groups))
        first = self._months()
        by_month(self, first)
        self._units()
        set_up(self.book, self.sheet, "", self.line - 1, COLUMNS, repeated=None)
        self._paper()

    def _paper(self) -> None:
        """A page for the blocks up to the months, the next for the units; the letterhead stands in the sheet."""
        self.sheet.set_header("")
        self.sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
        self.sheet.set_print_scale(SCALE)  # Excel passes over page breaks where it fits a sheet to pages by itself
        self.sheet.set_h_pagebreaks([self.units_from])
        self.sheet.center_horizontally()

    def column(self, name: str) -> str:
        """The column of the tasks with that Vietnamese heading, as formulas call it."""
        return f"{TASKS}[{column_named(name).heading(self.lang)}]"

    # ── letterhead ─────────────────────────────────────────────────────────────────────────

    def _letterhead(self) -> None:
        settings, words = self.book.settings, self.book.wording
        party = f'{settings_sheet.LETTERHEAD}="{settings_sheet.letterheads(self.lang)[1]}"'
        shown = (*motto(words, settings), "")
        for line, (left, name) in enumerate(((settings_sheet.SUPERIOR, settings.superior),
                                             (settings_sheet.NAME, settings.name))):  # fmt: skip
            look = self.book.format(align="center", bold=line == 1, text_wrap=True, valign="top")
            self._merged(line, 0, 3, f'=IF({left}="","",UPPER({left}))', look, name.upper())
            of_party = words.party[line] if line < len(words.party) else ""
            look = self.book.format(align="center", bold=True)
            self._merged(line, 5, COLUMNS - 1, f'=IF({party},"{of_party}","{words.state[line]}")', look, shown[line])
        self._merged(3, 0, COLUMNS - 1, None, self.book.format(align="center", bold=True, font_size=15),
                     self.texts["title"])  # fmt: skip
        day = f'TEXT(DAY({TODAY}),"00")&"/"&TEXT(MONTH({TODAY}),"00")&"/"&YEAR({TODAY})'
        look = self.book.format(align="center", italic=True)
        self._merged(4, 0, COLUMNS - 1, f'="{self.texts["as-of"]} "&{day}', look, "")
        self.line = 6

    def _merged(self, line: int, left: int, right: int, formula: str | None, look: object, result: str) -> None:
        self.sheet.merge_range(line, left, line, right, self.book.text(result), look)
        if formula is not None:
            self.sheet.write_formula(line, left, formula, look, self.book.text(result))

    # ── blocks ─────────────────────────────────────────────────────────────────────────────

    def _head(self, title: str, names: Sequence[str]) -> int:
        """Title and headings of a block, by their keys in the texts or in words; returns the first line below."""
        heads = [self.texts.get(name, name) for name in names]
        put(self.book, self.sheet, self.line, 0, self.texts[title], self.book.format(bold=True, font_size=13))
        for index, name in enumerate(heads):
            put(self.book, self.sheet, self.line + 1, index, name, heading(self.book))
        most = max(lines(name, room(OTHERS)) for name in heads[1:])
        self.sheet.set_row(self.line + 1, points(most))
        self.line += 2
        return self.line

    def _put(self, label: str, formulas: Sequence[Count], look: Mapping[str, object] | None = None) -> None:
        """A line of a block: its label, and the counts behind it."""
        more = look or {}
        put(self.book, self.sheet, self.line, 0, label, cell(self.book, **more))
        for index, (formula, result) in enumerate(formulas, start=1):
            shape = SHARE if formula.startswith("=IFERROR(") else WHOLE
            self.sheet.write_formula(self.line, index, formula, cell(self.book, **shape, **more), result)
        self.sheet.set_row(self.line, points(lines(label, room(FIRST))))
        self.line += 1

    def _situations(self) -> int:
        total = f"(COUNTA({self.column('Nội dung nhiệm vụ')})-{self._count((self.gone,))})"
        first = self._head("by-situation", ("situation", "tasks", "share"))
        for name, members in self.groups:
            share = f"=IFERROR(B{self.line + 1}/{total},0)"
            self._put(name, (("=" + self._count(members), ""), (share, "")))
        standing = sum(not is_gone(row) for row in self.rows)
        self._put(self.texts["total"], ((f"={total}", standing), (f"=IFERROR({total}/{total},0)", "")), BOLD)
        gone = self.texts["gone"].format(situation=self.gone)
        self._put(gone, ((f"={self._count((self.gone,))}", len(self.rows) - standing),))
        self.line += 1
        return first

    def _count(self, situations: Sequence[str], *conditions: str) -> str:
        """How many tasks are in one of these situations and fulfil the conditions (``column,condition``)."""
        found = [
            f'COUNTIFS({",".join((*conditions, self.column("Tình trạng")))},"{situation}")' for situation in situations
        ]
        return "+".join(found)

    def _undated(self) -> None:
        """What has no deadline, by what is said of its time instead."""
        due, cadence = self.column("Thời hạn"), self.column("Chu kỳ")
        text, words = self.column("Nội dung nhiệm vụ"), self.book.wording.cadence
        open_due = f'{text},"<>",{due},"=",{self.standing}'
        ongoing, on_demand, once = (words[code] for code in ("continuous", "ad_hoc", "once"))
        kinds = (
            (self.texts["continuous"], [(f'{cadence},"*{ongoing}*"', "+")]),
            (self.texts["recurring"], [(f'{cadence},"?*"', "+"), (f'{cadence},"*{ongoing}*"', "-"),
                                       (f'{cadence},"{on_demand}"', "-"), (f'{cadence},"{once}"', "-")]),
            (self.texts["on-demand"], [(f'{cadence},"{on_demand}"', "+")]),
            (self.texts["not-said"], [(f'{cadence},"="', "+"), (f'{cadence},"{once}"', "+")]),
        )  # fmt: skip
        states = [self.book.wording.states[2], *self.book.wording.states[3:]]
        self._head("undated", ("kind", "tasks", "done", "over"))
        for label, parts in kinds:
            counts = []
            for chosen in ([], states[:1], states[1:]):
                ends = [f',{self.column("Trạng thái")},"{state}"' for state in chosen] or [""]
                terms = [f"{sign}COUNTIFS({open_due},{what}{end})" for what, sign in parts for end in ends]
                counts.append(("=" + "".join(terms).removeprefix("+"), ""))
            self._put(label, counts)
        self.line += 1

    def _months(self) -> int:
        due, days = self.column("Thời hạn"), "Lich[" + ("Ngày" if self.lang == "vi" else "Day") + "]"
        first = self._head("by-month", ("month", "due", "done", "soon", "overdue", "dates"))
        title = f'="{self.texts["by-month"]} "&{YEAR}'
        self.sheet.write_formula(first - 2, 0, title, self.book.format(bold=True, font_size=13), "")
        _, _, soon, overdue, done, late, *_ = self.book.wording.situations
        for month in range(1, 13):
            between = '{0},">="&DATE({1},{2},1),{0},"<"&DATE({1},{2}+1,1)'
            here = between.format(due, YEAR, month)
            shown = [f"COUNTIFS({here},{self.standing})", self._count((done, late), here), self._count((soon,), here),
                     self._count((overdue,), here), f"COUNTIFS({between.format(days, YEAR, month)})"]  # fmt: skip
            self._put(self.texts["month-name"].format(month=month), [("=" + one, "") for one in shown])
        outside = [f'{due},"<"&DATE({YEAR},1,1)', f'{due},">="&DATE({YEAR}+1,1,1)']
        shown = ["+".join(f"COUNTIFS({where},{self.standing})" for where in outside)]
        for names in ((done, late), (soon,), (overdue,)):
            shown.append("+".join(self._count(names, where) for where in outside))
        self._put(self.texts["other-years"], [("=" + one, "") for one in shown])
        self.line += 1
        return first

    def _units(self) -> None:
        units = Counter[str]()
        labels: dict[str, str] = {}
        for row in self.rows:
            for name in row.task.lead:
                units[labels.setdefault(name.casefold(), name)] += 1
        ranked = sorted(units, key=lambda name: (-units[name], name))
        room_for_chart = self.units_from = self.line
        if ranked:
            self.line += UNIT_LINES
        first = self._head("by-unit", ("unit", "tasks", *(name for name, _ in self.groups), "done-share"))
        for name in ranked[:MOST_UNITS]:
            self._unit(name, pattern(self.book.text(name), f"$A{self.line + 1}"), units[name])
        self._unit(self.texts["no-unit"], '"="', sum(not row.task.lead for row in self.rows))
        if len(ranked) > MOST_UNITS:
            more = self.texts["more-units"].format(count=len(ranked) - MOST_UNITS, most=units[ranked[MOST_UNITS]])
            put(self.book, self.sheet, self.line, 0, more, self.book.format(italic=True))
            self.line += 1
        if ranked:
            by_unit(self, room_for_chart, first, min(len(ranked), MOST_UNITS))

    def _unit(self, label: str, condition: str, count: int) -> None:
        """A line by lead unit. Where several lead, the task counts for each."""
        lead, text = self.column("Đơn vị chủ trì"), self.column("Nội dung nhiệm vụ")
        where = f'{text},"<>",{lead},{condition}'
        here = self.line + 1
        shown: list[Count] = [(f"=SUMPRODUCT(COUNTIFS({where},{self.standing}))", count)]
        for _, situations in self.groups:
            parts = self._count(situations, where).split("+COUNTIFS")
            shown.append(("=SUMPRODUCT(" + "+COUNTIFS".join(parts) + ")", ""))
        shown.append((f"=IFERROR((G{here}+H{here})/B{here},0)", ""))
        self._put(label, shown)


def pattern(name: str, place: str) -> str:
    """The condition that a cell names this unit, alone or among others, as four patterns: ``=A``, ``=A; *``, ….

    `place` is the cell that holds the name; a name with signs of its own is written out with them made harmless.
    """
    marked = any(sign in name for sign in '~*?"')
    if len(name) > LONGEST_NAME or marked:
        cut = name[:LONGEST_NAME]
        for sign in "~*?":
            cut = cut.replace(sign, f"~{sign}")
        cut = cut.replace('"', '""')
        place = f'"{cut}*"' if len(name) > LONGEST_NAME else f'"{cut}"'
    return f'{{"=","=*; "}}&{place}&{{"";"; *"}}'
