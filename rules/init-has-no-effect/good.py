"""The same model; the init asks for the layers that there are, and fills the parameter itself."""

from __future__ import annotations

import torch
from torch import nn


class KeywordNet(nn.Module):
    """Classifies waveforms."""

    def __init__(self, channels: int = 32, keywords: int = 12) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(1, channels, 9, stride=4)
        self.conv2 = nn.Conv1d(channels, channels, 9, stride=4)
        self.head = nn.Linear(channels, keywords)
        for module in self.modules():
            if isinstance(module, nn.Conv1d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        nn.init.normal_(self.head.weight, std=0.01)

    def forward(self, wave: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.conv2(torch.relu(self.conv1(wave))))
        return self.head(x.mean(-1))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return KeywordNet()(torch.randn(2, 1, 400))
