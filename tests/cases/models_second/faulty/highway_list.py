import torch
import torch.nn as nn


class Highway(nn.Module):
    def __init__(self, size=300, layers=2):
        super().__init__()
        self.n = layers
        self.linear = [nn.Linear(size, size) for _ in range(layers)]  # expect: unregistered-layers
        self.gate = nn.ModuleList([nn.Linear(size, size) for _ in range(layers)])
        for g in self.gate:
            nn.init.constant_(g.bias, -2.0)

    def forward(self, x):
        for i in range(self.n):
            t = torch.sigmoid(self.gate[i](x))
            x = t * torch.relu(self.linear[i](x)) + (1 - t) * x
        return x
