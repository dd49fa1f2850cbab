"""What a look at the wrong number shows: live models that seem healthy and aren't, or the other way round."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from initlint import Severity, check_paths
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


def test_a_tied_recurrence() -> None:
    """A GRU of 400 units on 10,000 words, its table N(0, 1) tied to the head: 86.6 was measured, where its states are
    normalised and dropped out at 0.2 (s² = 500); 77 without dropout, and less than 30 for torch's own small states."""
    found = []
    for normed, dropped in ((True, 0.2), (True, 0.0), (False, 0.0)):
        losses = []
        for seed in range(3):
            torch.manual_seed(seed)
            table, cell = nn.Embedding(10_000, 400), nn.GRU(400, 400, batch_first=True)
            with torch.no_grad():
                words, targets = torch.randint(0, 10_000, (2, 2, 30))
                states = cell(nn.functional.dropout(table(words), dropped))[0]
                states = nn.functional.layer_norm(states, (400,)) if normed else states
                logits = nn.functional.dropout(states, dropped) @ table.weight.T
                losses.append(float(nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())))
        found.append(sum(losses) / 3)
    assert found[0] == pytest.approx(86.6, rel=0.05)
    assert found[1] == pytest.approx(77, rel=0.05)
    assert found[2] < 30
    assert loss(500, 10_000) == pytest.approx(found[0], rel=0.06)


@pytest.mark.parametrize(("sizes", "expected"), [((256, 256, 256), 1.9e-4), ((400, 300), 4.3e-4)])
def test_a_correct_critic_has_a_small_gradient(sizes: tuple[int, ...], expected: float, tmp_path: Path) -> None:
    """DDPG's critic, its last layer drawn from U(±3e-3) on purpose (Lillicrap et al. 2016): against the output's, the
    gradient at the first hidden layer is a few 1e-4. No rule speaks, since stacks are judged between hidden layers."""
    widths = [20, *sizes]
    layers = ", ".join(f"nn.Linear({a}, {b}), nn.ReLU()" for a, b in zip(widths, widths[1:]))
    path = tmp_path / "critic.py"
    path.write_text(
        "from torch import nn\n\n\nclass Critic(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        f"        self.hidden = nn.Sequential({layers})\n        self.q = nn.Linear({sizes[-1]}, 1)\n"
        "        nn.init.uniform_(self.q.weight, -3e-3, 3e-3)\n        nn.init.uniform_(self.q.bias, -3e-3, 3e-3)\n\n"
        "    def forward(self, x):\n        return self.q(self.hidden(x))\n",
        encoding="utf-8",
    )
    assert [each for each in check_paths([path]) if each.severity is not Severity.INFO] == []
    measured = []
    for seed in range(5):
        torch.manual_seed(seed)
        hidden = nn.Sequential(*[m for a, b in zip(widths, widths[1:]) for m in (nn.Linear(a, b), nn.ReLU())])
        last = nn.Linear(sizes[-1], 1)
        nn.init.uniform_(last.weight, -3e-3, 3e-3)
        first = hidden[0](torch.randn(200, 20))
        (back,) = torch.autograd.grad(last(hidden[1:](first)).sum(), first)
        measured.append(float(back.square().mean()))
    assert math.sqrt(sum(measured) / 5) == pytest.approx(expected, rel=0.15)
