"""A classifier whose head is drawn from N(0, 0.3): the loss starts at six times that of guessing."""

from __future__ import annotations

import torch
from torch import nn


class Classifier(nn.Module):
    """A hidden layer and a softmax over 100 classes."""

    def __init__(self, inputs: int = 128, hidden: int = 512, classes: int = 100) -> None:
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.head = nn.Linear(hidden, classes)
        nn.init.kaiming_normal_(self.hidden.weight, nonlinearity="relu")
        nn.init.normal_(self.head.weight, std=0.01)  # expect: initial-loss

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.log_softmax(self.head(torch.relu(self.hidden(x))), dim=-1)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Classifier()(torch.randn(8, 128))
