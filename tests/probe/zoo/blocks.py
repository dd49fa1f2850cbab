"""Parts that both kinds of models are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch
from torch import nn

Init = Callable[[nn.Module], None]


class Mlp(nn.Module):
    """A chain of linear layers with an activation behind each, and a head."""

    def __init__(
        self, sizes: Sequence[int], activation: Callable[[torch.Tensor], torch.Tensor] = torch.relu,
        init: Init | None = None, norm: type[nn.Module] | None = None, out: int = 3, bias: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b, bias=bias) for a, b in zip(sizes, sizes[1:])])
        self.norms = nn.ModuleList([norm(b) if norm is not None else nn.Identity() for b in sizes[1:]])  # type: ignore[call-arg]
        self.head = nn.Linear(sizes[-1], out)
        self.activation = activation
        if init is not None:
            self.apply(init)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer, norm in zip(self.layers, self.norms):
            x = self.activation(norm(layer(x)))
        return self.head(x)


class Cnn(nn.Module):
    """Convolutions, pooling on the way, a mean, and a head."""

    def __init__(
        self, channels: Sequence[int] = (3, 16, 32, 32), norm: bool = False, init: Init | None = None,
        activation: Callable[[torch.Tensor], torch.Tensor] = torch.relu, pool: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(a, b, 3, padding=1) for a, b in zip(channels, channels[1:])])
        self.norms = nn.ModuleList([nn.BatchNorm2d(b) if norm else nn.Identity() for b in channels[1:]])
        self.head = nn.Linear(channels[-1], 10)
        self.activation, self.pool = activation, pool
        if init is not None:
            self.apply(init)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for index, (conv, norm) in enumerate(zip(self.convs, self.norms)):
            x = self.activation(norm(conv(x)))
            if self.pool and index % 2 == 0 and x.shape[-1] > 2:
                x = nn.functional.max_pool2d(x, 2)
        return self.head(x.mean(dim=(2, 3)))


class Residual(nn.Module):
    """Residual blocks of two layers: without norm, with one before each branch, or behind each sum."""

    def __init__(
        self, depth: int = 8, width: int = 48, norm: str = "pre", init: Init | None = None, zero_last: bool = False,
        scale: float = 1.0,
    ) -> None:  # fmt: skip
        super().__init__()
        self.stem = nn.Linear(24, width)
        self.first = nn.ModuleList([nn.Linear(width, 2 * width) for _ in range(depth)])
        self.second = nn.ModuleList([nn.Linear(2 * width, width) for _ in range(depth)])
        self.norms = nn.ModuleList([nn.LayerNorm(width) if norm else nn.Identity() for _ in range(depth)])
        self.last = nn.LayerNorm(width) if norm == "pre" else nn.Identity()
        self.head = nn.Linear(width, 5)
        self.norm, self.scale = norm, scale
        if init is not None:
            self.apply(init)
        if zero_last:
            for layer in self.second:
                nn.init.zeros_(layer.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for first, second, norm in zip(self.first, self.second, self.norms):
            if self.norm == "post":
                x = norm(x + second(torch.relu(first(x))))
            else:
                x = x + self.scale * second(torch.relu(first(norm(x))))
        return self.head(self.last(x))


class Gpt(nn.Module):
    """A small decoder with pre-norm blocks."""

    def __init__(
        self, width: int = 32, depth: int = 3, tokens: int = 60, std: float = 0.02, tied: bool = False
    ) -> None:
        super().__init__()
        self.embed = nn.Embedding(tokens, width)
        self.position = nn.Parameter(torch.zeros(1, 16, width))
        self.blocks = nn.ModuleList([Block(width) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, tokens, bias=False)
        if tied:
            self.head.weight = self.embed.weight
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                nn.init.normal_(module.weight, std=std)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        x = self.embed(tokens) + self.position[:, : tokens.shape[1]]
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


class Block(nn.Module):
    """Attention and a two-layer network, each behind a norm."""

    def __init__(self, width: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.one, self.two = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        b, t, c = x.shape
        q, k, v = self.qkv(self.one(x)).view(b, t, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-2, -1) / math.sqrt(c // self.heads)
        scores = scores.masked_fill(torch.ones(t, t, dtype=torch.bool, device=x.device).triu(1), float("-inf"))
        x = x + self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, c))
        return x + self.down(nn.functional.gelu(self.up(self.two(x))))


def of(
    kind: type[nn.Module] | tuple[type[nn.Module], ...], fill: Callable[[torch.Tensor], object], zero: bool = True
) -> Init:
    """An init for ``apply``: fills weights of these layers, and zeroes their biases."""

    def init(module: nn.Module) -> None:
        if isinstance(module, kind):
            fill(module.weight)  # type: ignore[arg-type]
            if zero and module.bias is not None:
                nn.init.zeros_(module.bias)  # type: ignore[arg-type]

    return init


DENSE = (nn.Linear, nn.Conv2d, nn.Conv1d)
