"""Takes the time of several ways to do one thing, in turns, and holds what came out."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_LEAST = 0.5  # seconds: what is shorter is measured several times, for a short time is easily disturbed
_HEADS = ("what", "unit", "ours", "raw library", "raw", "ratio", "demanded", "met")
_RULE = ("---", "---", "---:", "---", "---:", "---:", "---", "---")


@dataclass(frozen=True, slots=True)
class Figure:
    """Ours and the raw library's, from one run. `ratio` is ours over the raw one, `demand` what was asked of it."""

    what: str
    unit: str
    ours: float
    raw_name: str
    raw: float
    ratio: float
    demand: str = ""
    met: bool | None = None


def take_turns(
    ways: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float] = time.process_time
) -> dict[str, list[float]]:
    """Seconds of each way in each round; a round goes through all of them, so that what slows one slows the others.

    The clock counts the processor's time, which other programs don't lengthen; give `time.perf_counter` where other
    processes do the work. A first round warms up and does not count.
    """
    found: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            took = _mean(way, clock)
            if turn:
                found[name].append(took)
    return found


def _mean(way: Callable[[], object], clock: Callable[[], float]) -> float:
    """Seconds of one run, of as many as fill `_LEAST`."""
    gc.collect()  # what one way leaves behind is not the other's to clean up
    taken, runs = 0.0, 0
    while taken < _LEAST:
        start = clock()
        made = way()
        taken += clock() - start
        runs += 1
        del made  # what is handed back is let go behind the clock
    return taken / runs


def rate(amount: float, seconds: list[float]) -> float:
    """So many a second, in the median round."""
    return amount / statistics.median(seconds)


def speed_up(ours: list[float], raw: list[float]) -> float:
    """How many times as fast ours was, in the median of the rounds."""
    return statistics.median(theirs / own for own, theirs in zip(ours, raw, strict=True))


def compared(
    what: str,
    unit: str,
    amount: float,
    ours: list[float],
    raw_name: str,
    raw: list[float],
    least: float | None = None,
    demand: str = "",
) -> Figure:
    """The line for a speed; `least` is the ratio that `demand` asks for."""
    ratio = speed_up(ours, raw)
    met = None if least is None else ratio >= least
    return Figure(what, unit, rate(amount, ours), raw_name, rate(amount, raw), ratio, demand, met)


def table(figures: Sequence[Figure]) -> str:
    """The lines as a table in Markdown."""
    lines: list[Sequence[str]] = [_HEADS, _RULE, *map(_line, figures)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _line(figure: Figure) -> Sequence[str]:
    met = {None: "", True: "yes", False: "no"}[figure.met]
    ours, raw = _number(figure.ours), _number(figure.raw)
    return figure.what, figure.unit, ours, figure.raw_name, raw, f"{figure.ratio:.2f}", figure.demand, met


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
