"""Residual stacks without norm that are held by a scale, a zero, or by being short."""

import torch
from torch import nn


class Fixup(nn.Module):
    def __init__(self, width, blocks):
        super().__init__()
        self.a = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.b = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.shift = nn.Parameter(torch.zeros(1))
        self.scale = nn.Parameter(torch.ones(1))
        nn.init.normal_(self.a.weight, std=(2 / (width * 9)) ** 0.5 * blocks**-0.5)
        nn.init.zeros_(self.b.weight)

    def forward(self, x):
        return torch.relu(x + self.b(torch.relu(self.a(x + self.shift))) * self.scale)


class ReZero(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a, self.b = nn.Linear(width, width), nn.Linear(width, width)
        self.gate = nn.Parameter(torch.zeros(1))
        for layer in (self.a, self.b):
            nn.init.kaiming_normal_(layer.weight)

    def forward(self, x):
        return x + self.gate * self.b(torch.relu(self.a(x)))


class Scaled(nn.Module):
    """EDSR: a tenth of each branch."""

    def __init__(self, width, scale=0.1):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(width, width, 3, padding=1), nn.ReLU(), nn.Conv2d(width, width, 3, padding=1))
        self.scale = scale
        for m in self.body:
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight)

    def forward(self, x):
        return x + self.body(x) * self.scale


class PreNorm(nn.Module):
    """Grows by a constant a block, not by a factor."""

    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.a, self.b = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        for layer in (self.a, self.b):
            nn.init.kaiming_normal_(layer.weight)

    def forward(self, x):
        return x + self.b(torch.relu(self.a(self.norm(x))))


class Plain(nn.Module):
    """PyTorch's default: ×1.06 a block."""

    def __init__(self, width):
        super().__init__()
        self.a, self.b = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        return x + self.b(torch.relu(self.a(x)))


class MixFfn(nn.Module):
    """SegFormer: 0.02 in a branch of three, a depthwise convolution among them."""

    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.dw = nn.Conv1d(4 * width, 4 * width, 3, padding=1, groups=4 * width)
        for layer in (self.fc1, self.dw, self.fc2):
            nn.init.normal_(layer.weight, std=0.005)

    def forward(self, x):
        y = self.dw(self.fc1(self.norm(x)).transpose(1, 2)).transpose(1, 2)
        return x + self.fc2(nn.functional.gelu(y))


class Segments(nn.Module):
    def __init__(self, width=32, depth=4):
        super().__init__()
        self.blocks = nn.ModuleList([MixFfn(width) for _ in range(depth)])

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


class He(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a, self.b = nn.Linear(width, width), nn.Linear(width, width)
        for layer in (self.a, self.b):
            nn.init.kaiming_normal_(layer.weight)

    def forward(self, x):
        return x + self.b(torch.relu(self.a(x)))


class Nets(nn.Module):
    def __init__(self, width=32, depth=24):
        super().__init__()
        self.fixup = nn.Sequential(*[Fixup(width, depth) for _ in range(depth)])
        self.edsr = nn.Sequential(*[Scaled(width) for _ in range(depth)])
        self.rezero = nn.Sequential(*[ReZero(width) for _ in range(depth)])
        self.prenorm = nn.Sequential(*[PreNorm(width) for _ in range(depth)])
        self.plain = nn.Sequential(*[Plain(width) for _ in range(depth)])
        self.short = nn.Sequential(*[He(width) for _ in range(4)])

    def forward(self, image, row):
        return self.edsr(self.fixup(image)), self.rezero(row), self.prenorm(row), self.plain(row), self.short(row)


class AnyDepth(nn.Module):
    """Nobody says how deep."""

    def __init__(self, depth, width=32):
        super().__init__()
        self.blocks = nn.ModuleList([He(width) for _ in range(depth)])

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


def example():
    return Nets()(torch.randn(2, 32, 8, 8), torch.randn(4, 32))
