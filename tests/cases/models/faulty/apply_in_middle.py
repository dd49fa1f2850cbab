import torch
import torch.nn as nn


def init_conv(m):
    if isinstance(m, nn.Conv1d):
        nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
        nn.init.zeros_(m.bias)


class Encoder1d(nn.Module):
    def __init__(self, c=64):
        super().__init__()
        self.act = nn.ReLU()
        self.apply(init_conv)  # expect: init-before-layers
        self.c1 = nn.Conv1d(1, c, 7, stride=2, padding=3)
        self.c2 = nn.Conv1d(c, c, 5, stride=2, padding=2)
        self.c3 = nn.Conv1d(c, c, 5, stride=2, padding=2)

    def forward(self, x):
        x = self.act(self.c1(x))
        x = self.act(self.c2(x))
        return self.c3(x)
