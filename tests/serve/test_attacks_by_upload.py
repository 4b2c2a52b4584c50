"""What comes with a file to do harm, sent on the page and by another system: the server refuses it or reads on."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsers import Clock, token
from hostile.archives import FILES
from starlette.testclient import TestClient

from pipeline.serve.security import bodies
from pipeline.store import files, people
from pipeline.store.files import DONE, FAILED, OPEN, Queued

WORDS = "KẾ HOẠCH\nNăm 2026\n1. Phòng Kinh tế rà soát hồ sơ đất đai, xong trước ngày 30/6/2026.\n".encode()
SECRET = ("MẬT\nKẾ HOẠCH\n" + "1. Văn phòng thực hiện việc QXZVKJ, xong trước ngày 30/6/2026.\n" * 40).encode()
PATIENCE = 120  # seconds after which a test gives up on what is to come
BOMBS = ("flat.zip", "nested.zip", "10000.zip")
Send = Callable[[str, bytes], Any]


def base(client: TestClient) -> Any:
    return client.app.state.house.database  # type: ignore[attr-defined]


@pytest.fixture(params=["page", "api"])
def send(request: pytest.FixtureRequest, here: TestClient) -> Send:
    """Sends one file each way; the answer."""
    if request.param == "page":
        headers = {"x-csrf-token": token(here, "/lich"), "accept": "application/json"}
        return lambda name, data: here.post("/van-ban", headers=headers, files={"files": (name, data)})
    _, secret = people.new_token(base(here), "x", "lan", "editor", Clock()())
    headers = {"authorization": f"Bearer {secret}"}
    return lambda name, data: here.post("/api/v1/documents", headers=headers, files={"file": (name, data)})


def read(client: TestClient) -> dict[str, Queued]:
    """The queue by names, once nothing in it waits any more."""
    end = time.monotonic() + PATIENCE
    while any(one.state in OPEN for one in files.queue(base(client))):
        assert time.monotonic() < end
        time.sleep(0.05)
    return {one.name: one for one in files.queue(base(client))}


@pytest.mark.parametrize("bomb", [one for one in FILES if one.name in (*BOMBS, "names.zip", "overlapping.zip")], ids=lambda one: one.name)
def test_an_archive_that_does_harm_ends_alone(here: TestClient, send: Send, bomb: Any, tmp_path: Path) -> None:
    """Bombs, members that would be written elsewhere: it fails with its reason, and what comes after it is read."""
    before = {path.name for path in tmp_path.parent.iterdir()}
    assert send(bomb.name, bomb.make()).is_success
    assert send("sau.txt", WORDS).is_success
    done = read(here)
    assert done["sau.txt"].state == DONE
    if bomb.name in BOMBS:
        assert done[bomb.name].state == FAILED and done[bomb.name].reason
    assert {path.name for path in tmp_path.parent.iterdir()} == before


def test_a_file_that_is_too_large_is_not_taken(here: TestClient, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "FILE", len(WORDS))
    assert send("vừa.txt", WORDS).is_success
    answer = send("quá lớn.txt", WORDS + b"x")
    assert answer.status_code == 413 and "quá lớn.txt" in answer.text
    assert [one.name for one in files.queue(base(here))] == ["vừa.txt"]


def test_a_body_that_is_too_large_is_not_taken(here: TestClient, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "REQUEST", 2000)
    assert send("vừa.txt", WORDS).is_success
    assert send("quá lớn.txt", b"x" * 2000).status_code == 413
    assert [one.name for one in files.queue(base(here))] == ["vừa.txt"]


def test_what_is_classified_is_refused_and_not_kept(here: TestClient, send: Send, tmp_path: Path) -> None:
    send("kế hoạch mật.txt", SECRET)
    (done,) = read(here).values()
    assert done.state == FAILED and done.documents == ()
    assert [path.name for path in tmp_path.iterdir() if path.is_file() and b"QXZVKJ" in path.read_bytes()] == []
