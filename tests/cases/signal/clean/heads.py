"""Heads whose loss starts near log C, or of which nobody says that they choose."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class TiedSmall(nn.Module):
    """GPT-2: drawn with 0.02 and tied."""

    def __init__(self, vocab=5000, width=128):
        super().__init__()
        self.wte = nn.Embedding(vocab, width)
        self.ln = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocab, bias=False)
        self.head.weight = self.wte.weight
        self.apply(self._init)

    def _init(self, m):
        if isinstance(m, (nn.Linear, nn.Embedding)):
            nn.init.normal_(m.weight, std=0.02)

    def forward(self, tokens, targets=None):
        logits = self.head(self.ln(self.wte(tokens)))
        if targets is None:
            return logits
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


class TiedScaled(nn.Module):
    """T5: N(0, 1), tied, and states scaled by 1/√d."""

    def __init__(self, vocab=5000, width=128):
        super().__init__()
        self.shared = nn.Embedding(vocab, width)
        self.norm = nn.LayerNorm(width)
        self.width = width

    def forward(self, tokens):
        states = self.norm(self.shared(tokens)) * self.width**-0.5
        return F.linear(states, self.shared.weight)


class TiedPerhapsScaled(nn.Module):
    """T5 again: an option says whether the states are scaled, or the table is not the output layer."""

    def __init__(self, config, vocab=5000, width=512):
        super().__init__()
        self.shared = nn.Embedding(vocab, width)
        self.norm = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, vocab, bias=False)
        self.tied, self.width = config.tied, width
        nn.init.normal_(self.shared.weight, std=1.0)
        self.lm_head.weight = self.shared.weight

    def forward(self, tokens):
        states = self.norm(self.shared(tokens))
        if self.tied:
            states = states * self.width**-0.5
        return self.lm_head(states)


class Untied(nn.Module):
    """The table of N(0, 1) is only read."""

    def __init__(self, vocab=5000, width=128):
        super().__init__()
        self.embed = nn.Embedding(vocab, width)
        self.out = nn.Linear(width, vocab)

    def forward(self, tokens):
        return F.log_softmax(self.out(self.embed(tokens)), dim=-1)


class HeHead(nn.Module):
    """About one nat above chance."""

    def __init__(self, classes=1000):
        super().__init__()
        self.body = nn.Linear(64, 512)
        self.head = nn.Linear(512, classes)
        for layer in (self.body, self.head):
            nn.init.kaiming_normal_(layer.weight)

    def forward(self, x):
        return torch.softmax(self.head(torch.relu(self.body(x))), dim=-1)


class Contrastive(nn.Module):
    """A temperature of 0.07 belongs to the loss: both sides have length 1."""

    def __init__(self, width=128):
        super().__init__()
        self.image, self.text = nn.Linear(256, width), nn.Linear(300, width)
        self.log_scale = nn.Parameter(torch.ones([]) * math.log(1 / 0.07))

    def forward(self, image, text):
        a = F.normalize(self.image(image), dim=-1)
        b = F.normalize(self.text(text), dim=-1)
        return self.log_scale.exp() * a @ b.t()


class Regression(nn.Module):
    """Three large numbers, not three classes."""

    def __init__(self):
        super().__init__()
        self.body = nn.Linear(16, 64)
        self.out = nn.Linear(64, 3)
        nn.init.normal_(self.out.weight, std=0.5)

    def forward(self, x):
        return self.out(torch.relu(self.body(x)))


def example():
    TiedScaled()(torch.randint(0, 5000, (2, 6)))
    Contrastive()(torch.randn(4, 256), torch.randn(4, 300))
    return TiedSmall()(torch.randint(0, 5000, (2, 6)))
