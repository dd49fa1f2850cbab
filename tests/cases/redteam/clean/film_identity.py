"""FiLM whose generator's last layer starts at γ = 1, β = 0 (zero weight, bias one and zero)."""

import torch
import torch.nn as nn


class FiLM(nn.Module):
    def __init__(self, cond, channels):
        super().__init__()
        self.gen = nn.Sequential(nn.Linear(cond, 64), nn.ReLU(), nn.Linear(64, 2 * channels))
        nn.init.zeros_(self.gen[2].weight)
        with torch.no_grad():
            self.gen[2].bias[:channels] = 1.0
            self.gen[2].bias[channels:] = 0.0

    def forward(self, x, c):
        gamma, beta = self.gen(c).chunk(2, -1)
        return x * gamma[:, :, None, None] + beta[:, :, None, None]


class CondNet(nn.Module):
    def __init__(self, cond=16, ch=32, classes=5):
        super().__init__()
        self.conv1, self.norm1, self.film1 = nn.Conv2d(3, ch, 3, padding=1), nn.BatchNorm2d(ch), FiLM(cond, ch)
        self.conv2, self.norm2, self.film2 = nn.Conv2d(ch, ch, 3, padding=1), nn.BatchNorm2d(ch), FiLM(cond, ch)
        self.fc = nn.Linear(ch, classes)

    def forward(self, x, c):
        x = torch.relu(self.film1(self.norm1(self.conv1(x)), c))
        x = torch.relu(self.film2(self.norm2(self.conv2(x)), c))
        return self.fc(x.mean((2, 3)))


def example():
    return CondNet()(torch.rand(4, 3, 8, 8), torch.randn(4, 16))
