"""A loop over a Sequential whose modules have names of their own."""

import torch
import torch.nn as nn


class Layer(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.fc = nn.Linear(size, 4)

    def forward(self, features):
        return torch.relu(self.fc(torch.cat(features, 1)))


class Stage(nn.Sequential):
    def __init__(self, count):
        super().__init__()
        for number in range(count):
            self.add_module(f"layer{number}", Layer(8 + 4 * number))

    def forward(self, x):
        features = [x]
        for layer in self:
            features.append(layer(features))
        return torch.cat(features, 1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stage = Stage(3)
        self.head = nn.Linear(20, 2)

    def forward(self, x):
        return self.head(self.stage(x))


def build():
    return Net()


def inputs():
    return [torch.randn(3, 8)]
