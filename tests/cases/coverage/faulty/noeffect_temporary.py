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


class Regressor(nn.Module):
    def __init__(self, n_feature, n_hidden, n_output):
        super().__init__()
        self.hidden = nn.Linear(n_feature, n_hidden)
        self.predict = nn.Linear(n_hidden, n_output)
        self.hidden.weight.data.normal_  # expect: init-has-no-effect
        nn.init.zeros_(self.predict.bias)

    def forward(self, x):
        return self.predict(torch.relu(self.hidden(x)))


class Recommender(nn.Module):
    """The embedding is replaced after its init."""

    def __init__(self, n_users, n_items, k=20):
        super().__init__()
        self.user = nn.Embedding(n_users, k)
        self.item = nn.Embedding(n_items, k)
        nn.init.normal_(self.user.weight, 0, 0.01)
        nn.init.normal_(self.item.weight, 0, 0.01)  # expect: init-has-no-effect
        self.item = nn.Embedding(n_items + 1, k, padding_idx=0)

    def forward(self, u, i):
        return (self.user(u) * self.item(i)).sum(-1)
