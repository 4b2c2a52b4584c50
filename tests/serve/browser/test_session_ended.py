"""A session ends while somebody types: the page says so, keeps the words, and goes on after a login in another window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsers import PASSWORD, Clock
from serving import served
from windows import LETTER, Window, review, send

from pipeline.serve.security.roles import ADMIN, EDITOR
from pipeline.store import people
from pipeline.store.address import parse
from pipeline.store.database import Database

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "dondoc.localhost"
DAY = "25/02/2026"
USERS = {"lan": EDITOR, "minh": ADMIN}


@dataclass(frozen=True, slots=True)
class Office:
    """A server with users, and a window before it."""

    window: Window
    database: str

    def end_sessions(self, name: str) -> None:
        with Database(parse(self.database)) as database:
            people.set_password(database, name, PASSWORD, "test", Clock()())


@pytest.fixture
def office(browser: Browser, tmp_path: Path) -> Iterator[Office]:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    with Database(parse(address)) as database:
        for name, role in USERS.items():
            people.add_user(database, name, PASSWORD, role, "test", Clock()())
    with served(address, 0, "--host", "127.0.0.1", "--host", NAME) as running:
        window = Window(browser, f"http://{NAME}:{running.url.rpartition(':')[2]}", expected=("status of 40", "Status Error Code 40"))
        yield Office(window, address)
        window.close()


def log_in(page: Page, name: str) -> None:
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")


def typing(office: Office) -> Page:
    """A page with a day in the box of a deadline, which is not saved."""
    page = office.window.open("/van-ban")
    log_in(page, "lan")
    page.wait_for_url("**/van-ban")
    send(page, LETTER)
    review(page, "118-CV/ĐU")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.locator("#box-due:focus").wait_for()
    page.keyboard.type(DAY)
    return page


def logged_in_again(page: Page, name: str) -> Page:
    """The window that the link of the notice opens, after the login there."""
    page.keyboard.press("Enter")
    page.locator("#notice a:focus").wait_for()
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")  # the link has the focus: no mouse is needed
    other = opened.value
    log_in(other, name)
    other.get_by_role("heading", name="Đã đăng nhập").wait_for()
    return other


def test_what_was_typed_is_saved_after_a_new_login(office: Office) -> None:
    page = typing(office)
    office.end_sessions("lan")
    logged_in_again(page, "lan").close()
    assert page.locator("#box-due:focus").input_value() == DAY  # the next key is for the box again
    page.keyboard.press("Enter")
    page.locator(".row.current .field-due dd", has_text=DAY).wait_for()


def test_nothing_is_written_under_the_name_of_another(office: Office) -> None:
    page = typing(office)
    office.end_sessions("lan")
    logged_in_again(page, "minh").close()
    page.keyboard.press("Enter")
    page.locator("#notice.wrong", has_text="người khác đăng nhập").wait_for()
    assert page.input_value("#box-due") == DAY
    page.reload()
    assert DAY not in page.inner_text("[data-number='1'] .field-due dd")


def test_a_form_that_leaves_its_page_keeps_its_words_too(office: Office) -> None:
    page = office.window.open("/nguoi-dung")
    log_in(page, "lan")
    page.fill("#old", PASSWORD)
    page.fill("#new", "mot cau khac cung de nho")
    page.fill("#again", "mot cau khac cung de nho")
    office.end_sessions("lan")
    logged_in_again(page, "lan").close()
    assert page.locator("#again:focus").count() == 1
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Đã đổi mật khẩu").wait_for()
