"""What a look at the wrong number shows: live models that seem healthy and aren't, or the other way round."""

from __future__ import annotations

import math

import pytest

from initlint.signal.logits import loss

torch = pytest.importorskip("torch")
nn = torch.nn


def test_dropout_looks_like_signal() -> None:
    """A dead stack of 16 layers: about 2e-6 of what enters tells inputs apart; dropout's own noise is 8e-3."""
    torch.manual_seed(0)
    layers = [each for _ in range(16) for each in (nn.Linear(128, 128), nn.ReLU(), nn.Dropout(0.1))]
    net = nn.Sequential(*layers[:-2]).double()
    x = torch.randn(64, 128, dtype=torch.float64)
    with torch.no_grad():
        quiet, loud = (float(net.train(mode)(x).var(0).mean().sqrt()) for mode in (False, True))
    assert quiet < 1e-5 and 2e-3 < loud < 3e-2


def test_post_norm_depth_is_invisible_in_moments() -> None:
    """24 layers with the norm behind each sum: gradients of all layers are alike."""
    torch.manual_seed(0)
    layers = [nn.TransformerEncoderLayer(64, 4, 256, dropout=0.0, batch_first=True) for _ in range(24)]
    x = torch.randn(4, 16, 64)
    for layer in layers:
        x = layer(x)
    (x * torch.randn_like(x)).sum().backward()
    norms = [float(layer.linear1.weight.grad.norm()) for layer in layers]
    assert max(norms) / min(norms) < 2.5


def test_a_healthy_resnet_has_uneven_gradients() -> None:
    """ResNet-18's first weight has a gradient some 18 times that of its last convolution."""
    from tests.models.resnet import resnet18

    torch.manual_seed(0)
    model = resnet18()
    logits = model(torch.randn(8, 3, 64, 64))
    nn.functional.cross_entropy(logits, torch.randint(0, logits.shape[1], (8,))).backward()
    weights = [module.weight for module in model.modules() if isinstance(module, nn.Conv2d)]
    assert 5 < float(weights[0].grad.norm() / weights[-1].grad.norm()) < 60


def test_he_diverges_in_a_tanh_recurrence() -> None:
    """Two nearby states are a thousandfold further apart after 150 steps of no input; with Xavier they meet."""
    for gain, low, high in ((2.0, 1e2, 1e5), (1.0, 0.0, 1.0)):
        grown = []
        for seed in range(3):
            torch.manual_seed(seed)
            state = math.sqrt(gain) * torch.randn(1000, 1000, dtype=torch.float64) / math.sqrt(1000)
            h = torch.randn(1000, dtype=torch.float64)
            other = h + 1e-7 * torch.randn(1000, dtype=torch.float64)
            start = float((h - other).norm())
            for _ in range(150):
                h, other = torch.tanh(state @ h), torch.tanh(state @ other)
            grown.append(float((h - other).norm()) / start)
        assert low < math.exp(sum(map(math.log, grown)) / 3) < high


def test_a_sigmoid_at_the_output_squeezes_what_is_healthy() -> None:
    """Its slope is 1/4 at 0: 2.9e-3 of spread becomes 7e-4."""
    z = 2.9e-3 * torch.randn(100_000, dtype=torch.float64)
    assert float(torch.sigmoid(z).std()) == pytest.approx(7e-4, rel=0.05)


def test_losses() -> None:
    """The formula against sampling, and the two limits that it lies between."""
    for spread, classes in ((0.5, 10), (1.0, 1000), (3.0, 10), (7.0, 100), (16.0, 10_000), (20.0, 1000)):
        torch.manual_seed(0)
        logits = spread * torch.randn(500, classes)
        sampled = float(nn.functional.cross_entropy(logits, torch.randint(0, classes, (500,))))
        assert loss(spread**2, classes) == pytest.approx(sampled, rel=0.15)
    # A tied table at d = 400 and 10,000 words: s²/2 and s·√(2 log C).
    chance = math.log(10_000)
    assert chance + 200 == pytest.approx(209, abs=0.5) and 20 * math.sqrt(2 * chance) == pytest.approx(86, abs=0.5)
    assert 75 < loss(400, 10_000) < 86
