"""VGG (Simonyan and Zisserman 2014): configurations as lists, read by one function that makes the layers."""

from __future__ import annotations

import torch
from torch import nn

CONFIGURATIONS: dict[str, list[int | str]] = {
    "A": [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
    "D": [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"],
}


def make_layers(configuration: list[int | str], batch_norm: bool = False) -> nn.Sequential:
    layers: list[nn.Module] = []
    channels = 3
    for item in configuration:
        if item == "M":
            layers += [nn.MaxPool2d(2, stride=2)]
            continue
        convolution = nn.Conv2d(channels, item, kernel_size=3, padding=1)
        if batch_norm:
            layers += [convolution, nn.BatchNorm2d(item), nn.ReLU(inplace=True)]
        else:
            layers += [convolution, nn.ReLU(inplace=True)]
        channels = item
    return nn.Sequential(*layers)


class VGG(nn.Module):
    def __init__(
        self, features: nn.Module, classes: int = 1000, hidden: int = 4096, init_weights: bool = True, drop: float = 0.5
    ) -> None:
        super().__init__()
        self.features = features
        self.pool = nn.AdaptiveAvgPool2d((2, 2))
        self.classifier = nn.Sequential(
            nn.Linear(512 * 2 * 2, hidden), nn.ReLU(True), nn.Dropout(p=drop),
            nn.Linear(hidden, hidden), nn.ReLU(True), nn.Dropout(p=drop),
            nn.Linear(hidden, classes),
        )  # fmt: skip
        if init_weights:
            for m in self.modules():
                if isinstance(m, nn.Conv2d):
                    nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
                    if m.bias is not None:
                        nn.init.constant_(m.bias, 0)
                elif isinstance(m, nn.BatchNorm2d):
                    nn.init.constant_(m.weight, 1)
                    nn.init.constant_(m.bias, 0)
                elif isinstance(m, nn.Linear):
                    nn.init.normal_(m.weight, 0, 0.01)
                    nn.init.constant_(m.bias, 0)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        x = self.features(image)
        x = self.pool(x)
        x = torch.flatten(x, 1)
        return self.classifier(x)


def _vgg(name: str, batch_norm: bool, **kwargs: int | bool | float) -> VGG:
    return VGG(make_layers(CONFIGURATIONS[name], batch_norm=batch_norm), **kwargs)


def vgg11_plain(**kwargs: int) -> VGG:
    """Without its own initialisation: torch's defaults."""
    kwargs["init_weights"] = False
    return _vgg("A", False, **kwargs)


def vgg16(**kwargs: int) -> VGG:
    return _vgg("D", False, **kwargs)


def vgg16_bn(**kwargs: int) -> VGG:
    return _vgg("D", True, **kwargs)
