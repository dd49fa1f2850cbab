"""Predicted and measured signal on a few models of each kind; `make agreement-signal` takes many."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from tests.agreement.signal.__main__ import compared  # noqa: E402
from tests.agreement.signal.report import summary  # noqa: E402

KINDS = [
    "Plain(activation=gelu", "Plain(activation=relu", "Residual", "Gated", "Dense", "Normed", "PlainCnn", "Separable",
    "SmallUnet", "WaveNet", "Tagger(kind=GRU", "SmallGpt(tied=False, post", "Mixer", "SmallSiren", "Nerf",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_prediction_and_measurement(kind: str) -> None:
    found = list(compared([kind]))
    assert found and not any(each.failure for each in found)
    forward = summary([point for each in found for point in each.forward], "forward")
    backward = summary([point for each in found for point in each.backward], "backward")
    assert not forward.unknown and not backward.unknown
    for each, limits in ((forward, (0.05, 0.2)), (backward, (0.1, 0.3))):
        assert each.exact + each.approximate > 0
        assert not each.exact or (each.median <= limits[0] and each.most <= limits[1])
        assert not each.approximate or each.inside >= 0.95
