"""Pictures of a comparison, of the DataFrames of one family: the matrix, deadlines, workload, and who added what.

Each function gives a matplotlib `Figure`. Filter the frame first to draw a part of it: a province, a level, some tasks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.compare.canvas import GREY, INK, canvas, cells, fitted, words
from pipeline.compare.model import COVERAGE, COVERED, MISSING, NOT_APPLICABLE, PARTLY
from pipeline.compare.wording import KIND_NAMES
from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

__all__ = ["added", "deadlines", "matrix", "workload"]

# Colours that differ in lightness too, for print and for eyes that do not tell red from green.
_COLOURS = {COVERED: "#1b7f5c", PARTLY: "#f2c14e", MISSING: "#c8553d", NOT_APPLICABLE: "#e3e6e8"}
_MARKS = {COVERED: "✓", PARTLY: "½", MISSING: "✗", NOT_APPLICABLE: "–"}
_WEIGHT = {COVERED: 1.0, PARTLY: 0.5, MISSING: 0.0}
_MOVES = {"earlier": "#2f6db3", "equal": GREY, "later": "#c8553d"}
_MOST_UNITS = 20


def matrix(frame: pandas.DataFrame) -> Figure:
    """The parent's tasks by plan, of a `coverage` frame; the plan that took over most stands first.

    Raises `UsageError` where the frame is empty or holds several families, as all pictures of this module do.
    """
    _one_family(frame)
    statuses = frame.pivot(index=["parent_document", "parent_id"], columns="plan", values="status")
    tasks = frame.drop_duplicates(["parent_document", "parent_id"]).set_index(["parent_document", "parent_id"])
    weights = frame["status"].astype("string").map(_WEIGHT).groupby(frame["plan"]).mean()
    plans = sorted(statuses.columns, key=lambda plan: (-weights.fillna(0.0)[plan], plan))
    rows = [[str(statuses.at[task, plan]) for plan in plans] for task in tasks.index]
    figure, axes = canvas(5.2 + 0.42 * len(plans), 2.0 + 0.26 * len(tasks), "")
    cells(axes, [[_COLOURS[one] for one in row] for row in rows], [[_MARKS[one] for one in row] for row in rows])
    names = [words(f"{task.parent_section} {task.parent_text}", 62) for task in tasks.itertuples()]
    fitted(axes, names, [words(plan, 40) for plan in plans])
    _legend(figure, [one for one in COVERAGE if any(one in row for row in rows)])
    return figure


def deadlines(frame: pandas.DataFrame) -> Figure:
    """On a time line the parent's deadlines and the plans', of a `coverage` frame; larger points are several plans.

    Beside a task stands in how many plans its deadline is lost. Tasks that come back, or have no day, are not drawn.
    """
    _one_family(frame)
    from matplotlib.dates import AutoDateLocator, DateFormatter

    dated = frame[frame["parent_due"].notna() & frame["deadline"].isin([*_MOVES, "lost"])]
    tasks = dated.drop_duplicates("parent_id").sort_values(["parent_due", "parent_id"], ascending=False)
    title = "Thời hạn của cấp trên (◆) và của các kế hoạch"
    figure, axes = canvas(10, 1.8 + 0.3 * len(tasks), title)
    place = {task: at for at, task in enumerate(tasks["parent_id"])}
    for move, colour in _MOVES.items():
        moved = dated[dated["deadline"] == move]
        group = moved.groupby(["parent_id", "plan_due"], observed=True).size().reset_index(name="plans")
        size, at = 26 + 18 * group["plans"], group["parent_id"].map(place)
        axes.scatter(group["plan_due"], at, s=size, color=colour, label=_name(move), zorder=2)
    axes.scatter(tasks["parent_due"], range(len(tasks)), s=30, marker="D", color=INK, label="Cấp trên", zorder=3)
    lost = dated[dated["deadline"] == "lost"].groupby("parent_id").size()
    for task, count in lost.items():
        axes.annotate(f"mất hạn: {count}", (1.0, place[task]), xycoords=("axes fraction", "data"), va="center",
                      fontsize=8, color=_MOVES["later"], annotation_clip=False)  # fmt: skip
    axes.set_yticks(range(len(tasks)), [words(f"{one.parent_section} {one.parent_text}") for one in tasks.itertuples()])
    axes.tick_params(labelsize=8)
    axes.xaxis.set_major_locator(AutoDateLocator(maxticks=9))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(DateFormatter("%m/%Y"))  # type: ignore[no-untyped-call]
    axes.grid(color="#eceff1", zorder=0)
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.08), ncols=4, fontsize=8, frameon=False)
    return figure


def workload(frame: pandas.DataFrame) -> Figure:
    """How many tasks fall due by leading body and month, of a `workload` frame; documents are added up.

    The bodies with most tasks stand first; those past the twentieth are added up in one row.
    """
    if frame.empty:
        raise _empty()
    units = frame["unit"].fillna("(không nêu đơn vị)")
    most = frame["tasks"].groupby(units).sum().sort_values(ascending=False, kind="stable").index
    rest = f"(các đơn vị khác: {len(most) - _MOST_UNITS})"
    shown = units.where(units.isin(most[:_MOST_UNITS]), rest)
    months = frame["month"].dt.strftime("%m/%Y").fillna("không có ngày")
    counts = frame["tasks"].groupby([shown, months]).sum().unstack(fill_value=0)
    dated = sorted(frame["month"].dropna().unique())
    columns = [one for one in (*(day.strftime("%m/%Y") for day in dated), "không có ngày") if one in counts.columns]
    rows = [one for one in (*most[:_MOST_UNITS], rest) if one in counts.index]
    numbers = [[int(number) for number in row] for row in counts.loc[rows, columns].to_numpy()]
    figure, axes = canvas(4.2 + 0.5 * len(columns), 1.5 + 0.3 * len(rows), "")
    cells(axes, _shades(numbers), [[str(number or "") for number in row] for row in numbers])
    fitted(axes, [words(row, 48) for row in rows], columns)
    return figure


def added(frame: pandas.DataFrame) -> Figure:
    """How many rows of each plan carry out the parent's tasks and how many are its own, of a `findings` frame.

    Of a union those are its own that no other plan has.
    """
    _one_family(frame)
    taken = frame[frame["kind"].isin([COVERED, PARTLY])]
    if frame["union"].all():
        alone = taken.groupby("parent_id")["plan"].transform("size") == 1
        own, taken = taken[alone], taken[~alone]
    else:
        own = frame[frame["kind"] == "added"]
    plans = sorted(frame["plan"].unique(), key=lambda plan: (int((own["plan"] == plan).sum()), plan))
    numbers = [[group[group["plan"] == plan].explode("plan_ids")["plan_ids"].nunique() for plan in plans]
               for group in (taken, own)]  # fmt: skip
    figure, axes = canvas(8, 1.6 + 0.28 * len(plans), "Số dòng của mỗi kế hoạch")
    names = [words(plan, 40) for plan in plans]
    first = axes.barh(names, numbers[0], color=_COLOURS[COVERED], label="Thực hiện nhiệm vụ của cấp trên")
    second = axes.barh(names, numbers[1], left=numbers[0], color="#7b6bb0", label="Bổ sung riêng")
    for bars, row in ((first, numbers[0]), (second, numbers[1])):
        axes.bar_label(bars, [str(number or "") for number in row], label_type="center", fontsize=8, color="white")
    axes.tick_params(labelsize=8, length=0)
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.06), ncols=2, fontsize=8, frameon=False)
    return figure


# ── what they share ────────────────────────────────────────────────────────────────────────


def _one_family(frame: pandas.DataFrame) -> None:
    names = list(frame["family"].unique())
    if not names:
        raise _empty()
    if len(names) > 1:
        message = f"Bảng có {len(names)} họ văn bản ({', '.join(names)}). Hãy chọn một họ rồi vẽ."
        raise UsageError("several-families", message)


def _empty() -> UsageError:
    return UsageError("empty-frame", "Bảng không có dòng nào để vẽ. Hãy kiểm tra phép lọc hoặc các văn bản đưa vào.")


def _name(move: str) -> str:
    return KIND_NAMES["vi"][f"deadline-{move}"]


def _legend(figure: Figure, statuses: list[str]) -> None:
    from matplotlib.patches import Patch

    handles = [Patch(color=_COLOURS[one], label=f"{_MARKS[one]}  {KIND_NAMES['vi'][one]}") for one in statuses]
    figure.legend(handles=handles, loc="outside lower left", ncols=len(handles), fontsize=8, frameon=False)


def _shades(numbers: list[list[int]]) -> list[list[str]]:
    """The more, the darker; nothing is white."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    most = max((number for row in numbers for number in row), default=0)
    shade = colormaps["Blues"]
    return [[to_hex(shade(0.15 + 0.75 * number / most)) if number else "#f7f8f9" for number in row] for row in numbers]
