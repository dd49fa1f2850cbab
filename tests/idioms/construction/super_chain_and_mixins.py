"""`super().__init__` through mixins, in the order of the classes; arguments handed on by `**kwargs`."""

import torch.nn as nn


class InitMixin:
    def init_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.trunc_normal_(m.weight, std=self.std)
                nn.init.zeros_(m.bias)


class NormMixin:
    def __init__(self, *args, width=16, **kwargs):
        super().__init__(*args, width=width, **kwargs)
        self.norm = nn.LayerNorm(width)


class HeadMixin:
    def __init__(self, width, classes, **kwargs):
        super().__init__(width=width, **kwargs)
        self.head = nn.Linear(width, classes)


class Body(nn.Module):
    std = 0.02

    def __init__(self, width, depth=2):
        super().__init__()
        self.layers = nn.Sequential(*[nn.Linear(width, width) for _ in range(depth)])


class Net(InitMixin, NormMixin, HeadMixin, Body):
    std = 0.05

    def __init__(self, classes=7):
        super().__init__(classes=classes, width=24)
        self.init_weights()


def build():
    return Net()
