"""A network of Inception blocks (Szegedy et al. 2015): parallel branches, cat, an auxiliary head, truncated normals."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional


class ConvUnit(nn.Module):
    def __init__(self, inputs: int, outputs: int, **kwargs: int | tuple[int, int]) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, bias=False, **kwargs)
        self.bn = nn.BatchNorm2d(outputs, eps=0.001)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.relu(self.bn(self.conv(x)), inplace=True)


class WideBlock(nn.Module):
    """1x1, 5x5, double 3x3 and pooled branches."""

    def __init__(self, inputs: int, pooled: int, unit: type[nn.Module] | None = None) -> None:
        super().__init__()
        if unit is None:
            unit = ConvUnit
        self.point = unit(inputs, 64, kernel_size=1)
        self.five_1 = unit(inputs, 48, kernel_size=1)
        self.five_2 = unit(48, 64, kernel_size=5, padding=2)
        self.three_1 = unit(inputs, 64, kernel_size=1)
        self.three_2 = unit(64, 96, kernel_size=3, padding=1)
        self.three_3 = unit(96, 96, kernel_size=3, padding=1)
        self.pool = unit(inputs, pooled, kernel_size=1)

    def _branches(self, x: torch.Tensor) -> list[torch.Tensor]:
        five = self.five_2(self.five_1(x))
        three = self.three_3(self.three_2(self.three_1(x)))
        pooled = self.pool(functional.avg_pool2d(x, kernel_size=3, stride=1, padding=1))
        return [self.point(x), five, three, pooled]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat(self._branches(x), 1)


class FactoredBlock(nn.Module):
    """7x1 and 1x7 convolutions in turn."""

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.point = ConvUnit(inputs, 192, kernel_size=1)
        self.seven = nn.Sequential(
            ConvUnit(inputs, width, kernel_size=1),
            ConvUnit(width, width, kernel_size=(1, 7), padding=(0, 3)),
            ConvUnit(width, 192, kernel_size=(7, 1), padding=(3, 0)),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([self.point(x), self.seven(x)], dim=1)


class AuxiliaryHead(nn.Module):
    def __init__(self, inputs: int, classes: int) -> None:
        super().__init__()
        self.conv = ConvUnit(inputs, 128, kernel_size=1)
        self.conv.stddev = 0.01
        self.fc = nn.Linear(128, classes)
        self.fc.stddev = 0.001

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(functional.adaptive_avg_pool2d(x, (1, 1)))
        return self.fc(torch.flatten(x, 1))


class Inception(nn.Module):
    def __init__(self, classes: int = 100, auxiliary: bool = True, dropout: float = 0.5) -> None:
        super().__init__()
        self.stem_1 = ConvUnit(3, 32, kernel_size=3, stride=2)
        self.stem_2 = ConvUnit(32, 64, kernel_size=3, padding=1)
        self.wide_1 = WideBlock(64, pooled=32)
        self.wide_2 = WideBlock(256, pooled=64)
        self.factored = FactoredBlock(288, width=128)
        self.head: nn.Module | None = None
        if auxiliary:
            self.head = AuxiliaryHead(288, classes)
        self.dropout = nn.Dropout(p=dropout)
        self.fc = nn.Linear(384, classes)
        for m in self.modules():
            if isinstance(m, (nn.Conv2d, nn.Linear)):
                stddev = float(m.stddev) if hasattr(m, "stddev") else 0.1
                torch.nn.init.trunc_normal_(m.weight, mean=0.0, std=stddev, a=-2, b=2)
            elif isinstance(m, nn.BatchNorm2d):
                nn.init.constant_(m.weight, 1)
                nn.init.constant_(m.bias, 0)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        x = functional.max_pool2d(self.stem_2(self.stem_1(x)), 3, stride=2)
        x = self.wide_2(self.wide_1(x))
        extra = self.head(x) if self.head is not None else None
        x = functional.adaptive_avg_pool2d(self.factored(x), (1, 1))
        return self.fc(torch.flatten(self.dropout(x), 1)), extra
