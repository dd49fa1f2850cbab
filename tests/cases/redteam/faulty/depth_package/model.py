"""The model."""

import torch.nn as nn

from .layers import ConvBlock


class PoseNet(nn.Module):
    def __init__(self, in_channels=3, base=32, blocks=(3, 4, 4), use_bn=False, num_outputs=6):
        super().__init__()
        stages = []
        c = in_channels
        for i, n in enumerate(blocks):
            stages.append(self._make_stage(c, base * 2**i, n, use_bn))
            c = base * 2**i
        self.stages = nn.Sequential(*stages)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(c, num_outputs)

    def _make_stage(self, cin, cout, n, use_bn):
        layers = [ConvBlock(cin, cout, stride=2, use_bn=use_bn)]
        layers += [ConvBlock(cout, cout, use_bn=use_bn) for _ in range(1, n)]
        return nn.Sequential(*layers)

    def forward(self, x):
        x = self.pool(self.stages(x)).flatten(1)
        return self.fc(x)
