"""An init loop that draws every parameter, the norm's weight among them."""

from __future__ import annotations

import torch
from torch import nn


class Encoder(nn.Module):
    """Word vectors, two layers and a norm before the head."""

    def __init__(self, words: int = 100, dim: int = 64) -> None:
        super().__init__()
        self.embed = nn.Embedding(words, dim)
        self.hidden = nn.Linear(dim, dim)
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, words)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.02)  # expect: non-random-norm-scale

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.head(self.norm(torch.tanh(self.hidden(self.embed(ids)))))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Encoder()(torch.randint(100, (2, 7)))
