"""Loops and comprehensions over ranges and lists."""

from torch import nn


class Loops(nn.Module):
    def __init__(self, sizes=(4, 8, 16), depth=3):
        super().__init__()
        layers = []
        for index in range(depth):
            layers.append(nn.Linear(4 + index, 5 + index))
        self.by_range = nn.Sequential(*layers)
        self.pairs = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])
        self.numbered = nn.ModuleList()
        for index, size in enumerate(sizes, 1):
            if index == 2:
                continue
            self.numbered.append(nn.Linear(size, index))
        self.steps = nn.ModuleList(nn.Linear(n, 1) for n in range(6, 0, -2))
        self.filtered = nn.ModuleList([nn.Linear(s, s) for s in sizes if s > 4])
        self.grid = nn.ModuleList([nn.Linear(i, j) for i in (1, 2) for j in (3, 4)])


class MoreLoops(nn.Module):
    def __init__(self):
        super().__init__()
        width = 32
        stages = []
        while width > 4:
            stages += [nn.Linear(width, width // 2)]
            width //= 2
        else:
            stages.append(nn.Tanh())
        self.stages = nn.Sequential(*stages, nn.Linear(width, 1))
        self.heads = nn.ModuleDict({name: nn.Linear(4, n) for name, n in [("a", 1), ("b", 2)]})
        for key in ["x", "y"]:
            setattr(self, f"to_{key}", nn.Linear(2, 3))
        for size in reversed([1, 2, 3]):
            if size == 1:
                break
            self.add_module("rev" + str(size), nn.Linear(size, size))
        self.mapped = nn.ModuleList(map(lambda n: nn.Linear(n, n), [2, 3]))  # noqa: C417
        self.repeated = nn.ModuleList([nn.Linear(2, 2)] * 2)
        dims = {"in": 3, "out": 6}
        for name, size in dims.items():
            self.add_module(name, nn.Linear(size, 1))
        self.total = nn.Linear(sum(dims.values()), max(dims["in"], 5))
