"""Does the same document give the same rows whatever file it comes in? ``python corpus/compare.py [NAME …]``.

Each document of `docs` is made into six files (text, DOCX, PDF, Word 97, a scan at 300 dpi, and one with noise that
lies 1° askew), all are read, and the rows are counted and measured against the gold. Prints a table in Markdown; with
``--write`` it is put into the READMEs. Ends with 1 where `row_f1` falls further below the text's than `ALLOWED`.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pypdfium2
from build import Writer, make_pdfs, read_sheet, save
from PIL import Image, ImageFilter

import pipeline

HERE = Path(__file__).resolve().parent
MEASURE = HERE.parent.parent / "shared" / "eval" / "score.py"
READMES = (HERE.parent / "README.md", HERE.parent / "README.vi.md")
PLACE = re.compile(r"(?<=<!-- formats: written by corpus/compare.py -->\n).*?(?=<!-- end of formats -->)", re.DOTALL)
FORMS = ("text", "docx", "pdf", "doc", "scan", "noisy")
HEADS = ("text", "DOCX", "PDF", ".doc", "scan", "noisy scan")
ALLOWED = {"text": 0.0, "docx": 0.02, "pdf": 0.02, "doc": 0.02, "scan": 0.05, "noisy": 0.10}
DPI = 300
SKEW = 1.0  # degrees
NOISE = 24.0  # standard deviation of the grey levels that is added, of 255
SPECKS = 0.0008  # share of pixels turned black


def make(names: list[str], folder: Path) -> None:
    """Makes the six files of each document, each form in a folder of its own."""
    for form in FORMS:
        (folder / form).mkdir(parents=True)
    for name in names:
        shutil.copy(HERE / "docs" / f"{name}.txt", folder / "text")
        writer = Writer(numbered=False)
        writer.write(read_sheet(without_residue((HERE / "docs" / f"{name}.txt").read_text("utf-8"))))
        save(writer.document, folder / "docx" / f"{name}.docx")
    sources = sorted((folder / "docx").glob("*.docx"))
    problem = make_pdfs(sources, folder / "pdf")
    if problem:
        raise SystemExit(problem)
    _make_docs(sources, folder / "doc")
    for path in sorted((folder / "pdf").glob("*.pdf")):
        pages = list(_pages(path))
        _save(pages, folder / "scan" / path.name)
        _save([_worn(page, seed) for seed, page in enumerate(pages)], folder / "noisy" / path.name)


def without_residue(text: str) -> str:
    """The text without the signs of Markdown that a converter left: Word shows what they stand for, not the signs."""
    plain = text.replace("**", "").replace("\\-", "-")
    return re.sub(r"^\*(?=[^*\s].*\*$)|(?<=[^*\s])\*$", "", plain, flags=re.MULTILINE)


def _make_docs(sources: list[Path], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", "--headless", f"-env:UserInstallation={Path(profile).as_uri()}"]
        command += ["--convert-to", "doc:MS Word 97", "--outdir", str(folder), *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)


def _pages(path: Path) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(path)
    return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]


def _worn(page: Image.Image, seed: int) -> Image.Image:
    """The page as a poor scanner shows it: askew, out of focus, noisy."""
    chance = np.random.default_rng(seed)
    askew = page.rotate(-SKEW, resample=Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
    levels = np.asarray(askew, np.float32) + chance.normal(0, NOISE, (askew.height, askew.width))
    levels[chance.random(levels.shape) < SPECKS] = 0
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))


def _save(pages: list[Image.Image], path: Path) -> None:
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=DPI, quality=80)


# ── the measure ────────────────────────────────────────────────────────────────────────────


def measure(names: list[str], folder: Path) -> tuple[dict[str, dict[str, int]], dict[str, float]]:
    """The rows of each document by form, and `row_f1` over all documents by form."""
    rows: dict[str, dict[str, int]] = {name: {"gold": _gold_rows(name)} for name in names}
    figures = {}
    gold = folder / "gold"
    gold.mkdir()
    for name in names:
        shutil.copy(HERE / "gold" / f"{name}.json", gold)
    for form in FORMS:
        out = folder / f"{form}-json"
        result = pipeline.convert([folder / form], [f"{out}/"], jobs=2)
        for directive in result.directives:
            rows[Path(directive.document).stem][form] = len(directive.tasks)
        command = [sys.executable, str(MEASURE), str(gold), str(out), "--json"]
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
        figures[form] = json.loads(done.stdout)["total"]["row_f1"]
    return rows, figures


def _gold_rows(name: str) -> int:
    return len(json.loads((HERE / "gold" / f"{name}.json").read_text("utf-8"))["tasks"])


def table(rows: dict[str, dict[str, int]], figures: dict[str, float]) -> str:
    """The figures as a table in Markdown."""
    lines = ["| document | right rows | " + " | ".join(HEADS) + " |", "|---" * (len(HEADS) + 2) + "|"]
    for name, counts in rows.items():
        cells = " | ".join(str(counts.get(form, "–")) for form in FORMS)
        lines.append(f"| {name} | {counts['gold']} | {cells} |")
    totals = " | ".join(f"{sum(counts.get(form, 0) for counts in rows.values())}" for form in FORMS)
    lines.append(f"| **rows found** | {sum(counts['gold'] for counts in rows.values())} | {totals} |")
    lines.append("| **row_f1** | | " + " | ".join(f"{figures[form]:.3f}" for form in FORMS) + " |")
    falls = " | ".join(f"{figures[form] - figures['text']:+.3f}" for form in FORMS[1:])
    return "\n".join([*lines, f"| **against the text** | | | {falls} |", ""])


def main() -> int:
    """Makes, reads, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="documents of docs/ without suffix; all where none is named")
    parser.add_argument("--write", action="store_true", help="put the table into the READMEs")
    parser.add_argument("--keep", type=Path, help="a new folder that keeps the files")
    given = parser.parse_args()
    names = given.names or sorted(path.stem for path in (HERE / "docs").glob("*.txt"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch) / "forms"
        make(names, folder)
        rows, figures = measure(names, folder)
    found = table(rows, figures)
    print(found)
    if given.write:
        for readme in READMES:
            text = readme.read_text("utf-8")
            readme.write_text(PLACE.sub(lambda _: found, text), encoding="utf-8", newline="\n")
    worse = [form for form in FORMS if figures["text"] - figures[form] > ALLOWED[form]]
    if worse:
        print(f"row_f1 falls too far: {', '.join(worse)}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
