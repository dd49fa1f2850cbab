"""The numbers that pages state of their bad.py and good.py: measured here, over seeds, and held against the page."""

from __future__ import annotations

import math
import runpy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

torch = pytest.importorskip("torch")
nn = torch.nn

FOLDER = Path(__file__).resolve().parents[2] / "rules"
SEEDS = range(3)
Build = Callable[[str], Any]  # a class of the example, by name, built anew


@dataclass(frozen=True)
class Claim:
    """``bad`` and ``good`` are the numbers as the page writes them; ``within`` is by which factor the measured ones may
    differ (of a claimed zero, and of what is smaller than ``floor``: up to ``floor``)."""

    rule: str
    measure: Callable[[Build], float]
    bad: str
    good: str
    within: float = 1.3
    floor: float = 1e-6

    @property
    def id(self) -> str:
        return f"{self.rule} {self.bad}"


# -- what is measured


def outputs(model: Any, inputs: Any, *paths: str) -> list[Any]:
    """What the modules at the paths give, with a gradient."""
    found: dict[str, Any] = {}
    for path in paths:
        model.get_submodule(path).register_forward_hook(lambda _m, _i, out, path=path: found.__setitem__(path, out))
    model(inputs)
    return [found[path] for path in paths]


def across(value: Any) -> float:
    """The standard deviation across inputs."""
    return float(value.detach().var(0).mean().sqrt())


def spread(name: str, path: str, *shape: int) -> Callable[[Build], float]:
    """What tells inputs of variance 1 apart at a layer's output."""
    return lambda build: across(outputs(build(name), torch.randn(32, *shape), path)[0])


def ratio(name: str, first: str, last: str, *shape: int) -> Callable[[Build], float]:
    """The gradient at the first layer's units, relative to the last hidden one's."""

    def measure(build: Build) -> float:
        model = build(name)
        found: dict[str, Any] = {}

        def keep(path: str) -> Callable[..., None]:
            return lambda _m, _i, out: (out.retain_grad(), found.__setitem__(path, out))[1]

        for path in (first, last):
            model.get_submodule(path).register_forward_hook(keep(path))
        out = model(torch.randn(32, *shape))
        (out * torch.randn_like(out)).sum().backward()
        return float(found[first].grad.pow(2).mean().sqrt() / found[last].grad.pow(2).mean().sqrt())

    return measure


def grown(name: str, first: str, last: str, inputs: Callable[[], Any]) -> Callable[[Build], float]:
    """The second moment behind one module relative to that behind another."""

    def measure(build: Build) -> float:
        one, other = outputs(build(name), inputs(), first, last)
        return float(other.detach().pow(2).mean() / one.detach().pow(2).mean())

    return measure


def deviation(name: str, path: str, inputs: Callable[[], Any]) -> Callable[[Build], float]:
    """The standard deviation of all elements behind a module (of the model: an empty path)."""
    return lambda build: float(outputs(build(name), inputs(), path)[0].detach().std())


def variance(name: str, path: str, *shape: int) -> Callable[[Build], float]:
    """The variance of all elements behind a module, for inputs of variance 1."""
    return lambda build: float(outputs(build(name), torch.randn(256, *shape), path)[0].detach().var())


def first_loss(name: str, classes: int, inputs: Callable[[], Any]) -> Callable[[Build], float]:
    """The cross entropy at random targets before any step."""

    def measure(build: Build) -> float:
        with torch.no_grad():
            logits = build(name)(inputs()).flatten(0, -2)
            return float(nn.functional.cross_entropy(logits, torch.randint(classes, (len(logits),))))

    return measure


def held(name: str, path: str, steps: int) -> Callable[[Build], float]:
    """How much of an LSTM's cell state is left after some steps without input."""

    def measure(build: Build) -> float:
        lstm = build(name).get_submodule(path)
        start = torch.randn(1, 2000, lstm.hidden_size)
        with torch.no_grad():
            _, (_, cell) = lstm(torch.zeros(2000, steps, lstm.input_size), (torch.zeros_like(start), start))
        return abs(float((cell * start).mean() / (start * start).mean()))

    return measure


def trained(build: Build) -> float:
    """The loss after 200 steps of Adam at 0.01 on one batch."""
    model, images, labels = build("Digits"), torch.randn(32, 64), torch.randint(10, (32,))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(200):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return float(loss.detach())


def translated(build: Build) -> float:
    """The loss after 60 steps of Adam at 0.01 without a warm-up, of a table of 32 symbols."""
    model = type(build("Language"))(symbols=32, width=32, heads=2)
    table = torch.randperm(32)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(60):
        symbols = torch.randint(32, (16, 8))
        loss = nn.functional.cross_entropy(model(symbols).flatten(0, 1), table[symbols].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return float(loss.detach())


def adapted(build: Build) -> float:
    """By how much an adapter changes the layer that it adapts."""
    model, inputs = build("LoRALinear"), torch.randn(256, 64)
    with torch.no_grad():
        base = model.base(inputs)
        return float((model(inputs) - base).std() / base.std())


def alike(build: Build) -> float:
    """The correlation of a field's values at points that differ by 0.01."""
    model, points = build("Field"), torch.rand(2000, 2) * 2 - 1
    with torch.no_grad():
        one, other = (model(each)[:, 0] for each in (points, points + torch.tensor([0.01, 0.0])))
    return float(torch.corrcoef(torch.stack([one, other]))[0, 1])


def firing(path: str) -> Callable[[Build], float]:
    """The share, in percent, of a layer's pre-activations above zero."""
    return lambda build: 100 * float((outputs(build("Head"), torch.randn(256, 64), path)[0] > 0).float().mean())


def shared(build: Build) -> float:
    """The share of the second layer's signal that is the same for all inputs."""
    (out,) = outputs(build("Head"), torch.randn(512, 64), "fc2")
    return float(out.detach().mean(0).pow(2).mean() / out.detach().pow(2).mean())


def powers(build: Build) -> float:
    """The length of a state that the recurrent matrix has been applied to 20 times."""
    matrix = build("Sequence").rnn.weight_hh_l0.detach()
    state = torch.randn(matrix.shape[0], 64)
    return float(torch.linalg.matrix_power(matrix, 20).matmul(state).norm() / state.norm())


def bias_gradient(build: Build) -> float:
    """The largest gradient of the first convolution's bias, relative to its weight's; 0 without one."""
    model, images = build("Images"), torch.randn(16, 3, 8, 8)
    nn.functional.cross_entropy(model(images), torch.randint(10, (16,))).backward()
    bias = model.conv1.bias
    return 0.0 if bias is None else float(bias.grad.abs().max() / model.conv1.weight.grad.abs().max())


def beyond(build: Build) -> float:
    """The share, in percent, of the second layer's units beyond ±0.99."""
    model = build("ValueNet")
    h = torch.tanh(torch.randn(256, 64) @ model.first)
    return 100 * float((torch.tanh(h @ model.second).abs() > 0.99).float().mean())


IMAGES = (3, 16, 16)
CLAIMS = [
    Claim("xavier-before-relu", spread("DepthRegressor", "body.18", 64), "0.011", "0.57", 1.5),
    Claim("xavier-before-relu", ratio("DepthRegressor", "body.0", "body.18", 64), "0.045", "1.01", 1.5),
    Claim("he-before-saturating", ratio("HardtanhNet", "hidden.0", "hidden.7", 64), "2.3", "0.73", 1.4),
    Claim("wrong-gain", spread("Detector", "features.6", *IMAGES), "0.022", "0.77", 1.5),
    Claim("weight-scale-too-large", beyond, "86", "none", floor=0.1),
    Claim("weight-scale-too-small", spread("PlainNet", "features.14", *IMAGES), "7.7e-8", "0.52", 1.6, 1e-9),
    Claim("wrong-fan", deviation("Experts", "", lambda: torch.randn(8, 16, 128)), "0.0075", "0.62"),
    Claim("selu-without-lecun", variance("Tabular", "body.11", 128), "8.2", "1.0", 1.6),
    Claim("non-random-norm-scale", deviation("Encoder", "norm", lambda: torch.randint(100, (8, 32))), "0.026", "1.00"),
    Claim("sine-without-siren", alike, "−0.02", "0.98", 1.1, 0.15),
    Claim("missing-norm", spread("FieldNet", "body.38", 3), "1.1e-5", "0.46", 2, 1e-9),
    Claim("default-init-deep-relu", ratio("SpectrumClassifier", "stem", "hidden.14", 200), "1.4e-6", "1.03", 2, 1e-9),
    Claim("vanishing-gradient", ratio("FieldNet", "body.0", "body.30", 4), "8.0e-5", "0.54", 2, 1e-9),
    Claim("unscaled-residual-stack", grown("SuperResolution", "head", "body.15", lambda: torch.randn(2, *IMAGES)),
          "1.9e7", "1.05", 2),
    Claim("sigmoid-hidden-stack", ratio("Scorer", "hidden.0", "hidden.10", 30), "5.5e-5", "0.99", 1.7, 1e-9),
    Claim("tied-embedding-scale", first_loss("LanguageModel", 10_000, lambda: torch.randint(10_000, (2, 12))),
          "62", "9.6"),
    Claim("initial-loss", first_loss("Classifier", 100, lambda: torch.randn(256, 128)), "17", "4.6"),
    Claim("forget-gate-bias", held("Tagger", "rnn", 10), "0.0023", "0.043", 1.5),
    Claim("activation-before-loss", trained, "1.461", "0.000", 1.05, 0.005),
    Claim("lora-init", adapted, "1.0", "0"),
    Claim("norm-eps-as-momentum", deviation("Generator", "blocks.6", lambda: torch.randn(64, 32)), "0.20", "1.00"),
    Claim("post-norm-depth", translated, "3.45", "0.006", 1.2, 0.05),
    Claim("biased-init", shared, "0.60", "0.32", 1.3),
    Claim("dead-at-birth", firing("fc1"), "0.25", "50", 1.4),
    Claim("unscaled-residual-projection",
          grown("Language", "embed", "blocks.15", lambda: torch.randint(256, (4, 32))), "1200", "37", 1.4),
    Claim("recurrent-not-orthogonal", powers, "1.6e-5", "1.0", 2, 1e-9),
    Claim("closed-forget-gate", held("Tagger", "lstm", 10), "0.0011", "0.043", 1.5),
    Claim("zero-init-residual", grown("Images", "blocks.0", "blocks.15", lambda: torch.randn(16, *IMAGES)),
          "12", "1.0", 1.3),
    Claim("bias-before-norm", bias_gradient, "0", "0", floor=1e-4),
]  # fmt: skip


# -- against the page


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """These models are small: threads would only wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_page_says_what_is_measured(claim: Claim) -> None:
    page = (FOLDER / claim.rule / "README.md").read_text(encoding="utf-8").split("## Why it matters")[1]
    page = page.split("## Example")[0]
    for kind, said in (("bad", claim.bad), ("good", claim.good)):
        measured = average(claim, kind)
        stated = 0.0 if said == "none" else float(said.replace("−", "-"))
        near = (
            abs(measured - stated) <= claim.floor
            if abs(stated) <= claim.floor
            else (1 / claim.within <= measured / stated <= claim.within)
        )
        assert near, f"{kind}.py: measured {measured:.4g}, the page says {said}"
        assert said in page, f"the page does not say {said}"


def average(claim: Claim, kind: str) -> float:
    """Over the seeds: the geometric mean where all are positive."""
    found = []
    namespace = runpy.run_path(str(FOLDER / claim.rule / f"{kind}.py"))
    for seed in SEEDS:
        torch.manual_seed(seed)
        found.append(claim.measure(lambda name: namespace[name]()))
    return math.exp(fmean(map(math.log, found))) if min(found) > 0 else fmean(found)
