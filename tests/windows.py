"""A browser before a real server: no page may ask another machine for anything, nor complain."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from serving import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request

FORMATS = ROOT / "corpus" / "formats"
# What an office is sent: Word, PDF and plain text.
PLAN, NOTICE = FORMATS / "kh-ubnd-xa-chuyen-doi-so.docx", FORMATS / "tb-ubnd-tinh-ket-luan-du-an.pdf"
LETTER = ROOT / "corpus" / "docs" / "cv-dang-uy-xa-phan-cong.txt"
SENT = (PLAN, NOTICE, LETTER)
DESK, PHONE = {"width": 1366, "height": 850}, {"width": 380, "height": 740}
PATIENCE = 120_000  # milliseconds that a document may take to be read on a busy machine


@dataclass
class Window:
    """Opens pages of a server, and remembers what they asked for and what they complained of."""

    browser: Browser
    url: str
    asked: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()  # words of complaints that a test brings about
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str, **look: Any) -> Page:
        """A page of a person of its own, with no cookie of another one. `look` as `Browser.new_context` takes it."""
        context = self.browser.new_context(**{"viewport": DESK, **look})
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.on("dialog", self._dialog)
        page.goto(self.url + path)
        return page

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(words in message.text for words in self.expected):
            self.noise.append(f"{message.text} {message.location}")

    def _dialog(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            self.noise.append(dialog.message)
        dialog.accept()

    def close(self) -> None:
        """Closes all pages and fails where they did what they should not."""
        for context in self.contexts:
            context.close()
        assert [url for url in self.asked if not url.startswith((f"{self.url}/", "blob:"))] == []
        assert self.noise == [], self.noise


def send(page: Page, *paths: Path) -> None:
    """Chooses files on the page Văn bản đến and waits for their rows, which come by themselves."""
    done = page.locator("[data-upload][data-state=done]")
    before = done.count()
    page.set_input_files("#files", list(paths))
    done.nth(before + len(paths) - 1).wait_for(state="attached", timeout=PATIENCE)


def review(page: Page, number: str) -> None:
    """Opens the review page of a document from the list, and waits until its scripts run."""
    page.locator("tbody th a", has_text=number).click()
    page.wait_for_url("**/van-ban/*")
    page.wait_for_load_state("load")


def lit(page: Page, name: str) -> list[str]:
    """The words of the clean page that shine under a name."""
    found: list[str] = page.evaluate("name => [...(CSS.highlights.get(`evidence-${name}`) ?? [])].map(String)", name)
    return found
