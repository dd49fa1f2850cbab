import math
import torch
import torch.nn as nn


class Experts(nn.Module):
    def __init__(self, n=8, d=512, h=1024):
        super().__init__()
        self.w1 = nn.Parameter(torch.empty(n, d, h))
        self.w2 = nn.Parameter(torch.empty(n, h, d))
        for i in range(n):
            nn.init.kaiming_uniform_(self.w1[i].data.t(), nonlinearity="relu")
            nn.init.xavier_uniform_(self.w2[i].data)

    def forward(self, x):
        return torch.bmm(torch.relu(torch.bmm(x, self.w1)), self.w2)
