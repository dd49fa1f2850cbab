"""Gains and hand-written scales that fit, or that something takes back."""

import math

import torch
from torch import nn


class GeluNet(nn.Module):
    """calculate_gain has no GELU; ReLU's is near enough."""

    def __init__(self, width=128):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(width, width) for _ in range(6))
        for layer in self.layers:
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        for layer in self.layers:
            x = nn.functional.gelu(layer(x))
        return x


class Leaky(nn.Module):
    """The slope that the activation has."""

    def __init__(self, width=64):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(width, width), nn.LeakyReLU(0.2), nn.Linear(width, width), nn.LeakyReLU(0.2),
            nn.Linear(width, width), nn.LeakyReLU(0.2), nn.Linear(width, width), nn.LeakyReLU(0.2),
        )
        for m in self.body.modules():
            if isinstance(m, nn.Linear):
                nn.init.kaiming_uniform_(m.weight, a=0.2)

    def forward(self, x):
        return self.body(x)


class Normed(nn.Module):
    """torch's own reset_parameters written out, N(0, 1), N(0, 0.001): a norm takes them all back."""

    def __init__(self, width=256):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width)
        self.na, self.nb, self.nc = nn.LayerNorm(width), nn.BatchNorm1d(width), nn.LayerNorm(width)
        nn.init.kaiming_uniform_(self.a.weight, a=math.sqrt(5))
        nn.init.normal_(self.b.weight)
        nn.init.normal_(self.c.weight, std=0.001)

    def forward(self, x):
        x = torch.relu(self.na(self.a(x)))
        x = torch.relu(self.nb(self.b(x)))
        return torch.relu(self.nc(self.c(x)))


class Tables(nn.Module):
    """Tables, tokens and frozen features of N(0, 1): nothing sums over them, or nothing learns them."""

    def __init__(self, width=256, features=512):
        super().__init__()
        self.token = nn.Parameter(torch.randn(1, 1, width))
        self.position = nn.Parameter(torch.randn(1, 64, width))
        self.register_buffer("frequencies", torch.randn(2, features))
        self.mix = nn.Linear(width, width)
        self.out = nn.Linear(2 * features, width)

    def forward(self, x, at):
        waves = at @ self.frequencies
        waves = torch.cat([waves.sin(), waves.cos()], dim=-1)
        return self.mix(x + self.position + self.token) + self.out(waves)


class Actor(nn.Module):
    """Two tanh layers with gain √2, as reinforcement learning has them, and a small last layer."""

    def __init__(self, state=17, actions=6):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(state, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh())
        self.mean = nn.Linear(64, actions)
        for m in self.body:
            if isinstance(m, nn.Linear):
                nn.init.orthogonal_(m.weight, 2**0.5)
        nn.init.orthogonal_(self.mean.weight, 0.01)

    def forward(self, state):
        return self.mean(self.body(state))


class Dcgan(nn.Module):
    """N(0, 0.02) with batch norm."""

    def __init__(self, ngf=64):
        super().__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(100, ngf * 8, 4, 1, 0, bias=False), nn.BatchNorm2d(ngf * 8), nn.ReLU(True),
            nn.ConvTranspose2d(ngf * 8, ngf * 4, 4, 2, 1, bias=False), nn.BatchNorm2d(ngf * 4), nn.ReLU(True),
            nn.ConvTranspose2d(ngf * 4, ngf * 2, 4, 2, 1, bias=False), nn.BatchNorm2d(ngf * 2), nn.ReLU(True),
            nn.ConvTranspose2d(ngf * 2, 3, 4, 2, 1, bias=False), nn.Tanh(),
        )
        self.apply(weights_init)

    def forward(self, z):
        return self.main(z)


def weights_init(m):
    if "Conv" in m.__class__.__name__:
        nn.init.normal_(m.weight.data, 0.0, 0.02)
    elif "BatchNorm" in m.__class__.__name__:
        nn.init.normal_(m.weight.data, 1.0, 0.02)
        nn.init.constant_(m.bias.data, 0)


def example():
    Normed()(torch.randn(4, 256))
    Dcgan()(torch.randn(2, 100, 1, 1))
    Tables()(torch.randn(2, 64, 256), torch.randn(2, 64, 2))
    return Leaky()(torch.randn(4, 64))
