"""Make the Word and PDF forms of the corpus from its texts: ``python corpus/build.py``.

Every file of `docs` named in `FORMATS` becomes ``formats/NAME.docx`` (A4, Times New Roman, the letterhead and the
closing as borderless tables, real merged cells) and, through LibreOffice, ``formats/NAME.pdf``.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

HERE = Path(__file__).resolve().parent
FORMATS = (
    "ct-huyen-uy-dat-dai-xay-dung",
    "ctr-tinh-uy-nhan-luc-so",
    "ctr-ubnd-phuong-cong-tac-thang-6",
    "cthd-dang-uy-phuong-nghi-quyet",
    "cv-dang-uy-xa-phan-cong",
    "cv-so-tai-chinh-don-doc-quyet-toan",
    "gm-ubnd-xa-hoi-nghi",
    "kh-hdnd-xa-giam-sat-2026",
    "kh-so-gddt-nam-hoc-moi",
    "kh-tram-y-te-xa-nam-2026",
    "kh-ubnd-phuong-kinh-te-xa-hoi",
    "kh-ubnd-tinh-du-lich-lang-nghe",
    "kh-ubnd-xa-chuyen-doi-so",
    "qd-so-y-te-ke-hoach-kiem-tra",
    "tb-ubnd-tinh-ket-luan-du-an",
)
NUMBERED = ("kh-ubnd-xa-chuyen-doi-so", "tb-ubnd-tinh-ket-luan-du-an", "kh-ubnd-phuong-kinh-te-xa-hoi")
CONVERSION_SECONDS = 300
EPOCH = dt.datetime(2026, 1, 1)

_MOTTO = re.compile(r"CỘNG HÒA|CỘNG HOÀ|ĐẢNG CỘNG SẢN VIỆT NAM")
_PAGE_NUMBER = re.compile(r"\d{1,3}")
_SENTENCE_END = re.compile(r"[.;:,!?]$")
_SEPARATOR = re.compile(r"[|\s:-]+")
# Kind of counter → how its label is typed, how Word calls it, how Word shows it.
_COUNTERS = {
    "roman": (re.compile(r"([IVX]+)\. "), "upperRoman", "%1."),
    "decimal": (re.compile(r"(\d+)\. "), "decimal", "%1."),
    "letter": (re.compile(r"([a-zđ])\) "), "lowerLetter", "%1)"),
    "bullet": (re.compile(r"(-) "), "bullet", "-"),
}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Sheet:
    """A text taken apart: the letterhead, then blocks in order. A block is lines, or the rows of a table."""

    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    blocks: list[list[str]] = field(default_factory=list)


def read_sheet(text: str) -> Sheet:
    """Takes a text apart at its empty lines; heals what a page break cut and drops the page number."""
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", text.strip().replace("**", "").replace("\\-", "-"))]
    blocks = _without_page_numbers(blocks)
    sheet = Sheet()
    if len(blocks) > 1 and _MOTTO.match(blocks[1][0]):
        sheet.left, sheet.right = blocks[0], blocks[1]
        blocks = blocks[2:]
    sheet.blocks = blocks
    return sheet


def _without_page_numbers(blocks: list[list[str]]) -> list[list[str]]:
    kept: list[list[str]] = []
    cut = False
    for block in blocks:
        if len(block) == 1 and _PAGE_NUMBER.fullmatch(block[0].strip()):
            cut = True
            continue
        if cut and kept and not _SENTENCE_END.search(kept[-1][-1]):
            kept[-1][-1] += " " + block[0]
            block = block[1:]
        if block:
            kept.append(list(block))
        cut = False
    return kept


# ── Word ───────────────────────────────────────────────────────────────────────────────────


class Writer:
    """Writes one document. `numbered` turns typed counters of the body into automatic ones."""

    def __init__(self, numbered: bool) -> None:
        self.document: Any = Document()
        self.numbered = numbered
        self.new_page = False  # an annex begins on a page of its own
        self.lists: dict[str, tuple[int, int]] = {}  # kind → number instance, last value
        self._set_page()

    def _set_page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)
        section.different_first_page_header_footer = True
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.CENTER
        header._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'))
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(13)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        style.paragraph_format.space_after = Pt(4)
        properties = self.document.core_properties
        properties.created = properties.modified = EPOCH
        properties.author = properties.last_modified_by = properties.comments = ""

    def write(self, sheet: Sheet) -> None:
        """Writes letterhead, body and closing in the order of the text."""
        if sheet.left:
            self._columns(sheet.left, sheet.right, centred=True)
        position, title = 0, bool(sheet.left)
        while position < len(sheet.blocks):
            block = sheet.blocks[position]
            if block[0] == "Nơi nhận:":
                signature = sheet.blocks[position + 1] + ["", ""] + sheet.blocks[position + 2]
                self._columns(block, signature, centred=False)
                position += 2
                self.new_page = True
            elif block[0].startswith("|"):
                self._table(block)
            else:
                for line in block:
                    title = self._line(line, title)
            position += 1

    def _line(self, line: str, title: bool) -> bool:
        """Writes a body line; `title` tells that the next plain line belongs to the centred title."""
        capitals = line.isupper() and not re.match(r"[IVX]+[.-] |Điều", line)
        centred = capitals or (title and not _SENTENCE_END.search(line) and not line.startswith("-"))
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.page_break_before = self.new_page or None
        self.new_page = False
        if centred or line.startswith("(Kèm theo"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(self._automatic(paragraph, line))
        run.bold = centred or (
            bool(re.match(r"(?:[IVX]+|\d+)[.-] |Điều \d+\.", line)) and not line.endswith((".", ";"))
        )
        run.italic = line.startswith(("Căn cứ", "- Căn cứ", "(Kèm theo"))
        return capitals

    def _automatic(self, paragraph: Paragraph, line: str) -> str:
        """Numbers the paragraph where Word would show just the typed label; returns the words to write."""
        for kind, (pattern, _, _) in _COUNTERS.items() if self.numbered else ():
            found = pattern.match(line)
            if not found:
                continue
            value = _value(kind, found[1])
            number, last = self.lists.get(kind, (0, 0))
            if value == 1:
                number, last = self._new_list(kind), 0
            if (number and value == last + 1) or kind == "bullet":
                self.lists[kind] = (number, value)
                properties: Any = paragraph._p.get_or_add_pPr()
                numbering = properties.get_or_add_numPr()
                numbering.get_or_add_ilvl().val, numbering.get_or_add_numId().val = 0, number
                return line[found.end() :]
            self.lists.pop(kind, None)
        return line

    def _new_list(self, kind: str) -> int:
        if kind == "bullet" and kind in self.lists:
            return self.lists[kind][0]
        numbering = self.document.part.numbering_part.element
        _, shape, label = _COUNTERS[kind]
        identity = 100 + len(numbering.findall(qn("w:abstractNum")))
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{label}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        )
        numbering.insert(0, abstract)
        return int(numbering.add_num(identity).numId)

    def _columns(self, left: list[str], right: list[str], centred: bool) -> None:
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        _set_width(table, 0, 7.0)
        _set_width(table, 1, 9.5)
        for cell, lines, middle in ((table.cell(0, 0), left, centred), (table.cell(0, 1), right, True)):
            for position, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                run = paragraph.add_run(line)
                run.bold = line.isupper() or line.startswith(("Độc lập", "Nơi nhận"))
                run.font.size = Pt(12 if centred or middle else 11)
                if middle:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.document.add_paragraph()

    def _table(self, lines: list[str]) -> None:
        rows = [split_row(line) for index, line in enumerate(lines) if index != 1]
        if not _SEPARATOR.fullmatch(lines[1]):
            raise SystemExit(f"Bảng thiếu dòng kẻ |---| sau dòng đầu: {lines[0]}")
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        table.style = "Table Grid"
        table.autofit = False
        for (top, left), (bottom, right) in merged_areas(rows):
            cell = table.cell(top, left)
            if (bottom, right) != (top, left):
                cell = cell.merge(table.cell(bottom, right))
            _fill(cell, rows[top][left], bold=top == 0 or re.fullmatch("[IVX]+", rows[top][0]) is not None)
        _finish(table, rows)


def _value(kind: str, label: str) -> int:
    """The place of a label in its own sequence, 0 for one that Word cannot count (đ)."""
    if kind == "bullet":
        return 1
    if kind == "decimal":
        return int(label)
    sequence = _ROMAN if kind == "roman" else _LETTERS
    return sequence.index(label) + 1 if label in sequence else 0


def split_row(line: str) -> list[str]:
    """The cells of a pipe row, without the outer pipes."""
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def merged_areas(rows: list[list[str]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """First and last place of every cell: ``^`` belongs to the cell above it, ``<`` to the one on its left."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(rows):
        if len(cells) != len(rows[0]):
            raise SystemExit(f"Dòng {row + 1} của bảng có {len(cells)} ô, dòng đầu có {len(rows[0])}: {cells}")
        for column, text in enumerate(cells):
            place = (row, column)
            above = {"^": (row - 1, column), "<": (row, column - 1)}.get(text, place)
            owner[place] = owner.get(above, place)
            last[owner[place]] = place
    return sorted(last.items())


def _fill(cell: _Cell, text: str, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)


def _finish(table: Table, rows: list[list[str]]) -> None:
    """Marks the header rows to be repeated on each page and sets the widths by the longest words of a column."""
    headers = 2 if len(rows) > 1 and "^" in rows[1] and "^" not in rows[0] and not rows[1][0].strip("^") else 1
    for row in table.rows[:headers]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    longest = [max(_breadth(row[column]) for row in rows) + 6 for column in range(len(rows[0]))]
    for column, length in enumerate(longest):
        _set_width(table, column, 16.5 * length / sum(longest))


def _breadth(text: str) -> int:
    """How much of the width a cell asks for: its length up to a limit, and at least three times its longest word."""
    return max(min(len(text), 40), 3 * max((len(word) for word in text.split()), default=0))


def _set_width(table: Table, column: int, centimetres: float) -> None:
    table.columns[column].width = Cm(centimetres)
    for cell in table.columns[column].cells:
        cell.width = Cm(centimetres)


def save(document: Any, path: Path) -> None:
    """Saves a document with the same bytes at every run: members of the archive carry no clock."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        document.save(str(draft))
        with zipfile.ZipFile(draft) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in sorted(source.namelist()):
                target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)


# ── PDF ────────────────────────────────────────────────────────────────────────────────────


def make_pdfs(sources: list[Path], folder: Path) -> str | None:
    """Converts Word files with LibreOffice into `folder`; returns what went wrong, None when all went well."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return "Chưa có LibreOffice (lệnh soffice) nên không tạo được PDF. Hãy cài LibreOffice rồi chạy lại."
    with tempfile.TemporaryDirectory() as profile:
        command = [program, "--headless", f"-env:UserInstallation={Path(profile).as_uri()}", "--convert-to", "pdf"]
        command += ["--outdir", str(folder), *map(str, sources)]
        try:
            done = subprocess.run(command, check=False, capture_output=True, timeout=CONVERSION_SECONDS)
        except subprocess.TimeoutExpired:
            return f"LibreOffice chạy quá {CONVERSION_SECONDS} giây nên đã dừng. Hãy đóng LibreOffice rồi chạy lại."
    missing = [source.stem for source in sources if not (folder / f"{source.stem}.pdf").exists()]
    if missing or done.returncode:
        return f"LibreOffice không chuyển được: {', '.join(missing)}\n{done.stderr.decode('utf-8', 'replace')}"
    for source in sources:
        _stop_clock(folder / f"{source.stem}.pdf")
    return None


def _stop_clock(path: Path) -> None:
    """Writes fixed values of the same length over the date and the identity that LibreOffice draws at each run."""
    data = re.sub(rb"(?<=/CreationDate\(D:)\d{14}", EPOCH.strftime("%Y%m%d%H%M%S").encode(), path.read_bytes())
    path.write_bytes(re.sub(rb"(?<=[</])[0-9A-F]{32}(?=[>\s])", b"0" * 32, data))


def main() -> int:
    """Builds all formats; the exit status is 1 when no PDF could be made."""
    folder = HERE / "formats"
    folder.mkdir(exist_ok=True)
    for old in [*folder.glob("*.docx"), *folder.glob("*.pdf")]:
        old.unlink()
    made = []
    for name in FORMATS:
        writer = Writer(numbered=name in NUMBERED)
        writer.write(read_sheet((HERE / "docs" / f"{name}.txt").read_text("utf-8")))
        save(writer.document, folder / f"{name}.docx")
        made.append(folder / f"{name}.docx")
    problem = make_pdfs(made, folder)
    print(problem or f"Đã tạo {len(made)} tệp Word và {len(made)} tệp PDF trong {folder}.", file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
