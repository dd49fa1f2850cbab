"""The padding row of an embedding is zeroed through a view of the leaf; a head is scaled in place."""

import torch
import torch.nn as nn


class TagEncoder(nn.Module):
    def __init__(self, vocab=100, dim=32, pad=0):
        super().__init__()
        self.emb = nn.Embedding(vocab, dim)
        self.emb.weight[pad].fill_(0)  # expect: init-needs-no-grad
        self.proj = nn.Linear(dim, dim)

    def forward(self, tokens):
        return self.proj(self.emb(tokens).mean(1))


class SmallHead(nn.Module):
    def __init__(self, dim=32, classes=7):
        super().__init__()
        self.fc = nn.Linear(dim, classes)
        self.fc.weight *= 0.1  # expect: init-needs-no-grad

    def forward(self, x):
        return self.fc(x)


class ForgetGate(nn.Module):
    def __init__(self, dim=32, hidden=64):
        super().__init__()
        self.rnn = nn.LSTM(dim, hidden, batch_first=True)
        for name, p in self.rnn.named_parameters():
            if "bias_ih" in name:
                p[hidden:2 * hidden] = 1.0  # expect: init-needs-no-grad

    def forward(self, x):
        return self.rnn(x)[0]
