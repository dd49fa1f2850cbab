"""Telling the analysis less only takes findings away, and makes no known fact another one."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.laws import less
from tests.laws.observe import findings, knowledge
from tests.laws.programs import Files, programs

Less = Callable[[random.Random, Files], Files]
# A stack whose signal dies on its way forward, for a scale that is too small if the first layer's width is known.
_TOO_SMALL = {
    "net.py": """
from torch import nn

class Net(nn.Module):
    def __init__(self, inputs=4):
        super().__init__()
        layers = [nn.Linear(inputs, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU()]
        self.body = nn.Sequential(*layers, nn.Linear(4, 4), nn.ReLU())
        self.head = nn.Linear(4, 4)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, std=0.02)

    def forward(self, x):
        return self.head(self.body(x))
"""
}
law = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def assert_less(files: Files, fewer: Files, facts: bool = True) -> None:
    before, after = findings(files), findings(fewer)
    ranks = {each[:3]: each[3] for each in reversed(before)}
    for each in after:
        # A smaller rank is a worse severity.
        assert each[:3] in ranks and each[3] >= ranks[each[:3]], (each, before, fewer)
    if facts:
        known = knowledge(files)
        changed = {
            key: (known[key], value) for key, value in knowledge(fewer).items() if known.get(key, value) != value
        }
        assert not changed, (changed, fewer)


@pytest.mark.parametrize("tell_less", [less.unknown_literals, less.hidden_imports], ids=lambda each: each.__name__)
@given(files=programs(), seed=st.integers(0, 2**16))
@law
def test_less_is_never_more(tell_less: Less, files: Files, seed: int) -> None:
    assert_less(files, tell_less(random.Random(seed), files))


@given(files=programs(helpers=True), seed=st.integers(0, 2**16))
@law
def test_without_the_other_file(files: Files, seed: int) -> None:
    assert_less(files, less.deleted_helpers(random.Random(seed), files))


@given(files=programs(), seed=st.integers(0, 2**16))
@example(files=_TOO_SMALL, seed=1)
@law
def test_arguments_may_be_anything(files: Files, seed: int) -> None:
    assert_less(files, less.opaque_defaults(random.Random(seed), files))


@given(files=programs(), seed=st.integers(0, 2**16))
@law
def test_loops_of_unknown_length(files: Files, seed: int) -> None:
    assert_less(files, less.unknown_literals(random.Random(seed), files, loops=True), facts=False)
