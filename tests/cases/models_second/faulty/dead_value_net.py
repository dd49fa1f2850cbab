import torch
import torch.nn as nn


class Value(nn.Module):
    def __init__(self, obs=17, hidden=256):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(obs, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 1))
        for layer in self.net:
            if isinstance(layer, nn.Linear):
                nn.init.constant_(layer.bias, -10.0)  # expect: dead-at-birth

    def forward(self, x):
        return self.net(x)
