"""Layers that hold quantised weights: no optimiser trains eight bits, so a checkpoint fills them and their scales."""

import torch
from torch import nn

EIGHT_BITS = torch.float8_e4m3fn


class Float8Linear(nn.Linear):
    def __init__(self, inputs, outputs):
        super().__init__(inputs, outputs, bias=False)
        self.weight = nn.Parameter(torch.empty(outputs, inputs, dtype=EIGHT_BITS))
        self.scales = nn.Parameter(torch.empty(outputs // 128, inputs // 128))


class Int8Linear(nn.Module):
    def __init__(self, inputs, outputs, dtype=torch.int8):
        super().__init__()
        self.weight = nn.Parameter(torch.empty((inputs, outputs), dtype=dtype), requires_grad=False)
        self.scales = nn.Parameter(torch.empty(outputs, dtype=torch.float16))

    def forward(self, x):
        return x @ (self.weight.to(x.dtype) * self.scales)


def allocate(experts, outputs, inputs, dtype, scale_dtype):
    weight = torch.empty(experts, outputs, inputs, dtype=dtype)
    scale = torch.empty(experts, outputs, 1, dtype=scale_dtype)
    return nn.Parameter(weight, requires_grad=weight.is_floating_point()), nn.Parameter(scale)


class Float8Experts(nn.Module):
    def __init__(self, experts=8, width=512, inner=2048, half=False):
        super().__init__()
        if half:
            kinds = {"dtype": torch.int8, "scale_dtype": torch.float32}
        else:
            kinds = {"dtype": EIGHT_BITS, "scale_dtype": torch.float32}
        self.up, self.up_scale = allocate(experts, inner, width, **kinds)
        self.down, self.down_scale = allocate(experts, width, inner, **kinds)
