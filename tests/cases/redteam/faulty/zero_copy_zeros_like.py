"""Weights overwritten with zeros through copy_ under no_grad."""

import torch
import torch.nn as nn


def blank(layer: nn.Linear) -> nn.Linear:
    with torch.no_grad():
        layer.weight.copy_(torch.zeros_like(layer.weight))  # expect: zero-weight-init
        layer.bias.copy_(torch.zeros(layer.out_features))
    return layer


class Gate(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.a = blank(nn.Linear(d, d))
        self.b = nn.Linear(d, d)

    def forward(self, x):
        return self.b(torch.nn.functional.silu(self.a(x)))


def example():
    return Gate()(torch.randn(4, 16))
