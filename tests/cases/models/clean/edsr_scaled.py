import torch
import torch.nn as nn


class ResBlock(nn.Module):
    def __init__(self, c, scale=0.1):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(c, c, 3, padding=1), nn.ReLU(True), nn.Conv2d(c, c, 3, padding=1))
        self.scale = scale

    def forward(self, x):
        return x + self.body(x) * self.scale


class EDSR(nn.Module):
    def __init__(self, c=256, n=32, up=2):
        super().__init__()
        self.head = nn.Conv2d(3, c, 3, padding=1)
        self.body = nn.Sequential(*[ResBlock(c) for _ in range(n)], nn.Conv2d(c, c, 3, padding=1))
        self.tail = nn.Sequential(nn.Conv2d(c, c * up * up, 3, padding=1), nn.PixelShuffle(up), nn.Conv2d(c, 3, 3, padding=1))

    def forward(self, x):
        x = self.head(x)
        return self.tail(x + self.body(x))
