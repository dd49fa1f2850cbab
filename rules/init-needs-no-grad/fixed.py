"""A graph convolution that writes to its weight in place, in autograd's sight: the constructor raises."""

from __future__ import annotations

import math

import torch
from torch import nn


class GraphConv(nn.Module):
    """A layer whose weight is drawn by hand."""

    def __init__(self, inputs: int = 32, outputs: int = 16) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(inputs, outputs))
        self.bias = nn.Parameter(torch.empty(outputs))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        bound = 1 / math.sqrt(self.weight.size(0))
        with torch.no_grad():
            self.weight.uniform_(-bound, bound)  # expect: init-needs-no-grad
        self.bias.data.zero_()

    def forward(self, x: torch.Tensor, adjacency: torch.Tensor) -> torch.Tensor:
        return adjacency @ (x @ self.weight) + self.bias


def example() -> torch.Tensor:
    """Builds the model (which raises RuntimeError) and runs a batch."""
    return GraphConv()(torch.randn(5, 32), torch.eye(5))
