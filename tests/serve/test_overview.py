"""Tổng quan: every figure is that of the tasks that its link shows."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from offices import NOW, fill, harmful, plan, task
from starlette.testclient import TestClient

from pipeline import ruleset
from pipeline.audit import CRITERIA, audit, tally
from pipeline.audit.wording import NAMES
from pipeline.model import Meta
from pipeline.serve.pages.words.overview import OVERVIEW
from pipeline.serve.pages.words.register import REGISTER
from pipeline.store import register
from pipeline.store.database import Database

WORDS = OVERVIEW["vi"]


def base(client: TestClient) -> Database:
    database: Database = client.app.state.house.database  # type: ignore[attr-defined]
    return database


@pytest.fixture
def office(here: TestClient) -> TestClient:
    today = task("cccccccccc01", 1, "Việc của hôm nay", due=NOW.date())
    fill(base(here), plan(), harmful(), replace(harmful(), sha256="f" * 64, meta=Meta(number="9/KH"), tasks=(today,)))
    register.bulk_state(base(here), ["bbbbbbbbbb02"], {"status": "done"}, "cán bộ", NOW)
    return here


def total_of(client: TestClient, address: str) -> str:
    """How many tasks the register says there are."""
    found = re.search(REGISTER["vi"]["found"].format(total=r"(\d+)"), client.get(html.unescape(address)).text)
    assert found is not None
    return found[1]


def test_a_figure_is_that_of_its_tasks(office: TestClient) -> None:
    page = office.get("/tong-quan").text
    tiles = re.findall(r'<a class="tile [^"]*" href="([^"]+)"><span>([^<]+)</span><b>(\d+)</b>', page)
    assert [name for _, name, _ in tiles] == [WORDS[key] for key in ("overdue", "due-7", "due-30", "open", "doubtful", "tasks")]
    for address, name, figure in tiles:
        assert total_of(office, address) == figure, name
    assert {name: int(figure) for _, name, figure in tiles}[WORDS["tasks"]] == len(plan().tasks) + len(harmful().tasks) + 1
    assert int(tiles[0][2]) >= 1  # the one that was due yesterday


def test_states_and_units_are_counted(office: TestClient) -> None:
    page = office.get("/tong-quan").text
    states = re.findall(r'<a href="(/nhiem-vu\?trang-thai=[^"]+)">[^<]+</a></th><td>(\d+)', page)
    assert len(states) == 2
    assert all(total_of(office, address) == figure for address, figure in states)
    units = re.findall(r'<a href="(/nhiem-vu\?don-vi=[^"]+)">', page)
    assert units and all(int(total_of(office, address)) for address in units)


def test_the_six_clarities_are_those_of_the_report(office: TestClient) -> None:
    part = office.get("/tong-quan/6-ro").text
    today = replace(harmful(), tasks=(task("cccccccccc01", 1, "Việc của hôm nay", due=NOW.date()),))
    found = tally(audit([plan(), harmful(), today], ruleset.load()))
    told = dict(re.findall(r'<th scope="row">([^<]+)</th><td>(\d+)', part))
    assert told == {
        **{NAMES["vi"][name]: str(found.clear[name]) for name in CRITERIA}, WORDS["all-six"]: str(found.all_six)
    }


def test_the_six_clarities_are_counted_anew_when_a_document_comes(office: TestClient) -> None:
    before = office.get("/tong-quan/6-ro").text
    assert office.get("/tong-quan/6-ro").text == before
    fill(base(office), replace(harmful(), tasks=harmful().tasks[:1]))
    assert office.get("/tong-quan/6-ro").text != before


def test_without_a_script_the_clarities_are_a_page(office: TestClient) -> None:
    whole, part = (office.get("/tong-quan/6-ro", headers=headers).text for headers in ({}, {"hx-request": "true"}))
    assert "<main" in whole and "<main" not in part and part.strip() in whole


def test_documents_that_wait_are_named(office: TestClient) -> None:
    page = office.get("/tong-quan").text
    waiting = page[page.index(WORDS["to-review"]) : page.index(WORDS["documents"])]
    assert (plan().meta.number or "?") in waiting
    assert "<script>alert" not in page


def test_an_empty_house_says_what_to_do(here: TestClient) -> None:
    page = here.get("/tong-quan").text
    assert WORDS["none"] in page
    assert here.get("/tong-quan/6-ro").status_code == 200
