"""Own convolution with standardised weights (mean 0, std 1/√fan_in in forward)."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class WSConv2d(nn.Conv2d):
    def __init__(self, *args, gain=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.gain = nn.Parameter(torch.ones(self.out_channels, 1, 1, 1)) if gain else None
        self.scale = 1.7139588594436646 * self.weight[0].numel() ** -0.5

    def forward(self, x):
        w = self.weight
        mean = w.mean(dim=(1, 2, 3), keepdim=True)
        std = w.std(dim=(1, 2, 3), keepdim=True, unbiased=False)
        w = self.scale * (w - mean) / (std + 1e-5)
        if self.gain is not None:
            w = w * self.gain
        return F.conv2d(x, w, self.bias, self.stride, self.padding)


class Net(nn.Module):
    def __init__(self, depth=12, c=32, classes=10):
        super().__init__()
        self.stem = WSConv2d(3, c, 3, padding=1)
        self.convs = nn.ModuleList([WSConv2d(c, c, 3, padding=1) for _ in range(depth)])
        self.fc = nn.Linear(c, classes)

    def forward(self, x):
        x = self.stem(x)
        for conv in self.convs:
            x = conv(F.relu(x))
        return self.fc(x.mean((2, 3)))


def example():
    return Net()(torch.randn(4, 3, 10, 10))
