"""A graph convolution whose weight is drawn, and whose bias is what memory held."""

from __future__ import annotations

import math

import torch
from torch import nn


class GraphConvolution(nn.Module):
    """A layer on a graph's nodes."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(inputs, outputs))
        self.bias = nn.Parameter(torch.empty(outputs))  # expect: half-initialised
        nn.init.zeros_(self.bias)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        bound = 1 / math.sqrt(self.weight.size(0))
        nn.init.uniform_(self.weight, -bound, bound)

    def forward(self, x: torch.Tensor, adjacency: torch.Tensor) -> torch.Tensor:
        return adjacency @ (x @ self.weight) + self.bias


def example() -> torch.Tensor:
    """Builds the layer and runs a graph."""
    return GraphConvolution(8, 4)(torch.randn(5, 8), torch.eye(5))
