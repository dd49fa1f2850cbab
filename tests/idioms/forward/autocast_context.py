"""Code under with statements, assertions, prints and shape checks."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)
        self.b = nn.Linear(8, 8)
        self.c = nn.Linear(8, 2)

    def forward(self, x):
        assert x.dim() == 2, f"expected 2 dimensions, got {x.dim()}"
        if x.shape[-1] != 8:
            raise ValueError("wrong width")
        with torch.autocast("cpu", enabled=False):
            x = torch.relu(self.a(x.float()))
        with torch.no_grad():
            y = torch.tanh(self.b(x)).to(x.dtype)
        return self.c(y.type_as(x).to(x.device))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
