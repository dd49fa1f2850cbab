"""The activation table: every number of it, torch's own functions, and the limits of small and large signals."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from initlint.signal import activations
from initlint.signal.functions import FIXED, LEAKY, SHAPED

torch = pytest.importorskip("torch")

# name, argument, E φ², E φ'², gain, and χ₁ at the fixed point of σ_w² = 1/3, 1, 2 (None: not settled).
Row = tuple[str, float | None, float, float, float, float | None, float | None, float | None]
TABLE: list[Row] = [
    ("identity", None, 1, 1, 1, 1 / 3, 1, 2),
    ("relu", None, 0.5, 0.5, 1.414, 0.167, 0.5, 1),
    ("leaky_relu", 0.2, 0.52, 0.52, 1.387, 0.173, 0.52, 1.04),
    ("tanh", None, 0.3943, 0.4644, 1.592, 0.333, 1, 1.106),
    ("sigmoid", None, 0.2934, 0.0448, 1.846, 0.020, 0.056, 0.101),
    ("gelu", None, 0.4252, 0.4559, 1.533, 0.083, 0.25, 0.50),
    ("silu", None, 0.3558, 0.3795, 1.677, 0.083, 0.25, 0.50),
    ("elu", None, 0.6449, 0.6681, 1.245, 0.333, 1, 1.02),
    ("selu", None, 1.000, 1.0716, 1.000, 0.70, 1.0716, 1.10),
    ("softplus", None, 0.9212, 0.2934, 1.042, 0.087, 0.289, None),
    ("mish", None, 0.4523, 0.4791, 1.487, 0.12, 0.36, 0.72),
    ("hardtanh", None, 0.5161, 0.6827, 1.392, 0.333, 1, 1.34),
]


def fixed_point(name: str, argument: float | None, weight: float, steps: int = 300) -> float:
    """The pre-activation second moment after many layers from q = 1, without bias."""
    q = 1.0
    for _ in range(steps):
        q = weight * activations.moments(name, q, argument).second
    return q


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_table(row: Row) -> None:
    name, argument, second, slope, gain, *chis = row
    found = activations.moments(name, 1.0, argument)
    assert found.second == pytest.approx(second, abs=6e-5)
    assert found.slope == pytest.approx(slope, abs=6e-5)
    assert activations.gain(name, argument) == pytest.approx(gain, abs=6e-4)
    for weight, chi in zip((1 / 3, 1.0, 2.0), chis, strict=True):
        if chi is not None:
            q = fixed_point(name, argument, weight)
            assert weight * activations.moments(name, q, argument).slope == pytest.approx(chi, abs=0.007)


def test_fixed_points() -> None:
    assert fixed_point("tanh", None, 2.0) == pytest.approx(0.618, abs=1e-3)
    assert fixed_point("selu", None, 1.0) == pytest.approx(1.0, abs=1e-4)
    assert fixed_point("selu", None, 9 / 16, 3000) == pytest.approx(0.023, abs=1e-3)
    for depth, chi in ((10, 0.76), (100, 0.88)):
        q = fixed_point("softplus", None, 2.0, depth)
        assert 2 * activations.moments("softplus", q).slope == pytest.approx(chi, abs=0.01)


@pytest.mark.parametrize(
    ("bias", "weight", "q"),
    [(0.01, 1.424, 0.273), (0.05, 1.761, 0.570), (0.1, 1.986, 0.806), (0.3, 2.505, 1.461)],
)
def test_critical_line_of_tanh(bias: float, weight: float, q: float) -> None:
    found = activations.moments("tanh", q)
    assert weight * found.second + bias == pytest.approx(q, rel=2e-3)
    assert weight * found.slope == pytest.approx(1, rel=2e-3)


def in_torch(name: str) -> Callable[[Any], Any]:
    """torch's function of that name."""
    F = torch.nn.functional
    other: dict[str, Callable[[Any], Any]] = {
        "identity": lambda x: x,
        "abs": torch.abs,
        "relu_squared": lambda x: F.relu(x) ** 2,
        "quick_gelu": lambda x: x * torch.sigmoid(1.702 * x),
        "prelu": lambda x: F.prelu(x, torch.tensor([0.25], dtype=x.dtype)),
        "sine": torch.sin,
        "cosine": torch.cos,
    }
    found: Callable[[Any], Any] = other[name] if name in other else getattr(F, name)
    return found


@pytest.mark.parametrize("name", sorted({*FIXED, *SHAPED, *LEAKY, "sine", "cosine"}))
@pytest.mark.parametrize("q", [1e-3, 0.3, 1.0, 12.0])
def test_against_torch(name: str, q: float) -> None:
    """Moments and covariances on a fine grid of torch's own function and its gradient."""
    function = in_torch(name)
    # The grid's step is no fraction of a kink's place, so that no node falls on one.
    z = torch.linspace(-8.01, 8.017, 40_000, dtype=torch.float64)
    weight = torch.exp(-z * z / 2)
    weight /= weight.sum()
    u = (math.sqrt(q) * z).requires_grad_()
    value = function(u)
    (slope,) = torch.autograd.grad(value.sum(), u)
    found = activations.moments(name, q)
    assert found.second == pytest.approx(float((value**2 * weight).sum().detach()), rel=1e-4)
    assert found.slope == pytest.approx(float((slope**2 * weight).sum()), rel=1e-3, abs=1e-12)
    assert found.mean == pytest.approx(float((value * weight).sum().detach()), rel=1e-4, abs=1e-6)
    z, weight = z[::40], weight[::40] / weight[::40].sum()
    for c in (0.0, 0.7):
        m, d = math.sqrt(q * (1 + c) / 2) * z[:, None], math.sqrt(q * (1 - c) / 2) * z[None, :]
        gap = function(m + d) - function(m - d)
        expected = float((gap**2 * weight[:, None] * weight[None, :]).sum()) / 2
        assert activations.across(name, q, q * (1 - c)) == pytest.approx(expected, rel=5e-4, abs=1e-12)


NAMES = sorted({*FIXED, *SHAPED, *LEAKY, "sine", "cosine"})


@pytest.mark.parametrize("name", NAMES)
def test_small_across_part_does_not_underflow(name: str) -> None:
    """As the inputs come together, what tells them apart is E φ'² of it, to the last float."""
    slope = activations.moments(name, 1.0).slope
    for share in (1e-7, 1e-12, 1e-30, 1e-200):
        assert activations.across(name, 1.0, share) == pytest.approx(slope * share, rel=2e-3)


@pytest.mark.parametrize("name", NAMES)
def test_any_scale_is_safe(name: str) -> None:
    for exponent in range(-40, 41, 4):
        q = 10.0**exponent
        found = activations.moments(name, q)
        assert 0 <= found.slope < math.inf and 0 <= found.second < math.inf
        assert found.mean**2 <= found.second * (1 + 1e-5)
        for share in (1.0, 1e-3, 1e-15):
            apart = activations.across(name, q, q * share)
            assert 0 <= apart < math.inf
    assert activations.across(name, 0.0, 0.0) == 0


@pytest.mark.parametrize("name", NAMES)
def test_no_step_between_forms(name: str) -> None:
    """The asymptotic and the first-order forms meet the quadrature."""
    for q, share in ((1e6, 0.5), (1e-8, 0.5), (1.0, 1e-9)):
        below = activations.across(name, q * 0.99, q * 0.99 * share * 0.99)
        above = activations.across(name, q * 1.01, q * 1.01 * share * 1.01)
        if name not in {"tanhshrink", "softshrink", "relu_squared", "cosine"}:
            assert above / below == pytest.approx(1, abs=0.05)


def test_arc_cosine_kernel() -> None:
    """Cho and Saul 2009: independent inputs leave ReLU with covariance q/2π."""
    assert activations.across("relu", 3.0, 3.0) == pytest.approx(3 * (0.5 - 1 / (2 * math.pi)))
