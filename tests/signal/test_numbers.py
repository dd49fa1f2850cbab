"""Numbers that initlint's rules and messages stand on, each derived again: losses at initialisation, residual streams,
attention's packed init, coordinate networks, recurrences and the spread over seeds.

The table of activations, the critical lines, stacks and norms are in test_activations.py and test_propagation.py.
"""

from __future__ import annotations

import math
import statistics

import pytest

from initlint.signal.activations import moments
from initlint.signal.meanfield.run import predict
from initlint.signal.meanfield.value import Value
from tests.signal.helpers import Net, constant, scaled

torch = pytest.importorskip("torch")
nn = torch.nn


def test_gains_of_torch() -> None:
    """calculate_gain: 1, 5/3, √2, √(2/(1+a²)), 3/4; ValueError for what it has no gain for."""
    gain = nn.init.calculate_gain
    assert [gain(name) for name in ("linear", "conv2d", "sigmoid")] == [1, 1, 1]
    assert gain("tanh") == pytest.approx(5 / 3)
    assert gain("relu") == pytest.approx(math.sqrt(2))
    assert gain("leaky_relu", 0.2) == pytest.approx(math.sqrt(2 / 1.04))
    assert gain("selu") == 0.75
    for name in ("gelu", "silu", "mish", "elu", "softplus", "hardswish"):
        with pytest.raises(ValueError):
            gain(name)


def test_gelu_and_silu_have_no_fixed_gain() -> None:
    for name, at_one in (("gelu", 0.43), ("silu", 0.36)):
        assert moments(name, 1.0).second == pytest.approx(at_one, abs=0.005)
        assert moments(name, 1e-6).second / 1e-6 == pytest.approx(0.25, abs=1e-3)


def test_default_init_of_linear_and_conv() -> None:
    """Var(W) = Var(b) = 1/(3·fan_in); before ReLU ×1/6 a layer: 1e-3 after 3.9 layers, 1e-6 after 7.7."""
    torch.manual_seed(0)
    for layer, fan_in in ((nn.Linear(300, 400), 300), (nn.Conv2d(30, 200, 3), 270)):
        assert float(layer.weight.detach().var()) == pytest.approx(1 / (3 * fan_in), rel=0.02)
        assert float(layer.bias.detach().var()) == pytest.approx(1 / (3 * fan_in), rel=0.25)
    factor = moments("relu", 1.0).second / 3
    assert factor == pytest.approx(1 / 6)
    assert math.log(1e-3) / math.log(factor) == pytest.approx(3.9, abs=0.05)
    assert math.log(1e-6) / math.log(factor) == pytest.approx(7.7, abs=0.05)


def test_square_xavier_before_relu() -> None:
    """×1/2 a layer: 1e-3 after 10 layers, 1e-6 after 20."""
    factor = moments("relu", 1.0).second
    assert factor**10 == pytest.approx(1e-3, rel=0.03)
    assert factor**20 == pytest.approx(1e-6, rel=0.06)


def test_packed_projection_of_attention() -> None:
    """Xavier over (3E, E): Var 1/(2E), half of what three separate ones get; the last as a linear layer, bias 0."""
    torch.manual_seed(0)
    layer = nn.MultiheadAttention(256, 4)
    assert float(layer.in_proj_weight.detach().var()) * 2 * 256 == pytest.approx(1, rel=0.01)
    separate = torch.empty(256, 256)
    nn.init.xavier_uniform_(separate)
    assert float(separate.var()) * 256 == pytest.approx(1, rel=0.02)
    assert float(layer.out_proj.weight.detach().var()) * 3 * 256 == pytest.approx(1, rel=0.02)
    assert not layer.out_proj.bias.any()


def test_recurrent_layers_of_torch() -> None:
    """All weights U(±1/√hidden), none orthogonal, no forget bias."""
    torch.manual_seed(0)
    for layer in (nn.RNN(64, 100), nn.LSTM(64, 100), nn.GRU(64, 100)):
        for parameter in layer.parameters():
            assert float(parameter.detach().abs().max()) <= 0.1
            assert float(parameter.detach().var()) == pytest.approx(1 / 300, rel=0.2)


def test_copied_and_own_layers() -> None:
    """nn.TransformerEncoder copies its layer bit by bit; nn.Transformer fills its own anew."""
    encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 2, 32), 2)
    assert torch.equal(encoder.layers[0].linear1.weight, encoder.layers[1].linear1.weight)
    whole = nn.Transformer(16, 2, 2, 2, 32)
    assert not torch.equal(whole.encoder.layers[0].linear1.weight, whole.encoder.layers[1].linear1.weight)


def loss(spread: float, classes: int, seeds: int = 40) -> float:
    """The mean cross entropy of Gaussian logits of that standard deviation against random classes."""
    torch.manual_seed(0)
    logits = spread * torch.randn(seeds * 50, classes, dtype=torch.float64)
    return float(nn.functional.cross_entropy(logits, torch.randint(0, classes, (seeds * 50,))))


def test_loss_of_gaussian_logits() -> None:
    """About log C + s²/2 while s² is well below 2·log C, about s·√(2 log C) beyond."""
    for spread, classes in ((0.0, 10), (0.5, 10), (1.0, 1000), (1.5, 1000)):
        assert loss(spread, classes) == pytest.approx(math.log(classes) + spread**2 / 2, rel=0.04)
    for spread, classes in ((20.0, 1000), (20.0, 256)):
        assert loss(spread, classes) == pytest.approx(spread * math.sqrt(2 * math.log(classes)), rel=0.15)
    # A He head on unit features: s² = 2, one nat above log C by the formula, 1.4 times log C at C = 10; there 2·log C
    # is but 4.6, and sampling gives 1.32.
    assert (math.log(10) + 1) / math.log(10) == pytest.approx(1.43, abs=0.01)
    assert loss(math.sqrt(2), 10) / math.log(10) == pytest.approx(1.32, abs=0.02)
    assert loss(math.sqrt(2), 10_000, 10) - math.log(10_000) == pytest.approx(1.0, abs=0.15)


def test_a_tied_head_sees_its_own_token() -> None:
    """Embedding N(0,1), tied: the logit of the token itself is about d·cos, all others have variance d."""
    torch.manual_seed(0)
    width, classes = 384, 1000
    table = torch.randn(classes, width, dtype=torch.float64)
    tokens = torch.randint(0, classes, (200,))
    stream = table[tokens] + torch.randn(200, width, dtype=torch.float64)
    normed = nn.functional.layer_norm(stream, (width,))
    own = (normed * table[tokens]).sum(-1).mean()
    assert float(own) == pytest.approx(width / math.sqrt(2), rel=0.03)
    found = float(nn.functional.cross_entropy(normed @ table.T, torch.randint(0, classes, (200,))))
    # log C + s²/2 would give 199; the token itself decides: its logit, the softmax being all its own.
    assert found == pytest.approx(float(own), rel=0.05)


def grown(depth: int, branch: float, norm: bool) -> float:
    """The second moment of a residual stream after so many branches of that gain."""
    net = Net()
    x = net.linear(net.input(), init=scaled(1.0, 64))
    for _ in range(depth):
        y = net.norm(x, "layer") if norm else x
        x = net.add(x, net.linear(net.act(net.linear(y, init=scaled(2.0, 64))), init=scaled(branch, 64)))
    found = predict(net.model()).values[x]
    assert isinstance(found, Value) and isinstance(found.second, float)
    return found.second


def test_residual_streams() -> None:
    """(1 + b)^L without norm, linear in L with one before the branch; He twice is ×3 a block."""
    assert grown(10, 2.0, norm=False) == pytest.approx(3.0**10, rel=1e-6)
    assert grown(10, 0.5, norm=False) == pytest.approx(1.5**10, rel=1e-6)
    assert grown(10, 2.0, norm=True) == pytest.approx(1 + 2 * 10, rel=1e-3)
    # GPT-2's 1/√(2·n_layer) on each of 2·n_layer branches keeps the sum of one.
    assert grown(10, 2.0 / 10, norm=True) == pytest.approx(1 + 2, rel=1e-3)
    # Fixup: L^(-1/(2m-2)) on all but the last of a branch, which starts at zero.
    assert grown(50, 0.0, norm=False) == pytest.approx(1.0)


def test_deep_norm() -> None:
    """α = (2N)^¼ and β = (8N)^-¼: the update of N branches of two layers, each β² of its scale, stays bounded."""
    for layers in (6, 24, 200):
        alpha, beta = (2 * layers) ** 0.25, (8 * layers) ** -0.25
        assert 2 * layers * (beta / alpha) ** 2 == pytest.approx(0.5)


def test_siren_keeps_its_scale() -> None:
    """U(±√(6/fan_in)/ω₀) makes pre-activations of variance 1 of sines of variance one half."""
    fan_in, omega = 256, 30.0
    variance = (math.sqrt(6 / fan_in) / omega) ** 2 / 3
    entering = fan_in * variance * omega**2
    assert entering * 0.5 == pytest.approx(1.0)
    q = 100.0
    for _ in range(20):
        q = entering * moments("sine", q).second
    assert q == pytest.approx(0.8, abs=0.1)
    # The first layer: U(±1/fan_in), times ω₀, spans many periods.
    assert omega**2 * fan_in * (1 / fan_in) ** 2 / 3 > 1
    # torch's default under ω₀ = 30: 1/3 · 900 · E sin² at every layer, far beyond a period: noise.
    assert 900 / 3 * moments("sine", 150.0).second == pytest.approx(150, rel=0.01)
    # Without ω₀ it dies: χ = 1/3.
    assert moments("sine", 1e-6).slope / 3 == pytest.approx(1 / 3, rel=1e-4)


def test_depth_scale() -> None:
    """E‖J‖²/n = χ₁^L: the gradient of a square stack, and ξ = -1/ln χ₁."""
    net = Net()
    first = x = net.linear(net.input(), init=scaled(1.0, 64))
    for _ in range(9):
        x = net.linear(net.act(x), init=scaled(1.0, 64))
    net.output(x)
    back = predict(net.model()).gradients[first]
    assert getattr(back, "second", None) == pytest.approx(0.5**9)
    assert -1 / math.log(0.5) == pytest.approx(1.4427, abs=1e-4)


def test_spread_over_seeds_grows_with_depth_over_width() -> None:
    """Var log‖h‖² is about 5·Σ 1/n for ReLU layers of width n (Hanin and Rolnick 2018)."""

    def spread(depth: int, width: int) -> float:
        torch.manual_seed(0)
        logs = []
        for _ in range(200):
            x = torch.randn(width, 1, dtype=torch.float64)
            x = x / x.norm() * math.sqrt(width)
            for _ in range(depth):
                x = torch.relu(torch.randn(width, width, dtype=torch.float64) * math.sqrt(2 / width) @ x)
            logs.append(math.log(float(x.norm() ** 2)))
        return statistics.variance(logs)

    assert spread(10, 50) == pytest.approx(5 * 10 / 50, rel=0.35)
    assert spread(20, 100) == pytest.approx(5 * 20 / 100, rel=0.35)
    assert spread(20, 50) / spread(10, 100) == pytest.approx(4, rel=0.5)


def test_both_low_rank_factors_zero_are_dead() -> None:
    """B = 0 alone starts LoRA at zero, and A gets a gradient at the next step; with both zero nothing ever does."""
    for first, alive in ((scaled(1.0, 64), True), (constant(0.0), False)):
        net = Net()
        x = net.linear(net.input(), init=scaled(1.0, 64))
        a = net.linear(x, 64, 8, first)
        b = net.linear(a, 8, 64, constant(0.0))
        net.output(net.add(x, b))
        found = predict(net.model())
        inner = found.values[a]
        assert isinstance(inner, Value) and (inner.second > 0) is alive
        assert getattr(found.gradients[a], "second", None) == 0.0


def test_width_of_a_readout() -> None:
    """μP: hidden Var 1/fan_in and a readout × 1/width: hidden scales are flat in the width, the output falls."""
    outputs = []
    for width in (64, 256, 1024):
        net = Net()
        h = net.linear(net.input(), 32, width, scaled(1.0, 32))
        h = net.linear(h, width, width, scaled(1.0, width))
        out = net.op("mul", "", net.linear(h, width, 10, scaled(float(width), width)), value=1 / width)
        found = predict(net.model()).values
        hidden, last = found[h], found[out]
        assert isinstance(hidden, Value) and hidden.second == pytest.approx(1.0)
        assert isinstance(last, Value) and isinstance(last.second, float)
        outputs.append(math.sqrt(last.second))
    slope = math.log(outputs[-1] / outputs[0]) / math.log(16)
    assert slope == pytest.approx(-0.5)
