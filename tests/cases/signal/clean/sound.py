"""A discriminator of sound: seven strided convolutions of 41 taps at the defaults, over thousands of samples."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import weight_norm


class ScaleDiscriminator(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [(1, 16, 1, 1), (16, 64, 4, 4), (64, 256, 4, 16), (256, 512, 4, 16), (512, 512, 4, 16), (512, 512, 1, 1)]
        self.convs = nn.ModuleList(
            [weight_norm(nn.Conv1d(a, b, 41, stride, 20, groups=groups)) for a, b, stride, groups in sizes]
        )
        self.post = weight_norm(nn.Conv1d(512, 1, 3, 1, 1))

    def forward(self, wave):
        maps = []
        for conv in self.convs:
            wave = F.leaky_relu(conv(wave), 0.1)
            maps.append(wave)
        return self.post(wave), maps


def example():
    return ScaleDiscriminator()(torch.randn(1, 1, 4096))[0]
