"""States of values against closed formulas."""

from __future__ import annotations

import math

import pytest

from initlint.ir.dim import symbol
from initlint.ir.unknown import Unknown
from initlint.signal.facts import State
from tests.signal.helpers import Net, constant, default, layer, number, plain, scaled


def after(net: Net, op: int) -> State:
    """The state behind a layer, which must be known."""
    state = layer(net.facts(), op).after
    assert isinstance(state, State), state
    return state


def test_default_relu_mlp() -> None:
    """SIGNAL: ×1/6 a layer; the total stays, for the biases, while the inputs run together."""
    found = plain(20, "relu", None, width=100, bias=True).facts()
    (stack,) = found.stacks
    first, last = (found.layers[index].after for index in (0, 19))
    assert isinstance(first, State) and isinstance(last, State)
    assert math.sqrt(last.second / first.second) == pytest.approx(0.1, rel=0.2)
    assert math.sqrt(last.second) == pytest.approx(math.sqrt(0.4 / 100), rel=0.01)
    assert 1e-8 < number(stack.across[19]) < 4e-8
    assert stack.default and stack.has_head and stack.tolerance == 0
    ratio = number(stack.across[19]) / number(stack.across[18])
    assert ratio**2 == pytest.approx(1 / 6, rel=1e-3)
    # «1e-3 after 3.9 layers» is of the variance.
    assert math.log(1e-3) / math.log(ratio**2) == pytest.approx(3.9, abs=0.05)


def test_xavier_and_he() -> None:
    for gain, ratio in ((1.0, 0.5), (2.0, 1.0)):
        found = plain(10, "relu", gain).facts().layers
        for one, two in zip(found[:9], found[1:10], strict=True):
            assert isinstance(one.after, State) and isinstance(two.after, State)
            assert two.after.second / one.after.second == pytest.approx(ratio)
        (stack,) = plain(10, "relu", gain).facts().stacks
        assert number(stack.backward[0]) == pytest.approx(ratio ** (9 / 2))


@pytest.mark.parametrize(("gain", "expected"), [(1.0, 7e-4), (2.0, 0.37), (2.35, 1.35), (2.8, 3.7)])
def test_twelve_gelu_layers(gain: float, expected: float) -> None:
    (stack,) = plain(12, "gelu", gain).facts().stacks
    assert number(stack.across[11]) == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize(
    ("depth", "gain", "forward", "backward"),
    [(8, 2.0, 0.79, 0.93), (40, 2.0, 0.79, 4.9), (40, 25 / 9, 1.09, 31.7)],
)
def test_tanh_stacks(depth: int, gain: float, forward: float, backward: float) -> None:
    (stack,) = plain(depth, "tanh", gain).facts().stacks
    assert number(stack.across[depth - 1]) == pytest.approx(forward, rel=0.02)
    assert number(stack.backward[0]) == pytest.approx(backward, rel=0.1)


def test_gradients_are_relative_to_the_last_hidden_layer() -> None:
    """Whatever the head's scale: a zero head stops nothing that concerns the stack."""
    for head in (scaled(1.0, 100), constant(0.0)):
        net = plain(3, "relu", 2.0, width=100, head=False)
        net.linear(len(net.ops) - 1, 100, 10, head)
        (stack,) = net.facts().stacks
        assert stack.backward == pytest.approx((1.0, 1.0, 1.0))


def test_norms_restore() -> None:
    net = Net()
    x = net.linear(net.input(), init=scaled(1e-2, 64))
    x = net.linear(net.norm(x, "batch", gamma=0.5))
    assert after(net, x).second == pytest.approx(0.25 / 3, rel=2e-3)
    assert after(net, x).across == pytest.approx(0.25 / 3, rel=2e-3)
    for name in ("layer", "group"):
        net = plain(6, "relu", None, bias=True, head=False)
        before = layer(net.facts(), 11).after
        assert isinstance(before, State)
        y = net.linear(net.norm(11, name), init=scaled(1.0, 64))
        state = after(net, y)
        assert state.across / state.second == pytest.approx(before.across / before.second, rel=0.02)
        assert state.second == pytest.approx(before.second / (before.second + 1e-5), rel=1e-3)


def test_layer_norm_removes_the_mean_of_a_relu() -> None:
    net = Net()
    x = net.act(net.linear(net.input(), init=scaled(1.0, 64)))
    y = net.linear(net.norm(x, "layer"), init=scaled(1.0, 64))
    assert after(net, y).second == pytest.approx(1.0, rel=1e-3)
    assert after(net, y).across == pytest.approx(1.0, rel=1e-3)


def test_unknown_stops_until_the_next_norm() -> None:
    net = Net()
    x = net.op("opaque", "fft", net.input())
    lost = net.linear(x)
    y = net.linear(net.norm(lost, "layer"), init=scaled(1.0, 64))
    found = net.facts()
    assert isinstance(layer(found, lost).after, Unknown)
    assert layer(found, y).after == State(1.0, 1.0, 0.3)  # how much of it differs between inputs is not known


def test_symbols_cancel() -> None:
    net, width = Net(), symbol("hidden")
    x = net.input()
    for _ in range(3):
        x = net.act(net.linear(x, width, width, bias="default"))
    found = net.facts()
    assert found.layers[0].gain == pytest.approx(1 / 3)
    state = found.layers[2].after
    assert isinstance(state, State) and state.tolerance
    lost = Net()
    y = lost.linear(lost.input(), width, 64, scaled(1.0, 64))
    assert isinstance(layer(lost.facts(), y).after, Unknown)


def test_candidates_and_means() -> None:
    net = Net()
    weight = net.fill("w", (64, 64), scaled(1.0, 64), scaled(2.0, 64))
    x = net.op("layer", "linear", net.input(), weight=weight)
    assert isinstance(layer(net.facts(), x).after, Unknown)
    assert isinstance(layer(net.facts(), x).variance, Unknown)
    net = Net()
    x = net.linear(net.input(), init=constant(0.1))
    assert isinstance(layer(net.facts(), x).after, Unknown)
    net = Net()
    x = net.linear(net.input(), init=constant(0.0), bias=constant(0.5))
    assert layer(net.facts(), x).after == State(0.25, 0.0)


def test_elementwise() -> None:
    net = Net()
    x = net.input()
    a, b = net.linear(x, init=scaled(1.0, 64)), net.linear(x, init=scaled(2.0, 64))
    total = net.linear(net.add(a, b), init=scaled(1.0, 64))
    gated = net.linear(net.op("mul", "", a, b), init=scaled(1.0, 64))
    joined = net.linear(net.op("cat", "", a, b), 128, 64, scaled(1.0, 128))
    halved = net.linear(net.op("mul", "", a, value=0.5), init=scaled(1.0, 64))
    square = net.linear(net.op("mul", "", a, a), init=scaled(1.0, 64))
    for op, expected in ((total, 3.0), (gated, 2.0), (joined, 1.5), (halved, 0.25), (square, 3.0)):
        assert after(net, op).second == pytest.approx(expected)
    assert after(net, joined).tolerance == after(net, total).tolerance == 0


def test_silu_by_hand() -> None:
    net = Net()
    a = net.linear(net.input(), init=scaled(1.0, 64))
    gate = net.op("mul", "", a, net.act(a, "sigmoid"))
    x = net.linear(gate, init=scaled(1.0, 64))
    assert after(net, x).second == pytest.approx(0.3558, abs=1e-4)
    assert len(net.facts().stacks) == 1


def test_either() -> None:
    net = Net()
    x = net.linear(net.input(), init=scaled(1.0, 64))
    same = net.linear(net.op("either", "", net.op("dropout", "", x), x), init=scaled(1.0, 64))
    other = net.linear(net.op("either", "", net.act(x), x), init=scaled(1.0, 64))
    assert after(net, same).second == pytest.approx(1.0)
    assert isinstance(layer(net.facts(), other).after, Unknown)


def test_fans_of_convolutions() -> None:
    net = Net()
    x = net.layer(net.input(), "conv", (128, 16, 3, 3), scaled(1.0, 144), stride=4, groups=4)
    y = net.layer(x, "conv_transpose", (128, 16, 4, 4), scaled(1.0, 512), stride=4, groups=4)
    z = net.layer(y, "matmul", (64, 32), scaled(1.0, 64))
    found = net.facts()
    assert (layer(found, x).fan_in, layer(found, x).fan_out) == (144, 72)
    assert (layer(found, y).fan_in, layer(found, y).fan_out) == (128, 256)
    assert (layer(found, z).fan_in, layer(found, z).fan_out) == (64, 32)


def test_embedding() -> None:
    net = Net()
    e = net.layer(net.input(), "embedding", (1000, 64), scaled(0.02**2, 1.0), name="embed")
    x = net.linear(e, init=scaled(1.0, 64))
    found = net.facts()
    assert after(net, x).second == pytest.approx(4e-4)
    assert next(fact.name for fact in found.layers) == "embed"
    assert not found.stacks


def test_pooling_says_that_it_estimates() -> None:
    net = Net()
    x = net.act(net.conv(net.input()))
    for name in ("max", "average"):
        y = net.conv(net.op("pool", name, x, value=4))
        state = after(net, y)
        before = layer(net.facts(), 1).after
        assert isinstance(before, State) and 0 < state.tolerance <= 0.5
        # Of pixels that are alike an average keeps all, of noise a quarter of the variance.
        kept = math.sqrt(state.across / before.across / 0.68)  # 0.68: ReLU's, at gain 2
        assert kept * 10**state.tolerance >= 0.97 and kept / 10**state.tolerance <= 1.02


def test_default_bias_has_the_weight_variance() -> None:
    assert default(75).std == pytest.approx(1 / 15)
