"""An init loop that zeroes a bias which the convolution doesn't have: the constructor raises."""

from __future__ import annotations

import torch
from torch import nn


class Stem(nn.Module):
    """A convolution without bias in front of a norm."""

    def __init__(self, channels: int = 16) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, channels, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                if module.bias is not None:
                    nn.init.zeros_(module.bias)  # expect: init-of-missing-bias

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.norm(self.conv(x)))


def example() -> torch.Tensor:
    """Builds the model (which raises AttributeError) and runs a batch."""
    return Stem()(torch.randn(2, 3, 8, 8))
