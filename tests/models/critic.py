"""A Wasserstein critic with spectral norm (Miyato et al. 2018) on some of its layers."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn.utils import spectral_norm


class Critic(nn.Module):
    def __init__(self, channels: int = 3, width: int = 32) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, width, 4, 2, 1)
        self.second = spectral_norm(nn.Conv2d(width, 2 * width, 4, 2, 1))
        self.third = spectral_norm(nn.Conv2d(2 * width, 4 * width, 4, 2, 1))
        self.act = nn.LeakyReLU(0.2)
        self.score = nn.Linear(4 * width, 1, bias=False)
        nn.init.normal_(self.first.weight, 0, 0.02)
        nn.init.zeros_(self.first.bias)
        nn.init.orthogonal_(self.score.weight)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        x = self.act(self.first(image))
        x = self.act(self.second(x))
        x = self.act(self.third(x))
        return self.score(x.mean(dim=(2, 3)))
