"""Features handed on in dicts."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.low = nn.Conv2d(3, 8, 3, padding=1)
        self.high = nn.Conv2d(8, 16, 3, padding=1)

    def forward(self, x):
        features = {}
        x = F.relu(self.low(x))
        features["low"] = x
        x = F.relu(self.high(x))
        features["high"] = x
        return features


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = Backbone()
        self.lateral = nn.ModuleDict({"low": nn.Conv2d(8, 4, 1), "high": nn.Conv2d(16, 4, 1)})
        self.out = nn.Conv2d(4, 2, 1)

    def forward(self, x):
        features = self.backbone(x)
        laterals = {name: self.lateral[name](value) for name, value in features.items()}
        merged = laterals["low"] + laterals.get("high")
        return dict(logits=self.out(torch.relu(merged)), features=features)


def build():
    return Net()


def inputs():
    return [torch.randn(1, 3, 6, 6)]
