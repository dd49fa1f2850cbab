import math
import torch
import torch.nn as nn


class PositionalEncoding(nn.Module):
    def __init__(self, d, n=5000):
        super().__init__()
        pe = torch.zeros(n, d)
        pos = torch.arange(0, n).unsqueeze(1).float()
        div = torch.exp(torch.arange(0, d, 2).float() * -(math.log(10000.0) / d))
        pe[:, 0::2] = torch.sin(pos * div)
        pe[:, 1::2] = torch.cos(pos * div)
        self.register_buffer("pe", pe.unsqueeze(0))

    def forward(self, x):
        return x + self.pe[:, : x.size(1)]


class Translator(nn.Module):
    def __init__(self, src, tgt, d=512, h=8, n=6):
        super().__init__()
        self.src = nn.Embedding(src, d)
        self.tgt = nn.Embedding(tgt, d)
        self.pos = PositionalEncoding(d)
        self.transformer = nn.Transformer(d, h, n, n, 2048, batch_first=True)
        self.generator = nn.Linear(d, tgt)
        self.d = d

    def forward(self, s, t):
        s = self.pos(self.src(s) * math.sqrt(self.d))
        t = self.pos(self.tgt(t) * math.sqrt(self.d))
        return self.generator(self.transformer(s, t))
