"""Parts that run in training only."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 8)
        self.fc2 = nn.Linear(8, 4)
        self.aux = nn.Linear(8, 4)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.dropout(x, p=0.1, training=self.training)
        out = self.fc2(x)
        if self.training:
            aux = self.aux(x)
            return out, aux
        return out


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
