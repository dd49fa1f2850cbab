"""The init runs before the layers it is meant for exist."""
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, d=20, h=64, k=3):
        super().__init__()
        self.apply(self._init_weights)  # expect: init-before-layers
        self.fc1 = nn.Linear(d, h)
        self.fc2 = nn.Linear(h, k)

    def _init_weights(self, m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)

    def forward(self, x):
        return self.fc2(torch.tanh(self.fc1(x)))


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.init_weights()

    def init_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")


class Segmenter(Base):
    def __init__(self, c=32, k=2):
        super().__init__()  # expect: init-before-layers
        self.c1 = nn.Conv2d(3, c, 3, padding=1)
        self.c2 = nn.Conv2d(c, c, 3, padding=1)
        self.c3 = nn.Conv2d(c, k, 1)

    def forward(self, x):
        return self.c3(torch.relu(self.c2(torch.relu(self.c1(x)))))


class LateHead(nn.Module):
    """The trunk is initialised; the neck, which comes later, is of the same kind and is not."""

    def __init__(self, c=32):
        super().__init__()
        self.trunk = nn.Sequential(nn.Conv2d(3, c, 3, padding=1), nn.ReLU(), nn.Conv2d(c, c, 3, padding=1), nn.ReLU())
        for m in self.modules():  # expect: init-before-layers
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
        self.neck = nn.Sequential(nn.Conv2d(c, c, 3, padding=1), nn.ReLU(), nn.Conv2d(c, c, 3, padding=1), nn.ReLU())
        self.head = nn.Conv2d(c, 1, 1)

    def forward(self, x):
        return self.head(self.neck(self.trunk(x)))
