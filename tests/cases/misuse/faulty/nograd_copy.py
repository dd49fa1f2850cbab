"""A depthwise blur whose kernel is copied into a leaf; and a loop over parameters()."""

import torch
import torch.nn as nn


class Blur(nn.Module):
    def __init__(self, channels=8):
        super().__init__()
        kernel = torch.tensor([1., 2., 1.])
        kernel = kernel[:, None] * kernel[None, :]
        kernel = kernel / kernel.sum()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False)
        self.conv.weight.copy_(kernel.expand(channels, 1, 3, 3))  # expect: init-needs-no-grad
        self.conv.weight.requires_grad = False

    def forward(self, x):
        return self.conv(x)


class Policy(nn.Module):
    def __init__(self, obs=8, act=2):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(obs, 64), nn.Tanh(), nn.Linear(64, act))
        for p in self.parameters():
            p.mul_(0.5)  # expect: init-needs-no-grad

    def forward(self, x):
        return self.net(x)
