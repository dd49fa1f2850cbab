"""Functions and methods that build layers."""

from functools import partial

from torch import nn


def block(inputs, outputs, act=nn.ReLU):
    return nn.Sequential(nn.Linear(inputs, outputs), act())


def pair(width):
    return nn.Linear(width, width), nn.LayerNorm(width)


def with_bias_zero(layer):
    nn.init.zeros_(layer.bias)
    return layer


def stages(widths):
    for a, b in zip(widths, widths[1:]):
        yield block(a, b, act=nn.Tanh)


def recursive(depth):
    return [] if depth == 0 else [nn.Linear(depth, depth), *recursive(depth - 1)]


Norm = partial(nn.LayerNorm, eps=1e-6, elementwise_affine=False)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = block(2, 3)
        self.fc, self.norm = pair(4)
        self.zero = with_bias_zero(nn.Linear(3, 3))
        self.stages = nn.Sequential(*stages([2, 4, 8]))
        self.made = self._make(3)
        self.static = self.build(2, bias=False)
        self.cls = self.small()
        self.recursive = nn.ModuleList(recursive(3))
        self.partial = Norm(5)
        make = lambda n: nn.Linear(n, 1)  # noqa: E731
        self.from_lambda = make(6)

        def local(outputs):
            return nn.Linear(self.width, outputs)

        self.width = 7
        self.from_local = local(2)
        self._finish()

    def _make(self, depth):
        return nn.ModuleList([self._one(i + 1) for i in range(depth)])

    def _one(self, width):
        return nn.Linear(width, width)

    @staticmethod
    def build(width, **kwargs):
        return nn.Linear(width, width, **kwargs)

    @classmethod
    def small(cls):
        return nn.Linear(1, 1)

    @property
    def outputs(self):
        return self.width + 1

    def _finish(self):
        self.last = nn.Linear(self.width, self.outputs)
