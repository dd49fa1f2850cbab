"""AlexNet (Krizhevsky et al. 2012), with the paper's own initialisation: N(0, 0.01), biases of some layers 1."""

from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F


class AlexNet(nn.Module):
    def __init__(self, classes: int = 100, hidden: int = 1024) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 96, kernel_size=11, stride=4, padding=2)
        self.conv2 = nn.Conv2d(96, 256, kernel_size=5, padding=2, groups=2)
        self.conv3 = nn.Conv2d(256, 384, kernel_size=3, padding=1)
        self.conv4 = nn.Conv2d(384, 384, kernel_size=3, padding=1, groups=2)
        self.conv5 = nn.Conv2d(384, 256, kernel_size=3, padding=1, groups=2)
        self.lrn = nn.LocalResponseNorm(size=5, alpha=1e-4, beta=0.75, k=2.0)
        self.pool = nn.MaxPool2d(kernel_size=3, stride=2)
        self.fc6 = nn.Linear(256 * 6 * 6, hidden)
        self.fc7 = nn.Linear(hidden, hidden)
        self.fc8 = nn.Linear(hidden, classes)
        self._init_bias()

    def _init_bias(self) -> None:
        layers = [self.conv1, self.conv2, self.conv3, self.conv4, self.conv5, self.fc6, self.fc7, self.fc8]
        for layer in layers:
            layer.weight.data.normal_(0.0, 0.01)
            layer.bias.data.zero_()
        for layer in (self.conv2, self.conv4, self.conv5, self.fc6, self.fc7):
            layer.bias.data.fill_(1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.pool(self.lrn(F.relu(self.conv1(x))))
        x = self.pool(self.lrn(F.relu(self.conv2(x))))
        x = F.relu(self.conv3(x))
        x = F.relu(self.conv4(x), inplace=True)
        x = self.pool(F.relu_(self.conv5(x)))
        x = x.view(x.size(0), -1)
        x = F.dropout(F.relu(self.fc6(x)), p=0.5, training=self.training)
        x = F.dropout(torch.relu(self.fc7(x)), p=0.5, training=self.training)
        return self.fc8(x)
