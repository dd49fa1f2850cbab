"""Each rule's page and examples are its test: `pytest examples/custom_rules`."""

from __future__ import annotations

from pathlib import Path

import pytest

from initlint.testing import Example, examples


@pytest.mark.parametrize("example", examples(Path(__file__).with_name("lint") / "our_rules.py"), ids=str)
def test_rule(example: Example) -> None:
    example.check()
