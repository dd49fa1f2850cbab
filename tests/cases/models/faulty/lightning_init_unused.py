"""Classes whose bases run no init of their own: a LightningModule, and a module that is abstract."""

from abc import ABC

import pytorch_lightning as pl
from torch import nn


class Autoencoder(pl.LightningModule):
    def __init__(self, width=784, code=16):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(width, 256), nn.ReLU(), nn.Linear(256, code))
        self.decoder = nn.Sequential(nn.Linear(code, 256), nn.ReLU(), nn.Linear(256, width))

    def init_parameters(self):  # expect: init-never-applied
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")

    def forward(self, x):
        return self.decoder(self.encoder(x))


class Net(nn.Module, ABC):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 64)

    def weights_init(self):  # expect: init-never-applied
        nn.init.orthogonal_(self.fc.weight)

    def forward(self, x):
        return self.fc(x).tanh()
