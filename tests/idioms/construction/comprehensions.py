"""Modules in list, dict and set comprehensions, nested and with conditions."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, widths={"small": 8, "large": 24}, depth=3):
        super().__init__()
        self.by_name = nn.ModuleDict({name: nn.Linear(w, w) for name, w in widths.items()})
        self.grid = nn.ModuleList([nn.ModuleList([nn.Linear(i + 1, j + 9) for j in range(i + 1)]) for i in range(depth)])
        self.odd = nn.ModuleList([nn.Linear(4, 20) if i % 2 else nn.Conv1d(4, 20, 1) for i in range(depth) if i != 1])
        self.flat = nn.ModuleList([nn.Linear(a, b) for a in widths.values() for b in (5, 6)])
        kinds = {len(name) for name in ("a", "bb", "cc")}
        self.kinds = nn.ModuleList(nn.Linear(3, 10) for _ in kinds)
        sizes = [w for w in widths.values() if w > 10]
        self.heads = nn.ModuleDict()
        for key in sorted(widths):
            self.heads[key] = nn.Linear(widths[key], sizes[0])
        self.heads.update({"extra": nn.Linear(2, 30)})


def build():
    return Net()
