"""Names bound by `:=` in conditions, comprehensions and arguments."""

import torch.nn as nn


class Net(nn.Module):
    def __init__(self, config={"width": 16, "mid": None}):
        super().__init__()
        if (width := config.get("width")) is not None:
            self.fc = nn.Linear(width, (hidden := width * 2))
            self.out = nn.Linear(hidden, 3)
        if mid := config.get("mid"):
            self.mid = nn.Linear(mid, mid)
        c = 3
        self.convs = nn.ModuleList([nn.Conv2d(c, c := c * 2, 3) for _ in range(3)])
        sizes = iter([4, 8, 16])
        last = 2
        while (size := next(sizes, None)) is not None:
            self.add_module(f"s{size}", nn.Linear(last, size))
            last = size


def build():
    return Net()
