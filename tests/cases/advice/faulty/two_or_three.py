"""Two Xavier layers in a row are advice; a third one anywhere on the way makes it a warning."""

import torch
import torch.nn.functional as F
from torch import nn


class TwoAndTwo(nn.Module):
    """Two critics side by side, each of two hidden layers."""

    def __init__(self, inputs=20, width=256):
        super().__init__()
        self.a1, self.a2, self.a3 = nn.Linear(inputs, width), nn.Linear(width, width), nn.Linear(width, 1)
        self.b1, self.b2, self.b3 = nn.Linear(inputs, width), nn.Linear(width, width), nn.Linear(width, 1)
        for layer in self.children():
            nn.init.xavier_uniform_(layer.weight)  # expect-info: xavier-before-relu

    def forward(self, x):
        return self.a3(F.relu(self.a2(F.relu(self.a1(x))))), self.b3(F.relu(self.b2(F.relu(self.b1(x)))))


class TwoBehindTwo(nn.Module):
    """Two before a bottleneck that the input joins, and two behind it."""

    def __init__(self, inputs=20, width=256):
        super().__init__()
        self.a1, self.a2, self.code = nn.Linear(inputs, width), nn.Linear(width, width), nn.Linear(width, width)
        self.b1, self.b2, self.out = nn.Linear(width + inputs, width), nn.Linear(width, width), nn.Linear(width, 1)
        for layer in self.children():
            nn.init.xavier_uniform_(layer.weight)  # expect: xavier-before-relu

    def forward(self, x):
        code = self.code(F.relu(self.a2(F.relu(self.a1(x)))))
        return self.out(F.relu(self.b2(F.relu(self.b1(torch.cat([code, x], -1))))))
