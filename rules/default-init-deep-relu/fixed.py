"""A sixteen-layer ReLU network as PyTorch initialises it: its last hidden layer hardly sees the input."""

from __future__ import annotations

import torch
from torch import nn


class SpectrumClassifier(nn.Module):
    """Classifies spectra with a deep plain network."""

    def __init__(self, bands: int = 200, width: int = 256, depth: int = 16, classes: int = 9) -> None:
        super().__init__()
        self.stem = nn.Linear(bands, width)  # expect: default-init-deep-relu
        self.hidden = nn.ModuleList(nn.Linear(width, width) for _ in range(depth - 1))
        self.logits = nn.Linear(width, classes)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                nn.init.zeros_(module.bias)

    def forward(self, spectrum: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.stem(spectrum))
        for layer in self.hidden:
            x = torch.relu(layer(x))
        return self.logits(x)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return SpectrumClassifier()(torch.randn(8, 200))
