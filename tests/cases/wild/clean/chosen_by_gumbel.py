"""A softmax over noisy scores starts the signal anew: it is no step of a stack that loses it."""

import torch
import torch.nn.functional as F
from torch import nn


class CategoricalAutoencoder(nn.Module):
    def __init__(self, width=256, variables=20, categories=64, temperature=0.5):
        super().__init__()
        self.variables, self.categories, self.temperature = variables, categories, temperature
        self.encoder = nn.Sequential(nn.Linear(784, width), nn.BatchNorm1d(width), nn.ReLU())
        self.scores = nn.Linear(width, variables * categories)
        self.read = nn.Linear(variables * categories, width)
        self.decoder = nn.Sequential(nn.Linear(width, width), nn.BatchNorm1d(width), nn.ReLU(), nn.Linear(width, 784))

    def forward(self, x):
        scores = self.scores(self.encoder(x)).view(-1, self.variables, self.categories)
        noise = -torch.log(-torch.log(torch.rand_like(scores) + 1e-7) + 1e-7)
        choice = F.softmax((scores + noise) / self.temperature, dim=-1)
        return self.decoder(self.read(choice.view(-1, self.variables * self.categories)))
