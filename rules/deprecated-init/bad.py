"""A recurrent tagger written for an early PyTorch."""

from __future__ import annotations

import torch
from torch import nn


class Tagger(nn.Module):
    """Embeds words, reads them with a GRU and scores the tags."""

    def __init__(self, words: int = 1000, dim: int = 64, tags: int = 12) -> None:
        super().__init__()
        self.embed = nn.Embedding(words, dim)
        self.gru = nn.GRU(dim, dim, batch_first=True)
        self.scores = nn.Linear(dim, tags)
        nn.init.orthogonal(self.gru.weight_hh_l0)  # expect: deprecated-init
        nn.init.xavier_uniform(self.scores.weight)  # expect: deprecated-init
        torch.nn.init.constant(self.scores.bias, 0)  # expect: deprecated-init

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        states, _ = self.gru(self.embed(words))
        return self.scores(states)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Tagger()(torch.randint(0, 1000, (2, 7)))
