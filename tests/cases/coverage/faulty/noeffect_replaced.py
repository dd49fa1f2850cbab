"""A layer that is replaced after its init."""
import torch.nn as nn


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
