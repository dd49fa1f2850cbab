"""Sparsely gated mixture of experts (Shazeer et al. 2017): gate and noise weights at zero on purpose."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Expert(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))


class MoE(nn.Module):
    def __init__(self, dim=32, hidden=64, num_experts=4, k=2, noise_epsilon=1e-2):
        super().__init__()
        self.k = k
        self.noise_epsilon = noise_epsilon
        self.experts = nn.ModuleList([Expert(dim, hidden) for _ in range(num_experts)])
        self.w_gate = nn.Parameter(torch.zeros(dim, num_experts), requires_grad=True)
        self.w_noise = nn.Parameter(torch.zeros(dim, num_experts), requires_grad=True)

    def gating(self, x):
        clean_logits = x @ self.w_gate
        noise_std = F.softplus(x @ self.w_noise) + self.noise_epsilon
        logits = clean_logits + torch.randn_like(clean_logits) * noise_std
        top, index = logits.topk(self.k, dim=1)
        return torch.zeros_like(logits).scatter(1, index, top.softmax(1))

    def forward(self, x):
        gates = self.gating(x)
        out = torch.stack([expert(x) for expert in self.experts], dim=1)
        return (gates.unsqueeze(-1) * out).sum(1)


def example():
    return MoE()(torch.randn(4, 32))
