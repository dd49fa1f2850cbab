"""BEiT's `fix_init_weight`: the projections divided by `sqrt(2 * layer_id)`."""

import math

import torch.nn as nn


class Attn(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.qkv = nn.Linear(dim, dim * 3, bias=False)
        self.proj = nn.Linear(dim, dim)


class Mlp(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc1 = nn.Linear(dim, dim * 2)
        self.fc2 = nn.Linear(dim * 2, dim)


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.attn = Attn(dim)
        self.mlp = Mlp(dim)


class Beit(nn.Module):
    def __init__(self, dim=20, depth=3, init_std=0.02, init_scale=0.5):
        super().__init__()
        self.init_std = init_std
        self.blocks = nn.ModuleList([Block(dim) for i in range(depth)])
        self.head = nn.Linear(dim, 10)
        self.apply(self._init_weights)
        self.fix_init_weight()
        self.head.weight.data.mul_(init_scale)
        self.head.bias.data.mul_(init_scale)

    def fix_init_weight(self):
        def rescale(param, layer_id):
            param.div_(math.sqrt(2.0 * layer_id))

        for layer_id, layer in enumerate(self.blocks):
            rescale(layer.attn.proj.weight.data, layer_id + 1)
            rescale(layer.mlp.fc2.weight.data, layer_id + 1)

    def _init_weights(self, m):
        if isinstance(m, nn.Linear):
            nn.init.trunc_normal_(m.weight, std=self.init_std)
            if isinstance(m, nn.Linear) and m.bias is not None:
                nn.init.constant_(m.bias, 0)


def build():
    return Beit()
