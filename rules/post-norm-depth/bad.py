"""A language model of 18 post-norm layers."""

from __future__ import annotations

import torch
from torch import nn


class Block(nn.Module):
    """The layer of the first Transformer: each norm stands behind its sum."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norm1 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.norm2 = nn.LayerNorm(width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.norm1(x + self.attention(x, x, x, need_weights=False)[0])
        return self.norm2(x + self.mlp(x))


class Language(nn.Module):
    """Predicts the next of 256 symbols."""

    def __init__(self, symbols: int = 256, width: int = 64, heads: int = 4, layers: int = 18) -> None:
        super().__init__()
        self.embed = nn.Embedding(symbols, width)
        self.blocks = nn.ModuleList([Block(width, heads) for _ in range(layers)])  # expect: post-norm-depth
        self.head = nn.Linear(width, symbols)

    def forward(self, symbols: torch.Tensor) -> torch.Tensor:
        x = self.embed(symbols)
        for block in self.blocks:
            x = block(x)
        return self.head(x)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Language()(torch.randint(256, (4, 32)))
