import torch
import torch.nn as nn


class FiLMBlock(nn.Module):
    def __init__(self, channels, cond_dim):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm = nn.GroupNorm(8, channels)
        self.hidden = nn.Linear(cond_dim, cond_dim)
        self.out = nn.Linear(cond_dim, channels)
        # start as identity
        nn.init.zeros_(self.hidden.weight)  # expect: zero-weight-init
        nn.init.zeros_(self.hidden.bias)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x, cond):
        shift = self.out(torch.relu(self.hidden(cond)))[:, :, None, None]
        return x + self.norm(self.conv(torch.relu(x))) + shift
