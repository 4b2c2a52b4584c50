"""Settings of the whole suite."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything must be there (``DONDOC_REQUIRE_ALL=1``), a skipped test is a failure."""
    report = yield
    if report.skipped and os.environ.get("DONDOC_REQUIRE_ALL") == "1":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but DONDOC_REQUIRE_ALL=1 is set: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that is skipped as a whole while the tests are collected."""
    report = yield
    if report.skipped and os.environ.get("DONDOC_REQUIRE_ALL") == "1":
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, but DONDOC_REQUIRE_ALL=1 is set: {report.longrepr}"
    return report
