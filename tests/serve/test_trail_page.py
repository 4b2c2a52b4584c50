"""Nhật ký: an admin sees who did what; nobody else does, and no words of documents are in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from browsers import USERS, Clock, log_in
from corrected import correct, plan
from reviewing import database, put
from starlette.testclient import TestClient

from pipeline.serve.pages import trail as page_of_trail
from pipeline.serve.pages.words.trail import TRAIL
from pipeline.store import corrections, people
from pipeline.store.saving import document_id

PATH = "/nguoi-dung/nhat-ky"


def test_what_was_done_is_told_in_words(here: TestClient, clock: Clock) -> None:
    page = put(here, plan())
    task = plan().tasks[0]
    draft = replace(correct(0, "edit", task, lead=["Công an xã"], before={"lead": list(task.lead)}), by="lan")
    corrections.append(database(here), document_id(plan()), draft, 0, clock())
    people.add_user(database(here), "minh", "một câu dài dễ nhớ", "editor", "lan", clock())
    text = here.get(PATH).text
    assert TRAIL["vi"]["correction.edit"] in text and "cột: chủ trì" in text and "12/KH-UBND" in text
    assert f'href="{page.url}#row-{task.id}"' in text
    assert "người dùng minh, quyền: Người rà soát" in text
    assert task.text not in text and "Công an xã" not in text
    assert TRAIL["vi"]["correction.edit"] not in here.get(PATH, params={"nguoi": "ai-khac"}).text


def test_older_lines_are_on_the_next_page(here: TestClient, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_trail, "LINES", 2)
    for number in range(3):
        people.add_user(database(here), f"nguoi-{number}", "một câu dài dễ nhớ", "viewer", "lan", clock())
    first = here.get(PATH).text
    assert "nguoi-2" in first and "nguoi-1" in first and "nguoi-0" not in first
    next_page = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = here.get(next_page).text
    assert "nguoi-0" in second and "nguoi-1" not in second and 'rel="next"' not in second


@pytest.mark.parametrize("name", sorted(USERS))
def test_an_admin_alone_may_see_it(others: Callable[[], TestClient], name: str) -> None:
    browser = others()
    log_in(browser, name)
    assert browser.get(PATH).status_code == (200 if USERS[name] == "admin" else 403)


def test_every_code_has_words_in_both_languages() -> None:
    assert TRAIL["vi"].keys() == TRAIL["en"].keys()
