"""A noisy layer whose reset runs inside nn.Linear's constructor, before its sigma is there: it raises."""

from __future__ import annotations

import torch
from torch import nn


class NoisyLinear(nn.Linear):
    """A layer with learnt noise on its outputs."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs)
        self.sigma = nn.Parameter(torch.empty(outputs))

    def reset_parameters(self) -> None:
        super().reset_parameters()
        nn.init.constant_(self.sigma, 0.017)  # expect: init-order-in-reset

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        noise = self.sigma * torch.randn_like(self.sigma)
        return super().forward(x) + noise


class QNet(nn.Module):
    """Values of four actions."""

    def __init__(self) -> None:
        super().__init__()
        self.out = NoisyLinear(8, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.out(x)


def example() -> torch.Tensor:
    """Builds the model (which raises AttributeError) and runs a batch."""
    return QNet()(torch.randn(2, 8))
