"""A document that was read again: what has lost its row is put on another one, by keyboard and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from corrected import PLAN, plan, read
from offices import NOW, fill
from serving import Serving
from windows import PHONE, Window

from pipeline.corrections.model import Correction
from pipeline.serve.pages.words.review import REVIEW
from pipeline.store import corrections, overview
from pipeline.store.address import parse
from pipeline.store.database import Database

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WORDS = REVIEW["vi"]
RADIO, ONLINE = plan().tasks[3:5]
MISSED = "Độc lập - Tự do"
NEW = "4. Vận động người dân đăng ký chữ ký số; hướng dẫn cài đặt ứng dụng."


@pytest.fixture
def page(window: Window, server: Serving) -> Page:
    """The plan after a further reading: an edit, a split and an added row have found no row any more."""
    with Database(parse(server.database)) as database:
        fill(database, plan())
        (home,) = [one.id for one in overview.documents(database)]
        at = plan().text.index(MISSED)
        added = {"start": at, "end": at + len(MISSED), "quote": MISSED, "section": ""}
        for kind, task, values in (
            ("edit", ONLINE, {"lead": ["Công an xã"], "before": {"lead": []}}),
            ("split", RADIO, {"parts": [RADIO.text[:30], RADIO.text[30:]]}),
        ):
            made = Correction(0, home, kind, (task.id,), (task.text,), {"section": task.section, **values}, "lan", NOW)
            corrections.append(database, home, made, 0, NOW)
        corrections.append(database, home, Correction(0, home, "add", ("f" * 12,), ("",), added, "lan", NOW), 0, NOW)
        gone = ("hệ thống loa", "tài khoản định danh", MISSED)
        lines = [line for line in PLAN if not any(words in line for words in gone)]
        fill(database, read(*lines[:10], NEW, *lines[10:]))
    return window.open(f"/van-ban/{home}")


def told(page: Page, key: str, **values: int) -> None:
    page.locator("#notice", has_text=WORDS[key].format(**values)).wait_for()


def lost(page: Page, kind: str) -> Locator:
    return page.locator(f"[data-put={kind}]")


def to(page: Page, words: str) -> None:
    """Goes down to the row with these words by its key."""
    while words not in page.locator(".row.current").inner_text():
        page.keyboard.press("j")


def test_by_keyboard_and_taken_back(page: Page) -> None:
    page.keyboard.press("g")
    told(page, "put-how-edit")
    assert lost(page, "edit").get_attribute("aria-pressed") == "true"
    to(page, "chữ ký số")
    here = page.locator(".row.current:focus form.placing [data-put-here]")
    assert here.inner_text() == WORDS["put-here-edit"] and page.locator("form.placing").count() == 1
    page.keyboard.press("Escape")  # leaves it where it was
    page.locator("[data-put=edit]:focus[aria-pressed=false]").wait_for()
    assert page.locator("form.placing").count() == 0
    page.keyboard.press("Enter")  # takes it up again, from its button
    here.wait_for()
    page.keyboard.press("Enter")
    told(page, "done-put", number=3)
    page.locator(".row.current:focus .field-lead dd", has_text="Công an xã").wait_for()
    assert lost(page, "edit").count() == 0 and page.locator("form.placing").count() == 0
    page.locator(".row.current .changes summary").click()
    assert "lan" in page.inner_text(".row.current .changes")  # who had decided it
    page.keyboard.press("u")
    lost(page, "edit").wait_for()
    assert page.locator(".row.current .field-lead dd", has_text="Công an xã").count() == 0


def test_a_row_is_split_and_words_are_chosen_anew(page: Page) -> None:
    lost(page, "split").click()
    page.locator(".row", has_text="chữ ký số").locator(".row-head").click()
    page.locator("form.placing [data-put-here]").click()
    box = page.locator("#box-parts:focus")
    box.evaluate("box => { const at = box.value.indexOf('; ') + 2; box.setSelectionRange(at, at); }")
    assert RADIO.text[30:].strip() in page.inner_text("form.edit")  # how the other row was split
    for key in ("Enter", "Control+Enter"):
        page.keyboard.press(key)
    told(page, "done-put", number=3)
    assert lost(page, "split").count() == 0
    assert page.locator(".row", has_text="cài đặt ứng dụng").locator(".changes").count() == 1
    count = page.locator(".row").count()
    lost(page, "add").click()
    page.locator("form.placing [data-put-here]").wait_for()
    line = page.locator("[data-text] [data-start]", has_text="CHỦ TỊCH").last
    line.scroll_into_view_if_needed()
    line.evaluate("line => document.getSelection().selectAllChildren(line)")
    page.locator("form.placing [data-put-here]").click()
    told(page, "done-put", number=count + 1)
    assert lost(page, "add").count() == 0
    assert page.locator(".row").count() == count + 1


def test_the_second_is_told_who_was_quicker(page: Page, window: Window) -> None:
    window.expected = ("status of 409",)
    other = window.open(page.url.removeprefix(window.url))
    page.keyboard.press("g")
    page.keyboard.press("Enter")
    told(page, "done-put", number=1)
    other.keyboard.press("g")
    to(other, "chữ ký số")
    other.keyboard.press("Enter")
    other.get_by_role("alert").wait_for()
    assert other.locator("form.placing").count() == 0
    assert other.locator(".conflict button").count() == 1  # nothing is left to be put
    other.keyboard.press("Enter")
    lost(other, "edit").wait_for(state="detached")
    assert other.locator("[data-number='1'] .field-lead dd", has_text="Công an xã").count() == 1


@pytest.mark.parametrize("look", [{}, {"viewport": PHONE}, {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
def test_axe_finds_nothing_serious(page: Page, window: Window, look: dict[str, Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    opened = window.open(page.url.removeprefix(window.url), **look)
    opened.keyboard.press("g")
    opened.locator("form.placing").wait_for()
    found = axe.run(opened).response["violations"]
    serious = [
        (one["id"], node["html"]) for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]
    ]
    assert serious == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
