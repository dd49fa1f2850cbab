"""Near misses, second part."""
import torch
import torch.nn as nn
from torch.nn.utils import spectral_norm


class SNNet(nn.Module):
    """Initialised first, wrapped then."""

    def __init__(self, c=8):
        super().__init__()
        convs = [nn.Conv2d(3, c, 3), nn.Conv2d(c, c, 3)]
        for conv in convs:
            nn.init.xavier_uniform_(conv.weight)
        self.net = nn.Sequential(*[spectral_norm(conv) for conv in convs])

    def forward(self, x):
        return self.net(x)


class MixedInit(nn.Module):
    """Convolutions and linear layers each by a helper of their own."""

    def __init__(self, c=8, k=5):
        super().__init__()
        self.conv = nn.Conv2d(3, c, 3)
        self.conv2 = nn.Conv2d(c, c, 3)
        self.fc1 = nn.Linear(c, c)
        self.fc2 = nn.Linear(c, k)
        self.init_convs()
        self.init_fcs()

    def init_convs(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")

    def init_fcs(self):
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")

    def forward(self, x):
        x = torch.relu(self.conv2(torch.relu(self.conv(x)))).mean((2, 3))
        return self.fc2(torch.relu(self.fc1(x)))


class ZeroLast(nn.Module):
    """Fixup: only the last of the branch is zero, the gate is one."""

    def __init__(self, d=16):
        super().__init__()
        self.f1 = nn.Linear(d, d)
        self.f2 = nn.Linear(d, d)
        self.gate = nn.Parameter(torch.ones(1))
        nn.init.kaiming_normal_(self.f1.weight)
        nn.init.zeros_(self.f2.weight)
        nn.init.zeros_(self.f2.bias)

    def forward(self, x):
        return x + self.gate * self.f2(torch.relu(self.f1(x)))


class RNNSteps(nn.Module):
    """The same cell at each step."""

    def __init__(self, d=16, steps=4):
        super().__init__()
        self.cell = nn.GRUCell(d, d)
        self.steps = steps
        self.cells = [self.cell for _ in range(steps)]

    def forward(self, x, h):
        for cell in self.cells:
            h = cell(x, h)
        return h


class LazyParts(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.layers = [nn.Linear(d, d) for _ in range(3)]
        for i, layer in enumerate(self.layers):
            self.register_module("layer_%d" % i, layer)

    def forward(self, x):
        for l in self.layers:
            x = torch.tanh(l(x))
        return x


class FromHelper(nn.Module):
    """The helper gives the layer back."""

    def __init__(self, d=16):
        super().__init__()
        self.a = self.init_(nn.Linear(d, d))
        self.b = self.init_(nn.Linear(d, 1))

    @staticmethod
    def init_(layer):
        nn.init.orthogonal_(layer.weight.data, gain=2 ** 0.5)
        nn.init.constant_(layer.bias.data, 0)
        return layer

    def forward(self, x):
        return self.b(torch.relu(self.a(x)))
