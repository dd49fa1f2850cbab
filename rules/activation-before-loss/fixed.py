"""A classifier that returns probabilities, and a loss that wants logits."""

from __future__ import annotations

import torch
from torch import nn


class Digits(nn.Module):
    """Two layers over 64 pixels."""

    def __init__(self, hidden: int = 64, classes: int = 10) -> None:
        super().__init__()
        self.hidden = nn.Linear(64, hidden)
        self.out = nn.Linear(hidden, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.out(torch.relu(self.hidden(x)))  # expect: activation-before-loss


def train(steps: int = 5) -> torch.Tensor:
    """The loss after some steps on one batch."""
    model = Digits()
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    images, labels = torch.randn(32, 64), torch.randint(10, (32,))
    for _ in range(steps):
        outputs = model(images)
        loss = criterion(outputs, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss


def example() -> torch.Tensor:
    """Builds the model and trains it a little."""
    return train()
