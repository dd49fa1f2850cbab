"""A language model of 16 blocks, all of whose matrices are drawn alike."""

from __future__ import annotations

import torch
from torch import nn


class Block(nn.Module):
    """A pre-norm block."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.project = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.norm1(x)
        x = x + self.project(self.attention(y, y, y, need_weights=False)[0])
        return x + self.down(torch.nn.functional.gelu(self.up(self.norm2(x))))


class Language(nn.Module):
    """Predicts the next of 256 symbols."""

    def __init__(self, symbols: int = 256, width: int = 64, heads: int = 4, layers: int = 16) -> None:
        super().__init__()
        self.embed = nn.Embedding(symbols, width)
        self.blocks = nn.ModuleList([Block(width, heads) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, symbols)
        self.apply(self.fill)

    def fill(self, module: nn.Module) -> None:
        """Every matrix from N(0, 0.1)."""
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, std=0.1)  # expect: unscaled-residual-projection
        if isinstance(module, nn.Linear) and module.bias is not None:
            nn.init.zeros_(module.bias)

    def forward(self, symbols: torch.Tensor) -> torch.Tensor:
        x = self.embed(symbols)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Language()(torch.randint(256, (4, 32)))
