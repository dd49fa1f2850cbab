"""A model as the project's own rule wants it."""

from __future__ import annotations

import torch
from torch import nn


class Scorer(nn.Module):
    """Scores a vector."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.hidden = nn.Linear(width, width)
        self.score = nn.Linear(width, 1)
        nn.init.kaiming_normal_(self.hidden.weight, nonlinearity="relu")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.score(torch.relu(self.hidden(x)))
