"""Documents in archives and e-mails through `convert`: in the place of their container, and none costs another."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

import pipeline
from pipeline.ingest import container

PLAN = "KẾ HOẠCH\nTriển khai công tác năm 2026\nII. NHIỆM VỤ\n1. Văn phòng rà soát thủ tục {}, xong trước ngày 30/6/2026.\n"


def plan(about: str) -> bytes:
    """A plan with one task, which is about something of its own."""
    return PLAN.format(about).encode()


def zipped(*entries: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def mailed(*files: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["To"] = "van-thu@example.invalid"
    message.set_content("Kính gửi anh chị")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def encrypted(data: bytes) -> bytes:
    """An archive whose directory says that its first entry is encrypted."""
    out = bytearray(data)
    out[out.index(b"PK\x01\x02") + 8] |= 1
    return bytes(out)


def nested(depth: int) -> bytes:
    data = plan("sâu")
    for number in range(depth):
        data = zipped((f"{number}.zip" if number else "sau.txt", data))
    return data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with good and bad members between two plain documents, and an e-mail."""
    place = tmp_path / "den"
    place.mkdir()
    (place / "a.txt").write_bytes(plan("đầu"))
    (place / "b.zip").write_bytes(
        zipped(
            ("Xã Một/KH.txt", plan("một")),
            ("hong.docx", b"PK\x03\x04" + bytes(50)),
            ("Xã Hai/KH.txt", plan("hai")),
            ("rong.txt", b""),
            ("khoa.zip", encrypted(zipped(("kin.txt", plan("kín"))))),
            ("thu.eml", mailed(("KH.txt", plan("thư")), ("anh.mp4", b"x"))),
            ("sau.zip", nested(container.DEPTH + 1)),
            ("trang.rar", b"Rar!\x1a\x07\x00"),
            ("cuoi.txt", plan("cuối")),
        )
    )
    (place / "c.eml").write_bytes(mailed(("../../KH.txt", plan("bốn"))))
    (place / "d.txt").write_bytes(plan("sau cùng"))
    return place


# (document, status, code of its error) in the order in which they must come
WANTED = [
    ("a.txt", "ok", None),
    ("b.zip/Xã Một/KH.txt", "ok", None),
    ("b.zip/hong.docx", "failed", "truncated"),
    ("b.zip/Xã Hai/KH.txt", "ok", None),
    ("b.zip/rong.txt", "failed", "empty-file"),
    ("b.zip/khoa.zip/kin.txt", "failed", "password"),
    ("b.zip/thu.eml/KH.txt", "ok", None),
    ("b.zip/sau.zip/3.zip/2.zip/1.zip", "failed", "too-deep"),
    ("b.zip/trang.rar", "failed", "not-yet-supported"),
    ("b.zip/cuoi.txt", "ok", None),
    ("c.eml/KH.txt", "ok", None),
    ("d.txt", "ok", None),
]


@pytest.mark.parametrize("jobs", [1, 2])
def test_members_come_in_the_place_of_their_container(folder: Path, tmp_path: Path, jobs: int) -> None:
    result = pipeline.convert([folder], [f"{tmp_path / 'json'}/"], jobs=jobs)
    found = [(d.document, d.status, d.errors[0].code if d.errors else None) for d in result.directives]
    assert found == WANTED
    assert all(error.message for directive in result.directives for error in directive.errors)
    assert [(step.done, step.total) for step in result.steps][-1] == (len(WANTED), len(WANTED))
    assert [len(d.tasks) for d in result.directives if d.status == "ok"] == [1] * result.count("ok")
    assert [note.input for note in result.notes] == ["b.zip/thu.eml", "c.eml"]
    assert "anh.mp4" in result.notes[0].message
    assert result.exit_status == 7


def test_outputs_of_members_with_one_name_stand_beside_each_other(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "json"
    pipeline.convert([folder], [f"{out}/", tmp_path / "so.xlsx"])
    written = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in out.iterdir()}
    assert sorted(document["document"] for document in written.values()) == sorted(name for name, *_ in WANTED)
    named_kh = {name: written[name]["document"] for name in written if name.startswith("KH")}
    assert named_kh == {
        "KH.json": "b.zip/Xã Một/KH.txt",
        "KH (2).json": "b.zip/Xã Hai/KH.txt",
        "KH (3).json": "b.zip/thu.eml/KH.txt",
        "KH (4).json": "c.eml/KH.txt",
    }
    about = {name: written[name]["tasks"][0]["text"].split(",")[0].rpartition(" ")[2] for name in named_kh}
    assert about == {"KH.json": "một", "KH (2).json": "hai", "KH (3).json": "thư", "KH (4).json": "bốn"}


def test_nothing_is_written_beside_the_outputs(folder: Path, tmp_path: Path) -> None:
    """Names with a way up or a root would otherwise lead out of the folder."""
    before = set(tmp_path.rglob("*"))
    pipeline.convert([folder], [f"{tmp_path / 'json'}/"])
    assert {path.parent for path in set(tmp_path.rglob("*")) - before} == {tmp_path, tmp_path / "json"}


def test_an_archive_of_archives_that_multiply_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.engine.MOST_INSIDE", 7)
    inner = zipped(*((f"{number}.txt", plan("x")) for number in range(3)))
    (tmp_path / "a.zip").write_bytes(zipped(*((f"{number}.zip", inner) for number in range(3))))
    (tmp_path / "b.txt").write_bytes(plan("sau"))
    result = pipeline.convert([tmp_path / "a.zip", tmp_path / "b.txt"], [f"{tmp_path / 'json'}/"])
    assert [(d.document, d.errors[0].code if d.errors else "ok") for d in result.directives] == [
        ("a.zip/0.zip/0.txt", "ok"),
        ("a.zip/0.zip/1.txt", "ok"),
        ("a.zip/0.zip/2.txt", "ok"),
        ("a.zip/1.zip", "too-large"),
        ("a.zip/2.zip", "too-large"),
        ("b.txt", "ok"),
    ]


def test_a_container_without_a_document_is_a_failed_document(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("nhac.mp3", b"x")))
    result = pipeline.convert([tmp_path / "a.zip"], [f"{tmp_path / 'json'}/"])
    (directive,) = result.directives
    assert (directive.document, directive.status, directive.errors[0].code) == ("a.zip", "failed", "empty-container")
    assert result.exit_status == 1
