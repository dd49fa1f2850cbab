"""Seeds that make sibling layers equal."""
import torch
import torch.nn as nn


class Ensemble(nn.Module):
    def __init__(self, n=5, d=16, seed=0):
        super().__init__()
        self.members = nn.ModuleList()
        for _ in range(n):
            torch.manual_seed(42)  # expect: reseeded-layers
            self.members.append(nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, 1)))

    def forward(self, x):
        return torch.stack([m(x) for m in self.members]).mean(0)


class Expert(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        torch.manual_seed(0)  # expect: reseeded-layers
        self.up = nn.Linear(d, 2 * d)
        self.down = nn.Linear(2 * d, d)

    def forward(self, x):
        return self.down(torch.relu(self.up(x)))


class MoE(nn.Module):
    def __init__(self, d=32, n=4):
        super().__init__()
        self.gate = nn.Linear(d, n)
        self.experts = nn.ModuleList([Expert(d) for _ in range(n)])

    def forward(self, x):
        w = self.gate(x).softmax(-1)
        return sum(w[..., i:i + 1] * e(x) for i, e in enumerate(self.experts))
