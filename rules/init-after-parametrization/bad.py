"""Weight standardisation by a parametrisation; the layers' weights are then drawn, in vain."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn.utils import parametrize


class Centred(nn.Module):
    """Takes the mean off each unit's weights."""

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        return weight - weight.mean(dim=(1, 2), keepdim=True)


class Upsampler(nn.Module):
    """From a spectrogram to a waveform."""

    def __init__(self, mels: int = 20, channels: int = 16) -> None:
        super().__init__()
        self.inner = nn.Conv1d(mels, channels, 7, padding=3)
        self.outer = nn.Conv1d(channels, 1, 7, padding=3)
        for conv in (self.inner, self.outer):
            parametrize.register_parametrization(conv, "weight", Centred())
            nn.init.normal_(conv.weight, std=0.1)  # expect: init-after-parametrization

    def forward(self, mel: torch.Tensor) -> torch.Tensor:
        return torch.tanh(self.outer(torch.nn.functional.leaky_relu(self.inner(mel), 0.1)))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Upsampler()(torch.randn(2, 20, 8))
