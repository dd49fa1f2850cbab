import torch
from torch import nn


class MDN(nn.Module):
    def __init__(self, hidden=64, k=5):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(1, hidden), nn.Tanh(), nn.Linear(hidden, hidden), nn.Tanh())
        self.pi = nn.Linear(hidden, k)
        self.mu = nn.Linear(hidden, k)
        self.sigma = nn.Linear(hidden, k)
        self._reset()

    def _reset(self):
        nn.init.zeros_(self.body[0].weight)  # expect: zero-weight-init
        nn.init.zeros_(self.body[0].bias)
        nn.init.zeros_(self.body[2].weight)  # expect: zero-weight-init
        nn.init.zeros_(self.body[2].bias)

    def forward(self, x):
        h = self.body(x)
        return self.pi(h).log_softmax(-1), self.mu(h), self.sigma(h).exp()
