"""`match` picks the layer: on text, on a dict, on a tuple, on a class, with guards and alternatives."""

import torch.nn as nn


def make(spec):
    match spec:
        case "id" | None:
            return nn.Identity()
        case str() as name:
            return getattr(nn, name)()
        case ["linear", i, o]:
            return nn.Linear(i, o)
        case ("conv", i, o, *rest) if rest:
            return nn.Conv2d(i, o, *rest)
        case {"kind": "norm", "dim": dim, **options}:
            return nn.LayerNorm(dim, **options)
        case int(n) if n > 0:
            return nn.Linear(n, n, bias=False)
        case _:
            raise ValueError(spec)


class Net(nn.Module):
    def __init__(self, mode="wide"):
        super().__init__()
        match mode:
            case "wide":
                width = 24
            case "slim":
                width = 8
        specs = ["PReLU", ("linear", width, 6), ("conv", 3, 8, 5), {"kind": "norm", "dim": 9, "eps": 1e-3}, 20, None]
        self.layers = nn.ModuleList([make(s) for s in specs])


def build():
    return Net()
