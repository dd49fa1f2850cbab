"""A backbone cut by `children()`, `named_children()` and slices, and a head put in place of its own."""

import torch.nn as nn


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(8, 30)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(*list(Backbone().children())[:-2])
        self.named = nn.Sequential()
        for name, child in Backbone().named_children():
            if name != "fc":
                self.named.add_module(name, child)
        whole = Backbone()
        whole.fc = nn.Identity()
        self.whole = whole
        other = Backbone()
        other.fc = nn.Linear(other.fc.in_features, 12)
        del other.norm
        self.other = other
        seq = nn.Sequential(nn.Linear(4, 20), nn.ReLU(), nn.Linear(20, 5))
        self.front = seq[:-1]
        self.back = seq[-1]


def build():
    return Net()
