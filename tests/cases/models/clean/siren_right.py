import numpy as np
import torch
from torch import nn


class SineLayer(nn.Module):
    def __init__(self, i, o, is_first=False, omega_0=30):
        super().__init__()
        self.omega_0 = omega_0
        self.is_first = is_first
        self.in_features = i
        self.linear = nn.Linear(i, o)
        self.init_weights()

    def init_weights(self):
        with torch.no_grad():
            if self.is_first:
                self.linear.weight.uniform_(-1 / self.in_features, 1 / self.in_features)
            else:
                self.linear.weight.uniform_(-np.sqrt(6 / self.in_features) / self.omega_0, np.sqrt(6 / self.in_features) / self.omega_0)

    def forward(self, x):
        return torch.sin(self.omega_0 * self.linear(x))


class Siren(nn.Module):
    def __init__(self, h=256, n=3):
        super().__init__()
        net = [SineLayer(2, h, is_first=True)]
        net += [SineLayer(h, h) for _ in range(n)]
        final = nn.Linear(h, 3)
        with torch.no_grad():
            final.weight.uniform_(-np.sqrt(6 / h) / 30, np.sqrt(6 / h) / 30)
        net.append(final)
        self.net = nn.Sequential(*net)

    def forward(self, x):
        return self.net(x)
