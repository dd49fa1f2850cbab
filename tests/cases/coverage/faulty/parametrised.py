"""Inits behind a parametrisation: the next forward computes the weight anew."""
import torch
import torch.nn as nn
from torch.nn.utils import weight_norm
from torch.nn.utils.parametrizations import spectral_norm


class Vocoder(nn.Module):
    def __init__(self, c=64):
        super().__init__()
        self.pre = weight_norm(nn.Conv1d(80, c, 7, padding=3))
        self.post = weight_norm(nn.Conv1d(c, 1, 7, padding=3))
        self.pre.weight.data.normal_(0.0, 0.01)  # expect: init-after-parametrization

    def forward(self, x):
        return torch.tanh(self.post(torch.relu(self.pre(x))))


class SNDiscriminator(nn.Module):
    def __init__(self, c=64):
        super().__init__()
        self.main = nn.Sequential(
            spectral_norm(nn.Conv2d(3, c, 4, 2, 1)), nn.LeakyReLU(0.1),
            spectral_norm(nn.Conv2d(c, 1, 4, 2, 1)),
        )
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.xavier_uniform_(m.weight)  # expect: init-after-parametrization
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.main(x)
