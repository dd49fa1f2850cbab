"""Weights whose rows, columns or kernels are given one norm: normalised columns, normed layers, prototypes, `renorm_`."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def normalized_columns(weights, std=1.0):
    out = torch.randn(weights.size())
    out *= std / torch.sqrt(out.pow(2).sum(1, keepdim=True).expand_as(out))
    return out


def normed_columns_again(shape, std):
    out = torch.randn(shape)
    out *= std / out.pow(2).sum(1, keepdim=True).sqrt()
    return out


def normed(layer, axes, scale):
    layer.weight.data *= scale / layer.weight.norm(dim=axes, p=2, keepdim=True)
    if layer.bias is not None:
        layer.bias.data *= 0
    return layer


class AngularMargin(nn.Module):
    def __init__(self, dim, classes):
        super().__init__()
        self.weight = nn.Parameter(torch.Tensor(dim, classes))
        self.weight.data.uniform_(-1, 1).renorm_(2, 1, 1e-5).mul_(1e5)

    def forward(self, x):
        return F.normalize(x) @ self.weight


class Net(nn.Module):
    def __init__(self, dim=120, hidden=80):
        super().__init__()
        self.policy = nn.Linear(dim, hidden)
        self.policy.weight.data = normalized_columns(self.policy.weight.data, 0.01)
        self.policy.bias.data.fill_(0)
        self.value = nn.Linear(dim, hidden)
        self.value.weight.data = normed_columns_again(self.value.weight.shape, 0.5)
        self.dense = normed(nn.Linear(dim, hidden), 1, 0.1)
        self.conv = normed(nn.Conv2d(16, 32, 3), (1, 2, 3), np.sqrt(2))
        self.prototypes = nn.Parameter(F.normalize(torch.randn(hidden, dim), dim=-1))
        self.centres = nn.Parameter(F.normalize(torch.randn(hidden, dim)))
        anchors = torch.randn(hidden, dim)
        self.anchors = nn.Parameter(anchors / anchors.norm(dim=-1, keepdim=True))
        queue = torch.empty(hidden, dim).normal_()
        self.queue = nn.Parameter(3 * (queue / (torch.linalg.norm(queue, dim=0, keepdim=True) + 1e-8)))
        self.margin = AngularMargin(dim, hidden)
        squares = nn.Linear(dim, hidden)
        with torch.no_grad():
            squares.weight.div_(torch.norm(squares.weight, 2, 1, True))
        self.squares = squares


def build():
    return Net()
