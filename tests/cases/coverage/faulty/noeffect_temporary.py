"""Inits of tensors and layers that are thrown away, and calls that never happen."""
import torch
import torch.nn as nn


class SpectralMix(nn.Module):
    def __init__(self, dim=64):
        super().__init__()
        self.mix = nn.Linear(dim, dim, bias=False)
        nn.init.orthogonal_(torch.empty(dim, dim))  # expect: init-has-no-effect
        self.norm = nn.LayerNorm(dim)

    def forward(self, x):
        return x + self.mix(self.norm(x))


class RelationBias(nn.Module):
    """torch.full was meant to fill the second parameter."""

    def __init__(self, out_channels=8):
        super().__init__()
        self.l1 = nn.Parameter(torch.empty(1, out_channels))
        self.l2 = nn.Parameter(torch.empty(out_channels, out_channels))
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.ones_(self.l1)
        torch.full(self.l2.size(), 1 / self.l2.size(0))  # expect: init-has-no-effect

    def forward(self, x):
        return torch.relu((x * self.l1) @ self.l2)


class Regressor(nn.Module):
    def __init__(self, n_feature, n_hidden, n_output):
        super().__init__()
        self.hidden = nn.Linear(n_feature, n_hidden)
        self.predict = nn.Linear(n_hidden, n_output)
        self.hidden.weight.data.normal_  # expect: init-has-no-effect
        nn.init.zeros_(self.predict.bias)

    def forward(self, x):
        return self.predict(torch.relu(self.hidden(x)))
