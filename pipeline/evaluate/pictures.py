"""Pictures of an evaluation, of the DataFrames of `pipeline.evaluate.frames`: fields, roles of bodies, calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.compare.canvas import INK, canvas, cells, fitted
from pipeline.evaluate.frames import OUTCOMES

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

__all__ = ["calibration", "confusion", "outcomes"]

_FIELDS = {
    "lead": "Chủ trì", "coordinating": "Phối hợp", "due": "Thời hạn", "cadence": "Chu kỳ", "rrule": "Quy tắc lặp",
    "report_to": "Nơi nhận báo cáo", "deliverable": "Sản phẩm", "quantity": "Chỉ tiêu", "nowhere": "(không có)",
}  # fmt: skip
_OUTCOMES = {
    "right": ("Đúng", "#1b7f5c"),
    "other": ("Giá trị khác", "#f2c14e"),
    "missed": ("Bỏ sót", "#c8553d"),
    "extra": ("Thừa", "#7b6bb0"),
    "no-row": ("Không có dòng", "#8c2f1f"),
    "no-task": ("Dòng thừa", "#4b3f7a"),
}
_BLUE, _AMBER = "#2f6db3", "#e8a317"


def outcomes(frame: pandas.DataFrame) -> Figure:
    """What became of each field, as shares, of an `outcomes` frame; what is rightly empty is left out."""
    counts = frame.pivot(index="field", columns="outcome", values="count").astype(float)
    shown = [one for one in OUTCOMES if one in _OUTCOMES and counts[one].sum() > 0]
    shares = counts[shown].div(counts[shown].sum(axis=1).replace(0, 1), axis=0)
    figure, axes = canvas(9, 1.6 + 0.4 * len(shares), "Mỗi trường: đúng, khác, thiếu, thừa")
    left = [0.0] * len(shares)
    for one in shown:
        name, colour = _OUTCOMES[one]
        bars = axes.barh([_FIELDS[field] for field in shares.index], shares[one], left=left, color=colour, label=name)
        wide = [f"{n:.0f}" if share > 0.03 else "" for n, share in zip(counts[one], shares[one], strict=True)]
        axes.bar_label(bars, wide, label_type="center", fontsize=8, color=INK if one == "other" else "white")
        left = [before + share for before, share in zip(left, shares[one], strict=True)]
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.tick_params(labelsize=8, length=0)
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.08), ncols=6, fontsize=8, frameon=False)
    return figure


def confusion(frame: pandas.DataFrame) -> Figure:
    """Bodies by the role that they should have (rows) and were given (columns), of a `confusion` frame."""
    counts = frame.pivot(index="wanted", columns="given", values="count").fillna(0)
    numbers = [[int(value) for value in row] for row in counts.to_numpy()]
    names = [_FIELDS[one] for one in counts.index]
    figure, axes = canvas(6.4, 3.6, "")
    colours = [["#1b7f5c" if i == j else "#f2c14e" if number else "#f7f8f9" for j, number in enumerate(row)]
               for i, row in enumerate(numbers)]  # fmt: skip
    colours[-1][-1] = "#ffffff"
    cells(axes, colours, [[str(number or "") for number in row] for row in numbers])
    fitted(axes, names, names)
    axes.set_ylabel("Vai trò theo đáp án", fontsize=9)
    axes.set_xlabel("Vai trò chương trình đọc ra", fontsize=9)
    return figure


def calibration(frame: pandas.DataFrame) -> Figure:
    """The share of right rows by band of confidence, of a `calibration` frame; the mark is what was promised."""
    figure, axes = canvas(7.5, 4, "Tỷ lệ dòng đúng theo độ tin cậy")
    names = [f"{one.least:.2f}–{one.most:.2f}\n{one.rows} dòng".replace(".", ",") for one in frame.itertuples()]
    bars = axes.bar(names, frame["right"], color=_BLUE, width=0.6, label="Tỷ lệ dòng đúng chủ trì và thời gian")
    axes.bar_label(bars, labels=[f"{share:.0%}" for share in frame["right"]], fontsize=8, padding=2)
    promised = frame["confidence"]
    axes.scatter(names, promised, marker="_", s=900, linewidth=2.5, color=_AMBER, label="Độ tin cậy trung bình")
    axes.set_ylim(0, 1.08)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.tick_params(labelsize=8)
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.14), ncols=2, fontsize=8, frameon=False, markerscale=0.5)
    return figure
