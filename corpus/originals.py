"""Sound files of every kind that is read, made of the corpus: what `mutate.py` breaks, and their sound neighbours."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pypdfium2
import xlsxwriter
from build import EPOCH, Sheet, read_sheet, split_row
from PIL import Image

HERE = Path(__file__).resolve().parent
# kind → suffix; `scan` is a PDF that holds pictures of pages
SUFFIXES = {
    "docx": ".docx", "pdf": ".pdf", "text": ".txt", "odt": ".odt", "xlsx": ".xlsx", "html": ".html", "doc": ".doc",
    "zip": ".zip", "eml": ".eml", "rtf": ".rtf", "scan": ".pdf", "png": ".png", "jpeg": ".jpg", "tiff": ".tif",
}  # fmt: skip
_OLD = ("cv-dang-uy-xa-phan-cong", "gm-ubnd-xa-hoi-nghi", "kh-ubnd-xa-chuyen-doi-so")  # through LibreOffice
_SHOWN = "gm-ubnd-xa-hoi-nghi"  # one page, so that reading its picture is quick
_DPI = 150
_SECONDS = 120


def make(folder: Path) -> dict[str, list[Path]]:
    """Writes the files and returns them by kind, in order. Kinds that this machine cannot make are left out."""
    found: dict[str, list[Path]] = {kind: [] for kind in SUFFIXES}
    for kind in found:
        (folder / kind).mkdir(parents=True)
    for path in sorted((HERE / "docs").glob("*.txt")):
        found["text"].append(Path(shutil.copy(path, folder / "text")))
        found["html"].append(_page(path, folder / "html"))
        found["xlsx"].append(_workbook(path, folder / "xlsx"))
    found["text"].append(_wide(found["text"][0]))
    for kind in ("docx", "pdf"):
        found[kind] = [Path(shutil.copy(path, folder / kind)) for path in sorted((HERE / "formats").glob(f"*.{kind}"))]
    for kind in ("doc", "rtf", "odt"):
        found[kind] = _through_libreoffice(kind, folder / kind)
    _pictures(found, folder)
    small = [paths[0] for kind, paths in found.items() if paths and kind in ("docx", "text", "html")]
    for number, name in enumerate(_OLD):
        members = [*small, HERE / "formats" / f"{name}.docx"]
        found["zip"].append(_archive(members, folder / "zip" / f"{number}.zip"))
        found["eml"].append(_mail(members, folder / "eml" / f"{number}.eml"))
    return {kind: paths for kind, paths in found.items() if paths}


def _wide(path: Path) -> Path:
    """The text in UTF-16, as Notepad calls Unicode."""
    made = path.with_name(f"{path.stem}-utf16.txt")
    made.write_text(path.read_text("utf-8"), encoding="utf-16")
    return made


def _page(path: Path, folder: Path) -> Path:
    body = []
    for block in _blocks(read_sheet(path.read_text("utf-8"))):
        if isinstance(block, str):
            body.append(f"<p class='van-ban' align=\"justify\">{html.escape(block)}</p>")
        else:
            rows = ("".join(f'<td colspan="1">{html.escape(cell)}</td>' for cell in row) for row in block)
            body.append('<table border="1">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    made = folder / f"{path.stem}.html"
    head = '<html><head><meta charset="utf-8"/><title>Văn bản</title><style>p { margin: 6pt }</style></head><body>'
    made.write_text(head + "\n".join(body) + "</body></html>", encoding="utf-8")
    return made


def _workbook(path: Path, folder: Path) -> Path:
    made = folder / f"{path.stem}.xlsx"
    with xlsxwriter.Workbook(made) as book:
        book.set_properties({"created": EPOCH})
        sheet = book.add_worksheet("Nhiệm vụ")
        row = 0
        for block in _blocks(read_sheet(path.read_text("utf-8"))):
            for values in [[block]] if isinstance(block, str) else block:
                for column, value in enumerate(values):
                    sheet.write(row, column, value)
                row += 1
    return made


def _blocks(sheet: Sheet) -> Iterator[str | list[list[str]]]:
    """Paragraphs, and tables as rows of cells."""
    yield from (*sheet.left, *sheet.right)
    for block in sheet.blocks:
        if block[0].startswith("|"):
            yield [split_row(line) for line in block if not set(line) <= set("|-: ")]
        else:
            yield from block


def _through_libreoffice(kind: str, folder: Path) -> list[Path]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return []
    sources = [str(HERE / "formats" / f"{name}.docx") for name in _OLD]
    with tempfile.TemporaryDirectory() as profile:
        command = [program, "--headless", f"-env:UserInstallation={Path(profile).as_uri()}", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(folder), *sources], check=True, capture_output=True, timeout=_SECONDS
        )
    return sorted(folder.glob(f"*.{kind}"))


def _pictures(found: dict[str, list[Path]], folder: Path) -> None:
    document = pypdfium2.PdfDocument(HERE / "formats" / f"{_SHOWN}.pdf")
    pages = [page.render(scale=_DPI / 72, grayscale=True).to_pil() for page in document]
    document.close()
    for kind, form in (("scan", "PDF"), ("png", "PNG"), ("jpeg", "JPEG"), ("tiff", "TIFF")):
        path = folder / kind / f"{_SHOWN}-{kind}{SUFFIXES[kind]}"
        _save(pages, path, form)
        found[kind].append(path)


def _save(pages: list[Image.Image], path: Path, form: str) -> None:
    if form in ("PDF", "TIFF"):
        more = {"compression": "tiff_lzw"} if form == "TIFF" else {"resolution": _DPI}
        pages[0].save(path, form, save_all=True, append_images=pages[1:], **more)
    else:
        pages[0].save(path, form, dpi=(_DPI, _DPI))


def _archive(members: list[Path], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, member in enumerate(members):
            info = zipfile.ZipInfo(f"thư mục/{number}-{member.name}")
            archive.writestr(info, member.read_bytes(), zipfile.ZIP_DEFLATED)
    return path


def _mail(members: list[Path], path: Path) -> Path:
    letter = EmailMessage(policy=SMTP)
    letter["Subject"], letter["From"], letter["To"] = "Văn bản đến", "van-thu@xa.example", "can-bo@xa.example"
    letter["MIME-Version"] = "1.0"
    letter.set_content("Kính gửi các đồng chí văn bản đính kèm.\n")
    for member in members:
        letter.add_attachment(member.read_bytes(), maintype="application", subtype="octet-stream", filename=member.name)
    letter.set_boundary("ranh-gioi-cua-thu")
    path.write_bytes(letter.as_bytes())
    return path
