import torch
import torch.nn as nn


class BiaffineScorer(nn.Module):
    def __init__(self, d=400, h=100):
        super().__init__()
        self.head = nn.Linear(d, h)
        self.dep = nn.Linear(d, h)
        self.U = nn.Parameter(torch.zeros(h, h))
        nn.init.xavier_uniform_(self.U)
        nn.init.orthogonal_(self.head.weight)
        nn.init.orthogonal_(self.dep.weight)

    def forward(self, x):
        a, b = nn.functional.leaky_relu(self.head(x), 0.1), nn.functional.leaky_relu(self.dep(x), 0.1)
        return a @ self.U @ b.transpose(1, 2)
