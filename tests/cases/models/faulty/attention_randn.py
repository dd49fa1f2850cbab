import torch
import torch.nn as nn


class SelfAttention(nn.Module):
    def __init__(self, dim=768, head=64):
        super().__init__()
        self.W_q = nn.Parameter(torch.randn(dim, head))  # expect: weight-scale-too-large
        self.W_k = nn.Parameter(torch.randn(dim, head))  # expect: weight-scale-too-large
        self.W_v = nn.Parameter(torch.randn(dim, head))  # expect: weight-scale-too-large

    def forward(self, x):
        q, k, v = x @ self.W_q, x @ self.W_k, x @ self.W_v
        att = torch.softmax(q @ k.transpose(-2, -1) / 64 ** 0.5, dim=-1)
        return att @ v
