"""`getattr(nn, name)` makes the layer or the activation; `getattr(self, name)` finds it."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, conv="Conv2d", norm="BatchNorm2d", act="ReLU"):
        super().__init__()
        self.conv = getattr(nn, conv)(3, 16, 3)
        self.norm = getattr(nn, norm)(16)
        self.act = getattr(nn, act)()
        for name in ["left", "right"]:
            setattr(self, name, getattr(nn, "Linear")(16, 16))
        for i in range(2):
            nn.init.xavier_uniform_(getattr(self, ("left", "right")[i]).weight)
        init = getattr(nn.init, "kaiming_" + "normal" + "_")
        init(self.conv.weight)
        if hasattr(self, "norm"):
            self.norm.weight.data.fill_(0.5)
        self.extra = getattr(self, "missing", None) or nn.Linear(3, 20)


def build():
    return Net()
