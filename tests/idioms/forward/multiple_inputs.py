"""Several inputs, some optional, some by keyword."""

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.image = nn.Linear(8, 16)
        self.text = nn.Embedding(20, 16)
        self.fuse = nn.Linear(32, 16)
        self.extra = nn.Linear(4, 16)
        self.out = nn.Linear(16, 2)

    def forward(self, image, tokens, extra=None):
        a = torch.relu(self.image(image))
        b = self.text(tokens).mean(1)
        x = self.fuse(torch.cat([a, b], dim=-1))
        if extra is not None:
            x = x + self.extra(extra)
        return self.out(torch.relu(x))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8), torch.randint(0, 20, (3, 5))]
