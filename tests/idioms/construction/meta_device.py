"""Built on the meta device, then `to_empty` and an init; `device=` and `dtype=` handed on by factory_kwargs."""

import torch
import torch.nn as nn


class Projection(nn.Module):
    def __init__(self, i, o, device=None, dtype=None):
        factory_kwargs = {"device": device, "dtype": dtype}
        super().__init__()
        self.weight = nn.Parameter(torch.empty((o, i), **factory_kwargs))
        self.fc = nn.Linear(i, o, bias=False, **factory_kwargs)
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.xavier_uniform_(self.weight)
        self.fc.reset_parameters()


class Net(nn.Module):
    def __init__(self, device=None):
        super().__init__()
        self.proj = Projection(16, 24, device=device)
        self.norm = nn.LayerNorm(24, device=device)

    def reset_parameters(self):
        self.proj.reset_parameters()
        self.norm.reset_parameters()


def init_all(module):
    if isinstance(module, (Projection, nn.LayerNorm)):
        module.reset_parameters()


def build():
    with torch.device("meta"):
        model = Net()
    model.to_empty(device="cpu")
    model.reset_parameters()
    other = Net(device="meta").to_empty(device="cpu")
    other.apply(init_all)
    skipped = nn.utils.skip_init(nn.Linear, 8, 16)
    nn.init.kaiming_uniform_(skipped.weight)
    nn.init.zeros_(skipped.bias)
    return nn.ModuleList([model, other, skipped])
