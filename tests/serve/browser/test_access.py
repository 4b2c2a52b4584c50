"""For everybody: axe finds nothing serious, by day and by night, on a desk and on a phone; no mouse is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsers import PASSWORD, Clock
from serving import Serving, served
from windows import DESK, NOTICE, PHONE, PLAN, Window, lit, review, send

from pipeline.serve.security.roles import ADMIN
from pipeline.store import people
from pipeline.store.address import parse
from pipeline.store.database import Database

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = (
    "/van-ban", "/ra-soat", "18/KH-UBND", "212/TB-UBND", "/nhiem-vu", "/lich", "/so-sanh", "/tong-quan", "/xuat",
    "/ra-soat/goi-y", "/nguoi-dung", "/nguoi-dung/ma-truy-cap", "/nguoi-dung/nhat-ky", "/khong-co",
)  # fmt: skip
LOOKS = [
    pytest.param({"viewport": size, "color_scheme": scheme}, id=f"{size['width']}-{scheme}")
    for size in ({**DESK, "width": 1280}, PHONE)
    for scheme in ("light", "dark")
]


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that has read a Word file and a PDF."""
    folder = tmp_path_factory.mktemp("office")
    with served(f"sqlite:///{folder / 'x.db'}") as running:
        window = Window(browser, running.url)
        send(window.open("/van-ban"), PLAN, NOTICE)
        window.close()
        yield running


@pytest.fixture
def there(browser: Browser, office: Serving) -> Iterator[Window]:
    """A browser before it. Status 404 is what one page is for."""
    window = Window(browser, office.url, expected=("status of 404",))
    yield window
    window.close()


def go(window: Window, page: Page, path: str) -> None:
    """Goes to an address, or to the review of the document with that number."""
    page.goto(window.url + (path if path.startswith("/") else "/van-ban"))
    if not path.startswith("/"):
        review(page, path)


def findings(page: Page) -> list[str]:
    """What axe finds that is serious or critical: the rule and where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core looks at the pages")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{page.url}: {one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious(there: Window, look: dict[str, object]) -> None:
    page = there.open("/", **look)
    found: list[str] = []
    for path in PAGES:
        go(there, page, path)
        found += findings(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is wider than its window by {wide}"
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_what_opens(there: Window, scheme: str) -> None:
    page = there.open("/", color_scheme=scheme)
    go(there, page, "18/KH-UBND")
    page.keyboard.press("j")
    for key, box in (("e", "text"), ("s", "parts")):
        page.keyboard.press(key)
        page.locator(f"#box-{box}:focus").wait_for()
        assert findings(page) == []
        page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.locator("#box-lead:focus").wait_for()
    page.keyboard.type("phong")
    page.locator(".completions li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert findings(page) == []


def test_axe_finds_what_is_wrong(there: Window) -> None:
    """The measure itself: a picture without words and grey on grey are found."""
    page = there.open("/tong-quan")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert any(": image-alt:" in one for one in findings(page))


def focused(page: Page) -> str:
    """What has the focus, in words."""
    words: str = page.evaluate(
        "(({ localName, id, dataset, textContent }) => `${localName} ${id} ${textContent.trim().slice(0, 40)}`)(document.activeElement)"
    )
    return words


def test_all_of_the_review_is_reached_by_keys(there: Window) -> None:
    page = there.open("/")
    go(there, page, "18/KH-UBND")
    page.keyboard.press("Tab")
    assert page.locator(".skip:focus").count() == 1
    page.keyboard.press("Enter")
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        outlined = "(e => getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none')"
        assert page.evaluate(f"{outlined}(document.activeElement)"), seen[-1]
        if page.locator(".row:focus").count():
            break
    whole = "\n".join(seen)
    for words in ("Hoàn tác (u)", "Thêm dòng", "Xác nhận mọi dòng", "Xuất văn bản", "article", "input", "select", "li"):
        assert words in whole, words


def test_rows_and_values_are_walked_by_keys(there: Window) -> None:
    page = there.open("/")
    go(there, page, "18/KH-UBND")
    page.keyboard.press("n")
    first = page.get_attribute(".row.current", "data-number")
    assert page.get_attribute(".row.current", "data-codes")
    page.keyboard.press("n")
    assert page.get_attribute(".row.current", "data-number") != first
    page.keyboard.press("p")
    assert page.get_attribute(".row.current", "data-number") == first
    page.keyboard.press("ArrowRight")
    value = page.locator(".row.current .value:focus")
    assert lit(page, "now") == [value.locator("dd").inner_text()]
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("camera")
    page.locator("[data-count]", has_text="1 trên").wait_for()


def test_a_phone_shows_one_pane_at_a_time(there: Window) -> None:
    page = there.open("/", viewport=PHONE, has_touch=True)
    go(there, page, "18/KH-UBND")
    page.get_by_role("button", name="Các dòng").click()
    assert page.locator(".rows-pane").is_visible()
    assert not page.locator(".document-pane").is_visible()
    page.get_by_role("button", name="Văn bản", exact=True).click()
    assert page.locator(".document-pane").is_visible()
    assert not page.locator(".rows-pane").is_visible()


def test_the_page_of_the_login(browser: Browser, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    with Database(parse(address)) as database:
        people.add_user(database, "quan-tri", PASSWORD, ADMIN, "test", Clock()())
    with served(address, 0, "--host", "127.0.0.1", "--host", "dondoc.localhost") as running:
        port = running.url.rpartition(":")[2]
        window = Window(browser, f"http://dondoc.localhost:{port}")
        page = window.open("/nhiem-vu")
        assert findings(page) == []
        assert page.locator("#name:focus").count() == 1
        page.keyboard.type("quan-tri")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/nhiem-vu")
        assert findings(page) == []
        window.close()
