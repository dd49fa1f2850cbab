"""Layers that come after the init, with an init of their own or none to miss."""
import torch
import torch.nn as nn
from torch.nn.utils import parametrize, weight_norm


class HeadLater(nn.Module):
    """The head comes later with its own init."""

    def __init__(self, d=16):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(d, d), nn.Tanh(), nn.Linear(d, d), nn.Tanh())
        self.apply(self._init)
        self.head = nn.Linear(d, 1)
        nn.init.uniform_(self.head.weight, -3e-3, 3e-3)
        nn.init.zeros_(self.head.bias)

    def _init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.head(self.body(x))


class Base(nn.Module):
    """The base sets its own layers; the subclass adds one and calls the init again."""

    def __init__(self, d=16):
        super().__init__()
        self.a = nn.Linear(d, d)
        self.init_weights()

    def init_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_normal_(m.weight)


class Derived(Base):
    def __init__(self, d=16):
        super().__init__(d)
        self.b = nn.Linear(d, 1)
        self.init_weights()

    def forward(self, x):
        return self.b(torch.tanh(self.a(x)))


class BeforeWeightNorm(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.conv = nn.Conv1d(c, c, 3, padding=1)
        self.conv.weight.data.normal_(0, 0.01)
        self.conv = weight_norm(self.conv)
        self.conv.bias.data.fill_(0)
        self.conv.weight_v.data.normal_(0, 0.01)
        nn.init.constant_(self.conv.weight_g, 1.0)

    def forward(self, x):
        return torch.relu(self.conv(x))


class Pruned(nn.Module):
    """Weight norm is taken off before the init."""

    def __init__(self, c=16):
        super().__init__()
        self.conv = weight_norm(nn.Conv1d(c, c, 3, padding=1))
        nn.utils.remove_weight_norm(self.conv)
        nn.init.normal_(self.conv.weight, 0, 0.01)

    def forward(self, x):
        return torch.relu(self.conv(x))


class SpectralFirst(nn.Module):
    """Until the first forward, the old spectral_norm's weight shares its memory with the parameter."""

    def __init__(self, c=16):
        super().__init__()
        self.conv = nn.utils.spectral_norm(nn.Conv1d(c, c, 3, padding=1))
        nn.init.orthogonal_(self.conv.weight)

    def forward(self, x):
        return torch.relu(self.conv(x))
