import torch
import torch.nn as nn
import torch.nn.functional as F


class Expert(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.w1 = nn.Linear(dim, hidden)
        self.w2 = nn.Linear(hidden, dim)

    def forward(self, x):
        return self.w2(F.gelu(self.w1(x)))


class MoE(nn.Module):
    def __init__(self, dim=512, hidden=2048, n_experts=8):
        super().__init__()
        self.gate = nn.Linear(dim, n_experts, bias=False)
        self.experts = nn.ModuleList([Expert(dim, hidden)] * n_experts)  # expect: shared-instance

    def forward(self, x):
        scores = self.gate(x).softmax(-1)
        out = torch.stack([e(x) for e in self.experts], dim=-1)
        return (out * scores.unsqueeze(-2)).sum(-1)
