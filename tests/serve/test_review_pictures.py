"""Pictures of pages on the review page: made of the file that was sent, in a process that can be stopped."""

from __future__ import annotations

import io
import time
from pathlib import Path

import PIL.Image
import pytest
from offices import CORPUS
from starlette.testclient import TestClient

from pipeline.errors import DocumentError
from pipeline.review.view import decode
from pipeline.serve import picturing
from pipeline.serve.picturing import Pictures
from pipeline.store import corrections, files, overview
from pipeline.store.database import Database
from pipeline.store.files import DONE

PDF = CORPUS / "formats" / "kh-ubnd-xa-chuyen-doi-so.pdf"


def sent(client: TestClient, path: Path) -> str:
    """Sends a file as a page does, and waits until it is read; the id of its document."""
    from browsers import token

    database: Database = client.app.state.house.database  # type: ignore[attr-defined]
    form = {"csrf": token(client, "/van-ban")}
    client.post("/van-ban", data=form, files={"files": (path.name, path.read_bytes())})
    end = time.monotonic() + 60
    while not all(one.state == DONE for one in files.queue(database)) and time.monotonic() < end:
        time.sleep(0.1)
    (one,) = overview.documents(database)
    return one.id


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
    url = f"/van-ban/{sent(here, CORPUS / 'docs' / 'kh-ubnd-xa-chuyen-doi-so.txt')}"
    assert f"{url}/trang/" not in here.get(url).text
    assert here.get(f"{url}/trang/1.png").status_code == 404


def test_a_picture_is_made_once() -> None:
    asked: list[int] = []

    def content() -> bytes:
        asked.append(1)
        return PDF.read_bytes()

    pictures = Pictures()
    try:
        first = pictures.of("a" * 64, 1, 0, content)
        assert first is not None and first.startswith(b"\x89PNG")
        assert pictures.of("a" * 64, 1, 0, content) == first
        other = pictures.of("a" * 64, 2, 0, content)
        assert other != first and asked == [1]  # the file as well is asked for once
        assert pictures.of("b" * 64, 1, 0, lambda: None) is None
    finally:
        pictures.close()


def test_few_pictures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picturing, "KEPT", 1)
    made: list[int] = []
    pictures = Pictures()
    monkeypatch.setattr(pictures, "_made", lambda path, page, quarters: made.append(page) or b"x")
    try:
        for page in (1, 2, 1):
            pictures.of("a" * 64, page, 0, PDF.read_bytes)
    finally:
        pictures.close()
    assert made == [1, 2, 1]


def test_a_page_that_cannot_be_made_is_said_and_the_next_is_made() -> None:
    pictures = Pictures()
    try:
        with pytest.raises(DocumentError, match="trang 99"):
            pictures.of("a" * 64, 99, 0, PDF.read_bytes)
        with pytest.raises(DocumentError):
            pictures.of("c" * 64, 1, 0, lambda: b"%PDF-1.4 broken")
        assert pictures.of("a" * 64, 1, 0, PDF.read_bytes)
    finally:
        pictures.close()


def test_nothing_of_a_document_is_left_on_the_disk() -> None:
    pictures = Pictures()
    pictures.of("a" * 64, 1, 0, PDF.read_bytes)
    assert pictures._folder is not None
    folder = Path(pictures._folder.name)
    assert list(folder.iterdir())
    pictures.close()
    assert not folder.exists()
    assert pictures.of("d" * 64, 1, 0, PDF.read_bytes) is None  # a server that stops makes none
