"""One instance where several were meant."""
import torch
import torch.nn as nn


class ResStack(nn.Module):
    def __init__(self, c=64, depth=2):
        super().__init__()
        self.head = nn.Conv2d(3, c, 3, padding=1)
        block = nn.Sequential(nn.Conv2d(c, c, 3, padding=1), nn.ReLU(), nn.Conv2d(c, c, 3, padding=1))
        self.body = nn.Sequential(*[block] * depth)  # expect: shared-instance
        self.tail = nn.Conv2d(c, 3, 3, padding=1)

    def forward(self, x):
        return self.tail(self.body(self.head(x)))


class DeepMLP(nn.Module):
    def __init__(self, d=32, n=4):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(d, d)] * n)  # expect: shared-instance
        self.out = nn.Linear(d, 1)

    def forward(self, x):
        for layer in self.layers:
            x = torch.tanh(layer(x))
        return self.out(x)


class SimpleCNN(nn.Module):
    def __init__(self, c=16, n_layers=3):
        super().__init__()
        layers = [nn.Conv2d(1, c, 3, padding=1), nn.ReLU()]
        conv = nn.Conv2d(c, c, 3, padding=1)
        for _ in range(n_layers):
            layers.append(conv)  # expect: shared-instance
            layers.append(nn.ReLU())
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)
