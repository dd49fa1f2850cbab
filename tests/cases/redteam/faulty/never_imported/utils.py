"""Helpers."""

import torch.nn as nn


def init_weights(net, gain=0.02):  # expect: init-never-applied
    def init_func(m):
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            nn.init.normal_(m.weight, 0.0, gain)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

    net.apply(init_func)


def count_parameters(net):
    return sum(p.numel() for p in net.parameters() if p.requires_grad)
