"""Plain text and Markdown in any encoding that Vietnamese was written in: residue removed, one paragraph a line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import DocumentError
from pipeline.ingest.encodings import Decoded, decode, old_encoding
from pipeline.ingest.reading import LONGEST, Reading, Settings, too_long
from pipeline.model import Cell, Line, Paragraph, Style, Table, Warning

_NEWLINES = re.compile(r"\r\n|[\r\v\x85\u2028\u2029]")
_RULE = re.compile(r"[ \t]*(?:(?:\\?-[ \t]*){3,}|(?:\\?_[ \t]*){3,}|(?:\\?\*[ \t]*){3,}|(?:=[ \t]*){3,})")
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~=&/$\"'])")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_SEPARATOR_ROW = re.compile(r"\|?:?-+:?(?:\|:?-+:?)*\|?")  # of a line without its blanks
_BREAK_TAG = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_BULLET = re.compile(r"([*+-])(?=[ \t])")

# Escaped characters wait in a private area that no document uses until the marks that mean something are gone.
_HIDDEN = 0xF0000
_MOST_BYTES = 4  # of a character in any encoding


@dataclass(slots=True)
class _Marks:
    """Emphasis that is open at the end of a line: a converter lets it run over a line break."""

    bold: bool = False


def read(data: bytes, settings: Settings) -> Reading:
    """Read plain text or Markdown.

    Raises DocumentError ``encoding`` for bytes that make no sense in any known encoding, ``empty-file`` where there is
    nothing but blanks, ``too-large``.
    """
    if len(data) > _MOST_BYTES * LONGEST:
        raise too_long(f"{len(data)} bytes")
    decoded = decode(data)
    if len(decoded.text) > LONGEST:  # of ten million lines each would be a paragraph before they were counted
        raise too_long(f"{len(decoded.text)} characters")
    text = _NEWLINES.sub("\n", decoded.text.replace("\x00", "").replace("\ufeff", ""))
    pages = text.split("\f")
    blocks = [block for number, page in enumerate(pages, 1) for block in _page_blocks(page.split("\n"), number)]
    if not blocks:
        raise DocumentError("empty-file", "Tệp không có chữ nào, chỉ có khoảng trắng. Hãy kiểm tra lại tệp gốc.")
    return Reading(tuple(blocks), pages=_last_page(blocks), warnings=tuple(_warnings(decoded)))


def _warnings(decoded: Decoded) -> Iterator[Warning]:
    if decoded.guessed:
        yield old_encoding()
    if decoded.lost:
        message = f"Tệp có {decoded.lost} ký tự hỏng, hiện thành \ufffd. Hãy đối chiếu với bản gốc."
        yield Warning("bad-characters", message)


def _last_page(blocks: list[Paragraph | Table]) -> int:
    return max(block.page if isinstance(block, Table) else block.lines[-1].page for block in blocks)


def _page_blocks(lines: list[str], page: int) -> Iterator[Paragraph | Table]:
    marks, index = _Marks(), 0
    columns = 0  # of the table that stands above, with nothing but a page number between
    while index < len(lines):
        rows = _pipe_rows(lines, index)
        if rows:
            table = _table(lines[index : index + 1] + lines[index + 2 : index + rows], page)
            yield table
            index, columns = index + rows, table.columns
            continue
        rows = _further_rows(lines, index, columns)
        if rows:
            yield _table(lines[index : index + rows], page)
            index += rows
            continue
        paragraph = _paragraph(lines[index], page, marks)
        if paragraph is not None:
            yield paragraph
            columns = columns if _PAGE_NUMBER.fullmatch(paragraph.text) else 0
        index += 1


# ── lines ──────────────────────────────────────────────────────────────────────────────────


def _paragraph(raw: str, page: int, marks: _Marks) -> Paragraph | None:
    line = raw.strip()
    if not line:
        marks.bold = False  # emphasis never runs over an empty line
        return None
    if _RULE.fullmatch(line):
        return None
    heading = _HEADING.match(line)
    level = len(heading.group(1)) if heading else None
    text, style = _inline(_unclosed(line[heading.end() :]) if heading else line, marks)
    if not text:
        return None
    style = Style(bold=style.bold or level is not None, italic=style.italic, heading=level)
    return Paragraph((Line(text, page),), style)


def _unclosed(title: str) -> str:
    """The title of a heading without the signs that close it: ``Kế hoạch ##``."""
    bare = title.rstrip("#")
    return bare if not bare or bare[-1] in " \t" else title


def _inline(line: str, marks: _Marks) -> tuple[str, Style]:
    """The words of a line without marks, and the style of a line that is wholly bold or italic."""
    line = _ENTITY.sub(lambda found: html.unescape(found.group()), _BREAK_TAG.sub(" ", line))
    line = _ESCAPE.sub(lambda found: chr(_HIDDEN + ord(found.group(1))), line)
    bullet = _BULLET.match(line)
    lead = bullet.group() if bullet else ""
    body, bold, italic = _without_emphasis(line[len(lead) :], marks)
    shown = "".join(chr(ord(char) - _HIDDEN) if _HIDDEN < ord(char) < _HIDDEN + 128 else char for char in lead + body)
    return shown.replace("\xa0", " ").strip(), Style(bold=bold and not lead, italic=italic and not lead)


def _without_emphasis(text: str, marks: _Marks) -> tuple[str, bool, bool]:
    """The text without ``**`` and pairs of ``*``; whether all of its words were bold, or italic.

    ``**`` toggles and may stay open over the line end. A single ``*`` is a mark only when it touches a word and its
    partner is on the line; otherwise it is a character, as the lone ``*`` under the name of a Party committee.
    """
    parts = re.split(r"(\*{1,3})", text)  # words stand at even places, stars at odd ones
    left = sum(1 for part in parts if part in ("*", "***"))
    kept, bold, italic = [], marks.bold, False
    styles: set[tuple[bool, bool]] = set()
    for place, part in enumerate(parts):
        if place % 2 == 0:
            kept.append(part)
            if part.strip():
                styles.add((bold, italic))
            continue
        if part != "*":
            bold = not bold
        if part != "**":
            left -= 1
            touches = parts[place - 1][-1:].strip() if italic else parts[place + 1][:1].strip()
            if touches and (italic or left):
                italic = not italic
            elif part == "*":
                kept.append(part)
    marks.bold = bold
    return "".join(kept), bool(styles) and all(b for b, _ in styles), bool(styles) and all(i for _, i in styles)


# ── pipe tables ────────────────────────────────────────────────────────────────────────────


def _pipe_rows(lines: list[str], index: int) -> int:
    """How many lines from `index` on are a Markdown table: a row, a separator row, more rows; or 0."""
    if "|" not in lines[index] or index + 1 >= len(lines):
        return 0
    if "|" not in lines[index + 1] or not _SEPARATOR_ROW.fullmatch("".join(lines[index + 1].split())):
        return 0
    end = index + 2
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        end += 1
    return end - index


def _further_rows(lines: list[str], index: int, columns: int) -> int:
    """How many lines from `index` on are rows of a table of so many columns that a page end has cut; or 0."""
    end = index
    while columns and end < len(lines) and lines[end].startswith("|") and len(_cells(lines[end])) == columns:
        end += 1
    return end - index


def _table(lines: list[str], page: int) -> Table:
    """The table of pipe rows. A cell ``^`` is merged with the one above it, ``<`` with the one to its left."""
    rows = [_cells(line) for line in lines]
    columns = max(len(texts) for texts in rows)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), origin in _merged_into(rows).items():
        down, right = spans.get(origin, (1, 1))
        spans[origin] = max(down, row - origin[0] + 1), max(right, column - origin[1] + 1)
    cells = []
    for row, column in sorted(spans):
        down, right = spans[row, column]
        found = [_paragraph(part, page, _Marks()) for part in _BREAK_TAG.split(rows[row][column])]
        paragraphs = tuple(paragraph for paragraph in found if paragraph is not None)
        if paragraphs or (down, right) != (1, 1):
            cells.append(Cell(row, column, paragraphs, down, right))
    return Table(len(rows), columns, tuple(cells), page)


def _merged_into(rows: list[list[str]]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place the top left place of its cell. A mark that has nothing to merge with is a text of its own."""
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            mark = text.strip()
            origin = {"^": (row - 1, column), "<": (row, column - 1)}.get(mark, (row, column))
            merged[row, column] = merged.get(origin, (row, column))
    return merged


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return re.split(r"(?<!\\)\|", line)
