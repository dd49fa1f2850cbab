"""Faulty models: each with a batch and the codes, one of which must be found."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from tests.probe.zoo.blocks import DENSE, Cnn, Gpt, Mlp, Residual, of

Case = tuple[str, Callable[[], nn.Module], Callable[[], torch.Tensor], set[str]]

VANISHES, EXPLODES = {"IL901", "IL903"}, {"IL902", "IL904", "IL906", "IL910", "IL916"}
DEAD, COPIES = {"IL901", "IL905", "IL907", "IL915"}, {"IL907"}


def flat(width: int = 32) -> torch.Tensor:
    return torch.randn(17, width)


def images(side: int = 16) -> torch.Tensor:
    return torch.randn(17, 3, side, side)


def words() -> torch.Tensor:
    return torch.randint(0, 60, (17, 16))


class Lora(nn.Module):
    """A low-rank adapter whose factors are filled by the functions given."""

    def __init__(self, down: Callable[[torch.Tensor], object], up: Callable[[torch.Tensor], object]) -> None:
        super().__init__()
        self.base = nn.Linear(32, 32)
        self.down, self.up = nn.Parameter(torch.empty(4, 32)), nn.Parameter(torch.empty(32, 4))
        down(self.down)
        up(self.up)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.base(x) + F.linear(F.linear(x, self.down), self.up)


class Hidden(nn.Module):
    """Layers in a plain list."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = [nn.Linear(32, 32) for _ in range(2)]
        self.head = nn.Linear(32, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.head(x)


class Bare(nn.Module):
    """Bare parameters as weights."""

    def __init__(self, make: Callable[..., torch.Tensor], width: int = 128, depth: int = 3) -> None:
        super().__init__()
        self.weights = nn.ParameterList([nn.Parameter(make(width, width)) for _ in range(depth)])
        self.head = nn.Linear(width, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for weight in self.weights:
            x = torch.relu(x @ weight)
        return self.head(x)


class Clones(nn.Module):
    """torch's own encoder, whose layers are copies."""

    def __init__(self) -> None:
        super().__init__()
        layer = nn.TransformerEncoderLayer(32, 4, 64, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 3)
        self.head = nn.Linear(32, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.encoder(x).mean(dim=1))


class Twins(nn.Module):
    """Layers copied, or made under the same seed."""

    def __init__(self, seeded: bool) -> None:
        super().__init__()
        if seeded:
            self.layers = nn.ModuleList()
            for _ in range(4):
                torch.manual_seed(7)
                self.layers.append(nn.Linear(32, 32))
        else:
            self.layers = nn.ModuleList([copy.deepcopy(nn.Linear(32, 32))] * 1)
            self.layers.extend(copy.deepcopy(self.layers[0]) for _ in range(3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = x + torch.tanh(layer(x))
        return x


class Gated(nn.Module):
    """A branch behind a gate; both start at zero."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(32, 32), nn.Linear(32, 32)
        self.gate = nn.Parameter(torch.zeros(1))
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)
        self.head = nn.Linear(32, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(x + self.gate * self.second(torch.relu(self.first(x))))


class Unfilled(nn.Module):
    """A table and a weight of unwritten memory."""

    def __init__(self, poison: bool) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(32, 32))
        if poison:
            with torch.no_grad():
                self.weight[0] = float("nan")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x @ self.weight


class LogOfNothing(nn.Module):
    """A logarithm of what a ReLU leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(32, 32)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.log(torch.relu(self.fc(x)))


class Recurrent(nn.Module):
    """An own recurrence over many steps, its matrix too large or too small."""

    def __init__(self, std: float, steps: int = 60) -> None:
        super().__init__()
        self.inner = nn.Linear(32, 32, bias=False)
        self.head = nn.Linear(32, 2)
        self.steps = steps
        nn.init.normal_(self.inner.weight, std=std)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for _ in range(self.steps):
            x = torch.relu(self.inner(x))
        return self.head(x)


class Tower(nn.Module):
    """Two towers, of which one dies."""

    def __init__(self) -> None:
        super().__init__()
        self.one = nn.Sequential(*[part for _ in range(9) for part in (nn.Linear(32, 32), nn.ReLU())])
        self.two = nn.Sequential(nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 32))
        self.head = nn.Linear(64, 2)
        self.one.apply(of(nn.Linear, partial(nn.init.normal_, std=0.02)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(torch.cat([self.one(x), self.two(x)], dim=1))


def _halved(weight: torch.Tensor) -> torch.Tensor:
    """Half of the rows copies of the other half."""
    nn.init.kaiming_normal_(weight)
    with torch.no_grad():
        weight[len(weight) // 2 :] = weight[: len(weight) // 2]
    return weight


def _negative(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.constant_(module.bias, -5.0)


def cases() -> Iterator[Case]:
    """All of them."""
    n, xavier, he = nn.init.normal_, nn.init.xavier_uniform_, nn.init.kaiming_normal_
    deep = [32] + [64] * 12
    yield "default ReLU, deep", lambda: Mlp([32] + [64] * 14), flat, VANISHES
    yield "default tanh, deep", lambda: Mlp([32] + [64] * 16, torch.tanh), flat, VANISHES
    yield "default GELU, deep", lambda: Mlp(deep, F.gelu), flat, VANISHES
    yield "default SiLU, deep", lambda: Mlp(deep, F.silu), flat, VANISHES
    yield "default CNN, deep", lambda: Cnn([3] + [16] * 18, pool=False), images, VANISHES
    yield "Xavier before ReLU", lambda: Mlp([64] + [64] * 14, init=of(nn.Linear, xavier)), partial(flat, 64), VANISHES
    yield (
        "Xavier before GELU",
        lambda: Mlp([64] + [64] * 10, F.gelu, of(nn.Linear, xavier)),
        partial(flat, 64),
        VANISHES,
    )
    yield "Xavier, CNN", lambda: Cnn([3] + [32] * 14, init=of(DENSE, xavier), pool=False), images, VANISHES
    yield "std 0.01", lambda: Mlp(deep, init=of(nn.Linear, partial(n, std=0.01))), flat, VANISHES
    yield "std 0.02, tanh", lambda: Mlp(deep, torch.tanh, of(nn.Linear, partial(n, std=0.02))), flat, VANISHES
    yield "std 0.01, CNN", lambda: Cnn([3] + [16] * 6, init=of(DENSE, partial(n, std=0.01))), images, VANISHES
    yield (
        "uniform 0.01",
        lambda: Mlp(deep, init=of(nn.Linear, lambda w: nn.init.uniform_(w, -0.01, 0.01))),
        flat,
        VANISHES,
    )
    yield "sigmoid, deep", lambda: Mlp([32] + [64] * 8, torch.sigmoid, of(nn.Linear, xavier)), flat, VANISHES
    yield "sigmoid, default", lambda: Mlp([32] + [64] * 6, torch.sigmoid), flat, VANISHES
    yield "1e-4 in a recurrence", lambda: Recurrent(0.1), flat, VANISHES
    yield "one tower dies", Tower, flat, VANISHES
    yield "std 1", lambda: Mlp([128] * 4, init=of(nn.Linear, n)), partial(flat, 128), EXPLODES
    yield "std 1, tanh", lambda: Mlp([128] * 4, torch.tanh, of(nn.Linear, n)), partial(flat, 128), EXPLODES
    yield "std 1, sigmoid", lambda: Mlp([256] * 3, torch.sigmoid, of(nn.Linear, n)), partial(flat, 256), EXPLODES
    yield "std 1, CNN", lambda: Cnn([3, 16, 32, 32, 32], init=of(DENSE, n)), images, EXPLODES
    yield "std 0.5, deep", lambda: Mlp([64] * 8, init=of(nn.Linear, partial(n, std=0.5))), partial(flat, 64), EXPLODES
    yield "gain 5", lambda: Mlp([64] * 7, init=of(nn.Linear, partial(xavier, gain=5.0))), partial(flat, 64), EXPLODES
    yield "torch.randn as weights", lambda: Bare(torch.randn), partial(flat, 128), EXPLODES
    yield "torch.rand as weights", lambda: Bare(torch.rand), partial(flat, 128), EXPLODES
    yield "recurrence explodes", lambda: Recurrent(0.4), flat, EXPLODES
    yield "He in every branch", lambda: Residual(12, norm="", init=of(nn.Linear, he)), partial(flat, 24), EXPLODES
    yield (
        "He, scaled residual ×2",
        lambda: Residual(8, norm="", init=of(nn.Linear, he), scale=2),
        partial(flat, 24),
        EXPLODES,
    )
    yield "zero hidden weights", lambda: Mlp([32, 64, 64], init=of(nn.Linear, nn.init.zeros_)), flat, DEAD
    yield "zero CNN", lambda: Cnn(init=of(nn.Conv2d, nn.init.zeros_)), images, DEAD
    yield "one zero layer", lambda: _changed(Mlp([32, 64, 64]), "layers.1.weight", nn.init.zeros_), flat, DEAD
    yield (
        "constant weights",
        lambda: Mlp([32, 64, 64], init=of(nn.Linear, lambda w: nn.init.constant_(w, 0.05))),
        flat,
        COPIES,
    )
    yield "ones", lambda: Mlp([32, 64], torch.tanh, of(nn.Linear, nn.init.ones_)), flat, COPIES | EXPLODES
    yield "constant CNN", lambda: Cnn(init=of(DENSE, lambda w: nn.init.constant_(w, 0.02))), images, COPIES
    yield "std and mean swapped", lambda: Mlp([32, 64, 64], init=of(nn.Linear, lambda w: n(w, 0.02, 0.0))), flat, COPIES
    yield (
        "equal bounds",
        lambda: Mlp([32, 64, 64], init=of(nn.Linear, lambda w: nn.init.uniform_(w, 0.1, 0.1))),
        flat,
        COPIES,
    )
    yield (
        "half are copies",
        lambda: _changed(Mlp([32, 64, 64], init=of(nn.Linear, he)), "layers.0.weight", _halved),
        flat,
        COPIES,
    )
    yield "torch.full as weights", lambda: Bare(lambda a, b: torch.full((a, b), 0.01)), partial(flat, 128), COPIES
    yield "negative biases", lambda: Mlp([32, 64, 64], init=_negative), flat, {"IL905"}
    yield (
        "negative bias, CNN",
        lambda: _changed(Cnn(), "convs.0.bias", lambda b: nn.init.constant_(b, -9.0)),
        images,
        {"IL905"},
    )
    yield "both LoRA factors zero", lambda: Lora(nn.init.zeros_, nn.init.zeros_), flat, DEAD
    yield "gate and branch zero", Gated, flat, {"IL915"}
    yield "layers in a list", Hidden, flat, {"IL915"}
    yield "cloned encoder", Clones, lambda: torch.randn(17, 9, 32), {"IL908"}
    yield "copied layers", lambda: Twins(False), flat, {"IL908"}
    yield "seed in the loop", lambda: Twins(True), flat, {"IL908"}
    yield "unwritten memory", lambda: Unfilled(False), flat, {"IL910"}
    yield "NaN in a weight", lambda: Unfilled(True), flat, {"IL910"}
    yield "log of ReLU", LogOfNothing, flat, {"IL910"}
    yield "zero decoder", lambda: _changed(Gpt(), "embed.weight", nn.init.zeros_), words, DEAD | VANISHES
    yield "batch norm, 40 plain layers", lambda: Mlp([32] + [32] * 40, norm=nn.BatchNorm1d), flat, EXPLODES


def _changed(model: nn.Module, name: str, fill: Callable[[torch.Tensor], object]) -> nn.Module:
    fill(model.get_parameter(name))
    return model
