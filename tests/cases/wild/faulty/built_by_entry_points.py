"""Entry points call a private function that builds the model: only they say how deep it is."""

import torch
from torch import nn

PLANS = {"A": [64, "M", 128, "M", 256, 256, "M"], "B": [64, 64, "M", 128, 128, "M", 256, 256, "M"]}


class Plain(nn.Module):
    def __init__(self, features, classes=10, init=True):
        super().__init__()
        self.features = features
        self.head = nn.Linear(256, classes)
        if init:
            self._init()

    def forward(self, x):
        return self.head(torch.flatten(self.features(x).mean((2, 3)), 1))

    def _init(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.constant_(m.weight, 0)  # expect: zero-weight-init
            elif isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, 0, 0.01)


def layers_of(plan):
    layers, width = [], 3
    for each in plan:
        if each == "M":
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(width, each, 3, padding=1), nn.ReLU(inplace=True)]
            width = each
    return nn.Sequential(*layers)


def _plain(name, weights=None, **kwargs):
    if weights is not None:
        kwargs["init"] = False
    model = Plain(layers_of(PLANS[name]), **kwargs)
    if weights is not None:
        model.load_state_dict(torch.load(weights))
    return model


def plain_a(*, weights=None, **kwargs):
    return _plain("A", weights, **kwargs)


def plain_b(*, weights=None, **kwargs):
    return _plain("B", weights, **kwargs)
