"""The propagation over whole graphs: closed formulas, symbols that cancel, and where it stops."""

from __future__ import annotations

import math

import pytest

from initlint.ir.dim import Dim, symbol
from initlint.ir.initializer import Initializer
from initlint.ir.unknown import Unknown
from initlint.signal.meanfield.context import Inputs
from initlint.signal.meanfield.run import Prediction, across, predict
from initlint.signal.meanfield.value import Gradient, Value
from tests.signal.helpers import Net, constant, default, scaled


def state(found: Prediction, op: int) -> Value:
    """What is known of an op's value, which must be known."""
    value = found.values[op]
    assert isinstance(value, Value), value
    return value


def gradient(found: Prediction, op: int) -> float:
    """The gradient's second moment there."""
    back = found.gradients[op]
    assert isinstance(back, Gradient) and isinstance(back.second, float), back
    return back.second


def run(net: Net, inputs: Inputs | None = None) -> Prediction:
    return predict(net.model(), inputs)


def test_a_chain() -> None:
    net = Net()
    a = net.linear(net.input(), 64, 100, scaled(2.0, 64))
    b = net.linear(net.act(a), 100, 50, scaled(2.0, 100))
    net.output(b)
    found = run(net)
    assert state(found, a).second == pytest.approx(2.0)
    assert state(found, b).second == pytest.approx(2.0)
    # Independent inputs leave ReLU with the correlation 1/π (Cho and Saul 2009).
    assert state(found, b).across == pytest.approx(1 - 1 / math.pi)
    assert gradient(found, a) == pytest.approx(50 * 2 / 100 / 2)


def test_widths_cancel() -> None:
    """A ratio of symbols at one layer is undone at the next; the gradient is known where they meet again."""
    net, width, inner = Net(), symbol("width"), symbol("inner")
    x = net.input()
    a = net.linear(x, width, width, scaled_by(width))
    b = net.linear(net.act(a), width, inner, scaled_by(width))
    c = net.linear(net.act(b), inner, width, scaled_by(inner))
    net.output(net.linear(c, width, width, scaled_by(width)))
    found = run(net)
    assert state(found, c).second == pytest.approx(1 / 3 / 36)
    assert gradient(found, c) == pytest.approx(1 / 3)
    back = found.gradients[b]
    assert isinstance(back, Gradient) and isinstance(back.second, Dim)
    assert gradient(found, a) == pytest.approx(1 / 3 / 36)


def scaled_by(fan_in: Dim) -> Initializer:
    """PyTorch's default for that fan."""
    return default(fan_in)


def test_a_scale_that_keeps_its_symbol_passes_homogeneous_ops() -> None:
    net, width = Net(), symbol("width")
    a = net.linear(net.input(), width, width, constant_std(0.02))
    b = net.act(a)
    c = net.act(a, "gelu")
    d = net.norm(b, "layer")
    found = run(net)
    assert isinstance(state(found, b).second, Dim)
    assert isinstance(found.values[c], Unknown)
    assert state(found, d).second == pytest.approx(1.0)
    assert isinstance(across(found.values[b]), Unknown)


def constant_std(std: float) -> Initializer:
    """N(0, std²) whatever the fan."""
    return scaled(std * std, 1.0)


def test_what_is_written_out_is_exact() -> None:
    """x·sigmoid(x) is SiLU, x + x twice the value, x - x nothing, whatever ops they are made of."""
    net = Net()
    a = net.linear(net.input(), init=scaled(1.0, 64))
    silu = net.op("mul", "", a, net.act(a, "sigmoid"))
    twice, nothing = net.add(a, a), net.op("sub", "", a, a)
    square = net.op("function", "pow", a, value=2)
    bell = net.op("function", "exp", net.op("mul", "", square, value=-1))
    found = run(net)
    assert state(found, silu).second == pytest.approx(0.3558, abs=1e-4)
    assert state(found, twice).second == pytest.approx(4.0)
    assert state(found, nothing).second == pytest.approx(0.0, abs=1e-12)
    assert state(found, square).second == pytest.approx(3.0, rel=1e-3)
    # E exp(-2u²) = 1/√5.
    assert state(found, bell).second == pytest.approx(1 / math.sqrt(5), rel=1e-3)
    assert state(found, bell).mean == pytest.approx(1 / math.sqrt(3) / 5**-0.25, rel=1e-3)


def test_gradients_of_a_curve_add_before_they_are_squared() -> None:
    net = Net()
    a = net.linear(net.input(), init=scaled(1.0, 64))
    net.output(net.add(a, net.act(a)))
    # E (1 + φ')² = (1 + 4)/2, not 1 + 1/2.
    assert gradient(run(net), a) == pytest.approx(2.5)


def test_residual_branches_are_independent() -> None:
    net = Net()
    x = net.linear(net.input(), init=scaled(1.0, 64))
    y = net.add(x, net.linear(net.act(x), init=scaled(2.0, 64)))
    z = net.add(y, x)
    found = run(net)
    assert state(found, y).second == pytest.approx(2.0)
    assert state(found, z).second == pytest.approx(4.0 + 1.0)  # x + branch + x


def test_cat_counts_widths() -> None:
    net = Net()
    a, b = net.linear(net.input(), 64, 30, scaled(1.0, 64)), net.linear(net.input(), 64, 10, scaled(5.0, 64))
    joined = net.op("cat", "", a, b)
    net.linear(joined, 40, 8, scaled(1.0, 40))
    found = run(net)
    assert state(found, joined).second == pytest.approx((30 + 50) / 40)
    assert state(found, joined).width == 40 and state(found, joined).tolerance == 0


def test_a_mean_keeps_what_positions_share() -> None:
    net = Net()
    a = net.act(net.conv(net.input(), 8, 64))
    pooled = net.op("reduce", "mean", a)
    net.output(pooled)
    found = run(net, Inputs({"x": 10_000.0}))
    kept = state(found, pooled)
    # E relu(z)² is q/2, the correlation between positions 1/π.
    assert kept.second == pytest.approx(1 / math.pi, rel=0.03)
    assert kept.across == pytest.approx((1 - 1 / math.pi) / 1e4 * math.pi, rel=0.1)
    assert gradient(found, a) == pytest.approx(1e-8)
    flat = run(net, Inputs({"x": 10_000.0}, local=0.0))
    assert state(flat, pooled).second == pytest.approx(1.0, rel=0.03)


def test_norms_divide_the_gradient() -> None:
    net = Net()
    a = net.linear(net.input(), init=scaled(4.0, 64))
    b = net.norm(a, "layer", gamma=0.5)
    net.output(b)
    found = run(net)
    assert state(found, b).second == pytest.approx(0.25, rel=1e-4)
    assert gradient(found, a) == pytest.approx(0.25 / 4, rel=1e-4)


def test_unknown_ends_at_the_next_norm_and_says_why() -> None:
    net = Net()
    lost = net.linear(net.op("opaque", "fft", net.input()))
    again = net.norm(lost, "layer")
    net.output(again)
    found = run(net)
    unknown = found.values[lost]
    assert isinstance(unknown, Unknown) and "fft" in unknown.why
    assert state(found, again).second == pytest.approx(1.0)
    assert state(found, again).tolerance > 0
    assert isinstance(found.gradients[lost], Unknown)


def test_a_zero_head_lets_nothing_back() -> None:
    net = Net()
    a = net.linear(net.input(), init=scaled(1.0, 64))
    net.output(net.linear(net.act(a), init=constant(0.0)))
    found = run(net)
    assert gradient(found, a) == 0.0
    assert state(found, 3).second == 0.0
