import torch
import torch.nn as nn


class DeepSDF(nn.Module):
    def __init__(self, latent=256, width=512, depth=12):
        super().__init__()
        dims = [latent + 3] + [width] * depth + [1]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(dims[:-1], dims[1:])])  # expect: default-init-deep-relu
        self.relu = nn.ReLU()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.relu(layer(x))
        return torch.tanh(self.layers[-1](x))
