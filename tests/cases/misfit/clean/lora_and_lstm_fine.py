"""Low rank and gates as they should start."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class LoRALinear(nn.Module):
    def __init__(self, i=64, o=64, r=4):
        super().__init__()
        self.linear = nn.Linear(i, o)
        self.linear.requires_grad_(False)
        self.lora_A = nn.Parameter(torch.empty(r, i))
        self.lora_B = nn.Parameter(torch.zeros(o, r))
        nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))

    def forward(self, x):
        return self.linear(x) + F.linear(F.linear(x, self.lora_A), self.lora_B)


class LoRAEmbedding(nn.Module):
    def __init__(self, n=100, d=32, r=4):
        super().__init__()
        self.emb = nn.Embedding(n, d)
        self.emb.weight.requires_grad = False
        self.lora_A = nn.Parameter(torch.zeros(r, n))
        self.lora_B = nn.Parameter(torch.randn(d, r))

    def forward(self, ids):
        return self.emb(ids) + F.embedding(ids, self.lora_A.t()) @ self.lora_B.t()


class LowRank(nn.Module):
    """A bottleneck beside a trained layer: no adapter."""

    def __init__(self, d=64, r=8):
        super().__init__()
        self.full = nn.Linear(d, d)
        self.down = nn.Linear(d, r, bias=False)
        self.up = nn.Linear(r, d)

    def forward(self, x):
        return torch.tanh(self.full(x) + self.up(self.down(x)))


class Tagger(nn.Module):
    def __init__(self, d=32, h=64):
        super().__init__()
        self.rnn = nn.LSTM(d, h, bidirectional=True, batch_first=True)
        self.gru = nn.GRU(2 * h, h, batch_first=True)
        for names in self.rnn._all_weights:
            for name in filter(lambda n: "bias" in n, names):
                bias = getattr(self.rnn, name)
                n = bias.size(0)
                bias.data[n // 4: n // 2].fill_(1.)
        for name, p in self.gru.named_parameters():
            if "bias" in name:
                p.data[:h].fill_(1.0)

    def forward(self, x):
        return self.gru(self.rnn(x)[0])[0]


class Zeroed(nn.Module):
    def __init__(self, d=32, h=64):
        super().__init__()
        self.cell = nn.LSTMCell(d, h)
        self.cell.bias_ih.data.fill_(0)
        self.cell.bias_hh.data.fill_(0)
        self.cell.bias_hh.data[h: 2 * h] = 1

    def forward(self, x, state):
        return self.cell(x, state)
