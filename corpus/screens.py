"""The pictures of the pages of `dondoc serve` for README: ``python corpus/screens.py`` writes them into docs/pictures.

Starts a server with an empty database, sends it documents of this corpus and takes a picture of each page with
Debian's Chromium. Dates of the queue are those of the day; all else is the same on one machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "docs" / "pictures"
SENT = (
    HERE / "formats" / "kh-ubnd-xa-chuyen-doi-so.docx",
    HERE / "formats" / "tb-ubnd-tinh-ket-luan-du-an.pdf",
    HERE / "docs" / "cv-dang-uy-xa-phan-cong.txt",
    *sorted((HERE / "families" / "pho-bien-phap-luat" / "docs").glob("*.txt")),
)
OFFICER = "can-bo"  # who sends and corrects in the pictures, in place of the name of whoever takes them
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
PAGES = {
    "register": "/nhiem-vu",
    "calendar": "/lich",
    "comparison": "/so-sanh",
    "overview": "/tong-quan",
}
PAUSE = 1000  # milliseconds between two looks at what is not finished
PATIENCE = 300_000  # milliseconds until all is read


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A server with an empty database: its address."""
    named = dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), OFFICER)
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", "--db", f"sqlite:///{folder / 'x.db'}", "--port", "0"],
        stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=HERE.parent,
        env={**os.environ, **named, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert process.stderr is not None
    try:
        found = re.search(r"http://\S+", process.stderr.readline())
        if found is None:
            raise SystemExit(process.stderr.read())
        yield found[0]
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def taken(page: Page, url: str) -> Iterator[str]:
    """Goes through the pages and takes a picture of each; yields its name."""
    page.goto(f"{url}/van-ban")
    page.set_input_files("#files", list(SENT))
    page.locator("[data-state=done]").nth(len(SENT) - 1).wait_for(state="attached", timeout=PATIENCE)
    page.reload()
    yield shot(page, "intake")
    page.locator("tbody th a", has_text="212/TB-UBND").click()
    page.wait_for_load_state("load")
    page.locator(".sheet img").first.evaluate("image => image.decode()")
    page.keyboard.press("j")
    page.locator(".places i").first.wait_for()
    yield shot(page, "review")
    page.keyboard.press("d")
    page.locator("#box-due:focus").wait_for()
    page.keyboard.type("quý II/2026")
    page.locator("#box-due-hint", has_text="30/06/2026").wait_for()
    yield shot(page, "review-edit")
    page.keyboard.press("Escape")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Các dòng").click()
    page.locator(".row.current").scroll_into_view_if_needed()
    page.locator(".panes-switch").evaluate("element => element.scrollIntoView()")
    yield shot(page, "review-phone")
    page.set_viewport_size(DESK)
    for name, path in PAGES.items():
        page.goto(url + path)
        while page.locator(".remark a", has_text="Tải lại").count():  # plans are still compared
            page.wait_for_timeout(PAUSE)
            page.reload()
        yield shot(page, name)


def shot(page: Page, name: str) -> str:
    """Takes the picture of what the window shows, without what fades."""
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")
    return name


def main() -> int:
    """Takes all pictures and says how large they are."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    with TemporaryDirectory() as folder, served(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=DESK, locale="vi-VN")
        for name in taken(page, url):
            print(f"{name}.png: {(PICTURES / f'{name}.png').stat().st_size // 1024} kB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
