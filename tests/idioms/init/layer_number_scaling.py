"""The std depends on the layer's number or on the depth, set when the layer is made."""

import math

import torch.nn as nn


class FeedForward(nn.Module):
    def __init__(self, dim, layer_id, n_layers):
        super().__init__()
        self.w1 = nn.Linear(dim, dim * 3, bias=False)
        self.w2 = nn.Linear(dim * 3, dim, bias=False)
        self.layer_id = layer_id
        self.weight_init_std = 0.02 / (2 * (layer_id + 1)) ** 0.5
        self.n_layers = n_layers

    def init_weights(self, init_std):
        nn.init.trunc_normal_(self.w1.weight, mean=0.0, std=0.02)
        for linear in (self.w2,):
            nn.init.trunc_normal_(linear.weight, mean=0.0, std=init_std)


class Net(nn.Module):
    def __init__(self, dim=20, n_layers=3):
        super().__init__()
        self.layers = nn.ModuleDict()
        for layer_id in range(n_layers):
            self.layers[str(layer_id)] = FeedForward(dim, layer_id, n_layers)
        self.output = nn.Linear(dim, 30, bias=False)
        self.init_weights()

    def init_weights(self):
        for layer in self.layers.values():
            if layer is not None:
                layer.init_weights(layer.weight_init_std)
        final_out_std = self.output.in_features**-0.5
        cutoff = 3
        nn.init.trunc_normal_(
            self.output.weight, mean=0.0, std=final_out_std, a=-cutoff * final_out_std, b=cutoff * final_out_std
        )
        for i, layer in enumerate(self.layers.values(), start=1):
            layer.w1.weight.data.div_(math.sqrt(2.0 * i))


def build():
    return Net()
