"""`_calculate_fan_in_and_fan_out`, `_calculate_correct_fan` and bounds made of them, as torch's own layers do."""

import math

import torch
import torch.nn as nn
from torch.nn import init
from torch.nn.init import _calculate_correct_fan, _calculate_fan_in_and_fan_out
from torch.nn.parameter import Parameter


class Linear(nn.Module):
    __constants__ = ["in_features", "out_features"]

    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.in_features = in_features
        self.weight = Parameter(torch.empty(out_features, in_features))
        if bias:
            self.bias = Parameter(torch.Tensor(out_features))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            bound = 1 / math.sqrt(fan_in) if fan_in > 0 else 0
            init.uniform_(self.bias, -bound, bound)


def siren_uniform_(tensor, mode="fan_in", c=6.0):
    fan = _calculate_correct_fan(tensor, mode)
    std = 1 / math.sqrt(fan)
    bound = math.sqrt(c) * std
    with torch.no_grad():
        return tensor.uniform_(-bound, bound)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Linear(20, 40)
        self.b = Linear(40, 40, bias=False)
        siren_uniform_(self.b.weight)
        self.conv = nn.Conv2d(8, 16, 3, groups=2)
        fan_in, fan_out = _calculate_fan_in_and_fan_out(self.conv.weight.data)
        self.conv.weight.data.normal_(0, math.sqrt(2.0 / (fan_in + fan_out)))
        std = math.sqrt(2.0 / float(nn.init._calculate_correct_fan(self.conv.weight, "fan_out")))
        nn.init.normal_(self.conv.bias, std=std)


def build():
    return Net()
