"""The wrong order, and apply misused."""
import torch
import torch.nn as nn
from torch.nn.utils import weight_norm


class Early(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self._init_all()  # expect: init-before-layers
        self.inp = nn.Conv2d(3, d, 3)
        self.mid = nn.Conv2d(d, d, 3)
        self.out = nn.Conv2d(d, 1, 1)

    def _init_all(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.xavier_normal_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.out(torch.tanh(self.mid(torch.tanh(self.inp(x)))))


def init_weights(net):
    for m in net.modules():
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)


class Wrong(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.a = nn.Linear(d, d)
        self.b = nn.Linear(d, d)
        self.apply(init_weights(self.a))  # expect: apply-misused

    def forward(self, x):
        return self.b(torch.tanh(self.a(x)))


class HiFi(nn.Module):
    def __init__(self, c=32):
        super().__init__()
        self.ups = nn.ModuleList([weight_norm(nn.ConvTranspose1d(c, c, 4, 2, 1)) for _ in range(2)])
        self.post = weight_norm(nn.Conv1d(c, 1, 7, padding=3))
        self.ups.apply(self.init_conv)

    @staticmethod
    def init_conv(m):
        if m.__class__.__name__.find("Conv") != -1:
            m.weight.data.normal_(0.0, 0.01)  # expect: init-after-parametrization

    def forward(self, x):
        for up in self.ups:
            x = up(torch.nn.functional.leaky_relu(x, 0.1))
        return torch.tanh(self.post(x))
