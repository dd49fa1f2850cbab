"""Conditions that the arguments' defaults decide."""

from torch import nn


class Net(nn.Module):
    def __init__(self, bias=True, kind="gelu", depth=2, norm=None):
        super().__init__()
        self.fc = nn.Linear(4, 4, bias=bias)
        if kind == "relu":
            self.act = nn.ReLU()
        elif kind in ("gelu", "silu"):
            self.act = nn.GELU()
        else:
            raise ValueError(kind)
        if norm is not None:
            self.norm = norm(4)
        else:
            self.norm = nn.Identity()
        self.head = nn.Linear(4, 2) if depth > 1 else nn.Identity()
        if not bias or depth < 2:
            self.never = nn.Linear(1, 1)
        if isinstance(self.fc, nn.Linear) and self.fc.bias is not None:
            nn.init.zeros_(self.fc.bias)
        match kind:
            case "relu":
                self.matched = nn.Linear(1, 1)
            case _:
                self.matched = nn.Linear(2, 2)
        try:
            self.tried = nn.Linear(3, 3)
        except ImportError:
            self.tried = None
        assert depth == 2
        acts = {"relu": nn.ReLU, "gelu": nn.GELU}
        self.chosen = acts[kind]()
