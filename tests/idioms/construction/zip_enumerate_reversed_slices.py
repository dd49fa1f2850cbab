"""Widths walked by zip, enumerate, reversed, slices, steps, accumulate and sums."""

import itertools

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, channels=(8, 12, 16, 24), depths=(1, 2, 1)):
        super().__init__()
        channels = list(channels)
        self.down = nn.ModuleList([nn.Conv2d(i, o, 3) for i, o in zip(channels[:-1], channels[1:])])
        up = []
        for i, (o, k) in enumerate(zip(reversed(channels[:-1]), channels[::-1])):
            up.append(nn.ConvTranspose2d(k, o, 2 + i % 2))
        self.up = nn.ModuleList(up)
        self.last = nn.Linear(channels[-1] + sum(channels[1:3]), max(depths) * 10)
        self.stages = nn.ModuleList()
        starts = list(itertools.accumulate(depths))
        for stage, (depth, start) in enumerate(zip(depths, starts)):
            self.stages.append(nn.Sequential(*[nn.Linear(start + j, channels[stage]) for j in range(depth)]))
        self.pairs = nn.ModuleList([nn.Linear(a, b) for a, b in itertools.product((5, 6), repeat=2)])
        head, *middle, tail = channels
        self.ends = nn.Linear(head, tail)
        self.middle = nn.ModuleList(nn.Linear(m, m) for m in sorted(middle, reverse=True))
        self.flat = nn.Sequential(*itertools.chain.from_iterable([[nn.Linear(c, c), nn.ReLU()] for c in channels[1:3]]))
        self.mapped = nn.ModuleList(map(lambda c: nn.Linear(c, 2), filter(lambda c: c > 8, channels)))
        dims = channels.copy()
        dims.insert(0, 3)
        dims.pop()
        self.rest = nn.ModuleList([nn.Linear(dims[i], dims[i + 1]) for i in range(len(dims) - 1)])


def build():
    return Net()
