"""What comes in: documents sent to a server are read and listed; what cannot be read is said, and what may not be kept is not."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsers import Clock, log_in, token
from starlette.testclient import TestClient

from pipeline.english import told
from pipeline.serve.pages.intake_words import WORDS
from pipeline.serve.reading import batch, queue
from pipeline.serve.reading.batch import CLASSIFIED
from pipeline.store import files, intake, readings, trail
from pipeline.store.files import DONE, FAILED, OPEN, Queued
from pipeline.store.intake import Arrival, Wanted

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
THREE = (
    CORPUS / "docs" / "ct-huyen-uy-dat-dai-xay-dung.txt", CORPUS / "formats" / "cv-dang-uy-xa-phan-cong.docx",
    CORPUS / "formats" / "kh-ubnd-xa-chuyen-doi-so.pdf",
)  # fmt: skip
BROKEN = b"PK\x03\x04 and nothing more"
SECRET = "MẬT\nKẾ HOẠCH\n" + "1. Văn phòng thực hiện việc QXZVKJ, xong trước ngày 30/6/2026.\n" * 400
PATIENCE = 120  # seconds after which a test gives up on what is to come


def send(browser: TestClient, *sent: tuple[str, bytes]) -> list[dict[str, Any]]:
    """Sends files as the script of the page does."""
    headers = {"x-csrf-token": token(browser, "/lich"), "accept": "application/json"}
    answer = browser.post("/van-ban", headers=headers, files=[("files", one) for one in sent])
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def send_files(browser: TestClient, *paths: Path) -> list[dict[str, Any]]:
    return send(browser, *((path.name, path.read_bytes()) for path in paths))


def database(browser: TestClient) -> Any:
    return browser.app.state.house.database  # type: ignore[attr-defined]


def read(browser: TestClient) -> dict[str, Queued]:
    """The queue by the names of the uploads, once nothing in it waits any more."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = files.queue(database(browser))
        if not any(one.state in OPEN for one in found):
            return {one.name: one for one in found}
        time.sleep(0.05)
    raise AssertionError(f"still at work: {found}")


def listed(browser: TestClient, **wanted: Any) -> tuple[Arrival, ...]:
    return intake.arrivals(database(browser), Wanted(**wanted), 100)[0]


def packed(*members: tuple[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return into.getvalue()


# ── what is read ───────────────────────────────────────────────────────────────────────────


def test_three_files_become_rows(here: TestClient) -> None:
    sent = send_files(here, *THREE)
    assert [one["name"] for one in sent] == [path.name for path in THREE]
    assert all(one["upload"] and not one["message"] for one in sent)
    done = read(here)
    assert {one.state for one in done.values()} == {DONE} and len(done) == len(THREE)
    papers = [paper for one in listed(here) for paper in one.papers]
    assert {paper.name for paper in papers} == {path.name for path in THREE}
    assert all(paper.rows > 0 and paper.number for paper in papers)
    page = here.get("/van-ban").text
    for paper in papers:
        assert paper.number in page and f'href="/van-ban/{paper.id}"' in page
        kept = readings.of(database(here), paper.id)
        assert kept is not None and len(kept.directive.tasks) == paper.rows
        assert kept.view is not None and kept.version == queue.version()


def test_a_page_without_script_sends_too(here: TestClient) -> None:
    path = THREE[0]
    data = {"csrf": token(here, "/van-ban")}
    answer = here.post("/van-ban", data=data, files={"files": (path.name, path.read_bytes())})
    assert (answer.status_code, answer.headers["location"]) == (303, "/van-ban")
    assert path.name in here.get("/van-ban").text
    assert read(here)[path.name].state == DONE
    answer = here.post(
        "/van-ban", data=data, files=[("files", (path.name, path.read_bytes())), ("files", ("a.rar", b"x"))]
    )
    assert answer.status_code == 200
    assert WORDS["vi"]["known"] in answer.text and WORDS["vi"]["refused"] in answer.text and "RAR" in answer.text


def test_an_archive_of_two_is_two_documents(here: TestClient) -> None:
    two = THREE[:2]
    send(here, ("hai văn bản.zip", packed(*((path.name, path.read_bytes()) for path in two))))
    done = read(here)["hai văn bản.zip"]
    assert done.state == DONE and done.reason is None and len(done.documents) == 2
    (arrival,) = listed(here)
    assert {paper.name for paper in arrival.papers} == {f"hai văn bản.zip/{path.name}" for path in two}


def test_many_members_are_read_once_each(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a run holds in memory: those that wait for their turn are found again."""
    monkeypatch.setattr("pipeline.engine._HELD", 1)
    put, seen = batch.Batch.put, []

    def noted(self: batch.Batch, item: Any, step: Any) -> None:
        seen.append(item.name)
        put(self, item, step)

    monkeypatch.setattr(batch.Batch, "put", noted)
    content = THREE[0].read_bytes()
    members = [(f"{number}.txt", content + b"\n" * number) for number in range(6)]  # the last is the largest, and first
    send(here, ("x.zip", packed(*members)), *members[:2])
    assert {one.state for one in read(here).values()} == {DONE}
    assert len(seen) == len(set(seen)) == len(members) + 2


def test_of_an_archive_what_could_not_be_read_is_said(here: TestClient) -> None:
    good = THREE[0]
    send(here, ("x.zip", packed((good.name, good.read_bytes()), ("hỏng.docx", BROKEN), ("nhạc.mp3", b"x"))))
    done = read(here)["x.zip"]
    assert done.state == DONE and len(done.documents) == 1 and done.reason is not None
    assert "hỏng.docx" in done.reason and "nhạc.mp3" in done.reason
    assert done.sha256 not in done.reason  # the name that it was read under is nobody's business
    assert told(done.reason, "en") != done.reason
    page = here.get("/van-ban").text
    assert "hỏng.docx" in page and f"/van-ban/hang-doi/{done.id}" in page


def test_the_same_file_again_is_known(here: TestClient, clock: Clock) -> None:
    first, twice = THREE[0], send_files(here, THREE[0], THREE[0])
    assert twice[0]["upload"] == twice[1]["upload"]  # it waits already
    (document,) = read(here)[first.name].documents
    again = send(here, ("tên khác.txt", first.read_bytes()))
    assert again == [{"name": "tên khác.txt", "upload": None, "documents": [document], "message": None}]
    # another file that holds the same document is read, and stands in the list as one that was there
    clock.later(minutes=1)
    send(here, ("bản hai.txt", first.read_bytes() + b"\n\n"))
    assert read(here)["bản hai.txt"].documents == (document,)
    later, earlier = listed(here)
    assert later.papers[0].before and not earlier.papers[0].before
    page = here.get("/van-ban").text
    assert WORDS["vi"]["known"] in page
    assert f"{first.name} · bản hai.txt" in page  # each is found by the name that it was sent by
    # who sends the first one once more wants back what it says
    clock.later(minutes=1)
    (back,) = send(here, ("tên khác.txt", first.read_bytes()))
    assert back["upload"] is not None
    assert read(here)["tên khác.txt"].documents == (document,)


# ── what is not ────────────────────────────────────────────────────────────────────────────


def test_a_broken_file_says_why_and_can_be_read_again(here: TestClient) -> None:
    send(here, ("hỏng.docx", BROKEN))
    failed = read(here)["hỏng.docx"]
    assert failed.state == FAILED and failed.reason and not failed.documents
    page = here.get("/van-ban").text
    assert failed.reason in page
    address = f"/van-ban/hang-doi/{failed.id}"
    assert f'action="{address}"' in page
    assert here.post(address, data={"csrf": token(here, "/van-ban")}).status_code == 303
    assert read(here)["hỏng.docx"].state == FAILED
    assert [one.what for one in trail.of(database(here))] == ["upload.again", "upload"]


@pytest.mark.parametrize(
    "name", ["trình chiếu.pptx", "thư.msg", "nén.rar", "ảnh.heic", "chạy.exe", "~$nháp.docx", ".ẩn.exe"]
)
def test_what_is_never_read_is_not_kept(here: TestClient, name: str) -> None:
    (sent,) = send(here, (name, b"x"))
    assert sent["upload"] is None and told(sent["message"], "en") != sent["message"]
    assert files.queue(database(here)) == ()


def test_an_empty_file_is_not_kept(here: TestClient) -> None:
    (sent,) = send(here, ("rỗng.txt", b""))
    assert sent["message"] and files.queue(database(here)) == ()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "C:\\a\\b.txt", "a\x00b.txt", "\u202etxt.txt", "ă" * 900 + ".txt", "-o.txt"]
)
def test_a_name_is_only_a_name(here: TestClient, tmp_path: Path, name: str) -> None:
    before = {path.name for path in tmp_path.parent.iterdir()}
    send(here, (name, THREE[0].read_bytes()))
    (done,) = read(here).values()
    assert done.state == DONE and "/" not in done.name and "\\" not in done.name
    assert {path.name for path in tmp_path.parent.iterdir()} == before


@pytest.mark.parametrize("wrapped", [False, True], ids=["alone", "in an archive"])
def test_a_classified_document_is_refused_and_forgotten(here: TestClient, tmp_path: Path, wrapped: bool) -> None:
    content = SECRET.encode()
    name, content = ("mật.zip", packed_plain(("a.txt", content))) if wrapped else ("mật.txt", content)
    send(here, (name, content), (THREE[0].name, THREE[0].read_bytes()))
    refused = read(here)[name]
    assert (refused.state, refused.reason, refused.size, refused.documents) == (FAILED, CLASSIFIED, 0, ())
    assert files.bytes_of(database(here), refused.sha256) == b""
    for path in tmp_path.iterdir():
        assert b"QXZVKJ" not in path.read_bytes(), f"{path.name} still holds it"
    page = here.get("/van-ban").text
    assert CLASSIFIED in page and f"/van-ban/hang-doi/{refused.id}" not in page  # there is nothing to read again
    answer = here.post(f"/van-ban/hang-doi/{refused.id}", data={"csrf": token(here, "/van-ban")})
    assert answer.status_code == 409
    send(here, (name, content))
    assert read(here)[name].reason == CLASSIFIED


def packed_plain(*members: tuple[str, bytes]) -> bytes:
    """An archive that stores its members as they are, so that their words would be seen in it."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return into.getvalue()


def test_a_fault_of_ours_is_told_and_the_next_is_read(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("QXZVKJ")

    with monkeypatch.context() as patched:
        patched.setattr(batch.saving, "take_in", fails)
        send_files(here, THREE[0])
        failed = read(here)[THREE[0].name]
    assert failed.state == FAILED and failed.reason and "QXZVKJ" not in failed.reason
    assert told(failed.reason, "en") != failed.reason
    send_files(here, THREE[1])
    assert read(here)[THREE[1].name].state == DONE


# ── the list ───────────────────────────────────────────────────────────────────────────────


def test_the_list_is_filtered_by_words_and_state(here: TestClient) -> None:
    send_files(here, *THREE)
    send(here, ("hỏng.docx", BROKEN))
    read(here)

    def names(**wanted: str) -> set[str]:
        return {one.queued.name for one in listed(here, **wanted) if one.queued}

    every = {*(path.name for path in THREE), "hỏng.docx"}
    assert names() == every
    assert names(state=FAILED) == {"hỏng.docx"}
    assert names(state=DONE) == every - {"hỏng.docx"}
    assert names(state=files.WAITING) == set()
    assert names(words="dat dai") == names(words="ĐẤT  đai") == {THREE[0].name}
    assert names(words="đát đai") == set()  # with marks, those marks are meant
    papers = [paper for one in listed(here) for paper in one.papers]
    assert names(state="doubtful") == {paper.name for paper in papers if paper.doubts}
    part = here.get("/van-ban", params={"q": "dat dai"}, headers={"hx-request": "true"}).text
    assert "<html" not in part and part.count("<tbody") == 1


def test_rows_are_asked_for_one_by_one(here: TestClient) -> None:
    sent = send_files(here, *THREE)
    read(here)
    ids = [one["upload"] for one in sent]
    part = here.get("/van-ban/hang-doi", params={"id": ids[:2]}).text
    assert [f'id="upload-{one}"' in part for one in ids] == [True, True, False]
    assert "<tbody" not in here.get("/van-ban/hang-doi", params={"id": ids[0], "state": FAILED}).text
    assert here.get("/van-ban/hang-doi").status_code == 422


def test_a_long_list_has_pages(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.serve.pages.intake.AT_ONCE", 2)
    send_files(here, *THREE)
    read(here)
    first = here.get("/van-ban").text
    second = here.get("/van-ban?after=2").text
    assert first.count("<tbody") == 2 and "after=2" in first
    assert second.count("<tbody") == 1 and "after=4" not in second
    for wrong in ("-1", "x", "9" * 30):
        assert here.get("/van-ban", params={"after": wrong}).status_code == 422


def test_words_of_files_stay_words(here: TestClient) -> None:
    script = '"><script>alert(1)</script>'
    text = THREE[0].read_text(encoding="utf-8").replace("đất đai", f"đất đai {script}")
    send(here, (f"{script}.txt", text.encode()), (f"{script}.docx", BROKEN))
    assert "<script>alert" not in here.get("/van-ban").text
    read(here)
    assert "<script>alert" not in here.get("/van-ban", params={"q": "script"}).text
    assert "<script>alert" not in here.get("/van-ban", params={"q": script}).text


def test_who_only_looks_sends_nothing(others: Callable[[], TestClient]) -> None:
    viewer = log_in(others(), "chi-xem")
    page = viewer.get("/van-ban")
    assert page.status_code == 200 and 'id="send"' not in page.text
    data = {"csrf": token(viewer, "/lich")}
    for path in ("/van-ban", "/van-ban/hang-doi/1"):
        assert viewer.post(path, data=data, files={"files": ("a.txt", b"x")}).status_code == 403


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["vi"].keys() == WORDS["en"].keys()
