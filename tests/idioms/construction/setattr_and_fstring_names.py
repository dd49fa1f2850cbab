"""Modules under names made from numbers: `setattr`, `add_module`, `register_module`, f-strings, `%` and `format`."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, widths=(8, 16, 24)):
        super().__init__()
        for i, (a, b) in enumerate(zip(widths, widths[1:])):
            setattr(self, f"fc{i + 1}", nn.Linear(a, b))
            self.add_module("norm_%d" % i, nn.LayerNorm(b))
            self.add_module("conv{}".format(i), nn.Conv1d(a, b, 3))
            self.register_module("act" + str(i), nn.PReLU())
        self.features = nn.Sequential()
        for i, w in enumerate(widths):
            self.features.add_module(f"lin{i:02d}", nn.Linear(w, w, bias=False))
        self.features.append(nn.Linear(3, 3))
        for i in range(1, 3):
            layer = getattr(self, f"fc{i}")
            nn.init.normal_(layer.weight, std=0.1 * i)
        self.__setattr__("last", nn.Linear(2, 40))
        self.register_parameter("scale", nn.Parameter(0.1 * self.last.weight.new_ones(6)))
        self.register_parameter("none", None)
        self.register_buffer("mean", self.fc1.weight.new_zeros(4))


def build():
    return Net()
