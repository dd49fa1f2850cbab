import torch
import torch.nn as nn


class ConvBlock(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3, padding=1)
        self.norm = nn.InstanceNorm2d(o, affine=True)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))


class StyleNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Sequential(ConvBlock(3, 32), ConvBlock(32, 64))
        self.dec = nn.Sequential(ConvBlock(64, 32), nn.Conv2d(32, 3, 3, padding=1))
        for name, p in self.named_parameters():
            if "bias" in name:
                nn.init.ones_(p)
            elif "norm" in name:
                nn.init.zeros_(p)  # expect: non-random-norm-scale
            else:
                nn.init.kaiming_normal_(p)

    def forward(self, x):
        return self.dec(self.enc(x))
