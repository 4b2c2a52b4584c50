"""So sánh: the families are found beside the requests, and their page holds to the policy of the server."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace

import pytest
from offices import NOW, TAG, family, fill, harmful
from starlette.testclient import TestClient

from pipeline import compare, ruleset
from pipeline.corrections.model import Correction
from pipeline.export.comparison import web_page
from pipeline.model import Directive
from pipeline.serve import comparing
from pipeline.serve.comparing import Answer, Comparisons
from pipeline.serve.pages.words.comparison import COMPARISON
from pipeline.store import corrections, register
from pipeline.store.database import Database
from pipeline.store.register import Filter
from pipeline.workers import Limits

WORDS = COMPARISON["vi"]
SECONDS = 120  # that a comparison of a few plans may take on a busy machine


def base(client: TestClient) -> Database:
    database: Database = client.app.state.house.database  # type: ignore[attr-defined]
    return database


def finished(comparisons: Comparisons, database: Database) -> Answer:
    """The answer when nothing is left to compute."""
    end = time.monotonic() + SECONDS
    while not ((answer := comparisons.of(database)).fresh or answer.failed):
        assert time.monotonic() < end
        time.sleep(0.05)
    return answer


def done(client: TestClient) -> Answer:
    return finished(client.app.state.house.comparisons, base(client))  # type: ignore[attr-defined]


@pytest.fixture
def office(here: TestClient) -> TestClient:
    fill(base(here), *family(), replace(harmful(), document=f"{TAG}.txt"))
    return here


def test_the_page_answers_before_the_comparison_is_made(office: TestClient) -> None:
    page = office.get("/so-sanh").text
    assert WORDS["working"].format(count=len(family()) + 1) in page and 'hx-get="/so-sanh"' in page
    done(office)
    part = office.get("/so-sanh", headers={"hx-request": "true"}).text
    assert part.lstrip().startswith('<div id="families"') and "hx-get" not in part


def test_the_families_are_those_of_the_command(office: TestClient) -> None:
    office.get("/so-sanh")
    answer = done(office)
    found = compare.compare([*family(), harmful()], rules=ruleset.load())
    (line,) = answer.compared.lines["vi"] if answer.compared else ()
    (one,) = found.comparisons
    assert (line.tasks, line.plans) == (len(one.tasks), len(one.plans))
    page = office.get("/so-sanh").text
    assert line.name in page and WORDS["alone"].format(count=len(found.alone)) in page
    data = json.loads(office.get(f"/so-sanh/du-lieu/{answer.key}").content)
    assert len(data["families"][0]["tasks"]) == len(one.tasks)


def test_the_page_of_the_matrices_keeps_to_the_policy(office: TestClient) -> None:
    office.get("/so-sanh")
    key = done(office).key
    page = office.get(f"/so-sanh/ma-tran/{key}")
    assert page.status_code == 200 and "<style" not in page.text and " style=" not in page.text
    scripts = re.findall(r"<script[^>]*>", page.text)
    assert scripts and all(' src="/static/' in script for script in scripts)
    assert "<script>alert" not in page.text and "&lt;script&gt;alert" in page.text
    for name in ("data-script", "data-data", "href"):
        for address in re.findall(rf'{name}="(/[^"#]*)"', page.text):
            assert office.get(address).status_code == 200, address
    assert office.get("/so-sanh/trang.js").text == web_page.script()


def test_a_document_that_could_not_be_read_is_named_as_left_out(office: TestClient) -> None:
    assert WORDS["unread"].format(count=1) not in office.get("/so-sanh").text
    done(office)
    failed = Directive("hỏng.pdf", "9" * 64, "application/pdf", 0, "failed")
    fill(base(office), failed)
    assert WORDS["unread"].format(count=1) in office.get("/so-sanh").text


def test_english_is_there_too(office: TestClient) -> None:
    office.get("/so-sanh")
    key = done(office).key
    office.cookies.set("lang", "en")
    assert '<html lang="en">' in office.get(f"/so-sanh/ma-tran/{key}").text
    assert json.loads(office.get(f"/so-sanh/du-lieu/{key}").content)["lang"] == "en"


def test_a_correction_makes_it_anew_and_the_old_one_stays_until_then(office: TestClient) -> None:
    office.get("/so-sanh")
    before = done(office)
    row = register.search(base(office), Filter(), 1, 1).rows[0]
    draft = Correction(0, row.document_id, "reject", (row.id,), (row.text,), {}, "người sửa", NOW)
    corrections.append(base(office), row.document_id, draft, 0, NOW)
    meanwhile = office.get("/so-sanh").text
    assert WORDS["stale"] in meanwhile and before.key in meanwhile
    after = done(office)
    assert after.key != before.key
    old = office.get(f"/so-sanh/ma-tran/{before.key}")
    assert (old.status_code, old.headers["location"]) == (303, "/so-sanh")
    assert office.get(f"/so-sanh/du-lieu/{before.key}").status_code == 404


def test_what_takes_too_long_is_said_and_not_tried_for_ever(office: TestClient) -> None:
    short = Comparisons("/static/x", Limits(quiet=0.01, seconds=0.01))
    answer = finished(short, base(office))
    assert answer.failed == comparing._FAILED and answer.compared is None
    assert short.of(base(office)) == answer
    short.close()


def test_the_end_of_the_server_is_the_end_of_the_comparison(office: TestClient) -> None:
    comparisons = Comparisons("/static/x")
    comparisons.of(base(office))
    comparisons.close()
    assert comparisons._thread is not None and not comparisons._thread.is_alive()
    assert not comparisons.of(base(office)).fresh
    assert not comparisons._thread.is_alive()  # closed: nothing begins any more
