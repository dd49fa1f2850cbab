"""An agent whose critic keeps the default: its line was copied from the actor's."""

from __future__ import annotations

import torch
from torch import nn


class Agent(nn.Module):
    """A policy and a value on one trunk."""

    def __init__(self, observations: int = 8, actions: int = 4, width: int = 64) -> None:
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(observations, width), nn.Tanh())
        self.actor = nn.Linear(width, actions)
        self.critic = nn.Linear(width, 1)
        nn.init.orthogonal_(self.actor.weight, gain=0.01)
        nn.init.orthogonal_(self.critic.weight, gain=1.0)  # expect: sibling-left-out

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = self.trunk(x)
        return self.actor(x), self.critic(x)


def example() -> tuple[torch.Tensor, torch.Tensor]:
    """Builds the model and runs a batch."""
    return Agent()(torch.randn(2, 8))
