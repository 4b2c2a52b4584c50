"""A real server with an empty database, and a window before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import Serving, served
from windows import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serving]:
    with served(f"sqlite:///{tmp_path / 'nhiệm vụ.db'}") as running:
        yield running


@pytest.fixture
def window(browser: Browser, server: Serving) -> Iterator[Window]:
    opened = Window(browser, server.url)
    yield opened
    opened.close()
