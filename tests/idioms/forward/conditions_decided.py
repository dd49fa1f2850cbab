"""Conditions on attributes, on None and on types that the constructor decides."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, norm="batch", extra=False, mode="sum"):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.norm = nn.BatchNorm1d(8) if norm == "batch" else None
        if extra:
            self.extra = nn.Linear(8, 8)
        self.mode = mode
        self.two = nn.Linear(8, 8)
        self.act = nn.ReLU() if mode == "sum" else None
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        y = self.fc(x)
        if self.norm is not None:
            y = self.norm(y)
        if hasattr(self, "extra"):
            y = self.extra(y)
        if isinstance(self.norm, nn.BatchNorm1d) and not isinstance(self.norm, nn.LayerNorm):
            y = torch.relu(y)
        match self.mode:
            case "sum":
                y = y + self.two(x)
            case "cat":
                y = torch.cat([y, self.two(x)], -1)
        y = y if self.act is None else self.act(y)
        return self.out(y), None


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]

