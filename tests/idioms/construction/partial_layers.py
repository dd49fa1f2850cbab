"""`functools.partial` fixes arguments of layers; `act_layer=nn.GELU`, `norm_layer=partial(nn.LayerNorm, eps=…)`."""

from functools import partial

import torch.nn as nn


class Mlp(nn.Module):
    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.GELU, bias=True):
        super().__init__()
        out_features = out_features or in_features
        hidden_features = hidden_features or in_features
        self.fc1 = nn.Linear(in_features, hidden_features, bias=bias)
        self.act = act_layer()
        self.fc2 = nn.Linear(hidden_features, out_features, bias=bias)

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, dim, act_layer=nn.GELU, norm_layer=nn.LayerNorm, mlp_layer=Mlp):
        super().__init__()
        self.norm = norm_layer(dim)
        self.mlp = mlp_layer(in_features=dim, hidden_features=int(dim * 2.0), act_layer=act_layer)


class Net(nn.Module):
    def __init__(self, dim=24, depth=2, norm_layer=None, act_layer=None):
        super().__init__()
        norm_layer = norm_layer or partial(nn.LayerNorm, eps=1e-6)
        act_layer = act_layer or nn.GELU
        self.blocks = nn.Sequential(
            *[
                Block(dim, norm_layer=norm_layer, act_layer=act_layer, mlp_layer=partial(Mlp, bias=False))
                for i in range(depth)
            ]
        )
        conv = partial(nn.Conv2d, kernel_size=3, padding=1)
        self.stem = conv(3, dim)
        self.deep = partial(conv, dim)(dim * 2, bias=False)
        self.norm = norm_layer(dim)


def build():
    return Net(norm_layer=partial(nn.LayerNorm, elementwise_affine=True), act_layer=partial(nn.LeakyReLU, 0.1))
