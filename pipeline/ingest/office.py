"""Old office files and OpenDocument: LibreOffice makes a DOCX or XLSX of them, and the reader of that takes over.

LibreOffice is called as a program, with a profile of its own that runs no macros and follows no links, and is stopped
at a time limit together with the processes that it has started.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline import opening
from pipeline.errors import DocumentError
from pipeline.ingest import oldword
from pipeline.ingest.formats import recognise
from pipeline.ingest.reading import Reading, Settings

_WORD = "docx:MS Word 2007 XML"  # what LibreOffice is told to make
_EXCEL = "xlsx:Calc MS Excel 2007 XML"
_MADE_OF = {
    "doc": _WORD,
    "rtf": _WORD,
    "odt": _WORD,
    "word-xml": _WORD,
    "xls": _EXCEL,
    "ods": _EXCEL,
    "excel-xml": _EXCEL,
}
TIME_LIMIT = 120  # seconds: a start takes about 1 s, 100 pages about 2 s more
SECONDS_EACH = 10  # for each further file of one call; 0.13 is usual
TOGETHER = 20  # files of one call: more gain little, and a file that hangs costs its neighbours more

# What a profile must say so that a document can start nothing and fetch nothing.
_SETTINGS = {
    "DisableMacrosExecution": "true",
    "BlockUntrustedRefererLinks": "true",
    "DisableActiveContent": "true",
}
_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)")  # where LibreOffice is installed there, off the PATH


def read(data: bytes, settings: Settings) -> Reading:
    """The content of a file of the kinds above. Raises `DocumentError`: program-missing, time-limit or truncated.

    A file that `convert_many` has converted already is not converted again.
    """
    if settings.converted is not None:
        return _read_made(settings.converted, settings)
    kind = recognise(data)
    if find_program() is None:
        fallback = oldword.find_program() if kind == "doc" else None
        if fallback is not None:
            return oldword.read(data, fallback)
        message = (
            "Loại tệp này cần LibreOffice để đọc mà máy chưa có. Hãy cài LibreOffice "
            "(Debian: apt install libreoffice-writer libreoffice-calc), hoặc mở bằng Word, Excel và lưu lại thành "
            ".docx, .xlsx."
        )
        raise DocumentError("program-missing", message, "soffice")
    with tempfile.TemporaryDirectory(prefix="dondoc-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"document.{kind}"
        source.write_bytes(data)
        detail = _convert([source], folder, _MADE_OF[kind])
        made = _made(source, folder, kind)
        if not made.is_file():
            message = (
                "LibreOffice không mở được tệp này: tệp bị hỏng, tải về chưa xong hoặc có mật khẩu. Hãy mở bằng Word "
                "hoặc Excel, bỏ mật khẩu nếu có, rồi lưu lại thành .docx hoặc .xlsx."
            )
            raise DocumentError("truncated", message, detail)
        return _read_made(made, settings)


def _made(source: Path, folder: Path, kind: str) -> Path:
    return folder / "out" / f"{source.stem}.{_MADE_OF[kind].partition(':')[0]}"


def _read_made(path: Path, settings: Settings) -> Reading:
    if path.suffix == ".docx":
        from pipeline.ingest import docx

        return docx.read(path.read_bytes(), settings)
    from pipeline.ingest import sheet

    return sheet.read(path.read_bytes(), settings)


def convert_many(paths: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Converts many files in a call or two, a tenth of what a call for each costs; returns what was made of each.

    `folder` is an empty one that outlives the reading. What is not such a file, cannot be opened or fails is missing in
    the result: read on its own, it says why.
    """
    sources: dict[str, list[Path]] = {_WORD: [], _EXCEL: []}
    made = {}
    for place, path in enumerate(paths):
        try:
            data = opening.load(path)
            kind = recognise(data)
        except (OSError, ValueError, DocumentError):
            continue
        if kind in _MADE_OF and len(data) <= opening.LIMIT:
            source = folder / f"{place}.{kind}"
            source.write_bytes(data)
            sources[_MADE_OF[kind]].append(source)
            made[path] = _made(source, folder, kind)
    for wanted, files in sources.items():
        # Where one of them hangs, those that were converted before it are kept and the others are read one by one.
        with contextlib.suppress(DocumentError):
            _convert(files, folder, wanted)
    return {path: file for path, file in made.items() if file.is_file()}


def find_program() -> str | None:
    """LibreOffice on this machine: on the PATH, or where Windows installs it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None or sys.platform != "win32":
        return found
    folders = (Path(os.environ[name]) for name in _WINDOWS if name in os.environ)
    places = (folder / "LibreOffice" / "program" / "soffice.com" for folder in folders)
    return next((str(place) for place in places if place.is_file()), None)


def _profile(folder: Path) -> str:
    """A fresh profile with `_SETTINGS`, as the URL that LibreOffice wants."""
    items = "".join(
        '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in _SETTINGS.items()
    )
    settings = folder / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )
    return folder.as_uri()


def _convert(sources: Sequence[Path], folder: Path, wanted: str) -> str:
    """Makes ``out/NAME.docx`` or ``.xlsx`` in `folder` of each source; returns what LibreOffice said."""
    if not sources:
        return ""
    command = [
        find_program() or "soffice",
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={_profile(folder / wanted.partition(':')[0])}",
        "--convert-to",
        wanted,
        "--outdir",
        str(folder / "out"),
        *map(str, sources),
    ]
    seconds = TIME_LIMIT + SECONDS_EACH * (len(sources) - 1)
    # A session of its own, so that the process that LibreOffice starts can be stopped with it.
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=sys.platform != "win32",
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            _stop(process)
            message = (
                f"Chuyển tệp bằng LibreOffice quá {seconds} giây. Hãy mở bằng Word hoặc Excel và lưu lại thành .docx "
                "hoặc .xlsx."
            )
            raise DocumentError("time-limit", message, str(error)) from error
        except BaseException:
            _stop(process)
            raise
    return said.decode("utf-8", "replace").strip()


def _stop(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
