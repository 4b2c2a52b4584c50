"""A file that takes its time: the page says so, keeps the focus where it was, and then the file comes."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from windows import LETTER, Window, send

from pipeline.serve.pages.words.exports import EXPORTS

if TYPE_CHECKING:
    from playwright.sync_api import Route

WORDS = EXPORTS["vi"]


def test_the_page_says_that_a_file_is_being_made(window: Window) -> None:
    page = window.open("/van-ban")
    send(page, LETTER)
    page.goto(f"{window.url}/xuat")
    held: list[Route] = []
    page.route("**/xuat/tep*", lambda route: held.append(route))
    link = page.get_by_role("link", name=WORDS["csv"])
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text=WORDS["making"]).wait_for()
    assert page.get_by_role("progressbar", name=WORDS["making"]).is_visible()
    page.keyboard.press("Enter")  # impatience makes no second file
    assert link.evaluate("link => link === document.activeElement && link.ariaDisabled") == "true"
    with page.expect_download() as coming:
        (one,) = held
        one.continue_()
    assert coming.value.suggested_filename.endswith(".csv")
    assert coming.value.path().read_bytes().startswith(BOM_UTF8)
    page.get_by_role("status").filter(has_text=WORDS["made"]).wait_for()
    assert link.evaluate("link => link === document.activeElement && link.ariaDisabled") is None


def test_what_is_to_be_told_first_is_shown_in_the_page(window: Window) -> None:
    page = window.open("/van-ban")
    send(page, LETTER)
    page.goto(f"{window.url}/xuat")
    page.route("**/xuat/tep*", lambda route: route.fulfill(status=503, content_type="text/plain", body="Bận."))
    window.expected = ("503",)
    page.get_by_role("link", name=WORDS["csv"]).click()
    page.locator("#notice", has_text="Bận.").wait_for()
    page.unroute("**/xuat/tep*")
    page.locator("form[data-file] input[type=file]").first.set_input_files(
        files=[{"name": "x.csv", "mimeType": "text/csv", "buffer": b"khong,dung\n1,2\n"}]
    )
    window.expected = ("503", "422")
    page.locator("form[data-file] button").first.click()
    refused = page.get_by_role("alert").filter(has_text=WORDS["refused"])
    refused.wait_for()
    assert refused.evaluate("alert => alert === document.activeElement")
