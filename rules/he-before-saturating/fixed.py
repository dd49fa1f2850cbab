"""A hardtanh network, as trained before binarising its activations, with weights drawn for ReLU."""

from __future__ import annotations

import torch
from torch import nn


class HardtanhNet(nn.Module):
    """Eight hidden layers with hardtanh."""

    def __init__(self, features: int = 64, width: int = 128, classes: int = 10) -> None:
        super().__init__()
        sizes = [features] + [width] * 8
        self.hidden = nn.ModuleList([nn.Linear(sizes[i], sizes[i + 1]) for i in range(8)])
        self.logits = nn.Linear(width, classes)
        for layer in self.hidden:
            nn.init.xavier_normal_(layer.weight)  # expect: he-before-saturating
            nn.init.zeros_(layer.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.hidden:
            x = nn.functional.hardtanh(layer(x))
        return self.logits(x)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return HardtanhNet()(torch.randn(8, 64))
