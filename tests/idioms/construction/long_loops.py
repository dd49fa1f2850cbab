"""Tables reckoned in long loops of Python: relative positions, sines; and a long loop that makes some layers."""

import itertools
import math

import torch
import torch.nn as nn


class Positions(nn.Module):
    def __init__(self, dim, length=300):
        super().__init__()
        table = torch.zeros(length, dim)
        for position in range(length):
            for i in range(0, dim, 2):
                table[position, i] = math.sin(position / 10_000 ** (i / dim))
        self.register_buffer("table", table)
        self.scale = nn.Parameter(torch.ones(dim))


class Sines(nn.Module):
    def __init__(self, dim, length=600):
        super().__init__()
        rows = [[math.sin(position / 10_000 ** (2 * (i // 2) / dim)) for i in range(dim)] for position in range(length)]
        self.rows = torch.tensor(rows)
        self.scale = nn.Parameter(torch.ones(dim))


class Attention(nn.Module):
    def __init__(self, dim, resolution=14):
        super().__init__()
        points = list(itertools.product(range(resolution), range(resolution)))
        offsets, indexes = {}, []
        for first in points:
            for second in points:
                offset = (abs(first[0] - second[0]), abs(first[1] - second[1]))
                if offset not in offsets:
                    offsets[offset] = len(offsets)
                indexes.append(offsets[offset])
        self.register_buffer("indexes", torch.tensor(indexes).view(len(points), len(points)))
        self.qkv = nn.Linear(dim, 3 * dim)
        nn.init.xavier_uniform_(self.qkv.weight)


class Net(nn.Module):
    def __init__(self, dim=8):
        super().__init__()
        self.positions = Positions(dim)
        self.sines = Sines(512)
        self.attention = Attention(dim)
        self.small = Attention(dim, 7)
        self.some = nn.ModuleList()
        for number in range(120):
            if number % 50 == 49:
                self.some.append(nn.Linear(dim, number))


def build():
    return Net()
