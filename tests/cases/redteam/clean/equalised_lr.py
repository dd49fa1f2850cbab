"""StyleGAN's equalised learning rate: N(0, 1) weights, scaled at run time."""

import math

import torch
from torch import nn
from torch.nn import functional as F


class PixelNorm(nn.Module):
    def forward(self, input):
        return input * torch.rsqrt(torch.mean(input**2, dim=1, keepdim=True) + 1e-8)


class EqualLinear(nn.Module):
    def __init__(self, in_dim, out_dim, bias=True, bias_init=0, lr_mul=1.0, activation=None):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_dim, in_dim).div_(lr_mul))
        self.bias = nn.Parameter(torch.zeros(out_dim).fill_(bias_init)) if bias else None
        self.activation = activation
        self.scale = (1 / math.sqrt(in_dim)) * lr_mul
        self.lr_mul = lr_mul

    def forward(self, input):
        out = F.linear(input, self.weight * self.scale, bias=self.bias * self.lr_mul)
        if self.activation:
            out = F.leaky_relu(out, 0.2) * math.sqrt(2)
        return out


class EqualConv2d(nn.Module):
    def __init__(self, cin, cout, k, stride=1, padding=0):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(cout, cin, k, k))
        self.scale = 1 / math.sqrt(cin * k**2)
        self.stride, self.padding = stride, padding
        self.bias = nn.Parameter(torch.zeros(cout))

    def forward(self, x):
        return F.conv2d(x, self.weight * self.scale, self.bias, self.stride, self.padding)


class Mapping(nn.Module):
    def __init__(self, style_dim=128, n_mlp=8, lr_mlp=0.01):
        super().__init__()
        layers = [PixelNorm()]
        for _ in range(n_mlp):
            layers.append(EqualLinear(style_dim, style_dim, lr_mul=lr_mlp, activation="fused_lrelu"))
        self.style = nn.Sequential(*layers)

    def forward(self, z):
        return self.style(z)


class Discriminator(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        convs = [EqualConv2d(3, c, 1), nn.LeakyReLU(0.2)]
        for _ in range(5):
            convs += [EqualConv2d(c, c, 3, padding=1), nn.LeakyReLU(0.2)]
        self.convs = nn.Sequential(*convs)
        self.final = EqualLinear(c, 1)

    def forward(self, x):
        return self.final(self.convs(x).mean((2, 3)))


def example():
    Discriminator()(torch.randn(4, 3, 8, 8))
    return Mapping()(torch.randn(4, 128))
