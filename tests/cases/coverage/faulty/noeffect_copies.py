"""Inits that write to copies: nothing of the model changes."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Actor(nn.Module):
    def __init__(self, state_dim, action_dim, hidden=256):
        super().__init__()
        self.l1 = nn.Linear(state_dim, hidden)
        self.l2 = nn.Linear(hidden, hidden)
        self.mu = nn.Linear(hidden, action_dim)
        nn.init.uniform_(self.mu.weight.data.clone(), -3e-3, 3e-3)  # expect: init-has-no-effect

    def forward(self, s):
        return torch.tanh(self.mu(F.relu(self.l2(F.relu(self.l1(s))))))


class LinearFromConv(nn.Module):
    """Keras weights are transposed; the author initialises the transposed copy."""

    def __init__(self, d_in=64, d_out=32):
        super().__init__()
        self.proj = nn.Linear(d_in, d_out)
        w = self.proj.weight.t().contiguous()
        nn.init.orthogonal_(w)  # expect: init-has-no-effect

    def forward(self, x):
        return self.proj(x)


class PolicyHead(nn.Module):
    def __init__(self, d=128, n_actions=6):
        super().__init__()
        self.body = nn.Linear(d, d)
        self.out = nn.Linear(d, n_actions)
        self.out.weight.data.mul(0.01)  # expect: init-has-no-effect
        self.out.bias.data.mul_(0.0)

    def forward(self, x):
        return self.out(torch.relu(self.body(x)))


class WordEncoder(nn.Module):
    def __init__(self, vocab_size, dim, special=(0, 1)):
        super().__init__()
        self.embed = nn.Embedding(vocab_size, dim)
        self.rnn = nn.GRU(dim, dim, batch_first=True)
        nn.init.zeros_(self.embed.weight[[0, 1]])  # expect: init-has-no-effect

    def forward(self, ids):
        return self.rnn(self.embed(ids))[0]
