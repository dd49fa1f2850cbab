"""Ein Modell für eingefrorene Merkmale, in Latin-1 ohne Angabe."""  # expect: unreadable-file

import torch
from torch import nn


class Probe(nn.Module):
    """A linear probe on frozen features."""

    def __init__(self, features: int = 512, classes: int = 10) -> None:
        super().__init__()
        self.logits = nn.Linear(features, classes)
        nn.init.normal_(self.logits.weight, std=0.01)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.logits(x)


def example() -> torch.Tensor:
    """Builds the model and runs a batch."""
    return Probe()(torch.randn(2, 512))
