import torch
import torch.nn as nn


class StackedExperts(nn.Module):
    def __init__(self, n_experts=16, dim=512, hidden=1024):
        super().__init__()
        self.w_in = nn.Parameter(torch.empty(n_experts, dim, hidden))
        self.w_out = nn.Parameter(torch.empty(n_experts, hidden, dim))
        nn.init.xavier_uniform_(self.w_in)  # expect: wrong-fan
        nn.init.xavier_uniform_(self.w_out)  # expect: wrong-fan

    def forward(self, x):
        # x: (experts, tokens, dim)
        h = torch.bmm(x, self.w_in).relu()
        return torch.bmm(h, self.w_out)
