"""The pytest plugin: a fixture that measures a model.

.. code-block:: python

    def test_signal(initlint_probe):
        initlint_probe(Net, torch.randn(17, 3, 32, 32)).assert_healthy()
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="session")
def initlint_probe() -> Callable[..., Any]:
    """:func:`initlint.probe.api.probe`: give it a model (or what builds one) and a batch."""
    from initlint.probe.api import probe

    return probe
