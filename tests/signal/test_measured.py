"""Predictions against torch: plain MLPs, several seeds, double precision so that small differences survive."""

from __future__ import annotations

import math
import statistics

import pytest

from tests.signal.helpers import Net, number, plain, scaled

torch = pytest.importorskip("torch")

WIDTH = 512


def measured(depth: int, activation: str, gain: float | None, seed: int) -> tuple[float, float]:
    """The across-input std at the last hidden pre-activation, and the gradient's std, first over last."""
    torch.manual_seed(seed)
    names = {"relu": torch.relu, "tanh": torch.tanh, "gelu": torch.nn.functional.gelu, "selu": torch.selu}
    layers = [torch.nn.Linear(WIDTH, WIDTH, bias=gain is None, dtype=torch.float64) for _ in range(depth)]
    if gain is not None:
        for each in layers:
            torch.nn.init.normal_(each.weight, std=math.sqrt(gain / WIDTH))
    x, values = torch.randn(32, WIDTH, dtype=torch.float64), []
    for each in layers:
        x = each(x)
        x.retain_grad()
        values.append(x)
        x = names[activation](x)
    (torch.randn_like(values[-1]) * values[-1]).sum().backward()
    across = values[-1].var(dim=0).mean().sqrt()
    return float(across.detach()), float(values[0].grad.std() / values[-1].grad.std())


@pytest.mark.parametrize(
    ("depth", "activation", "gain"),
    [(12, "relu", None), (20, "relu", 2.0), (10, "relu", 1.0), (12, "tanh", 2.0), (12, "gelu", 2.0), (12, "selu", 1.0),
     (8, "gelu", None), (8, "tanh", None)],
)  # fmt: skip
def test_stack_against_torch(depth: int, activation: str, gain: float | None) -> None:
    (stack,) = plain(depth, activation, gain, WIDTH, bias=gain is None).facts().stacks
    runs = [measured(depth, activation, gain, seed) for seed in range(3)]
    for index, predicted in enumerate((stack.across[depth - 1], stack.backward[0])):
        ratios = [abs(math.log10(run[index] / number(predicted))) for run in runs]
        assert statistics.median(ratios) < 0.06


def test_strided_convolution_against_torch() -> None:
    """Gradient per element behind a strided convolution: fan_out over the strides."""
    net = Net()
    net.layer(net.input(), "conv", (64, 32, 4, 4), scaled(2.0, 32 * 16), stride=4)
    torch.manual_seed(0)
    conv = torch.nn.Conv2d(32, 64, 4, stride=2, bias=False)
    torch.nn.init.normal_(conv.weight, std=math.sqrt(2 / (32 * 16)))
    image = torch.randn(4, 32, 34, 34, requires_grad=True)
    out = conv(image)
    out.backward(torch.randn_like(out))
    found = net.facts().layers[0]
    variance = 2 / (32 * 16)
    assert isinstance(found.fan_out, (int, float))
    inner = image.grad[..., 4:-4, 4:-4]
    assert float(inner.var()) == pytest.approx(found.fan_out * variance, rel=0.1)
    assert float(out.var()) == pytest.approx(2.0, rel=0.1)
