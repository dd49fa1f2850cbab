"""Healthy models: what looks odd and is meant so, beside the ordinary."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from tests.probe.zoo.blocks import DENSE, Cnn, Gpt, Mlp, Residual, of
from tests.probe.zoo.faulty import Lora, flat, images, words

Case = tuple[str, Callable[[], nn.Module], Callable[[], torch.Tensor]]


class Dit(nn.Module):
    """adaLN-Zero: zero modulation, zero head, zero gates."""

    def __init__(self, width: int = 32, depth: int = 3) -> None:
        super().__init__()
        self.stem = nn.Linear(16, width)
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.outs = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.mods = nn.ModuleList([nn.Linear(width, 3 * width) for _ in range(depth)])
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.head = nn.Linear(width, 16)
        for layer in [*self.mods, self.head]:
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        condition = F.silu(x)
        for layer, out, mod in zip(self.layers, self.outs, self.mods):
            shift, scale, gate = mod(condition).chunk(3, dim=-1)
            x = x + gate * out(F.gelu(layer(self.norm(x) * (1 + scale) + shift)))
        return self.head(self.norm(x))


class Fixup(nn.Module):
    """Branches whose last layer is zero, a zero head, no norm."""

    def __init__(self, depth: int = 8) -> None:
        super().__init__()
        self.stem = nn.Linear(32, 48)
        self.first = nn.ModuleList([nn.Linear(48, 48) for _ in range(depth)])
        self.second = nn.ModuleList([nn.Linear(48, 48) for _ in range(depth)])
        self.head = nn.Linear(48, 5)
        for first, second in zip(self.first, self.second):
            nn.init.normal_(first.weight, std=math.sqrt(2 / 48) * depth**-0.5)
            nn.init.zeros_(second.weight)
        nn.init.zeros_(self.head.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for first, second in zip(self.first, self.second):
            x = x + second(torch.relu(first(x)))
        return self.head(x)


class ReZero(nn.Module):
    """A gate of zero on each branch."""

    def __init__(self, depth: int = 6) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(32, 32) for _ in range(depth)])
        self.gates = nn.Parameter(torch.zeros(depth))
        self.head = nn.Linear(32, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer, gate in zip(self.layers, self.gates):
            x = x + gate * torch.relu(layer(x))
        return self.head(x)


class Siren(nn.Module):
    """Sines with the init of their paper."""

    def __init__(self, width: int = 64, depth: int = 4, omega: float = 30.0) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2 if i == 0 else width, width) for i in range(depth)])
        self.head = nn.Linear(width, 1)
        self.omega = omega
        for index, layer in enumerate(self.layers):
            bound = 1 / 2 if index == 0 else math.sqrt(6 / width) / omega
            nn.init.uniform_(layer.weight, -bound, bound)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = torch.sin(self.omega * layer(x))
        return self.head(x)


class Fourier(nn.Module):
    """Random Fourier features of a large scale, then a small network."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("scales", torch.randn(2, 64) * 10)
        self.rest = Mlp([128, 64, 64], init=of(nn.Linear, nn.init.kaiming_normal_))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        phase = 2 * math.pi * x @ self.scales
        return self.rest(torch.cat([phase.sin(), phase.cos()], dim=1))


class Selu(Mlp):
    """Self-normalising layers with LeCun's init."""

    def __init__(self) -> None:
        super().__init__([32] + [64] * 12, F.selu, of(nn.Linear, self.fill))

    @staticmethod
    def fill(weight: torch.Tensor) -> None:
        nn.init.kaiming_normal_(weight, nonlinearity="linear")


class Excite(nn.Module):
    """Squeeze and excitation: a gate of a pooled signal."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm = nn.Conv2d(3, 32, 3), nn.BatchNorm2d(32)
        self.down, self.up = nn.Conv2d(32, 4, 1), nn.Conv2d(4, 32, 1)
        self.head = nn.Linear(32, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.norm(self.conv(x)))
        gate = torch.sigmoid(self.up(torch.relu(self.down(x.mean(dim=(2, 3), keepdim=True)))))
        return self.head((x * gate).mean(dim=(2, 3)))


class Queries(nn.Module):
    """Learnt queries that start at zero and read the input by attention."""

    def __init__(self) -> None:
        super().__init__()
        self.queries = nn.Parameter(torch.zeros(5, 32))
        self.position = nn.Parameter(torch.randn(5, 32))
        self.own = nn.MultiheadAttention(32, 4, batch_first=True)
        self.cross = nn.MultiheadAttention(32, 4, batch_first=True)
        self.one, self.two = nn.LayerNorm(32), nn.LayerNorm(32)
        self.head = nn.Linear(32, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        queries = self.queries.expand(len(x), -1, -1)
        given = queries + self.position
        queries = self.one(queries + self.own(given, given, queries)[0])
        queries = self.two(queries + self.cross(queries + self.position, x, x)[0])
        return self.head(queries)


class Momentum(nn.Module):
    """A student and its frozen copy."""

    def __init__(self) -> None:
        super().__init__()
        self.student = Mlp([32, 64, 32], init=of(nn.Linear, nn.init.kaiming_normal_))
        self.teacher = copy.deepcopy(self.student).requires_grad_(False)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.student(x), self.teacher(x)


class Vae(nn.Module):
    """An encoder to a mean and a scale, a sample, and a decoder."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Linear(32, 64)
        self.mean, self.log = nn.Linear(64, 8), nn.Linear(64, 8)
        self.decoder = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 32))

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        x = torch.relu(self.encoder(x))
        mean, log = self.mean(x), self.log(x)
        return {"out": self.decoder(mean + torch.randn_like(mean) * torch.exp(0.5 * log)), "mean": mean, "log": log}


class Vq(nn.Module):
    """A codebook that only the straight-through estimator passes."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.book, self.decoder = nn.Linear(32, 16), nn.Embedding(20, 16), nn.Linear(16, 32)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.encoder(x)
        code = self.book(torch.cdist(x, self.book.weight).argmin(dim=1))
        return self.decoder(x + (code - x).detach())


class Tagger(nn.Module):
    """An embedding, a recurrent layer and a head."""

    def __init__(self, kind: type[nn.RNNBase], **given: bool) -> None:
        super().__init__()
        self.embed = nn.Embedding(60, 24)
        self.rnn = kind(24, 32, batch_first=True, **given)  # type: ignore[arg-type]
        self.head = nn.Linear(64 if given.get("bidirectional") else 32, 5)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.head(self.rnn(self.embed(tokens))[0])


class Separable(nn.Module):
    """Depthwise convolutions that start as identities, and blur of a fixed kernel."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 1)
        self.depth = nn.Conv2d(16, 16, 3, padding=1, groups=16)
        self.point = nn.Conv2d(16, 16, 1)
        self.head = nn.Linear(16, 3)
        nn.init.dirac_(self.depth.weight, 16)
        self.register_buffer("blur", torch.full((16, 1, 3, 3), 1 / 9))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.conv2d(self.stem(x), self.blur, padding=1, groups=16)
        return self.head(torch.relu(self.point(self.depth(x))).mean(dim=(2, 3)))


class Unet(nn.Module):
    """Down and up, with skips and a zero last convolution."""

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.ModuleList([nn.Conv2d(a, b, 3, 2, 1) for a, b in ((3, 16), (16, 32))])
        self.up = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2) for a, b in ((32, 16), (32, 16))])
        self.norms = nn.ModuleList([nn.GroupNorm(4, c) for c in (16, 32)])
        self.last = nn.Conv2d(16, 3, 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        kept = []
        for conv, norm in zip(self.down, self.norms):
            x = F.silu(norm(conv(x)))
            kept.append(x)
        x = self.up[0](x)
        return self.last(F.silu(self.up[1](torch.cat([x, kept[0]], dim=1))))


class Transformer(nn.Module):
    """Class token, positions, norms, torch's attention; every layer made anew."""

    def __init__(self, first: bool = True) -> None:
        super().__init__()
        make = partial(nn.TransformerEncoderLayer, 32, 4, 64, batch_first=True, norm_first=first)
        self.token, self.position = nn.Parameter(torch.zeros(1, 1, 32)), nn.Parameter(torch.randn(1, 10, 32) * 0.02)
        self.layers = nn.ModuleList([make() for _ in range(4)])
        self.norm, self.head = nn.LayerNorm(32), nn.Linear(32, 4)
        nn.init.zeros_(self.head.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.cat([self.token.expand(len(x), -1, -1), x], dim=1) + self.position
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x[:, 0]))


def _scaled(gpt: Gpt) -> Gpt:
    for block in gpt.blocks:
        nn.init.normal_(block.out.weight, std=0.02 / math.sqrt(6))
    return gpt


def cases() -> Iterator[Case]:
    """All of them."""
    he, xavier, orthogonal = nn.init.kaiming_normal_, nn.init.xavier_normal_, nn.init.orthogonal_
    tanh = partial(nn.init.xavier_normal_, gain=nn.init.calculate_gain("tanh"))
    yield "He MLP", lambda: Mlp([32] + [64] * 10, init=of(nn.Linear, he)), flat
    yield "He MLP, thirty layers", lambda: Mlp([32] + [64] * 30, init=of(nn.Linear, he)), flat
    yield "He uniform, narrow", lambda: Mlp([32] + [24] * 8, init=of(nn.Linear, nn.init.kaiming_uniform_)), flat
    yield "default MLP, three layers", lambda: Mlp([32, 64, 64, 64]), flat
    yield "default tanh, three layers", lambda: Mlp([32, 64, 64, 64], torch.tanh), flat
    yield "Xavier tanh", lambda: Mlp([32] + [64] * 10, torch.tanh, of(nn.Linear, xavier)), flat
    yield "5/3 tanh", lambda: Mlp([32] + [64] * 10, torch.tanh, of(nn.Linear, tanh)), flat
    yield "orthogonal tanh, twenty", lambda: Mlp([64] * 21, torch.tanh, of(nn.Linear, orthogonal)), partial(flat, 64)
    yield (
        "orthogonal √2 ReLU (PPO)",
        lambda: Mlp([32, 64, 64], init=of(nn.Linear, partial(orthogonal, gain=2**0.5))),
        flat,
    )
    yield "SELU, LeCun", Selu, flat
    yield "one sigmoid layer", lambda: Mlp([32, 64], torch.sigmoid, of(nn.Linear, xavier)), flat
    yield "Xavier, two ReLU layers", lambda: Mlp([32, 64, 64], init=of(nn.Linear, xavier)), flat
    yield "default with batch norm", lambda: Mlp([32] + [64] * 8, norm=nn.BatchNorm1d), flat
    yield (
        "std 0.02 with layer norm",
        lambda: Mlp([32] + [64] * 8, norm=nn.LayerNorm, init=of(nn.Linear, partial(nn.init.normal_, std=0.02))),
        flat,
    )
    yield "GELU with layer norm", lambda: Mlp([32] + [64] * 6, F.gelu, norm=nn.LayerNorm), flat
    yield "CNN, He", lambda: Cnn([3, 16, 32, 32, 64], init=of(DENSE, he)), images
    yield "CNN, default, small", lambda: Cnn([3, 16, 32]), images
    yield "CNN with batch norm, default", lambda: Cnn([3] + [16] * 10, norm=True), images
    yield (
        "CNN with batch norm, std 0.02",
        lambda: Cnn([3] + [32] * 5, norm=True, init=of(DENSE, partial(nn.init.normal_, std=0.02))),
        images,
    )
    yield "CNN, fan_out", lambda: Cnn([3, 16, 32, 64], init=of(DENSE, partial(he, mode="fan_out"))), images
    yield "pre-norm residual", lambda: Residual(12), partial(flat, 24)
    yield "pre-norm residual, He", lambda: Residual(16, init=of(nn.Linear, he)), partial(flat, 24)
    yield "post-norm residual", lambda: Residual(6, norm="post"), partial(flat, 24)
    yield "zero last layers", lambda: Residual(10, zero_last=True), partial(flat, 24)
    yield "scaled branches", lambda: Residual(12, norm="", init=of(nn.Linear, he), scale=0.2), partial(flat, 24)
    yield "default residual without norm", lambda: Residual(6, norm=""), partial(flat, 24)
    yield "GPT, 0.02", Gpt, words
    yield "GPT, tied", lambda: Gpt(tied=True), words
    yield "GPT, scaled projections", lambda: _scaled(Gpt(depth=6)), words
    yield "LoRA", lambda: Lora(nn.init.kaiming_uniform_, nn.init.zeros_), flat
    yield "LoRA, the other factor zero", lambda: Lora(nn.init.zeros_, nn.init.normal_), flat
    yield "adaLN-Zero", Dit, partial(flat, 16)
    yield "Fixup", Fixup, flat
    yield "ReZero", ReZero, flat
    yield "SIREN", Siren, lambda: torch.rand(17, 2) * 2 - 1
    yield "Fourier features", Fourier, lambda: torch.rand(17, 2) * 2 - 1
    yield "squeeze and excitation", Excite, images
    yield "zero queries", Queries, lambda: torch.randn(17, 7, 32)
    yield "momentum teacher", Momentum, flat
    yield "variational autoencoder", Vae, flat
    yield "codebook", Vq, flat
    yield "LSTM", lambda: Tagger(nn.LSTM), words
    yield "GRU, both ways", lambda: Tagger(nn.GRU, bidirectional=True), words
    yield "plain RNN", lambda: Tagger(nn.RNN), words
    yield "depthwise and blur", Separable, images
    yield "U-Net, zero last", Unet, images
    yield "transformer, pre-norm", Transformer, lambda: torch.randn(17, 9, 32)
    yield "transformer, post-norm", lambda: Transformer(False), lambda: torch.randn(17, 9, 32)
