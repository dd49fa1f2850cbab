"""A function `_init_vit_weights(module, name, head_bias, jax_impl)` applied to all."""

from functools import partial

import torch.nn as nn


def _init_vit_weights(module: nn.Module, name: str = "", head_bias: float = 0.0, jax_impl: bool = False):
    if isinstance(module, nn.Linear):
        if name.startswith("head"):
            nn.init.zeros_(module.weight)
            nn.init.constant_(module.bias, head_bias)
        elif name.startswith("pre_logits"):
            nn.init.normal_(module.weight, std=0.1)
            nn.init.zeros_(module.bias)
        else:
            nn.init.trunc_normal_(module.weight, std=0.02)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    elif jax_impl and isinstance(module, nn.Conv2d):
        nn.init.xavier_normal_(module.weight)
    elif isinstance(module, (nn.LayerNorm, nn.GroupNorm, nn.BatchNorm2d)):
        nn.init.zeros_(module.bias)
        nn.init.ones_(module.weight)


class Net(nn.Module):
    def __init__(self, dim=24):
        super().__init__()
        self.conv = nn.Conv2d(3, dim, 2)
        self.qkv = nn.Linear(dim, dim * 3, bias=False)
        self.norm = nn.LayerNorm(dim)
        self.pre_logits = nn.Sequential(nn.Linear(dim, dim), nn.Tanh())
        self.head = nn.Linear(dim, 10)
        for n, m in self.named_modules():
            _init_vit_weights(m, n, head_bias=-6.9, jax_impl=True)
        self.tail = nn.Sequential(nn.Linear(dim, dim))
        self.tail.apply(partial(_init_vit_weights, name="head"))
        self.rest = nn.Linear(dim, 4)
        self.rest.apply(_init_vit_weights)


def build():
    return Net()
