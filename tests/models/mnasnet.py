"""A network of inverted residuals found by search (Tan et al. 2018, MnasNet)."""

from __future__ import annotations

import torch
from torch import nn

_MOMENTUM = 1 - 0.9997


class InvertedResidual(nn.Module):
    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        if stride not in (1, 2) or kernel not in (3, 5):
            raise ValueError("only strides 1, 2 and kernels 3, 5")
        hidden = inputs * expansion
        self.apply_residual = inputs == outputs and stride == 1
        self.layers = nn.Sequential(
            nn.Conv2d(inputs, hidden, 1, bias=False),
            nn.BatchNorm2d(hidden, momentum=_MOMENTUM),
            nn.ReLU(inplace=True),
            nn.Conv2d(hidden, hidden, kernel, padding=kernel // 2, stride=stride, groups=hidden, bias=False),
            nn.BatchNorm2d(hidden, momentum=_MOMENTUM),
            nn.ReLU(inplace=True),
            nn.Conv2d(hidden, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs, momentum=_MOMENTUM),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.apply_residual:
            return self.layers(x) + x
        return self.layers(x)


def stack(inputs: int, outputs: int, kernel: int, stride: int, expansion: int, repeats: int) -> nn.Sequential:
    assert repeats >= 1
    first = InvertedResidual(inputs, outputs, kernel, stride, expansion)
    remaining = []
    for _ in range(1, repeats):
        remaining.append(InvertedResidual(outputs, outputs, kernel, 1, expansion))
    return nn.Sequential(first, *remaining)


def divisible(value: float, divisor: int = 8, round_up: float = 0.9) -> int:
    """The nearest multiple of ``divisor``, not much below the value."""
    rounded = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return rounded if rounded >= round_up * value else rounded + divisor


class MNASNet(nn.Module):
    def __init__(self, alpha: float = 1.0, classes: int = 1000, dropout: float = 0.2) -> None:
        super().__init__()
        depths = [divisible(depth * alpha) for depth in [32, 16, 24, 40, 80, 96, 192, 320]]
        layers = [
            nn.Conv2d(3, depths[0], 3, padding=1, stride=2, bias=False),
            nn.BatchNorm2d(depths[0], momentum=_MOMENTUM),
            nn.ReLU(inplace=True),
            nn.Conv2d(depths[0], depths[0], 3, padding=1, groups=depths[0], bias=False),
            nn.BatchNorm2d(depths[0], momentum=_MOMENTUM),
            nn.ReLU(inplace=True),
            nn.Conv2d(depths[0], depths[1], 1, bias=False),
            nn.BatchNorm2d(depths[1], momentum=_MOMENTUM),
        ]
        plan = [(3, 2, 3, 3), (5, 2, 3, 3), (5, 2, 6, 3), (3, 1, 6, 2), (5, 2, 6, 4), (3, 1, 6, 1)]
        for index, (kernel, stride, expansion, repeats) in enumerate(plan, start=1):
            layers.append(stack(depths[index], depths[index + 1], kernel, stride, expansion, repeats))
        layers += [
            nn.Conv2d(depths[7], 1280, 1, bias=False),
            nn.BatchNorm2d(1280, momentum=_MOMENTUM),
            nn.ReLU(inplace=True),
        ]
        self.layers = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Dropout(p=dropout, inplace=True), nn.Linear(1280, classes))
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
                if m.bias is not None:
                    nn.init.zeros_(m.bias)
            elif isinstance(m, nn.BatchNorm2d):
                nn.init.ones_(m.weight)
                nn.init.zeros_(m.bias)
            elif isinstance(m, nn.Linear):
                nn.init.kaiming_uniform_(m.weight, mode="fan_out", nonlinearity="sigmoid")
                nn.init.zeros_(m.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.layers(x).mean([2, 3]))
