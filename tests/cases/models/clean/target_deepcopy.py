import copy
import torch
import torch.nn as nn


class BYOL(nn.Module):
    def __init__(self, d=256, m=0.99):
        super().__init__()
        self.online = nn.Sequential(nn.Linear(512, d), nn.BatchNorm1d(d), nn.ReLU(), nn.Linear(d, d))
        self.predictor = nn.Sequential(nn.Linear(d, d), nn.BatchNorm1d(d), nn.ReLU(), nn.Linear(d, d))
        self.target = copy.deepcopy(self.online)
        for p in self.target.parameters():
            p.requires_grad = False
        self.m = m

    @torch.no_grad()
    def update(self):
        for o, t in zip(self.online.parameters(), self.target.parameters()):
            t.data.mul_(self.m).add_(o.data, alpha=1 - self.m)

    def forward(self, a, b):
        p = self.predictor(self.online(a))
        with torch.no_grad():
            z = self.target(b)
        return 2 - 2 * nn.functional.cosine_similarity(p, z).mean()
