"""What the tests of the server share: its users, its clock, and logging in as a person does."""

from __future__ import annotations

import datetime as dt
import re

from starlette.testclient import TestClient

from pipeline.serve.security.roles import ADMIN, EDITOR, VIEWER

PASSWORD = "mot cau ngan de nho"
USERS = {"quan-tri": ADMIN, "bien-tap": EDITOR, "chi-xem": VIEWER}
NAME = "dondoc.vi-du.vn"  # under which others reach it


class Clock:
    """The time of a server, which goes on when it is told to."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 10, 8, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def later(self, **gone: float) -> None:
        self.now += dt.timedelta(**gone)


def token(client: TestClient, path: str = "/dang-nhap") -> str:
    """The token that the forms of a page hold."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path, follow_redirects=True).text)
    assert found is not None
    return found[1]


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> TestClient:
    """Logs in as a person does."""
    answer = client.post("/dang-nhap", data={"csrf": token(client), "name": name, "password": password})
    assert answer.status_code == 303, answer.text
    return client
