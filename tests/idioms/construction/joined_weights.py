"""Layers whose sizes and weights are those of others joined; and settings that a decorator keeps."""

import functools
import inspect

import torch
import torch.nn as nn


def register_to_config(init):
    @functools.wraps(init)
    def inner(self, *args, **kwargs):
        bound = inspect.signature(init).bind(self, *args, **kwargs)
        bound.apply_defaults()
        given = {name: value for name, value in bound.arguments.items() if name != "self"}
        object.__setattr__(self, "config", type("Config", (), given))
        init(self, *args, **kwargs)

    return inner


class Attention(nn.Module):
    @register_to_config
    def __init__(self, dim=6, heads=2, out=4):
        super().__init__()
        self.q = nn.Linear(self.config.dim, self.config.heads * 3, bias=False)
        self.kv = nn.Linear(dim, 8, bias=False)
        joined = torch.cat([self.q.weight.data, self.kv.weight.data])
        self.qkv = nn.Linear(joined.shape[1], joined.shape[0])
        self.out = nn.Linear(torch.concat((self.q.weight, self.q.weight), dim=-1).shape[-1], self.config.out)


def build():
    return Attention(dim=5)
