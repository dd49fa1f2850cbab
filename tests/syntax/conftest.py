"""What reads code is tested twice: with ast, and with libcst, which reads syntax newer than the running Python."""

from __future__ import annotations

import pytest

import initlint.syntax.lower

PARSERS = ("ast", "libcst")


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each parser in turn."""
    if request.param == "libcst":
        monkeypatch.setattr(initlint.syntax.lower, "_lower", lambda text: None)
    return str(request.param)
