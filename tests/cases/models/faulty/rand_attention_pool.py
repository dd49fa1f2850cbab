import torch
import torch.nn as nn


class MLPScorer(nn.Module):
    def __init__(self, dim=300, hidden=300, classes=5):
        super().__init__()
        self.W1 = nn.Parameter(torch.rand(dim, hidden))  # expect: wrong-fan
        self.b1 = nn.Parameter(torch.zeros(hidden))
        self.out = nn.Linear(hidden, classes)

    def forward(self, x):
        h = torch.relu(x @ self.W1 + self.b1)
        return self.out(h)
