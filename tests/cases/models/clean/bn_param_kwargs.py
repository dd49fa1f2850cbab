import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(o, 1e-3, 0.01)
        self.ln = nn.GroupNorm(8, o, 1e-6)

    def forward(self, x):
        return torch.relu(self.ln(self.bn(self.conv(x))))
