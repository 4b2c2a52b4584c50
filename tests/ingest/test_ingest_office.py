"""Word 97, RTF and OpenDocument: the same words as the DOCX that they were made from, within limits."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path
from socketserver import BaseRequestHandler, TCPServer

import pytest

from pipeline.errors import DocumentError
from pipeline.ingest import Settings, office, read, read_bytes
from pipeline.model import Paragraph, Source, Table

FORMATS = Path(__file__).resolve().parents[2] / "corpus" / "formats"
needs_libreoffice = pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")


WORD_XML = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r>'
    "<w:t>Kế hoạch</w:t></w:r></w:p></w:body></w:wordDocument>"
).encode()
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
EXCEL_XML = (
    f'<?xml version="1.0"?><Workbook xmlns="{SPREADSHEET}" xmlns:ss="{SPREADSHEET}"><Worksheet ss:Name="A"><Table>'
    '<Row><Cell><Data ss:Type="String">TT</Data></Cell><Cell><Data ss:Type="String">Việc</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="String">Rà soát</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
).encode()


def words(source: Source) -> list[str]:
    """All words in order, those of tables too."""
    found: list[str] = []
    for block in source.blocks:
        inside = [block] if isinstance(block, Paragraph) else [p for cell in block.cells for p in cell.paragraphs]
        found.extend(word for paragraph in inside for word in paragraph.text.split())
    return found


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_the_same_words_as_the_docx(suffix: str, tmp_path: Path) -> None:
    original = FORMATS / "cthd-dang-uy-phuong-nghi-quyet.docx"
    profile = (tmp_path / "profile").as_uri()
    command = [str(office.find_program()), "--headless", f"-env:UserInstallation={profile}", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", str(tmp_path), str(original)], check=True, capture_output=True, timeout=120)
    made, source = read(tmp_path / f"{original.stem}.{suffix}"), read(original)
    assert words(made) == words(source)
    tables = [[block for block in s.blocks if isinstance(block, Table)] for s in (made, source)]
    assert [(t.rows, t.columns) for t in tables[0]] == [(t.rows, t.columns) for t in tables[1]]
    assert made.media_type != source.media_type


def test_a_missing_program_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    for name, data in (("a.rtf", rb"{\rtf1 x}"), ("a.xls", EXCEL_XML)):
        with pytest.raises(DocumentError, match="LibreOffice") as caught:
            read_bytes(name, data)
        assert caught.value.code == "program-missing"


@needs_libreoffice
def test_the_xml_of_office_2003_is_read_alone_and_with_others(tmp_path: Path) -> None:
    """Programs of the state hand it out as .doc and .xls."""
    assert words(read_bytes("a.doc", WORD_XML)) == ["Kế", "hoạch"]
    assert words(read_bytes("a.xls", EXCEL_XML)) == ["TT", "Việc", "1", "Rà", "soát"]
    paths = [tmp_path / name for name in ("a.doc", "b.xls", "c.doc", "d.xls")]
    for path, data in zip(paths, (WORD_XML, EXCEL_XML, b"<html>x", b""), strict=True):
        path.write_bytes(data)
    folder = tmp_path / "made"
    folder.mkdir()
    made = office.convert_many(paths, folder)
    assert {path.name: file.suffix for path, file in made.items()} == {"a.doc": ".docx", "b.xls": ".xlsx"}
    settings = Settings(converted=made[paths[1]])
    assert read_bytes("b.xls", EXCEL_XML, settings).blocks == read_bytes("b.xls", EXCEL_XML).blocks


@needs_libreoffice
def test_a_workbook_fetches_nothing(tmp_path: Path) -> None:
    """Formulas that lead to a server; the test is that server."""
    asked: list[bytes] = []

    class Asked(BaseRequestHandler):
        def handle(self) -> None:
            asked.append(self.request.recv(100))

    with TCPServer(("127.0.0.1", 0), Asked) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        cells = (f"=WEBSERVICE(&quot;{url}/a&quot;)", f"='{url}/b.xls'#$Sheet1.A1", f"='{url}/[c.xls]Sheet1'!A1")
        row = "".join(f'<Cell ss:Formula="{cell}"><Data ss:Type="String">x</Data></Cell>' for cell in cells)
        data = EXCEL_XML.replace(b"</Table>", f"<Row>{row}</Row></Table>".encode())
        assert "Rà" in words(read_bytes("a.xls", data))
        server.shutdown()
        thread.join()
    assert asked == []


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
def test_a_program_that_hangs_is_stopped_with_what_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program, noted = tmp_path / "soffice", tmp_path / "child"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {noted}\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_program", lambda: str(program))
    monkeypatch.setattr(office, "TIME_LIMIT", 1)
    with pytest.raises(DocumentError, match="quá 1 giây") as caught:
        read_bytes("a.rtf", rb"{\rtf1 x}")
    assert caught.value.code == "time-limit"
    child = int(noted.read_text(encoding="utf-8"))
    for _ in range(50):
        if not _runs(child):
            break
        time.sleep(0.1)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2]
    except FileNotFoundError:
        return False
    return state != "Z"


@needs_libreoffice
def test_a_broken_file_ends_with_a_reason() -> None:
    container = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)
    with pytest.raises(DocumentError) as caught:
        read_bytes("a.doc", container)
    assert caught.value.code in {"truncated", "no-text"}
