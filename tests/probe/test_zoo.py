"""Faults are found and healthy models pass; ``python -m tests.probe.zoo`` does the same with five seeds each."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from tests.probe.zoo import faulty, healthy  # noqa: E402
from tests.probe.zoo.__main__ import found  # noqa: E402

FAULTY, HEALTHY = list(faulty.cases()), list(healthy.cases())


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.manual_seed(1)


def test_there_are_enough() -> None:
    assert len(FAULTY) >= 40 and len(HEALTHY) >= 40


@pytest.mark.parametrize("part", range(4))
def test_faults_are_found(part: int) -> None:
    missed = [name for name, build, batch, codes in FAULTY[part::4] if not found(build, batch(), (0, 1)) & codes]
    assert missed == []


@pytest.mark.parametrize("part", range(4))
def test_healthy_models_pass(part: int) -> None:
    alarms = {name: codes for name, build, batch in HEALTHY[part::4] if (codes := found(build, batch(), (0, 1)))}
    assert alarms == {}
