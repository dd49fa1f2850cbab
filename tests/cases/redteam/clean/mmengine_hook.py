"""A base class with a hook: init_weights of each module is called by the framework's base in the same project."""

import torch
import torch.nn as nn


class BaseModule(nn.Module):
    """Calls init_weights of its children, once."""

    def __init__(self, init_cfg=None):
        super().__init__()
        self._is_init = False
        self.init_cfg = init_cfg

    def init_weights(self):
        if not self._is_init:
            for m in self.children():
                if hasattr(m, "init_weights"):
                    m.init_weights()
            self._is_init = True


class Neck(BaseModule):
    def __init__(self, cin=32, cout=16):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 1)
        self.norm = nn.BatchNorm2d(cout)

    def init_weights(self):
        super().init_weights()
        nn.init.xavier_uniform_(self.conv.weight)
        nn.init.zeros_(self.conv.bias)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))


class Detector(BaseModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 32, 3, 2, 1), nn.BatchNorm2d(32), nn.ReLU())
        self.neck = Neck()
        self.head = nn.Conv2d(16, 5, 1)

    def forward(self, x):
        return self.head(self.neck(self.backbone(x)))


def train_detector(model, data):
    model.init_weights()
    return model(data)


def example():
    return train_detector(Detector(), torch.rand(4, 3, 16, 16))
