"""An LSTM whose bias for the forget gate lands on the cell candidate."""

from __future__ import annotations

import torch
from torch import nn


class Tagger(nn.Module):
    """A tag for each word."""

    def __init__(self, dim: int = 16, hidden: int = 32, tags: int = 5) -> None:
        super().__init__()
        self.rnn = nn.LSTM(dim, hidden, batch_first=True)
        self.out = nn.Linear(hidden, tags)
        for name, parameter in self.rnn.named_parameters():
            if name.startswith("bias"):
                n = parameter.size(0)
                nn.init.zeros_(parameter)
                parameter.data[parameter.size(0) // 4 : parameter.size(0) // 2].fill_(0.5)  # expect: forget-gate-bias

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.out(self.rnn(x)[0])


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Tagger()(torch.randn(2, 7, 16))
