import torch
import torch.nn as nn
from torch.nn.utils import weight_norm


def init_weights(m, mean=0.0, std=0.01):
    if m.__class__.__name__.find("Conv") != -1:
        m.weight.data.normal_(mean, std)  # expect: init-after-parametrization


class MRF(nn.Module):
    def __init__(self, c=128):
        super().__init__()
        self.convs1 = nn.ModuleList([weight_norm(nn.Conv1d(c, c, 3, padding=d, dilation=d)) for d in (1, 3, 5)])
        self.convs2 = nn.ModuleList([weight_norm(nn.Conv1d(c, c, 3, padding=1)) for _ in range(3)])
        self.convs1.apply(init_weights)
        self.convs2.apply(init_weights)

    def forward(self, x):
        for a, b in zip(self.convs1, self.convs2):
            x = x + b(nn.functional.leaky_relu(a(nn.functional.leaky_relu(x, 0.1)), 0.1))
        return x
