"""The line that moves at the foot of a terminal while documents are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.pace import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

__all__ = ["ProgressLine", "said"]

_HOUR, _MINUTE = 3600, 60
_EXACT = 10.0  # a second: above that a decimal says nothing

TEXTS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "rate": "{documents} văn bản/giây · {pages} trang/giây",
        "left": "còn khoảng {time}",
        "hours": "{hours} giờ {minutes:02d} phút",
        "minutes": "{minutes} phút",
        "seconds": "{seconds} giây",
        "failed": "{failed} văn bản lỗi",
    },
    "en": {
        "rate": "{documents} documents/s · {pages} pages/s",
        "left": "about {time} left",
        "hours": "{hours} h {minutes:02d} min",
        "minutes": "{minutes} min",
        "seconds": "{seconds} s",
        "failed": "{failed} failed",
    },
}


def said(progress: Progress, lang: str) -> str:
    """The speed, the time left and the failures so far, in one line."""
    texts = TEXTS[lang]
    rate = texts["rate"].format(
        documents=_figure(progress.documents_a_second, lang), pages=_figure(progress.pages_a_second, lang)
    )
    parts = [rate, texts["left"].format(time=_time(progress.left, texts))]
    if progress.failed:
        parts.append(texts["failed"].format(failed=progress.failed))
    return " · ".join(parts)


def _figure(rate: float, lang: str) -> str:
    text = f"{rate:.0f}" if rate >= _EXACT else f"{rate:.1f}"
    return text.replace(".", ",") if lang == "vi" else text


def _time(seconds: float, texts: Mapping[str, str]) -> str:
    """As exact as an estimate can be: seconds below a minute, minutes above."""
    if seconds < _MINUTE:
        return texts["seconds"].format(seconds=round(seconds))
    minutes = round(seconds / _MINUTE)
    if minutes < _HOUR // _MINUTE:
        return texts["minutes"].format(minutes=minutes)
    return texts["hours"].format(hours=minutes // _MINUTE, minutes=minutes % _MINUTE)


class ProgressLine:
    """A bar with the documents done of those there are and what `said` says of them."""

    def __init__(self, lang: str, name: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        self._lang = lang
        self._bar: Bar = Bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TextColumn("{task.fields[said]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(name, total=total, said="")
        self._bar.start()

    def show(self, progress: Progress) -> None:
        """Moves it to where the run is."""
        line = said(progress, self._lang)
        self._bar.update(self._task, completed=progress.done, total=progress.total, said=line)

    def name(self, text: str) -> None:
        """What stands in front of it: the document that takes long, or was the last."""
        self._bar.update(self._task, description=text)

    def print(self, text: str) -> None:
        """A line above it, for good."""
        self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def stop(self) -> None:
        """Takes it away."""
        self._bar.stop()
