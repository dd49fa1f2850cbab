"""The same encoder: Xavier for matrices, zeros for vectors."""

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
                nn.init.xavier_uniform_(p)
            else:
                nn.init.zeros_(p)

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        return self.out(torch.tanh(self.hidden(words.mean(dim=1))))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return SentenceEncoder()(torch.randn(2, 7, 64))
