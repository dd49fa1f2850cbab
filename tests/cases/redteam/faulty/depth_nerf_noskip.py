"""A radiance field without the skip connection, ten layers."""

import torch
from torch import nn
import torch.nn.functional as F


class Embedder:
    def __init__(self, num_freqs=10):
        self.freqs = 2.0 ** torch.linspace(0.0, num_freqs - 1, num_freqs)
        self.out_dim = 3 + 3 * 2 * num_freqs

    def __call__(self, x):
        out = [x]
        for f in self.freqs:
            out += [torch.sin(x * f), torch.cos(x * f)]
        return torch.cat(out, -1)


class NeRF(nn.Module):
    def __init__(self, D=10, W=256, input_ch=63, output_ch=4):
        super().__init__()
        self.D = D
        self.W = W
        self.input_ch = input_ch
        self.pts_linears = nn.ModuleList(
            [nn.Linear(input_ch, W)] + [nn.Linear(W, W) for i in range(D - 1)]  # expect: default-init-deep-relu
        )
        self.output_linear = nn.Linear(W, output_ch)

    def forward(self, x):
        h = x
        for i, l in enumerate(self.pts_linears):
            h = self.pts_linears[i](h)
            h = F.relu(h)
        return self.output_linear(h)


def example():
    pts = torch.rand(4, 3) * 2 - 1
    return NeRF()(Embedder()(pts))
