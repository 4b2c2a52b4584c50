"""Gợi ý quy tắc: what recurs in the corrections is shown with the rule to add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from browsers import Clock, log_in
from corrected import correct, plan
from reviewing import database, put
from starlette.testclient import TestClient

from pipeline.serve.pages.suggested import WORDS
from pipeline.store import corrections
from pipeline.store.saving import document_id

PATH = "/ra-soat/goi-y"


def test_what_recurs_is_shown_with_its_rule(here: TestClient, clock: Clock) -> None:
    put(here, plan())
    assert f'href="{PATH}"' in here.get("/ra-soat").text
    assert WORDS["vi"]["none"] in here.get(PATH).text
    for task in plan().tasks[:3]:
        values = {"lead": ["Liên minh <Sữa>"], "before": {"lead": list(task.lead)}}
        draft = replace(correct(0, "edit", task, **values), by="lan")
        corrections.append(database(here), document_id(plan()), draft, 0, clock())
        clock.later(minutes=1)
    text = here.get(PATH).text
    assert "“Liên minh &lt;Sữa&gt;” chưa có trong danh mục, đã gặp 3 lần" in text and "<Sữa>" not in text
    assert plan().document in text
    here.cookies.set("lang", "en")
    assert "was met 3 times" in here.get(PATH).text


def test_a_viewer_corrects_nothing_and_is_shown_none(others: Callable[[], TestClient]) -> None:
    browser = others()
    log_in(browser, "chi-xem")
    assert browser.get(PATH).status_code == 403
    assert PATH not in browser.get("/ra-soat").text
