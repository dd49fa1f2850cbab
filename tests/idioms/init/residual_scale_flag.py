"""Layers marked by an attribute (`NANOGPT_SCALE_INIT`) get a smaller std in the init."""

import torch.nn as nn


class MLP(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
        self.proj = nn.Linear(dim, dim)
        self.proj.SCALE_INIT = 1
        self.proj.weight.is_residual = True


class Net(nn.Module):
    def __init__(self, dim=20, layers=4):
        super().__init__()
        self.n_layer = layers
        self.blocks = nn.ModuleList(MLP(dim) for _ in range(layers))
        self.apply(self._init_weights)
        for p in self.parameters():
            if getattr(p, "is_residual", False):
                p.data.mul_(0.5)

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            std = 0.02
            if hasattr(module, "SCALE_INIT"):
                std *= (2 * self.n_layer) ** -0.5
            nn.init.normal_(module.weight, mean=0.0, std=std)


def build():
    return Net()
