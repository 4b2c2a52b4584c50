"""Pictures of pages on the review page: made of the file that was sent, in a process that can be stopped."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import PIL.Image
import pytest
from offices import CORPUS
from starlette.testclient import TestClient

from pipeline.errors import DocumentError
from pipeline.model import PageSize
from pipeline.review.pictures import png_of
from pipeline.review.view import decode
from pipeline.serve import picturing
from pipeline.serve.picturing import Pictures
from pipeline.store import corrections, files, overview, readings
from pipeline.store.database import Database
from pipeline.store.files import DONE
from pipeline.store.saving import save

TEXT = CORPUS / "docs" / "kh-ubnd-xa-chuyen-doi-so.txt"
OTHER = next(path for path in sorted((CORPUS / "docs").glob("*.txt")) if path != TEXT)
PDF = CORPUS / "formats" / "kh-ubnd-xa-chuyen-doi-so.pdf"
UPRIGHT = PageSize(595.0, 842.0)


def sent(client: TestClient, path: Path) -> str:
    """Sends a file as a page does, and waits until it is read; the id of its document."""
    (document,) = all_sent(client, path)
    return document


def all_sent(client: TestClient, path: Path) -> list[str]:
    """The same; the ids of all documents in it."""
    from browsers import token

    database: Database = client.app.state.house.database  # type: ignore[attr-defined]
    form = {"csrf": token(client, "/van-ban")}
    client.post("/van-ban", data=form, files={"files": (path.name, path.read_bytes())})
    end = time.monotonic() + 60
    while not all(one.state == DONE for one in files.queue(database)) and time.monotonic() < end:
        time.sleep(0.1)
    return [one.id for one in overview.documents(database)]


def test_a_page_is_shown_with_the_places_of_its_words(here: TestClient) -> None:
    document = sent(here, PDF)
    url = f"/van-ban/{document}"
    found = corrections.decided(here.app.state.house.database, document)  # type: ignore[attr-defined]
    assert found is not None and found.reading.view is not None
    sizes = decode(found.reading.view).sizes
    page = here.get(url).text
    for number, size in enumerate(sizes, start=1):
        assert f'src="{url}/trang/{number}.png"' in page
        picture = here.get(f"{url}/trang/{number}.png")
        assert picture.headers["content-type"] == "image/png"
        with PIL.Image.open(io.BytesIO(picture.content)) as image:
            assert image.height / image.width == pytest.approx(size.height / size.width, rel=0.01)
        words = here.get(f"{url}/trang/{number}.json").json()
        assert words and all(found.reading.directive.text[start:end] == word for start, end, *_, word in words)
        assert all(0 <= left < right <= size.width + 1 for _, _, left, _, right, _, _ in words)
    assert here.get(f"{url}/trang/{len(sizes) + 1}.png").status_code == 404
    assert here.get(f"{url}/trang/0.png").status_code == 422


def test_a_document_of_words_has_no_pictures(here: TestClient) -> None:
    url = f"/van-ban/{sent(here, TEXT)}"
    assert f"{url}/trang/" not in here.get(url).text
    assert here.get(f"{url}/trang/1.png").status_code == 404


def packed(*names: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names:
            archive.writestr(name, data)
    return stream.getvalue()


def letter(*names: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Gửi kế hoạch"
    mail.set_content("Kính gửi.")
    for name, data in names:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("hai.zip", packed(("ghi-chu.txt", OTHER.read_bytes()), ("../../etc/kế hoạch.pdf", PDF.read_bytes()))),
        ("thư.eml", letter(("cv.txt", OTHER.read_bytes()), ("kế hoạch.pdf", PDF.read_bytes()))),
        # an archive in a letter
        ("sâu.eml", letter(("a.zip", packed(("trong/kế hoạch.pdf", PDF.read_bytes()))))),
    ],
)
def test_a_document_in_another_file_is_shown_as_it_is(here: TestClient, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    paged = {}
    for document in all_sent(here, tmp_path / name):
        found = corrections.decided(here.app.state.house.database, document)  # type: ignore[attr-defined]
        assert found is not None and found.reading.view is not None
        paged[document] = [
            here.get(f"/van-ban/{document}/trang/{page}.png").content
            for page in range(1, len(decode(found.reading.view).sizes) + 1)
        ]
        assert (f"/van-ban/{document}/trang/1.png" in here.get(f"/van-ban/{document}").text) == bool(paged[document])
    (pages,) = filter(None, paged.values())
    assert pages == [png_of(PDF, number) for number in range(1, len(pages) + 1)]


def test_a_document_that_is_read_without_a_view_keeps_its_pages(here: TestClient, tmp_path: Path) -> None:
    """A command that converts the member again knows of no upload: the pages are those of before."""
    (tmp_path / "hai.zip").write_bytes(packed(("kế hoạch.pdf", PDF.read_bytes())))
    (document,) = all_sent(here, tmp_path / "hai.zip")
    database: Database = here.app.state.house.database  # type: ignore[attr-defined]
    before = readings.of(database, document)
    assert before is not None and before.origin.sha256 != before.sha256
    save(database, [replace(before.directive, sha256="ab" * 32)], here.app.state.house.settings.now())  # type: ignore[attr-defined]
    after = readings.of(database, document)
    assert after is not None and (after.sha256, after.origin) == ("ab" * 32, before.origin)
    assert here.get(f"/van-ban/{document}/trang/1.png").status_code == 200


@pytest.mark.parametrize("inside", [(7,), (0, 0), (-1,), (0,) * 9])
def test_a_way_that_leads_nowhere_is_said_and_the_next_page_is_made(inside: tuple[int, ...]) -> None:
    pictures = Pictures()
    data = packed(("a.pdf", PDF.read_bytes()))
    try:
        with pytest.raises(DocumentError, match="trang 1"):
            pictures.of("a" * 64, 1, UPRIGHT, lambda: data, inside)
        assert pictures.of("a" * 64, 1, UPRIGHT, lambda: data, (0,)) == png_of(PDF, 1)
    finally:
        pictures.close()


def test_a_picture_is_made_once() -> None:
    asked: list[int] = []

    def content() -> bytes:
        asked.append(1)
        return PDF.read_bytes()

    pictures = Pictures()
    try:
        first = pictures.of("a" * 64, 1, UPRIGHT, content)
        assert first is not None and first.startswith(b"\x89PNG")
        assert pictures.of("a" * 64, 1, UPRIGHT, content) == first
        other = pictures.of("a" * 64, 2, UPRIGHT, content)
        assert other != first and asked == [1]  # the file as well is asked for once
        assert pictures.of("b" * 64, 1, UPRIGHT, lambda: None) is None
    finally:
        pictures.close()


def test_few_pictures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picturing, "KEPT", 1)
    made: list[int] = []
    pictures = Pictures()
    monkeypatch.setattr(pictures, "_made", lambda asked: made.append(asked[2]) or b"x")
    try:
        for page in (1, 2, 1):
            pictures.of("a" * 64, page, UPRIGHT, PDF.read_bytes)
    finally:
        pictures.close()
    assert made == [1, 2, 1]


def test_a_page_that_cannot_be_made_is_said_and_the_next_is_made() -> None:
    pictures = Pictures()
    try:
        with pytest.raises(DocumentError, match="trang 99"):
            pictures.of("a" * 64, 99, UPRIGHT, PDF.read_bytes)
        with pytest.raises(DocumentError):
            pictures.of("c" * 64, 1, UPRIGHT, lambda: b"%PDF-1.4 broken")
        assert pictures.of("a" * 64, 1, UPRIGHT, PDF.read_bytes)
    finally:
        pictures.close()


def test_nothing_of_a_document_is_left_on_the_disk() -> None:
    pictures = Pictures()
    pictures.of("a" * 64, 1, UPRIGHT, PDF.read_bytes)
    assert pictures._folder is not None
    folder = Path(pictures._folder.name)
    assert list(folder.iterdir())
    pictures.close()
    assert not folder.exists()
    assert pictures.of("d" * 64, 1, UPRIGHT, PDF.read_bytes) is None  # a server that stops makes none
