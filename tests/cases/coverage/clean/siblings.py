"""Two inits of one layer, meant so; siblings that are set otherwise."""
import torch
import torch.nn as nn


class ScaleAfter(nn.Module):
    """Drawn, then scaled."""

    def __init__(self, d=16):
        super().__init__()
        self.a = nn.Linear(d, d)
        self.b = nn.Linear(d, d)
        nn.init.orthogonal_(self.a.weight)
        self.a.weight.data.mul_(0.1)
        nn.init.orthogonal_(self.b.weight)

    def forward(self, x):
        return self.b(torch.tanh(self.a(x)))


class Padding(nn.Module):
    """The whole table, then one row."""

    def __init__(self, v=100, d=16, pad=0):
        super().__init__()
        self.src = nn.Embedding(v, d, padding_idx=pad)
        self.tgt = nn.Embedding(v, d, padding_idx=pad)
        nn.init.normal_(self.src.weight, std=d ** -0.5)
        nn.init.constant_(self.src.weight[pad], 0)
        nn.init.normal_(self.tgt.weight, std=d ** -0.5)
        nn.init.constant_(self.tgt.weight[pad], 0)

    def forward(self, a, b):
        return self.src(a) + self.tgt(b)


class OneOfTwo(nn.Module):
    """One branch is zero on purpose, once; its sibling keeps the default."""

    def __init__(self, d=16):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.proj_in = nn.Linear(d, d)
        self.proj_out = nn.Linear(d, d)
        nn.init.zeros_(self.proj_out.weight)
        nn.init.zeros_(self.proj_out.bias)

    def forward(self, x):
        return x + self.proj_out(torch.relu(self.proj_in(self.norm(x))))


class ResetTwice(nn.Module):
    """The constructor and its caller both reset."""

    def __init__(self, d=16):
        super().__init__()
        self.a = nn.Linear(d, d)
        self.b = nn.Linear(d, d)
        self.reset_parameters()
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.xavier_uniform_(self.a.weight)
        nn.init.zeros_(self.a.bias)

    def forward(self, x):
        return self.b(torch.tanh(self.a(x)))


class ProximalAttention(nn.Module):
    """Keys start as the queries do: drawn, then copied."""

    def __init__(self, d=16):
        super().__init__()
        self.q = nn.Conv1d(d, d, 1)
        self.k = nn.Conv1d(d, d, 1)
        self.o = nn.Conv1d(d, d, 1)
        nn.init.xavier_uniform_(self.q.weight)
        nn.init.xavier_uniform_(self.k.weight)
        with torch.no_grad():
            self.k.weight.copy_(self.q.weight)

    def forward(self, x):
        return self.o((self.q(x).transpose(1, 2) @ self.k(x)).softmax(-1) @ x.transpose(1, 2))
