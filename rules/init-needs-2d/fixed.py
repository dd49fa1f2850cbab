"""An encoder that gives Xavier every parameter, its biases and norm weights included: the constructor raises."""

from __future__ import annotations

import torch
from torch import nn


class SentenceEncoder(nn.Module):
    """Two tanh layers over pooled word vectors."""

    def __init__(self, dim: int = 64, out: int = 32) -> None:
        super().__init__()
        self.hidden = nn.Linear(dim, dim)
        self.out = nn.Linear(dim, out)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)  # expect: init-needs-2d

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        return self.out(torch.tanh(self.hidden(words.mean(dim=1))))


def example() -> torch.Tensor:
    """Builds the model (which raises ValueError) and runs a batch."""
    return SentenceEncoder()(torch.randn(2, 7, 64))
