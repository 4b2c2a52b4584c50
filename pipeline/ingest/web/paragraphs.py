"""The words of a page put into paragraphs, as a browser sets them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.ingest.encodings import OldText, encoding_of
from pipeline.ingest.web.looks import Look
from pipeline.model import Line, Paragraph, Style

_PRIVATE = re.compile("[\uf000-\uf0ff]")  # signs of Symbol and Wingdings
_SIGN_FONTS = ("symbol", "wingdings", "webdings")
_BULLETS = "-–—+*•·▪◦"


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    font: str | None
    capitals: bool


@dataclass(slots=True)
class ParagraphMaker:
    """The paragraph that is open: finished lines, the open one, how its words look.

    `marker` is the number or bullet of a list item that waits for the first words behind it. `old` reads old fonts.
    """

    marker: str = ""
    old: OldText = field(default_factory=OldText)
    _lines: list[Line] = field(default_factory=list)
    _runs: list[_Run] = field(default_factory=list)
    _page: int = 0  # of the first words of the open line; 0 where there are none yet
    _look: Look | None = None  # of the first words
    _looks: set[tuple[bool, bool]] = field(default_factory=set)

    def add(self, text: str, look: Look, page: int) -> None:
        """Adds words. Line ends of the file are blanks, unless the text is set as it stands."""
        first, *more = text.split("\n") if look.preformatted else (text,)
        self._add(first, look, page)
        for line in more:
            self.end_line()
            self._add(line, look, page)

    def _add(self, text: str, look: Look, page: int) -> None:
        if text.strip():
            if look.in_marker and look.font is not None and look.font.strip("\"' ").lower().startswith(_SIGN_FONTS):
                text = "- "  # a letter that the font shows as a bullet
            self._look = self._look or look
            self._looks.add((look.bold, look.italic))
            self._page = self._page or page
        self._runs.append(_Run(text, look.font, look.capitals))

    def end_line(self) -> None:
        """Ends the line at a ``<br>``."""
        parts = []
        for (font, capitals), runs in groupby(self._runs, key=lambda run: (run.font, run.capitals)):
            words = "".join(run.text for run in runs)
            encoding = encoding_of(font) if font else None
            words = _PRIVATE.sub("-", self.old.read(words, encoding) if encoding else words)
            parts.append(words.upper() if capitals else words)
        text = " ".join("".join(parts).split())
        self._runs = []
        if not text:
            return
        if self.marker:
            # Some type the bullet too; two are one.
            text = text if self.marker == "- " and text[0] in _BULLETS else self.marker + text
            self.marker = ""
        self._lines.append(Line(text, self._page or 1))
        self._page = 0

    def close(self) -> Paragraph | None:
        """Ends the paragraph; None where it is blank."""
        self.end_line()
        lines, look = self._lines, self._look or Look()
        bold, italic = (bool(self._looks) and all(pair[at] for pair in self._looks) for at in (0, 1))
        self._lines, self._look, self._looks = [], None, set()
        if not lines:
            return None
        return Paragraph(tuple(lines), Style(bold, italic, None, look.alignment, look.heading))
