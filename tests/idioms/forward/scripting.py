"""What asks whether it is compiled, traced or exported, and what looks for a function that older torch did not have."""

import os

import torch
import torch.nn as nn
import torch.nn.functional as F

_HAS_FUSED = hasattr(F, "scaled_dot_product_attention") and "NOT_FUSED" not in os.environ
_HAS_SILU = "silu" in dir(torch.nn.functional)


def swish(x):
    return x * torch.sigmoid(x)


class Linear(nn.Linear):
    def forward(self, x):
        if torch.jit.is_scripting():
            return F.linear(x, self.weight.to(dtype=x.dtype), self.bias)
        return F.linear(x, self.weight, self.bias)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Linear(8, 8)
        self.b = Linear(8, 8)
        self.head = nn.Linear(8, 2)
        self.act = F.silu if _HAS_SILU else swish

    def forward(self, x):
        x = self.act(self.a(x))
        if not torch.jit.is_tracing() and not torch.compiler.is_compiling():
            x = F.relu(self.b(x))
        if torch.onnx.is_in_onnx_export():
            x = x * 2
        if _HAS_FUSED:
            x = F.scaled_dot_product_attention(x, x, x)
        else:
            x = torch.softmax(x @ x.t(), -1) @ x
        return self.head(x)


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
