"""A forward in several methods of its own, with defaults and keywords."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1)
        self.bn = nn.BatchNorm2d(8)
        self.body = nn.Conv2d(8, 8, 3, padding=1)
        self.head = nn.Linear(8, 4)

    def forward_features(self, x, *, activate=True):
        x = self._stem(x)
        x = self.body(x)
        return F.relu(x) if activate else x

    def _stem(self, x):
        return F.relu(self.bn(self.stem(x)))

    @staticmethod
    def pool(x, dim=(2, 3)):
        return x.mean(dim)

    def forward_head(self, x, pre_logits: bool = False):
        x = self.pool(x)
        return x if pre_logits else self.head(x)

    def forward(self, x):
        x = self.forward_features(x, activate=True)
        x = self.forward_head(x)
        return x


def build():
    return Net()


def inputs():
    return [torch.randn(2, 3, 6, 6)]
