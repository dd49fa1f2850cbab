import torch
import torch.nn as nn


class MobileStack(nn.Module):
    """Depthwise-separable stack without any normalisation."""

    def __init__(self, c=64, n=8, classes=10):
        super().__init__()
        self.stem = nn.Conv2d(3, c, 3, padding=1)
        blocks = []
        for _ in range(n):
            blocks += [nn.Conv2d(c, c, 3, padding=1, groups=c), nn.ReLU(), nn.Conv2d(c, c, 1), nn.ReLU()]
        self.blocks = nn.Sequential(*blocks)
        self.fc = nn.Linear(c, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")  # expect: wrong-fan
                nn.init.zeros_(m.bias)

    def forward(self, x):
        x = torch.relu(self.stem(x))
        return self.fc(self.blocks(x).mean((2, 3)))
