"""Hooks: one before the forward scales the weight, others behind it keep or change what a module gives."""

import math

import torch
import torch.nn as nn


class Scaled:
    """The weight of a layer is what is learnt times √(2/fan_in), anew at each forward."""

    def __init__(self, name):
        self.name = name

    @staticmethod
    def apply(module, name):
        hook = Scaled(name)
        weight = getattr(module, name)
        del module._parameters[name]
        module.register_parameter(name + "_raw", nn.Parameter(weight.data))
        module.register_forward_pre_hook(hook)
        return module

    def __call__(self, module, given):
        weight = getattr(module, self.name + "_raw")
        fan_in = weight.data.size(1) * weight.data[0][0].numel()
        setattr(module, self.name, weight * math.sqrt(2 / fan_in))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(Scaled.apply(nn.Conv2d(3, 8, 3), "weight"), nn.ReLU(), nn.Conv2d(8, 8, 3))
        self.kept = {}
        self.body[1].register_forward_hook(self.keep("first"))
        self.body[2].register_forward_hook(lambda module, given, output: torch.tanh(output))
        self.side = nn.Linear(8, 8)
        self.head = nn.Linear(8, 2)

    def keep(self, name):
        def hook(module, given, output):
            self.kept[name] = output

        return hook

    def forward(self, x):
        y = self.body(x).mean((2, 3))
        return self.head(y + self.side(self.kept["first"].mean((2, 3))))


def build():
    return Net()


def inputs():
    return [torch.randn(2, 3, 8, 8)]
