"""A deep default encoder and decoder, latent between, in one class with a builder method."""

import torch
import torch.nn as nn


class DeepAE(nn.Module):
    def __init__(self, in_dim=200, latent=16, widths=(256, 256, 256, 256, 256, 256, 256, 256, 256)):
        super().__init__()
        self.encoder = self._build([in_dim, *widths], latent)
        self.decoder = self._build([latent, *reversed(widths)], in_dim)

    @staticmethod
    def _build(dims, out):
        seq = nn.Sequential()
        for i in range(len(dims) - 1):
            seq.add_module(f"fc{i}", nn.Linear(dims[i], dims[i + 1]))  # expect: default-init-deep-relu
            seq.add_module(f"act{i}", nn.ReLU())
        seq.add_module("out", nn.Linear(dims[-1], out))
        return seq

    def forward(self, x):
        return self.decoder(self.encoder(x))


def example():
    return DeepAE()(torch.rand(4, 200))
