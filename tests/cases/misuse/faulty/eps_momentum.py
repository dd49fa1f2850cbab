"""Keras's momentum passed as PyTorch's eps."""

import torch
import torch.nn as nn


class DCGenerator(nn.Module):
    def __init__(self, latent=100, size=32):
        super().__init__()
        self.init_size = size // 4
        self.l1 = nn.Sequential(nn.Linear(latent, 128 * self.init_size ** 2))
        self.conv_blocks = nn.Sequential(
            nn.BatchNorm2d(128),
            nn.Upsample(scale_factor=2),
            nn.Conv2d(128, 128, 3, padding=1),
            nn.BatchNorm2d(128, 0.8),  # expect: norm-eps-as-momentum
            nn.LeakyReLU(0.2, inplace=True),
            nn.Upsample(scale_factor=2),
            nn.Conv2d(128, 64, 3, padding=1),
            nn.BatchNorm2d(64, 0.8),  # expect: norm-eps-as-momentum
            nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(64, 1, 3, padding=1),
            nn.Tanh(),
        )

    def forward(self, z):
        out = self.l1(z)
        return self.conv_blocks(out.view(out.shape[0], 128, self.init_size, self.init_size))


def block(i, o, normalize=True):
    layers = [nn.Linear(i, o)]
    if normalize:
        layers.append(nn.BatchNorm1d(o, 0.9))  # expect: norm-eps-as-momentum
    layers.append(nn.LeakyReLU(0.2))
    return layers


class MLPGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = nn.Sequential(*block(100, 128, normalize=False), *block(128, 256), nn.Linear(256, 784), nn.Tanh())

    def forward(self, z):
        return self.model(z)


class Adapter(nn.Module):
    def __init__(self, dim=64):
        super().__init__()
        self.norm = nn.LayerNorm(dim, eps=0.1)  # expect: norm-eps-as-momentum
        self.fc = nn.Linear(dim, dim)

    def forward(self, x):
        return x + self.fc(self.norm(x))


class WidthTwice(nn.Module):
    """The width stands where eps does: no momentum is as large."""

    def __init__(self, width=32):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)
        self.norm = nn.BatchNorm2d(width, width)  # expect: norm-eps-as-momentum
        self.head = nn.Conv2d(width, 10, 1)

    def forward(self, x):
        return self.head(torch.relu(self.norm(self.conv(x))))
