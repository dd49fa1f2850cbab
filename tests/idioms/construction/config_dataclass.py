"""A dataclass holds the sizes, with `field`, `__post_init__` and `replace`."""

from dataclasses import dataclass, field, replace

import torch.nn as nn


@dataclass
class ModelArgs:
    dim: int = 48
    n_layers: int = 2
    n_heads: int = 4
    hidden_dim: int = None
    multiple_of: int = 32
    bias: bool = False
    widths: list = field(default_factory=lambda: [16, 24])
    norm_eps: float = 1e-5

    def __post_init__(self):
        if self.hidden_dim is None:
            hidden = int(2 * 4 * self.dim / 3)
            self.hidden_dim = self.multiple_of * ((hidden + self.multiple_of - 1) // self.multiple_of)

    @property
    def head_dim(self):
        return self.dim // self.n_heads


class Block(nn.Module):
    def __init__(self, layer_id: int, args: ModelArgs):
        super().__init__()
        self.wq = nn.Linear(args.dim, args.n_heads * args.head_dim, bias=args.bias)
        self.w1 = nn.Linear(args.dim, args.hidden_dim, bias=args.bias)
        self.w2 = nn.Linear(args.hidden_dim, args.dim, bias=args.bias)
        self.norm = nn.LayerNorm(args.dim, eps=args.norm_eps)
        self.layer_id = layer_id


class Net(nn.Module):
    def __init__(self, args: ModelArgs):
        super().__init__()
        self.params = args
        self.layers = nn.ModuleList()
        for layer_id in range(args.n_layers):
            self.layers.append(Block(layer_id, args))
        self.stem = nn.Sequential(*(nn.Linear(a, b) for a, b in zip(args.widths, args.widths[1:] + [args.dim])))


def build():
    return Net(replace(ModelArgs(), n_layers=3))
