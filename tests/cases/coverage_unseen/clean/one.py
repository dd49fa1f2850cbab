"""Near misses, first part."""
import copy
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class BoxHead(nn.Module):
    """Several heads, each set in its own way."""

    def __init__(self, d=32, k=4):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.cls = nn.Linear(d, k)
        self.box = nn.Linear(d, 4 * k)
        nn.init.normal_(self.cls.weight, std=0.01)
        nn.init.normal_(self.box.weight, std=0.001)
        for l in (self.cls, self.box):
            nn.init.constant_(l.bias, 0)

    def forward(self, x):
        x = F.relu(self.fc(x))
        return self.cls(x), self.box(x)


class BERTish(nn.Module):
    def __init__(self, v=100, d=32, n=2):
        super().__init__()
        self.emb = nn.Embedding(v, d)
        self.layers = nn.ModuleList([nn.Linear(d, d) for _ in range(n)])
        self.norm = nn.LayerNorm(d)
        self.apply(self._init_weights)
        for name, p in self.named_parameters():
            if name.endswith("layers.1.weight"):
                nn.init.normal_(p, mean=0.0, std=0.02 / math.sqrt(2 * n))

    def _init_weights(self, module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            module.weight.data.normal_(mean=0.0, std=0.02)
        elif isinstance(module, (nn.LayerNorm, nn.GroupNorm)):
            module.bias.data.zero_()
            module.weight.data.fill_(1.0)
        if isinstance(module, nn.Linear) and module.bias is not None:
            module.bias.data.zero_()

    def forward(self, x):
        x = self.emb(x)
        for l in self.layers:
            x = x + l(self.norm(x))
        return x


class Tied(nn.Module):
    def __init__(self, v=100, d=32):
        super().__init__()
        self.emb = nn.Embedding(v, d)
        self.out = nn.Linear(d, v, bias=False)
        nn.init.normal_(self.out.weight, std=0.02)
        self.out.weight = self.emb.weight
        nn.init.normal_(self.emb.weight, std=d ** -0.5)

    def forward(self, x):
        return self.out(self.emb(x))


class TwinTarget(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.q = nn.Linear(d, 1)
        self.q_targ = copy.deepcopy(self.q)
        for p in self.q_targ.parameters():
            p.requires_grad_(False)

    def forward(self, x):
        return self.q(x), self.q_targ(x)


class Buffered(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.register_buffer("kernel", torch.empty(d))
        torch.nn.init.ones_(self.kernel)
        self.scales = [0.5, 1.0, 2.0]
        self.acts = [nn.ReLU(), nn.Tanh()]
        self.pools = {k: nn.MaxPool1d(k, 1, k // 2) for k in (3, 5)}

    def forward(self, x):
        return self.acts[0](x * self.kernel)
