"""register_parameter with empty memory, conditional bias."""

import torch
from torch import nn
import torch.nn.functional as F


class CosineLinear(nn.Module):
    """Cosine classifier with a learnt temperature."""

    def __init__(self, in_features, out_features, sigma=True):
        super().__init__()
        self.register_parameter("weight", nn.Parameter(torch.empty(out_features, in_features)))
        if sigma:
            self.register_parameter("sigma", nn.Parameter(torch.empty(1)))  # expect: uninitialised-parameter
        else:
            self.register_parameter("sigma", None)
        nn.init.kaiming_uniform_(self.weight)

    def forward(self, x):
        out = F.linear(F.normalize(x, dim=1), F.normalize(self.weight, dim=1))
        if self.sigma is not None:
            out = self.sigma * out
        return out


class FewShot(nn.Module):
    def __init__(self, classes=64):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 32, 3, 2, 1), nn.BatchNorm2d(32), nn.ReLU())
        self.head = CosineLinear(32, classes)

    def forward(self, x):
        return self.head(self.backbone(x).mean((-1, -2)))


def example():
    return FewShot()(torch.rand(2, 3, 16, 16))
