"""Rà soát by keyboard: rows keep their places and numbers, boxes are left, and axe-core has nothing serious to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from windows import DESK, LETTER, PHONE, Window, review, send

from pipeline.serve.pages.words.review import REVIEW

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = REVIEW["vi"]
PLACES = "rows => rows.map((row) => [row.dataset.row, row.dataset.number, row.dataset.state])"


@pytest.fixture
def page(window: Window) -> Page:
    """A letter with its rows, the first of them in hand."""
    opened = window.open("/van-ban")
    send(opened, LETTER)
    review(opened, "118-CV/ĐU")
    opened.keyboard.press("j")
    opened.locator(".row.current:focus").wait_for()
    return opened


def told(page: Page, key: str, **values: int) -> None:
    page.locator("#notice", has_text=WORDS[key].format(**values)).wait_for()


def places(page: Page) -> Any:
    return page.eval_on_selector_all("[data-row]", PLACES)


def test_rows_come_and_go_in_their_places(page: Page) -> None:
    count = page.locator(".row").count()
    page.keyboard.press("s")
    page.locator("#box-parts:focus").evaluate("box => box.setSelectionRange(20, 20)")
    for key in ("Enter", "Control+Enter"):
        page.keyboard.press(key)
    told(page, "done-split", number=1)
    page.locator(".row.current:focus[data-number='1']").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("x")
    told(page, "done-reject", number=2)
    page.keyboard.press("u")
    told(page, "done-undo")
    page.keyboard.press("m")
    told(page, "done-merge", number=1)
    assert page.locator(".row").count() == count
    shown = places(page)
    page.reload()
    assert places(page) == shown  # what was put in stands where a new page has it
    assert [number for _, number, _ in shown] == [str(at) for at in range(1, count + 1)]


def test_escape_leaves_a_box_without_a_trace(page: Page) -> None:
    before = places(page)
    for key, field in (("t", "text"), ("l", "lead"), ("e", "text")):
        page.keyboard.press(key)
        page.locator(f"#box-{field}:focus").wait_for()
        page.keyboard.type("khác")
        page.keyboard.press("Escape")
        if field == "lead" and page.locator("form.edit").count():
            page.keyboard.press("Escape")  # the first closed the list of names
        page.locator(".row.current:focus").wait_for()
        assert page.locator("form.edit").count() == 0
    page.reload()
    assert places(page) == before


def test_keys_typed_too_early_are_no_commands(page: Page) -> None:
    """The box of a deadline takes its time to open; the “x” and “u” that are typed meanwhile reject and undo nothing."""
    page.route("**/o?*", lambda route: page.wait_for_timeout(300) or route.continue_())
    before = places(page)
    for key in "dxcu":
        page.keyboard.press(key)
    page.locator("#box-due:focus").wait_for()
    page.keyboard.press("Escape")
    page.reload()
    assert places(page) == before


def test_what_is_no_date_is_said_beside_the_box(window: Window, page: Page) -> None:
    window.expected = ("status of 422",)
    page.keyboard.press("d")
    page.locator("#box-due:focus").wait_for()
    page.keyboard.type("ngày 40/40/2026")
    page.keyboard.press("Enter")
    page.locator("#box-due[aria-invalid]:focus").wait_for()
    assert page.input_value("#box-due") == "ngày 40/40/2026"
    assert "40/40/2026" in page.inner_text("#box-due-hint")


def test_a_passage_becomes_a_row_by_keyboard(page: Page) -> None:
    count = page.locator(".row").count()
    page.locator(".passages summary").press("Enter")
    passage = page.locator(".passages .value").first
    passage.focus()
    words = passage.inner_text()
    page.keyboard.press("a")
    page.locator(".row").nth(count).wait_for(state="attached")
    assert page.locator(".row.current .field-text dd").inner_text() == words


def test_words_of_the_document_lead_to_their_row(page: Page) -> None:
    words = page.locator(".row .field-text dd").last.inner_text()
    page.locator(".paper [data-start]", has_text=words[:30]).click()
    assert page.locator(".row.current:focus .field-text dd").inner_text() == words
    page.keyboard.press("c")
    told(page, "done-confirm", number=page.locator(".row").count())


def test_filters_show_the_rows_of_a_body(page: Page) -> None:
    name = page.locator("[data-unit] option").nth(1).inner_text()
    page.select_option("[data-unit]", name)
    page.locator(".row[hidden]").first.wait_for(state="attached")
    leads = page.locator(".row:not([hidden]) .field-lead dd").all_inner_texts()
    assert leads and all(name in lead for lead in leads)
    page.select_option("[data-unit]", "")
    page.select_option("[data-due]", "without")
    page.wait_for_timeout(300)
    assert page.locator(".row:not([hidden]) .field-due").count() == 0


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(page: Page, size: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.set_viewport_size(size)
    page.keyboard.press("c")
    told(page, "done-confirm", number=1)
    page.keyboard.press("l")
    page.locator("#box-lead:focus").wait_for()
    page.keyboard.type("cong an")
    page.locator(".completions li").first.wait_for()
    found = axe.run(page).response["violations"]
    serious = [
        (one["id"], node["html"]) for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]
    ]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
