"""The init function puts plain tensors into layers."""

import torch
from torch import nn


def init_weights(layer):
    if isinstance(layer, nn.Linear):
        layer.weight = torch.nn.init.xavier_normal_(layer.weight.data)  # expect: parameter-replaced-by-tensor
        layer.bias.data.fill_(0.01)


class Autoencoder(nn.Module):
    def __init__(self, n_in=784, n_hidden=64):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(n_in, 256), nn.Tanh(), nn.Linear(256, n_hidden))
        self.decoder = nn.Sequential(nn.Linear(n_hidden, 256), nn.Tanh(), nn.Linear(256, n_in))
        self.apply(init_weights)

    def forward(self, x):
        return self.decoder(self.encoder(x))
