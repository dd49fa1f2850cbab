"""Fully connected networks: activations, inits, residual blocks, gates, mixtures of what people write."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = {
    "relu": nn.ReLU, "tanh": nn.Tanh, "gelu": nn.GELU, "silu": nn.SiLU, "selu": nn.SELU, "elu": nn.ELU,
    "sigmoid": nn.Sigmoid, "softplus": nn.Softplus, "mish": nn.Mish, "leaky": nn.LeakyReLU, "hardswish": nn.Hardswish,
}  # fmt: skip


class Plain(nn.Module):
    """A chain of square layers; ``gain`` is fan_in·Var(W), 0 for torch's default."""

    def __init__(self, depth: int = 8, width: int = 256, activation: str = "relu", gain: float = 2.0) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.activation = ACTIVATIONS[activation]()
        self.head = nn.Linear(width, 10)
        if gain:
            for layer in self.layers:
                nn.init.normal_(layer.weight, std=math.sqrt(gain / width))
                nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = self.activation(layer(x))
        return self.head(x)


class Tapered(nn.Module):
    """Widths that change, Xavier's init, and a bias that is no small one."""

    def __init__(self, sizes: tuple[int, ...] = (64, 512, 256, 128, 300, 10), bias: float = 0.3) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        for layer in self.layers:
            nn.init.xavier_normal_(layer.weight)
            nn.init.normal_(layer.bias, std=bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers[:-1]:
            x = torch.tanh(layer(x))
        return self.layers[-1](x)


class Residual(nn.Module):
    """Residual blocks of two layers; without norm, with one before the branch or with one after the sum."""

    def __init__(self, depth: int = 6, width: int = 128, norm: str = "", scale: float = 1.0) -> None:
        super().__init__()
        self.norm, self.scale = norm, scale
        self.stem = nn.Linear(64, width)
        self.first = nn.ModuleList([nn.Linear(width, 2 * width) for _ in range(depth)])
        self.second = nn.ModuleList([nn.Linear(2 * width, width) for _ in range(depth)])
        self.norms = nn.ModuleList([nn.LayerNorm(width) if norm else nn.Identity() for _ in range(depth)])
        self.head = nn.Linear(width, 10)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.kaiming_normal_(module.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for first, second, norm in zip(self.first, self.second, self.norms):
            if self.norm == "post":
                x = norm(x + self.scale * second(F.relu(first(x))))
            else:
                x = x + self.scale * second(F.relu(first(norm(x))))
        return self.head(x)


class Gated(nn.Module):
    """SwiGLU by chunk, a highway gate, an activation of one's own and a product of a value with itself."""

    def __init__(self, width: int = 128) -> None:
        super().__init__()
        self.packed = nn.Linear(width, 4 * width)
        self.back = nn.Linear(2 * width, width)
        self.gate = nn.Linear(width, width)
        self.candidate = nn.Linear(width, width)
        self.own = nn.Linear(width, width)
        self.squared = nn.Linear(width, width)
        self.head = nn.Linear(width, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a, b = self.packed(x).chunk(2, dim=-1)
        x = self.back(F.silu(a) * b)
        gate = torch.sigmoid(self.gate(x))
        x = gate * torch.tanh(self.candidate(x)) + (1 - gate) * x
        y = self.own(x)
        x = y * torch.sigmoid(1.7 * y) + 0.1 * y
        z = self.squared(x)
        return self.head(z * z - z + torch.exp(-z))


class Dense(nn.Module):
    """Every layer reads all before it."""

    def __init__(self, width: int = 64, growth: int = 32, depth: int = 5) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width + index * growth, growth) for index in range(depth)])
        self.head = nn.Linear(width + depth * growth, 10)
        for layer in self.layers:
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found = [x]
        for layer in self.layers:
            found.append(layer(F.relu(torch.cat(found, dim=1))))
        return self.head(torch.cat(found, dim=1))


class Normed(nn.Module):
    """Each norm in turn between the layers, γ not always one."""

    def __init__(self, width: int = 128) -> None:
        super().__init__()
        self.one, self.two = nn.Linear(64, width), nn.Linear(width, width)
        self.three, self.four = nn.Linear(width, width), nn.Linear(width, width)
        self.batch, self.layer = nn.BatchNorm1d(width), nn.LayerNorm(width)
        self.group = nn.GroupNorm(4, width)
        nn.init.constant_(self.layer.weight, 0.5)
        nn.init.uniform_(self.group.weight, 0.0, 2.0)
        self.head = nn.Linear(width, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.batch(self.one(x)))
        x = F.gelu(self.layer(self.two(x)))
        x = torch.tanh(self.group(self.three(x)))
        x = self.four(x)
        x = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6)
        return self.head(x)


class Autoencoder(nn.Module):
    """A narrow middle, torch's defaults, a sigmoid at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(196, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 16))
        self.decoder = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 196), nn.Sigmoid())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.decoder(self.encoder(x))


class Orthogonal(nn.Module):
    """Orthogonal layers with √2, as for actors and critics; the last one small."""

    def __init__(self, depth: int = 4, width: int = 64) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for _ in range(depth):
            layer = nn.Linear(width, width)
            nn.init.orthogonal_(layer.weight, math.sqrt(2))
            nn.init.zeros_(layer.bias)
            layers += [layer, nn.Tanh()]
        self.body = nn.Sequential(*layers)
        self.actor, self.critic = nn.Linear(width, 6), nn.Linear(width, 1)
        nn.init.orthogonal_(self.actor.weight, 0.01)
        nn.init.orthogonal_(self.critic.weight, 1.0)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = self.body(x)
        return self.actor(x), self.critic(x)
