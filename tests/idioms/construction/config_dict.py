"""A dict holds the sizes: items, `get`, `pop`, `**`, `update`, `setdefault`, merges."""

import torch.nn as nn

DEFAULTS = dict(width=24, depth=2, dropout=0.1)


class Mlp(nn.Module):
    def __init__(self, width, depth, out=10, **kwargs):
        super().__init__()
        bias = kwargs.pop("bias", True)
        assert not kwargs
        self.layers = nn.ModuleList([nn.Linear(width, width, bias=bias) for _ in range(depth)])
        self.out = nn.Linear(width, out)


class Net(nn.Module):
    def __init__(self, config=None):
        super().__init__()
        cfg = {**DEFAULTS, **(config or {})}
        cfg.setdefault("heads", 3)
        dropout = cfg.pop("dropout", 0.0)
        heads = cfg.pop("heads")
        self.body = Mlp(**cfg)
        self.drop = nn.Dropout(dropout)
        if cfg.get("extra"):
            self.extra = nn.Linear(cfg["extra"]["width"], cfg["extra"].get("out", 3))
        self.heads = nn.ModuleDict({f"head_{i}": nn.Linear(cfg["width"], 4) for i in range(heads)})
        sizes = DEFAULTS | {"width": 32}
        self.wide = nn.Linear(sizes["width"], sizes["depth"])


def build():
    return Net({"depth": 3, "bias": False})
