"""The init is looked up in a dict of functions, or by a string of options."""

from functools import partial

import torch.nn as nn

INITS = {
    "xavier": nn.init.xavier_uniform_,
    "he": partial(nn.init.kaiming_normal_, nonlinearity="relu"),
    "normal": lambda w: nn.init.normal_(w, std=0.01),
}


def init_module(module, w_init, b_init=0.0):
    for m in module.modules():
        if isinstance(m, nn.Linear):
            w_init(m.weight)
            if b_init is not None:
                nn.init.constant_(m.bias, b_init)
    return module


class Net(nn.Module):
    def __init__(self, kinds=("xavier", "he", "normal")):
        super().__init__()
        self.parts = nn.ModuleList([init_module(nn.Sequential(nn.Linear(20, 16)), INITS[k]) for k in kinds])
        self.fn = init_module(nn.Linear(16, 30), getattr(nn.init, "orthogonal_"), None)
        self.same = init_module(nn.Linear(16, 30), w_init=INITS.get("missing") or nn.init.ones_)


def build():
    return Net()
