"""Init of a bias that the layer doesn't have."""

import torch
import torch.nn as nn


class Bottleneck(nn.Module):
    def __init__(self, cin=64, cout=64):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(cout)
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")
        nn.init.constant_(self.conv.bias, 0)  # expect: init-of-missing-bias

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))


def weights_init_kaiming(m):
    if isinstance(m, nn.Linear):
        nn.init.kaiming_normal_(m.weight, a=0, mode="fan_out")
        m.bias.data.zero_()  # expect: init-of-missing-bias
    elif isinstance(m, nn.BatchNorm1d):
        nn.init.ones_(m.weight)


class ReIDHead(nn.Module):
    def __init__(self, dim=128, ids=751):
        super().__init__()
        self.bottleneck = nn.BatchNorm1d(dim)
        self.classifier = nn.Linear(dim, ids, bias=False)
        self.apply(weights_init_kaiming)

    def forward(self, x):
        return self.classifier(self.bottleneck(x))


class Attention(nn.Module):
    def __init__(self, dim=64, qkv_bias=False):
        super().__init__()
        self.qkv = nn.Linear(dim, dim * 3, bias=qkv_bias)
        self.proj = nn.Linear(dim, dim)
        self._reset()

    def _reset(self):
        nn.init.xavier_uniform_(self.proj.weight)
        torch.nn.init.zeros_(self.qkv.bias)  # expect: init-of-missing-bias
        nn.init.zeros_(self.proj.bias)

    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, -1)
        return self.proj((q @ k.transpose(-2, -1)).softmax(-1) @ v)
