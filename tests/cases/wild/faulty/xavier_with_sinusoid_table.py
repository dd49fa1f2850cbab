"""A large table of plain numbers must not keep the class from being read."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Positions(nn.Module):
    def __init__(self, width, count=200):
        super().__init__()
        self.register_buffer("table", self.make(count, width))

    def make(self, count, width):
        def angles(position):
            return [position / np.power(10000, 2 * (j // 2) / width) for j in range(width)]

        table = np.array([angles(i) for i in range(count)])
        table[:, 0::2] = np.sin(table[:, 0::2])
        table[:, 1::2] = np.cos(table[:, 1::2])
        return torch.FloatTensor(table).unsqueeze(0)

    def forward(self, x):
        return x + self.table[:, : x.size(1)]


class Net(nn.Module):
    def __init__(self, width=512):
        super().__init__()
        self.positions = Positions(width)
        self.fc1 = nn.Linear(width, width)
        self.fc2 = nn.Linear(width, width)
        self.fc3 = nn.Linear(width, 2)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)  # expect-info: xavier-before-relu

    def forward(self, x):
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(self.positions(x))))))
