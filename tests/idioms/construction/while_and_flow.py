"""Layers made under while, break, continue, for-else, early returns and try-finally."""

import torch.nn as nn


def widths_to(limit):
    found = []
    w = 4
    while True:
        w *= 2
        if w > limit:
            break
        if w == 16:
            continue
        found.append(w)
    return found


class Net(nn.Module):
    def __init__(self, limit=64, mode="full"):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(w, w) for w in widths_to(limit))
        for w in widths_to(limit):
            if w > 100:
                self.large = nn.Linear(w, 1)
                break
        else:
            self.small = nn.Linear(limit, 3)
        try:
            self.out = nn.Linear(limit, {"full": 10}[mode])
        except KeyError:
            self.out = nn.Identity()
        finally:
            self.norm = nn.LayerNorm(limit)
        if mode != "full":
            return
        self.extra = nn.Linear(3, 20)


def build():
    return Net()
