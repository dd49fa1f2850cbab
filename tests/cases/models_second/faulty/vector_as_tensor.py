import math
import torch
import torch.nn as nn


class BiLinearAttention(nn.Module):
    def __init__(self, q=256, k=512):
        super().__init__()
        self.W = nn.Parameter(torch.zeros(q, k))
        bound = 1 / math.sqrt(k)
        self.W.data.uniform_(-bound, bound)
        self.v = nn.Linear(k, 1, bias=False)
        self.v.weight = torch.randn(1, k)  # expect: parameter-replaced-by-tensor

    def forward(self, query, keys):
        return self.v(torch.tanh(query @ self.W + keys))
