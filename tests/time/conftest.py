"""What the tests of time share: the rules."""

from __future__ import annotations

import pytest

from pipeline.ruleset import Ruleset, load


@pytest.fixture(scope="session")
def rules() -> Ruleset:
    """The shipped rules."""
    return load()
