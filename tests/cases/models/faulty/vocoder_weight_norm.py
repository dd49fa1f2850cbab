import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import weight_norm


class ResStack(nn.Module):
    def __init__(self, ch, dilations=(1, 3, 9)):
        super().__init__()
        self.convs = nn.ModuleList([weight_norm(nn.Conv1d(ch, ch, 3, dilation=d, padding=d)) for d in dilations])
        for conv in self.convs:
            nn.init.normal_(conv.weight, 0.0, 0.01)  # expect: init-after-parametrization

    def forward(self, x):
        for c in self.convs:
            x = x + c(F.leaky_relu(x, 0.1))
        return x
