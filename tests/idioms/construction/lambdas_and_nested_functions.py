"""Lambdas and inner functions that see the names around them build layers."""

import torch.nn as nn


def conv_block(norm):
    def block(inp, out, stride=1):
        def conv(k):
            return nn.Conv2d(inp, out, k, stride, padding=k // 2, bias=norm is None)

        layers = [conv(3)]
        if norm:
            layers.append(norm(out))
        return nn.Sequential(*layers, nn.ReLU())

    return block


class Net(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        count = 0
        make = lambda i, o, bias=True: nn.Linear(i, o, bias)
        block = conv_block(lambda c: nn.GroupNorm(4, c))

        def head(name, out):
            nonlocal count
            count += 1
            setattr(self, f"{name}{count}", nn.Sequential(make(dim, dim), nn.Tanh(), make(dim, out, bias=False)))

        self.block = block(3, dim)
        self.plain = conv_block(None)(dim, dim * 2, stride=2)
        head("mean", 3)
        head("var", 4)
        self.pick = (lambda kind: {"a": nn.Linear, "b": nn.Bilinear}[kind])("a")(5, 30)


def build():
    return Net()
