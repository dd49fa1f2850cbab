"""What a function returns to a class is judged inside that class: here a residual block's branch, and its last layer
starts at zero."""

import torch
from torch import nn


def branch(width):
    layers = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
    nn.init.zeros_(layers[-1].weight)
    return layers


def block_of_unknown_place(width):
    """Returned to whoever asks: what stands before and behind it isn't known."""
    return nn.Sequential(nn.Linear(width, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU())


class Net(nn.Module):
    def __init__(self, width=64, depth=12):
        super().__init__()
        self.blocks = nn.ModuleList(branch(width) for _ in range(depth))
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        for block in self.blocks:
            x = x + block(x)
        return self.head(x)


def train(batches, lr=1e-3):
    model = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2))
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for x, y in batches:
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
