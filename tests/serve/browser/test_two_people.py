"""Two people at one row: the second is told who did what, and neither loses a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from windows import LETTER, Window, review, send

if TYPE_CHECKING:
    from playwright.sync_api import Page

CONFLICT = "status of 409"  # what a browser notes of an answer that says no


def begun(window: Window) -> tuple[Page, Page]:
    """Two pages with the first row in hand."""
    window.expected = (CONFLICT,)
    one = window.open("/van-ban")
    send(one, LETTER)
    review(one, "118-CV/ĐU")
    other = window.open(one.url.removeprefix(window.url))
    for page in (one, other):
        page.keyboard.press("j")
    return one, other


def typed(page: Page, key: str, field: str, words: str) -> None:
    page.keyboard.press(key)
    page.locator(f"#box-{field}:focus").wait_for()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def value(page: Page, field: str) -> str:
    return page.locator(f".row.current .field-{field} dd").inner_text().split(" trước:")[0]


def test_the_second_is_told_and_may_keep_what_was_typed(window: Window) -> None:
    one, other = begun(window)
    typed(one, "d", "due", "20/01/2026")
    one.locator(".row.current .field-due dd", has_text="20/01/2026").wait_for()
    typed(other, "d", "due", "25/02/2026")
    told = other.get_by_role("alert")
    told.wait_for()
    assert "đã sửa lúc" in told.inner_text()
    assert "Thời hạn" in told.inner_text()
    assert other.input_value(".conflict [name=f-due]") == "25/02/2026"
    assert "20/01/2026" in other.locator(".conflict .box").inner_text()
    one.reload()
    assert one.locator("[data-number='1'] .field-due dd", has_text="20/01/2026").count() == 1  # nothing was written
    other.get_by_role("button", name="Giữ của tôi").click()
    other.locator(".row.current .field-due dd", has_text="25/02/2026").wait_for()
    other.locator(".row.current .changes summary").click()
    log = other.inner_text(".row.current .changes")
    assert "20/01/2026" in log  # what the first had decided is kept with who and when


def test_the_second_may_take_what_the_first_wrote(window: Window) -> None:
    one, other = begun(window)
    typed(one, "d", "due", "20/01/2026")
    one.locator(".row.current .field-due dd", has_text="20/01/2026").wait_for()
    typed(other, "d", "due", "25/02/2026")
    other.get_by_role("button", name="Lấy của người kia").click()
    other.locator("[data-number='1'] .field-due dd", has_text="20/01/2026").wait_for()
    assert other.locator("form.edit").count() == 0


def test_what_is_typed_stays_when_the_row_is_brought_up_to_date(window: Window) -> None:
    """The answer to another change holds the row too; the box that is open in it is left alone."""
    one, other = begun(window)
    other.keyboard.press("t")
    other.locator("#box-text:focus").wait_for()
    other.keyboard.type("Chữ đang gõ dở")
    one.bring_to_front()
    typed(one, "d", "due", "20/01/2026")
    one.locator(".row.current .field-due dd", has_text="20/01/2026").wait_for()
    other.bring_to_front()
    second = other.locator(".row").nth(1)
    second.locator(".row-head").click()
    other.locator(".row.current [value=confirm]").click()
    second.locator(".tag.confirmed").wait_for()
    assert other.input_value("#box-text") == "Chữ đang gõ dở"


def test_other_rows_are_no_conflict(window: Window) -> None:
    one, other = begun(window)
    typed(one, "d", "due", "20/01/2026")
    one.locator(".row.current .field-due dd", has_text="20/01/2026").wait_for()
    other.keyboard.press("j")
    typed(other, "d", "due", "25/02/2026")
    other.locator(".row.current .field-due dd", has_text="25/02/2026").wait_for()
    assert (
        other.locator("[data-number='1'] .field-due dd", has_text="20/01/2026").count() == 1
    )  # the page has caught up
