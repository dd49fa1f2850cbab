"""The usual loop, matrices Xavier and vectors zero, in a model whose vectors are norm weights, too."""

import torch
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, dim=64, classes=10):
        super().__init__()
        self.conv1 = nn.Conv1d(1, dim, 5, padding=2)
        self.bn1 = nn.BatchNorm1d(dim)
        self.conv2 = nn.Conv1d(dim, dim, 5, padding=2)
        self.bn2 = nn.BatchNorm1d(dim)
        self.fc = nn.Linear(dim, classes)
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)
            else:
                nn.init.zeros_(p)  # expect: non-random-norm-scale

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = torch.relu(self.bn2(self.conv2(x)))
        return self.fc(x.mean(-1))
