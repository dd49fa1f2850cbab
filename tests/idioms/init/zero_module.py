"""Diffusion's `zero_module`, EDM's `weight_init(mode, shape, …)`, and DDPM's default_init."""

import math

import numpy as np
import torch
import torch.nn as nn


def zero_module(module):
    for p in module.parameters():
        p.detach().zero_()
    return module


def weight_init(shape, mode, fan_in, fan_out):
    if mode == "xavier_uniform":
        return np.sqrt(6 / (fan_in + fan_out)) * (torch.rand(*shape) * 2 - 1)
    if mode == "xavier_normal":
        return np.sqrt(2 / (fan_in + fan_out)) * torch.randn(*shape)
    if mode == "kaiming_uniform":
        return np.sqrt(3 / fan_in) * (torch.rand(*shape) * 2 - 1)
    if mode == "kaiming_normal":
        return np.sqrt(1 / fan_in) * torch.randn(*shape)
    raise ValueError(f'Invalid init mode "{mode}"')


class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True, init_mode="kaiming_normal", init_weight=1, init_bias=0):
        super().__init__()
        init_kwargs = dict(mode=init_mode, fan_in=in_features, fan_out=out_features)
        self.weight = nn.Parameter(weight_init([out_features, in_features], **init_kwargs) * init_weight)
        self.bias = nn.Parameter(weight_init([out_features], **init_kwargs) * init_bias) if bias else None


def _calculate_fans(shape):
    receptive = math.prod(shape[2:])
    return shape[1] * receptive, shape[0] * receptive


def default_init(module, scale):
    if scale == 0:
        scale = 1e-10
    fan_in, fan_out = _calculate_fans(module.weight.shape)
    bound = math.sqrt(3 * scale / ((fan_in + fan_out) / 2))
    module.weight.data.uniform_(-bound, bound)
    module.bias.data.zero_()
    return module


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Sequential(nn.GroupNorm(4, 16), nn.SiLU(), zero_module(nn.Conv2d(16, 8, 3)))
        self.a = Linear(20, 30)
        self.b = Linear(20, 30, init_mode="xavier_uniform", init_weight=1e-1)
        self.c = Linear(20, 30, bias=False, init_mode="kaiming_uniform", init_weight=np.sqrt(1 / 3))
        self.d = default_init(nn.Conv2d(8, 12, 3), 1.0)


def build():
    return Net()
