import torch
import torch.nn as nn
import torch.nn.functional as F


class Bilinear(nn.Module):
    def __init__(self, d=128):
        super().__init__()
        self.lin = nn.Linear(d, d, bias=False)
        self.out = nn.Linear(d, 1)
        nn.init.orthogonal_(self.lin.weight.detach().clone())  # expect: init-has-no-effect

    def forward(self, a, b):
        return self.out(torch.tanh(self.lin(a) * b))
