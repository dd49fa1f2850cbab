"""model.init_weights() is called by the script, not by the constructor."""

import torch
import torch.nn as nn


class PlainGenerator(nn.Module):
    def __init__(self, z=64, width=128, n=10, out=32):
        super().__init__()
        mods = []
        d = z
        for _ in range(n):
            mods += [nn.Linear(d, width), nn.LeakyReLU(0.2)]
            d = width
        self.net = nn.Sequential(*mods)
        self.to_out = nn.Linear(d, out)
        self.const = nn.Parameter(torch.empty(1, z))

    def init_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.kaiming_normal_(m.weight, a=0.2)
                nn.init.zeros_(m.bias)
        nn.init.normal_(self.const)

    def forward(self, z):
        return self.to_out(self.net(z + self.const))


class GANTrainer(object):
    def load_network(self):
        netG = PlainGenerator()
        netG.init_weights()
        return netG


def example():
    return GANTrainer().load_network()(torch.randn(4, 64))
