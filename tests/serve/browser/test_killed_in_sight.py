"""The server dies under the eyes of a person: the page says so, keeps what was typed, and goes on after a new start.

What of a database remains when a server is killed is asked in tests/serve/test_killed.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import served
from windows import LETTER, NOTICE, PATIENCE, PLAN, Window, review, send

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GONE = (
    "htmx:",
    "net::ERR_CONNECTION",
    "net::ERR_SOCKET_NOT_CONNECTED",
    "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
    "net::ERR_EMPTY_RESPONSE",
    "net::ERR_NETWORK",
)
NO_ANSWER = "Không kết nối được với máy chủ"


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'x.db'}"


@pytest.fixture
def windows(browser: Browser) -> Iterator[list[Window]]:
    opened: list[Window] = []
    yield opened
    for window in opened:
        window.close()


def port(window: Window) -> int:
    return int(window.url.rpartition(":")[2])


def test_an_edit_that_no_server_takes_stays_in_its_box(browser: Browser, address: str, windows: list[Window]) -> None:
    with served(address) as server:
        window = Window(browser, server.url, expected=GONE)
        windows.append(window)
        page = window.open("/van-ban")
        send(page, LETTER)
        review(page, "118-CV/ĐU")
        page.keyboard.press("j")
        was = page.inner_text(".row.current .field-due dd")
        page.keyboard.press("d")
        page.locator("#box-due:focus").wait_for()
        page.keyboard.type("25/02/2026")
        server.kill()
        page.keyboard.press("Enter")
        page.locator("#notice.wrong", has_text=NO_ANSWER).wait_for()
        assert page.input_value("#box-due") == "25/02/2026"
    with served(address, port(window)):
        other = window.open(page.url.removeprefix(window.url))
        assert other.inner_text("[data-number='1'] .field-due dd") == was  # nothing of it is there
        window.expected += ("403",)  # the token is of a server that is no more: the page takes the new one, and goes on
        page.keyboard.press("Enter")
        page.locator(".row.current .field-due dd", has_text="25/02/2026").wait_for()
        other.reload()
        assert "25/02/2026" in other.inner_text("[data-number='1'] .field-due dd")


def test_a_list_goes_on_where_the_server_was_killed(browser: Browser, address: str, windows: list[Window]) -> None:
    with served(address) as server:
        window = Window(browser, server.url, expected=GONE)
        windows.append(window)
        page = window.open("/van-ban")
        page.set_input_files("#files", [PLAN, NOTICE, LETTER])
        page.locator("[data-upload]").first.wait_for(state="attached", timeout=PATIENCE)
        server.kill()
    with served(address, port(window)):
        page.goto(f"{window.url}/van-ban")
        taken = page.locator("[data-upload]").count()
        assert taken
        page.locator("[data-state=done]").nth(taken - 1).wait_for(state="attached", timeout=PATIENCE)
        assert page.locator("[data-upload] .said.wrong").count() == 0
        page.set_input_files("#files", [PLAN, NOTICE, LETTER])
        page.locator("[data-state=done]").nth(2).wait_for(state="attached", timeout=PATIENCE)
        numbers = page.locator("tbody th a").all_inner_texts()
        assert len(numbers) == len(set(numbers)) == 3  # what was not taken came now, what was taken came once


def test_a_file_that_no_server_takes_is_named(browser: Browser, address: str, windows: list[Window]) -> None:
    with served(address) as server:
        window = Window(browser, server.url, expected=GONE)
        windows.append(window)
        page = window.open("/van-ban")
        server.kill()
        page.set_input_files("#files", LETTER)
        page.locator("#outcome li", has_text=NO_ANSWER).wait_for()
        assert LETTER.name in page.inner_text("#outcome")
