import torch
import torch.nn as nn
import torch.nn.init as init


class Encoder(nn.Module):
    def __init__(self, d=128):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(d, d) for _ in range(4)])
        self.out = nn.Linear(d, d)
        for l in self.layers:
            init.normal_(l.weight, mean=0.0, std=-0.02)  # expect: bad-init-argument

    def forward(self, x):
        for l in self.layers:
            x = x + torch.relu(l(x))
        return self.out(x)
