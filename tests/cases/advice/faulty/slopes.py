"""What torch does by itself is no advice where it is written out; another slope is."""

import math

import torch.nn.functional as F
from torch import nn


class AsTorchDoes(nn.Module):
    def __init__(self, width=256):
        super().__init__()
        self.fc1, self.fc2, self.out = nn.Linear(64, width), nn.Linear(width, width), nn.Linear(width, 10)
        for layer in (self.fc1, self.fc2, self.out):
            nn.init.kaiming_uniform_(layer.weight, a=math.sqrt(5))

    def forward(self, x):
        return self.out(F.gelu(self.fc2(F.gelu(self.fc1(x)))))


class AnotherSlope(nn.Module):
    def __init__(self, width=256):
        super().__init__()
        self.fc1, self.fc2, self.out = nn.Linear(64, width), nn.Linear(width, width), nn.Linear(width, 10)
        for layer in (self.fc1, self.fc2, self.out):
            nn.init.kaiming_uniform_(layer.weight, a=1)  # expect-info: wrong-gain

    def forward(self, x):
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x)))))
