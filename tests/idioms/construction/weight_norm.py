"""`weight_norm` and `spectral_norm` around layers, both the old functions and the parametrisations."""

import torch.nn as nn
from torch.nn.utils import spectral_norm, weight_norm
from torch.nn.utils.parametrizations import orthogonal
from torch.nn.utils.parametrizations import weight_norm as new_weight_norm


# Norms of few elements, and an orthogonal parametrisation, whose spreads no formula here gives.
UNKNOWN = {"e.parametrizations.weight.original0", "g.parametrizations.weight.original"}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = weight_norm(nn.Conv1d(8, 16, 3))
        self.b = nn.utils.weight_norm(nn.Linear(8, 16), dim=None)
        self.c = nn.utils.parametrizations.spectral_norm(nn.Linear(16, 16))
        self.d = spectral_norm(nn.Conv2d(8, 8, 3))
        self.e = new_weight_norm(nn.Linear(5, 20))
        self.f = nn.utils.remove_weight_norm(weight_norm(nn.Linear(6, 16)))
        self.g = orthogonal(nn.Linear(16, 16))
        drawn = nn.Conv1d(16, 64, 5)
        nn.init.normal_(drawn.weight, 0.0, 0.01)
        self.h = weight_norm(drawn)


def build():
    return Net()
