"""Layer sizes computed with small tensors of known numbers."""

import math

import torch
import torch.nn as nn

UNKNOWN = {"scale"}  # numbers that were given have no spread


def widths(slope, initial, factor, depth, multiple=8):
    exact = torch.arange(depth, device="cpu", dtype=torch.float32) * slope + initial
    exponents = torch.round(torch.log(exact / initial) / math.log(factor))
    rounded = torch.round(torch.divide(initial * torch.pow(factor, exponents), multiple)) * multiple
    stages, last = len(torch.unique(rounded)), int(exponents.max().item()) + 1
    groups = torch.tensor([multiple // 2 for _ in range(stages)], dtype=torch.int32)
    return rounded.int().tolist(), stages, last, groups.tolist()


def changed(depth):
    counts = torch.arange(1, depth + 1)
    counts[0] = 5
    return counts


class Net(nn.Module):
    def __init__(self, slope=36.4, initial=24, factor=2.5, depth=7):
        super().__init__()
        sizes, stages, last, groups = widths(slope, initial, factor, depth)
        self.blocks = nn.ModuleList([nn.Linear(a, b) for a, b in zip([3, *sizes], sizes)])
        self.stages = nn.Linear(stages, last)
        self.grouped = nn.Conv1d(groups[0], len(groups) * groups[0], 1, groups=groups[-1])
        self.scale = nn.Parameter(torch.arange(4) * 2.0)
        halves = (torch.tensor([8, 4, 2]) // 2).tolist()
        self.halves = nn.ModuleList([nn.Linear(half, 2, bias=half > 1) for half in halves])
        values, counts = torch.unique(torch.tensor(sizes), return_counts=True)
        self.counted = nn.Linear(values.tolist()[0], counts.tolist()[-1])
        starts = torch.diff(torch.tensor([0, 2, 5])).int().tolist()
        self.started = nn.Linear(*starts)
        self.powers = nn.Linear(*(4 ** torch.arange(2)).flip(0).tolist())
        self.total = nn.Linear(changed(3).numel(), 1)


def build():
    return Net()
