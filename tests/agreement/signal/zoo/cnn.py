"""Convolutional networks: plain, residual, depthwise, transposed, with squeeze-and-excitation, U-shaped, generators."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F


def he(module: nn.Module) -> None:
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        if module.bias is not None:
            nn.init.zeros_(module.bias)


class PlainCnn(nn.Module):
    """Convolutions and ReLU; strided instead of pooled."""

    def __init__(self, width: int = 48, depth: int = 5, explicit: bool = True) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        channels = 3
        for index in range(depth):
            layers += [nn.Conv2d(channels, width, 3, stride=2 if index == 2 else 1, padding=1), nn.ReLU()]
            channels = width
        self.features = nn.Sequential(*layers)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(width, 10)
        if explicit:
            self.apply(he)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.pool(self.features(x)).flatten(1))


class LeNet(nn.Module):
    """Pools, and a flattened image before the classifier."""

    def __init__(self, average: bool = False) -> None:
        super().__init__()
        pool = nn.AvgPool2d(2) if average else nn.MaxPool2d(2)
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 5), nn.ReLU(), pool, nn.Conv2d(16, 32, 5), nn.ReLU(), pool
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.Linear(800, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.features(x).flatten(1))


class Block(nn.Module):
    def __init__(self, width: int, norm: bool) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width) if norm else nn.Identity()
        self.bn2 = nn.BatchNorm2d(width) if norm else nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(x + self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))


class ResidualCnn(nn.Module):
    """Basic blocks, with batch norm or none."""

    def __init__(self, width: int = 32, depth: int = 4, norm: bool = True) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, width, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(width) if norm else nn.Identity()
        self.blocks = nn.Sequential(*[Block(width, norm) for _ in range(depth)])
        self.head = nn.Linear(width, 10)
        self.apply(he)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.blocks(F.relu(self.norm(self.stem(x))))
        return self.head(x.mean(dim=(2, 3)))


class Separable(nn.Module):
    """Inverted residuals: a wide depthwise convolution between two narrow ones, with squeeze-and-excitation."""

    def __init__(self, width: int = 24, depth: int = 3, expand: int = 4) -> None:
        super().__init__()
        inner = width * expand
        self.stem = nn.Conv2d(3, width, 3, stride=2, padding=1)
        self.wide = nn.ModuleList([nn.Conv2d(width, inner, 1) for _ in range(depth)])
        self.deep = nn.ModuleList([nn.Conv2d(inner, inner, 3, padding=1, groups=inner) for _ in range(depth)])
        self.squeeze = nn.ModuleList([nn.Conv2d(inner, width // 4, 1) for _ in range(depth)])
        self.excite = nn.ModuleList([nn.Conv2d(width // 4, inner, 1) for _ in range(depth)])
        self.narrow = nn.ModuleList([nn.Conv2d(inner, width, 1) for _ in range(depth)])
        self.norms = nn.ModuleList([nn.BatchNorm2d(inner) for _ in range(2 * depth)])
        self.head = nn.Conv2d(width, 10, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for index, narrow in enumerate(self.narrow):
            y = F.silu(self.norms[2 * index](self.wide[index](x)))
            y = F.silu(self.norms[2 * index + 1](self.deep[index](y)))
            gate = self.excite[index](F.silu(self.squeeze[index](F.adaptive_avg_pool2d(y, 1))))
            x = x + narrow(y * torch.sigmoid(gate))
        return self.head(x)


class Grouped(nn.Module):
    """Grouped and dilated convolutions, group norm, leaky ReLU."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.one = nn.Conv2d(8, width, 3, padding=1)
        self.two = nn.Conv2d(width, width, 3, padding=1, groups=4)
        self.three = nn.Conv2d(width, width, 3, padding=2, dilation=2)
        self.norm = nn.GroupNorm(8, width)
        self.four = nn.Conv2d(width, 16, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.leaky_relu(self.one(x), 0.2)
        x = F.leaky_relu(self.two(x), 0.2)
        return self.four(F.leaky_relu(self.norm(self.three(x)), 0.2))


class Generator(nn.Module):
    """From a vector to an image by transposed convolutions; DCGAN's init."""

    def __init__(self, latent: int = 64, width: int = 32, norm: bool = True) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.ConvTranspose2d(latent, 4 * width, 4, 1, 0, bias=False),
            nn.BatchNorm2d(4 * width) if norm else nn.Identity(), nn.ReLU(),
            nn.ConvTranspose2d(4 * width, 2 * width, 4, 2, 1, bias=False),
            nn.BatchNorm2d(2 * width) if norm else nn.Identity(), nn.ReLU(),
            nn.ConvTranspose2d(2 * width, width, 4, 2, 1, bias=False),
            nn.BatchNorm2d(width) if norm else nn.Identity(), nn.ReLU(),
            nn.ConvTranspose2d(width, 3, 4, 2, 1, bias=False), nn.Tanh(),
        )  # fmt: skip
        for module in self.modules():
            if isinstance(module, nn.ConvTranspose2d):
                nn.init.normal_(module.weight, 0.0, 0.02)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        return self.net(z)


class Discriminator(nn.Module):
    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, width, 4, 2, 1, bias=False), nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(width, 2 * width, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * width), nn.LeakyReLU(0.2),
            nn.Conv2d(2 * width, 4 * width, 4, 2, 1, bias=False), nn.BatchNorm2d(4 * width), nn.LeakyReLU(0.2),
            nn.Conv2d(4 * width, 1, 4, 1, 0, bias=False),
        )  # fmt: skip

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x)


class SmallUnet(nn.Module):
    """Two levels, by strided and transposed convolutions; skips by cat or by sum."""

    def __init__(self, width: int = 24, add: bool = False) -> None:
        super().__init__()
        self.add = add
        self.one, self.two = nn.Conv2d(3, width, 3, padding=1), nn.Conv2d(width, 2 * width, 3, stride=2, padding=1)
        self.three = nn.Conv2d(2 * width, 4 * width, 3, stride=2, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * width, 2 * width, 2, stride=2)
        self.dec1 = nn.Conv2d(2 * width if add else 4 * width, 2 * width, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * width, width, 2, stride=2)
        self.dec2 = nn.Conv2d(width if add else 2 * width, width, 3, padding=1)
        self.head = nn.Conv2d(width, 2, 1)
        self.apply(he)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a = F.relu(self.one(x))
        b = F.relu(self.two(a))
        y = self.up1(F.relu(self.three(b)))
        y = F.relu(self.dec1(y + b if self.add else torch.cat([y, b], dim=1)))
        y = self.up2(y)
        y = F.relu(self.dec2(y + a if self.add else torch.cat([y, a], dim=1)))
        return self.head(y)


class WaveNet(nn.Module):
    """Dilated 1-d convolutions, gates of tanh and sigmoid, residuals and summed skips."""

    def __init__(self, width: int = 48, depth: int = 5) -> None:
        super().__init__()
        self.stem = nn.Conv1d(1, width, 1)
        self.filters = nn.ModuleList([nn.Conv1d(width, width, 3, padding=2**i, dilation=2**i) for i in range(depth)])
        self.gates = nn.ModuleList([nn.Conv1d(width, width, 3, padding=2**i, dilation=2**i) for i in range(depth)])
        self.residuals = nn.ModuleList([nn.Conv1d(width, width, 1) for _ in range(depth)])
        self.skips = nn.ModuleList([nn.Conv1d(width, width, 1) for _ in range(depth)])
        self.head = nn.Conv1d(width, 8, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        total = torch.zeros_like(x)
        for index, residual in enumerate(self.residuals):
            y = torch.tanh(self.filters[index](x)) * torch.sigmoid(self.gates[index](x))
            total = total + self.skips[index](y)
            x = x + residual(y)
        return self.head(F.relu(total))
