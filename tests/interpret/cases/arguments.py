"""Default arguments, keywords, constants and class attributes."""

# ruff: noqa: C408, RUF012
from torch import nn

WIDTH = 16
SETTINGS = {"kernel_size": 3, "padding": 1, "bias": False}


class Net(nn.Module):
    expansion = 4
    sizes = [WIDTH, WIDTH * 2]

    def __init__(self, width=WIDTH, *args, depth=2, act=nn.ReLU, norm=None, hidden=None, **kwargs):
        super().__init__()
        norm = norm or nn.LayerNorm
        hidden = hidden if hidden is not None else width * self.expansion
        self.fc = nn.Linear(in_features=width, out_features=hidden)
        self.act = act()
        self.norm = norm(hidden)
        self.conv = nn.Conv2d(depth, Net.sizes[-1], **SETTINGS)
        self.rest = nn.Linear(len(args) + 1, kwargs.get("outputs", 7))
        self.popped = nn.Linear(2, kwargs.pop("other", 6))
        first, *others = self.sizes
        self.unpacked = nn.Linear(first, others[0])
        a = b = 3
        a, b = b + 1, a
        self.swapped = nn.Linear(a, b)
        self.divided = nn.Linear(7 // 2, int(7 / 2 + 0.5))
        self.powers = nn.Linear(2**3, round(2.6))


class User(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Net(8, 1, 2, depth=1, act=nn.GELU, outputs=3)
        options = dict(norm=nn.BatchNorm1d, hidden=5)
        self.b = Net(**options)
