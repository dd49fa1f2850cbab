import torch
import torch.nn as nn


class Ensemble(nn.Module):
    def __init__(self, n=3):
        super().__init__()
        net = nn.Sequential(nn.Linear(10, 64), nn.ReLU(), nn.Linear(64, 1))
        self.members = nn.ModuleList()
        while len(self.members) < n:
            self.members.append(net)  # expect: shared-instance

    def forward(self, x):
        return torch.stack([m(x) for m in self.members]).mean(0)
