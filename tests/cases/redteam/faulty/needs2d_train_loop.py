"""The script's loop skips biases but not the batch norms' weights."""

import torch
import torch.nn as nn


class ConvBNReLU(nn.Sequential):
    def __init__(self, cin, cout, k=3, s=1):
        super().__init__(nn.Conv2d(cin, cout, k, s, k // 2, bias=False), nn.BatchNorm2d(cout), nn.ReLU6(inplace=True))


class SmallMobile(nn.Module):
    def __init__(self, num_classes=100):
        super().__init__()
        self.features = nn.Sequential(ConvBNReLU(3, 16, s=2), ConvBNReLU(16, 32, s=2), ConvBNReLU(32, 64, s=2))
        self.classifier = nn.Linear(64, num_classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean([2, 3]))


def train(epochs=1):
    model = SmallMobile()
    for name, p in model.named_parameters():
        if "bias" not in name:
            nn.init.kaiming_normal_(p, mode="fan_out")  # expect: init-needs-2d
    return model


def example():
    return train()(torch.rand(2, 3, 32, 32))
