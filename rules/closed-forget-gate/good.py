"""A tagger whose LSTM starts by remembering."""

from __future__ import annotations

import torch
from torch import nn


class Tagger(nn.Module):
    """Tags each word of a sentence."""

    def __init__(self, words: int = 1000, width: int = 64, tags: int = 12) -> None:
        super().__init__()
        self.embed = nn.Embedding(words, width)
        self.lstm = nn.LSTM(width, width, batch_first=True)
        for name, parameter in self.lstm.named_parameters():
            if "bias_hh" in name:
                nn.init.ones_(parameter.data[parameter.numel() // 4 : parameter.numel() // 2])
        self.out = nn.Linear(width, tags)

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        states, _ = self.lstm(self.embed(words))
        return self.out(states)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Tagger()(torch.randint(1000, (4, 20)))
