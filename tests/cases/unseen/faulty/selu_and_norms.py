"""SELU with He; norm weights around zero."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class SeluAutoencoder(nn.Module):
    def __init__(self, sizes=(256, 128, 64, 32)):
        super().__init__()
        self.enc = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.dec = nn.ModuleList([nn.Linear(b, a) for a, b in reversed(list(zip(sizes, sizes[1:])))])
        for fc in [*self.enc, *self.dec]:
            nn.init.kaiming_normal_(fc.weight)  # expect: selu-without-lecun
            nn.init.zeros_(fc.bias)

    def forward(self, x):
        for fc in self.enc:
            x = F.selu(fc(x))
        for fc in list(self.dec)[:-1]:
            x = F.selu(fc(x))
        return self.dec[-1](x)


class MLM(nn.Module):
    def __init__(self, v=100, d=64):
        super().__init__()
        self.emb = nn.Embedding(v, d)
        self.norm = nn.LayerNorm(d)
        self.ff = nn.Linear(d, d)
        self.out = nn.Linear(d, v)
        self.apply(self._init_weights)

    def _init_weights(self, module):
        if isinstance(module, (nn.Linear, nn.Embedding, nn.LayerNorm)):
            module.weight.data.normal_(mean=0.0, std=0.02)  # expect: non-random-norm-scale
        if isinstance(module, nn.LayerNorm):
            module.bias.data.zero_()

    def forward(self, ids):
        return self.out(F.gelu(self.ff(self.norm(self.emb(ids)))))


class AllVectorsZero(nn.Module):
    def __init__(self, d=32):
        super().__init__()
        self.fc1 = nn.Linear(d, d)
        self.ln1 = nn.LayerNorm(d)
        self.fc2 = nn.Linear(d, 2)
        for name, param in self.named_parameters():
            if len(param.shape) >= 2:
                nn.init.kaiming_normal_(param, nonlinearity="relu")
            else:
                nn.init.constant_(param, 0.0)  # expect: non-random-norm-scale

    def forward(self, x):
        return self.fc2(torch.relu(self.ln1(self.fc1(x))))
