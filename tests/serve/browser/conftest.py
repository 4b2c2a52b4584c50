"""Debian's Chromium before a real server with an empty database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import Serving, served
from windows import CHROMIUM, FLAGS, Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright drives the browser")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serving]:
    with served(f"sqlite:///{tmp_path / 'nhiệm vụ.db'}") as running:
        yield running


@pytest.fixture
def window(browser: Browser, server: Serving) -> Iterator[Window]:
    opened = Window(browser, server.url)
    yield opened
    opened.close()
