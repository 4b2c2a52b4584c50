"""The review page of a document as one person has it open, without a browser: what the tests of Rà soát share."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import httpx
from browsers import token
from offices import fill
from starlette.testclient import TestClient

from pipeline.model import Directive
from pipeline.serve.pages.words.review import REVIEW
from pipeline.store import corrections, overview
from pipeline.store.database import Database

WORDS = REVIEW["vi"]  # of the review page
STATE = re.compile(r'name="(base|reading)" value="([^"]*)"')
ROW = re.compile(r'<li class="row [^>]*data-row="([^"]+)" data-number="([0-9]+)" data-state="([a-z]+)"')


@dataclass
class Page:
    """The page of a document as one person has it open."""

    client: TestClient
    document: str
    state: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    @property
    def url(self) -> str:
        return f"/van-ban/{self.document}"

    def open(self) -> Page:
        page = self.client.get(self.url)
        assert page.status_code == 200, page.text
        self.state = dict(STATE.findall(page.text))
        self.csrf = token(self.client, self.url)
        return self

    def rows(self) -> dict[str, str]:
        """The rows that the page has when it is loaded: id → state."""
        return {key: state for key, _, state in ROW.findall(self.client.get(self.url).text)}

    def send(self, kind: str, **values: str) -> httpx.Response:
        """Sends a form as htmx does; what is answered is what the page shows from then on."""
        headers = {"hx-request": "true", "x-csrf-token": self.csrf}
        answer = self.client.post(f"{self.url}/sua", data={**self.state, "kind": kind, **values}, headers=headers)
        if answer.status_code == 200:
            self.state |= dict(STATE.findall(answer.text))
        return answer


def done(answer: httpx.Response) -> dict[str, Any]:
    """What the page is told of what was done."""
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = json.loads(answer.headers["hx-trigger-after-settle"])["review:done"]
    return told


def kept(page: Page) -> corrections.Decided:
    """The document as the store has it."""
    found = corrections.decided(database(page.client), page.document)
    assert found is not None
    return found


def database(client: TestClient) -> Database:
    found: Database = client.app.state.house.database  # type: ignore[attr-defined]
    return found


def put(client: TestClient, directive: Directive) -> Page:
    """Converts a document into the database of the server; its page, not opened yet."""
    fill(database(client), directive)
    (one,) = [one for one in overview.documents(database(client)) if one.name == directive.document]
    return Page(client, one.id)
