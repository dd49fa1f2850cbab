"""A language model whose output layer is its embedding, drawn by nn.Embedding from N(0, 1)."""

from __future__ import annotations

import torch
from torch import nn


class LanguageModel(nn.Module):
    """A GRU over words; the same table reads and predicts them."""

    def __init__(self, words: int = 10_000, width: int = 256) -> None:
        super().__init__()
        self.embedding = nn.Embedding(words, width)  # expect: tied-embedding-scale
        nn.init.normal_(self.embedding.weight, std=256**-0.5)
        self.rnn = nn.GRU(width, width, batch_first=True)
        self.norm = nn.LayerNorm(width)
        self.output = nn.Linear(width, words, bias=False)
        self.output.weight = self.embedding.weight

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        states, _ = self.rnn(self.embedding(tokens))
        return self.output(self.norm(states))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return LanguageModel()(torch.randint(0, 10_000, (2, 12)))
