import torch
import torch.nn as nn


class FFN(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.w1 = nn.Linear(d, h)
        self.w2 = nn.Linear(h, d)
        nn.init.xavier_uniform_(self.w1.weight, gain=nn.init.calculate_gain("gelu"))  # expect: bad-init-argument
        nn.init.xavier_uniform_(self.w2.weight)

    def forward(self, x):
        return self.w2(nn.functional.gelu(self.w1(x)))
