"""`named_apply` hands each module and its name to the init; a head named so gets zeros."""

from functools import partial

import torch
import torch.nn as nn
from torch.nn.init import trunc_normal_


def named_apply(fn, module, name="", depth_first=True, include_root=False):
    if not depth_first and include_root:
        fn(module=module, name=name)
    for child_name, child_module in module.named_children():
        child_name = ".".join((name, child_name)) if name else child_name
        named_apply(fn=fn, module=child_module, name=child_name, depth_first=depth_first, include_root=True)
    if depth_first and include_root:
        fn(module=module, name=name)
    return module


def init_weights_vit_jax(module, name="", head_bias=0.0):
    if isinstance(module, nn.Linear):
        if name.startswith("head"):
            nn.init.zeros_(module.weight)
            nn.init.constant_(module.bias, head_bias)
        else:
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.normal_(module.bias, std=1e-6) if "mlp" in name else nn.init.zeros_(module.bias)
    elif isinstance(module, nn.Conv2d):
        nn.init.kaiming_normal_(module.weight, mode="fan_in", nonlinearity="linear")
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif hasattr(module, "init_weights"):
        module.init_weights()


class Mlp(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc1 = nn.Linear(dim, dim * 2)
        self.fc2 = nn.Linear(dim * 2, dim)


class Scale(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.gamma = nn.Parameter(torch.empty(dim))

    def init_weights(self):
        nn.init.constant_(self.gamma, 1e-4)


class Vit(nn.Module):
    def __init__(self, dim=16, depth=2, weight_init="jax"):
        super().__init__()
        self.patch = nn.Conv2d(3, dim, 4, 4)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embed = nn.Parameter(torch.randn(1, 20, dim) * 0.02)
        self.blocks = nn.Sequential(
            *[nn.ModuleDict({"attn": nn.Linear(dim, dim * 3), "mlp": Mlp(dim), "ls": Scale(dim)}) for _ in range(depth)]
        )
        self.head = nn.Linear(dim, 30)
        self.init_weights(weight_init)

    def init_weights(self, mode=""):
        assert mode in ("jax", "")
        head_bias = -2.0 if mode == "jax" else 0.0
        trunc_normal_(self.pos_embed, std=0.02)
        nn.init.normal_(self.cls_token, std=1e-6)
        named_apply(partial(init_weights_vit_jax, head_bias=head_bias), self)


def build():
    return Vit()
