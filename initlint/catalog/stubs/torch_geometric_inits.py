"""torch_geometric.nn.inits: each fills a tensor, or all parameters of a module; read by the interpreter, never imported.

https://github.com/pyg-team/pytorch_geometric/blob/master/torch_geometric/nn/inits.py
"""

import math

import torch
from torch import Tensor


def _tensors(value):
    if value is None:
        return []
    return [value] if isinstance(value, Tensor) else list(value.parameters())


def uniform(size, value):
    bound = 1.0 / math.sqrt(size)
    for tensor in _tensors(value):
        tensor.data.uniform_(-bound, bound)


def kaiming_uniform(value, fan, a):
    bound = math.sqrt(6 / ((1 + a**2) * fan))
    for tensor in _tensors(value):
        tensor.data.uniform_(-bound, bound)


def glorot(value):
    for tensor in _tensors(value):
        bound = math.sqrt(6.0 / (tensor.size(-2) + tensor.size(-1)))
        tensor.data.uniform_(-bound, bound)


def constant(value, fill_value):
    for tensor in _tensors(value):
        tensor.data.fill_(fill_value)


def zeros(value):
    constant(value, 0.0)


def ones(tensor):
    constant(tensor, 1.0)


def normal(value, mean, std):
    for tensor in _tensors(value):
        tensor.data.normal_(mean, std)


def reset(value):
    if hasattr(value, "reset_parameters"):
        value.reset_parameters()
    else:
        for child in value.children() if hasattr(value, "children") else []:
            reset(child)
