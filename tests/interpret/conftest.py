"""The flag that writes golden texts anew."""

from __future__ import annotations

import pytest


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Whether ``--rewrite-golden`` was given."""
    return bool(request.config.getoption("--rewrite-golden", default=False))
