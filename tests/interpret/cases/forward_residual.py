"""Residual connections, in the spellings that people use."""

import torch
from torch import nn

SHAPES = {"Plus": (2, 4), "InPlace": (2, 4), "Method": (2, 4), "Scaled": (2, 4), "Stacked": (2, 4)}


class Plus(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(4)
        self.fc1 = nn.Linear(4, 8)
        self.fc2 = nn.Linear(8, 4)

    def forward(self, x):
        return x + self.fc2(torch.relu(self.fc1(self.norm(x))))


class InPlace(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(4, 4)
        self.fc2 = nn.Linear(4, 4)
        self.short = nn.Linear(4, 4)

    def forward(self, x):
        identity = self.short(x)
        out = self.fc2(torch.relu(self.fc1(x)))
        out += identity
        return torch.relu(out)


class Method(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        x = x.add(self.fc(x))
        return torch.add(x, self.fc(x), alpha=0.5)


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.gamma = nn.Parameter(torch.full((4,), 1e-6))

    def forward(self, x):
        return x + self.gamma * self.fc(x)


class Stacked(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Plus() for _ in range(2)])
        self.head = nn.Linear(4, 1)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.head(x)
